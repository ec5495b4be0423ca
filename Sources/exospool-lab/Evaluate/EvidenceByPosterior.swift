import Analyses
import NumericalMethods
import Retrieval
import SpectralPrior
import SpectrumCompleting
import Synchronization

/// What posteriors say of the gases in many spectra.
struct EvidenceByPosterior {
  let engine: RetrievalEngine
  let settings: RetrievalSettings
  let seed: UInt64
  let threads: Int

  static let help =
    "Also by a posterior, of so many forward models a spectrum at most, and as many again for gases that stand in for others."

  /// Tells how far it is; Control-C leaves out those not begun.
  /// - Parameters:
  ///   - observations: by a place of the caller's.
  ///   - label: what they are, for the line of progress.
  /// - Returns: of those done, in their order; nil where there is no posterior.
  func callAsFunction(
    _ observations: [(place: Int, observation: SpectralObservation)], label: String
  ) -> [(place: Int, evidence: AtmosphericEvidence?)] {
    let progress = Mutex((done: 0, pace: Pace()))
    defer { note("", end: "\u{1B}[K") }
    return concurrentMap(observations, threads: threads) {
      place, observation -> (place: Int, evidence: AtmosphericEvidence?)? in
      guard !Interruption.isRequested else { return nil }
      defer {
        let done: Int? = progress.withLock {
          $0.done += 1
          return $0.pace.isDue() ? $0.done : nil
        }
        if let done { note("\(label) posterior \(done)/\(observations.count)", end: "\u{1B}[K\r") }
      }
      guard let posterior = try? engine.retrieve(observation, settings: settings, seed: seed) else {
        return (place, nil)
      }
      let completed = CompletedAtmosphere(
        posterior, of: observation, in: engine.space, network: .init(name: "", sha256: ""), opacities: "")
      return (place, completed.evidence)
    }.compactMap(\.self)
  }
}
