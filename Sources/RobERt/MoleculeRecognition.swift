package import Analyses
package import Observations

/// What a spectrum says of one molecule.
package struct MoleculeVerdict: Sendable, Hashable {
  /// The raw value is the word in JSON, FITS and the log.
  package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// So probable that at most one such verdict in twenty is wrong on simulated spectra.
    case seen
    /// So improbable that at most one such verdict in twenty is wrong, though it could be seen if it were abundant.
    case notSeen = "not-seen"
    /// Detectable, but the probability decides nothing.
    case unclear
    /// The coverage holds no feature of it that stands out of the noise at any plausible mixing ratio, or no atmosphere explains the
    /// spectrum.
    case cannotTell = "cannot-tell"
  }

  /// The formula: `H2O`.
  package var name: String
  /// That the spectrum shows it, 0 to 1: the posterior's where there is one, else the network's.
  package var probability: Double
  /// The network's own calibrated probability.
  package let networkProbability: Double
  /// Whether a plausible mixing ratio would show at this coverage and noise: in most of the posterior's atmospheres where there is
  /// one, else by the forward model's features in a clear sky.
  package var isDetectable: Bool
  /// log10 of the smallest mixing ratio that would show; nil where none would.
  package var logDetectionLimit: Double?
  /// The smallest that was tried shows: the limit is that or less.
  package var detectionLimitIsMost: Bool
  package var verdict: Verdict
  /// What the posterior says; nil where the network alone speaks.
  package var evidence: MoleculeEvidence?

  package init(
    name: String, probability: Double, isDetectable: Bool, logDetectionLimit: Double?, verdict: Verdict,
    detectionLimitIsMost: Bool = false
  ) {
    self.name = name
    self.probability = probability
    networkProbability = probability
    self.isDetectable = isDetectable
    self.logDetectionLimit = logDetectionLimit
    self.detectionLimitIsMost = detectionLimitIsMost
    self.verdict = verdict
  }
}

/// What a network recognises in one spectrum.
package struct MoleculeRecognition: FindingDetail, Hashable {
  /// The network's name: `robert-emission`, `robert-transmission`.
  package var model: String
  /// SHA-256 of its weights, hexadecimal.
  package var modelHash: String
  /// One a molecule that the network knows, the most probable first.
  package var molecules: [MoleculeVerdict]
  /// False where no spectrum it was trained on looks like this one; then no molecule is `seen`.
  package var inDomain: Bool
  /// Squared distance from what it was trained on, a point; near 1 for a spectrum of its kind.
  package var distance: Double
  /// The distance from which a spectrum counts as outside.
  package var distanceLimit: Double
  /// What the network dreams of the most probable molecule, on the grid, with the observed spectrum's level and size.
  package var dream: SpectrumDream?
  package var flags: [Flag]
  package var remarks: [String]
  /// The file leaves in doubt what its depths or errors are measured in: nothing is decided.
  package var isDoubtful = false

  package init(
    model: String, modelHash: String, molecules: [MoleculeVerdict], inDomain: Bool, distance: Double,
    distanceLimit: Double, dream: SpectrumDream?, flags: [Flag], remarks: [String]
  ) {
    self.model = model
    self.modelHash = modelHash
    self.molecules = molecules
    self.inDomain = inDomain
    self.distance = distance
    self.distanceLimit = distanceLimit
    self.dream = dream
    self.flags = flags
    self.remarks = remarks
  }
}

/// A dreamt spectrum, to be laid over an observed one.
package struct SpectrumDream: Sendable, Hashable {
  package var molecule: String
  /// Depth at each bin of `SpectralGrid`.
  package var depth: [Double]

  package init(molecule: String, depth: [Double]) {
    self.molecule = molecule
    self.depth = depth
  }
}
