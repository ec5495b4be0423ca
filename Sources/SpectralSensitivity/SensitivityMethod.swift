package import Analyses
import Observations
import Retrieval
import SpectralPrior
import SpectrumCompleting

/// Which wavelengths each number of an atmosphere rests on: three networks retrieve it, and their answers are followed back to the
/// observed points (Yip et al. 2021, AJ 162, 195).
package struct SensitivityMethod: SpectrumMethod {
  let completion: CompletionModel?
  let models: SensitivityModelSet

  /// No network, and one without the model that completes, are no error: nothing is then traced.
  package init(_ resources: MethodResources) throws {
    guard resources.tracesSensitivity,
      let (completion, _) = try CompletionModelSet.loadOne(
        .transmission, directory: resources.modelsDirectory)
    else {
      (self.completion, models) = (nil, SensitivityModelSet([]))
      return
    }
    self.completion = completion
    models = try SensitivityModelSet.load(
      .transmission, directory: resources.modelsDirectory, frontEnd: completion.frontEnd)
  }

  package var isInPlay: Bool { !models.models.isEmpty }
  package var networks: [NetworkIdentity] { models.identities }

  package func finding(
    on subject: PreparedSpectrum, after earlier: [Finding], seed: UInt64
  ) -> Finding? {
    guard subject.spectrum.kind != .stellar, let completion else { return nil }
    let atmosphere = earlier.lazy.compactMap { $0.detail as? CompletedAtmosphere }.first
    let traced: SpectrumSensitivity
    do throws(NotTraced) {
      guard subject.spectrum.kind == .transmission else {
        throw NotTraced("The networks of the sensitivities know transits alone.")
      }
      let observation = try Self.observation(subject)
      traced = try SpectrumSensitivity(
        of: observation, by: models, completion: completion,
        centre: atmosphere.flatMap { PosteriorCentre($0, observation, completion.space) },
        posteriors: Dictionary(
          uniqueKeysWithValues: (atmosphere?.parameters ?? []).map { ($0.key, $0.posterior) }), seed: seed)
    } catch {
      traced = SpectrumSensitivity(
        untraced: error.sentence, parameters: SensitivityParameter.all(completion.space))
    }
    return Finding(traced, network: models.identities[0])
  }

  private static func observation(_ subject: PreparedSpectrum) throws(NotTraced) -> SpectralObservation {
    do throws(NoRetrieval) {
      return try SpectralObservation(subject.spectrum, context: subject.context)
    } catch {
      throw NotTraced(error.description)
    }
  }
}

/// Why nothing is traced, in a sentence.
package struct NotTraced: Error, Sendable, Hashable {
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}
