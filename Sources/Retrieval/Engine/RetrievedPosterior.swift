package import Analyses
package import Observations

/// What a spectrum says of a planet: weighted samples, and how far to trust them.
package struct RetrievedPosterior: Sendable {
  /// Samples that are worth fewer independent ones, or whose weights have a heavier tail (Vehtari et al. 2024), say nothing of molecules.
  package static let trusted = (effectiveSamples: 100.0, paretoShape: 0.7)

  /// One number that the samples have, summarised.
  package struct Parameter: Sendable, Hashable {
    /// `log10H2O`, `planetMass`, `planetRadius`, `temperature`, `cloudTop` ...
    package let key: String
    /// "kg", "m", "K", or empty for numbers without one and for logarithms.
    package let unit: String
    package let posterior: Posterior
  }

  /// Of the samples' rows: the parameters' keys, in order.
  package let keys: [String]
  /// Samples x keys, in the parameters' units.
  package let rows: [[Double]]
  /// One a sample, adding up to 1.
  package let weights: [Double]
  package let parameters: [Parameter]

  /// 1 / (sum of the squared weights).
  package let effectiveSampleSize: Double
  /// k-hat of the weights' tail (Vehtari et al. 2024): above 0.7 the weights are not to be trusted. 0 where all weights are equal.
  package let paretoShape: Double
  package let logEvidence: Double
  package let logEvidenceError: Double
  /// Of the sample that fits best and of the posterior's mean spectrum; with the errors as given, offsets at their best.
  package let leastChiSquared: Double
  package let meanChiSquared: Double
  package let pointCount: Int
  /// How often data drawn from the posterior are less like their model than the measured ones: chi-squared and runs of residuals as
  /// discrepancies, twice the lesser (Gelman, Meng & Stern 1996, Stat. Sinica 6, 733).
  package let predictiveProbability: Double

  /// Of the space's gases, where settings ask for it.
  package let gases: [MoleculeEvidence]

  package let spectraComputed: Int
  /// s
  package let seconds: Double
  package let stoppedByTime: Bool
  /// Whether the particles that the samples are had time to spread over the posterior.
  package let isSettled: Bool

  /// Of the depth in each of the 400 bins: mean, and quantiles at 16 and 84 %.
  package let spectrumMean: [Double]
  package let spectrumLower: [Double]
  package let spectrumUpper: [Double]
}
