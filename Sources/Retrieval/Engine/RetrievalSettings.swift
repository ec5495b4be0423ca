/// How much a retrieval may compute, and what it leaves free.
package struct RetrievalSettings: Sendable, Hashable {
  /// Forward models that sampling computes at most, and as many at most to ask whether gases that the space does not have explain what shows:
  /// the only budget that decides a result.
  package var spectra = 8000
  /// A safety net: sampling ends after it, and the result says so. 0: no limit. s
  package var seconds = 0.0
  /// Results do not depend on it.
  package var threads = 1
  /// Sampling ends where the weights are worth so many independent samples.
  package var leastEffectiveSamples = 500.0
  /// The errors' inflation, 1 to 4, is a parameter.
  package var inflatesErrors = true
  /// Variables of the space that are kept at a value, by key. The first three of a row cannot be held.
  package var held: [String: Double] = [:]

  /// Samples whose spectra are computed without each gas, too, to say how probably the observation shows it; never more than a sixteenth of
  /// `spectra`. 0: nothing is said of gases.
  package var gasSamples = 0

  package init() {}

  package init(
    spectra: Int, seconds: Double = 0, threads: Int = 1, leastEffectiveSamples: Double = 500,
    inflatesErrors: Bool = true, held: [String: Double] = [:], gasSamples: Int = 0
  ) {
    self.spectra = spectra
    self.seconds = seconds
    self.threads = threads
    self.leastEffectiveSamples = leastEffectiveSamples
    self.inflatesErrors = inflatesErrors
    self.held = held
    self.gasSamples = gasSamples
  }
}
