package import Analyses
package import ExoGAN
package import Observations
import Retrieval

/// What completing one spectrum found: the atmosphere's posterior with the whole spectrum, and ExoGAN's answer where it was asked.
package struct CompletedAtmosphere: FindingDetail {
  /// A parameter's posterior, in the unit of results.
  package struct Parameter: Sendable, Hashable {
    package let key: String
    package let posterior: Posterior
    /// The data narrow it: its central 68 % are less than a quarter of what the prior allows.
    package let isConstrained: Bool

    package init(key: String, posterior: Posterior, isConstrained: Bool) {
      self.key = key
      self.posterior = posterior
      self.isConstrained = isConstrained
    }
  }

  /// Depth in each bin of the grid: mean, and quantiles at 16 and 84 %.
  package struct Band: Sendable, Hashable {
    package enum Source: String, Sendable {
      /// Spectra of the posterior's atmospheres.
      case posterior
      /// What simulated spectra have in common: no atmosphere could be told.
      case components
    }

    package let source: Source
    package let mean: [Double]
    package let lower: [Double]
    package let upper: [Double]

    package init(source: Source = .posterior, mean: [Double], lower: [Double], upper: [Double]) {
      self.source = source
      self.mean = mean
      self.lower = lower
      self.upper = upper
    }
  }

  /// Rows with weights that add up to 1, in the units of results.
  package struct Samples: Sendable, Hashable {
    package let keys: [String]
    package let rows: [[Double]]
    package let weights: [Double]

    package init(keys: [String], rows: [[Double]], weights: [Double]) {
      self.keys = keys
      self.rows = rows
      self.weights = weights
    }
  }

  /// How far the numbers can be trusted.
  package struct Quality: Sendable, Hashable {
    package var effectiveSampleSize: Double
    package var paretoShape: Double
    package var logEvidence: Double
    package var logEvidenceError: Double
    /// Of the sample that fits best, and of the posterior's mean spectrum.
    package var chiSquared: Double
    package var chiSquaredOfMean: Double
    package var pointCount: Int
    package var predictiveProbability: Double
    /// Spectra computed.
    package var forwardModels: Int

    package init(
      effectiveSampleSize: Double, paretoShape: Double, logEvidence: Double, logEvidenceError: Double,
      chiSquared: Double, chiSquaredOfMean: Double, pointCount: Int, predictiveProbability: Double,
      forwardModels: Int
    ) {
      self.effectiveSampleSize = effectiveSampleSize
      self.paretoShape = paretoShape
      self.logEvidence = logEvidence
      self.logEvidenceError = logEvidenceError
      self.chiSquared = chiSquared
      self.chiSquaredOfMean = chiSquaredOfMean
      self.pointCount = pointCount
      self.predictiveProbability = predictiveProbability
      self.forwardModels = forwardModels
    }
  }

  /// Samples worth fewer independent ones give no numbers, or flagged ones.
  package static let leastEffectiveSamples = 30.0
  package static let fewEffectiveSamples = RetrievedPosterior.trusted.effectiveSamples
  /// Below it no atmosphere of the prior is said to fit.
  package static let leastPredictiveProbability = 1e-3
  /// Errors that are wrong by more, with a probability of 97.5 %, hide what no atmosphere explains.
  package static let largestInflation = 2.0
  /// Above it weights have too heavy a tail.
  package static let largestParetoShape = RetrievedPosterior.trusted.paretoShape

  package let network: NetworkIdentity
  /// `transmission`, `eclipse` or `exogan-2018`.
  package let space: String
  /// SHA-256 over the opacity tables, hexadecimal.
  package let opacities: String
  package var band: Band?
  /// Empty, as are samples, where none are to be trusted.
  package var parameters: [Parameter]
  package var samples: Samples
  /// `nil` where nothing was retrieved.
  package let quality: Quality?
  package var exoGAN: ExoGANAnswer?
  /// What the samples say of each gas; `nil` where they are too few or too uneven for that.
  package var evidence: AtmosphericEvidence?
  package var flags: [Flag]
  package var remarks: [String]

  package init(
    network: NetworkIdentity, space: String, opacities: String, band: Band?, parameters: [Parameter],
    samples: Samples, quality: Quality?, exoGAN: ExoGANAnswer? = nil, evidence: AtmosphericEvidence? = nil,
    flags: [Flag] = [], remarks: [String] = []
  ) {
    self.network = network
    self.space = space
    self.opacities = opacities
    self.band = band
    self.parameters = parameters
    self.samples = samples
    self.quality = quality
    self.exoGAN = exoGAN
    self.evidence = evidence
    self.flags = flags
    self.remarks = remarks
  }

  package func posterior(_ key: String) -> Posterior? { parameters.first { $0.key == key }?.posterior }
}

/// The published ExoGAN's answer to one spectrum.
package struct ExoGANAnswer: Sendable {
  package let network: NetworkIdentity
  /// Of each start.
  package let steps: Int
  /// All that is known, planet included.
  package let before: ASPA
  /// What ExoGAN was shown.
  package let masked: ASPA
  /// Medians of the starts, cell by cell.
  package let completed: ASPA
  package let parameters: [ASPAParameter: CompletedASPA.Quantiles]
  /// Depth in each bin of the grid, before the planet's own star.
  package let depth: [CompletedASPA.Quantiles]

  package init(
    network: NetworkIdentity, steps: Int, before: ASPA, masked: ASPA, completed: ASPA,
    parameters: [ASPAParameter: CompletedASPA.Quantiles], depth: [CompletedASPA.Quantiles]
  ) {
    self.network = network
    self.steps = steps
    self.before = before
    self.masked = masked
    self.completed = completed
    self.parameters = parameters
    self.depth = depth
  }
}
