package import Analyses
package import Observations
import SpectralPrior
import Units

/// Which molecules a transit or eclipse spectrum shows, by deep belief networks (Waldmann 2016, ApJ 820, 107).
package struct RecognitionMethod: SpectrumMethod {
  private let models: RobERtModelSet

  package init(_ models: RobERtModelSet) { self.models = models }

  /// No network is no error: spectra then get no molecules.
  package init(_ resources: MethodResources) throws(RobERtModelError) {
    self.init(try RobERtModelSet.load(directory: resources.modelsDirectory))
  }

  package var networks: [NetworkIdentity] { models.identities }

  package func finding(
    on subject: PreparedSpectrum, after earlier: [Finding], seed: UInt64
  ) -> Finding? {
    models.recognition(
      of: subject.spectrum, resampled: subject.resampled, context: RecognitionContext(of: subject.context),
      observation: try? SpectralObservation(subject.spectrum, context: subject.context)
    ).map(Finding.init)
  }

  /// Verdicts are a posterior's where there is one.
  package func conclusion(of finding: Finding, beside others: [Finding]) -> Finding {
    guard let recognition = finding.detail as? MoleculeRecognition,
      let evidence = others.lazy.compactMap(\.evidence).first
    else { return finding }
    return Finding(recognition.weighed(by: evidence))
  }
}

extension RecognitionContext {
  /// What is known of star and planet, in the numbers that recognition takes.
  ///
  /// A minimum mass counts as the mass: the orbit of a planet with a transit or an eclipse is seen from its side.
  package init(of context: SpectrumContext) {
    let temperature = context.planetTemperature?.measurement.value?.kelvins
    self.init(
      scaleHeightOverRadius: DerivedProperties.scaleHeightOverRadius(
        mass: context.planetMass?.measurement.value?.kilograms,
        radius: context.planetRadius?.measurement.value?.meters, temperature: temperature),
      temperature: temperature, starTemperature: context.starTemperature?.measurement.value?.kelvins)
  }
}

extension Finding {
  /// What the method says, as results hold it.
  package init(_ recognition: MoleculeRecognition) {
    let method = RecognitionMethod.description
    self.init(
      method: method, network: NetworkIdentity(name: recognition.model, sha256: recognition.modelHash),
      domain: DomainJudgement(isInside: recognition.inDomain, words: recognition.domainWords),
      flags: recognition.flags, remarks: recognition.remarks,
      fields: zip(method.fields, [recognition.distance, recognition.distanceLimit]).map {
        Field($0, .number($1))
      },
      tables: [recognition.moleculeTable], rank: 0, digest: recognition.digest, detail: recognition)
  }
}
