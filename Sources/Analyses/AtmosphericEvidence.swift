/// What a posterior of atmospheres says of the molecules in a spectrum: handed on by the method that has the posterior to those whose verdicts
/// it concerns.
package struct AtmosphericEvidence: Sendable, Hashable {
  /// The network whose proposals the posterior is of.
  package let network: String
  /// Some atmosphere of the prior explains the spectrum; else what its molecules are worth nobody knows.
  package let isExplained: Bool
  /// Of the gases that the prior's atmospheres have.
  package let molecules: [MoleculeEvidence]

  package init(network: String, isExplained: Bool, molecules: [MoleculeEvidence]) {
    self.network = network
    self.isExplained = isExplained
    self.molecules = molecules
  }

  package subscript(formula: String) -> MoleculeEvidence? { molecules.first { $0.formula == formula } }
}

/// What a posterior says of one molecule. "Shows": the spectrum with it and the same with its lines silent differ by 3 standard deviations or
/// more, level, slope and offsets free.
package struct MoleculeEvidence: Sendable, Hashable {
  package let formula: String
  /// That the spectrum shows it, given the data; shared with a gas that may stand in its place.
  package let probability: Double
  /// Median over the posterior of the standard deviations by which it shows.
  package let significance: Double
  /// ln of the evidence with the gas over that without it (Savage & Dickey, at the prior's trace end).
  package let logBayesFactor: Double
  /// No sample is left at the trace end: the factor is at least so large.
  package let isLeastBayesFactor: Bool
  /// log10 of the mixing ratio that it lies below with a probability of 95 %.
  package let logUpperLimit: Double
  /// log10 of the mixing ratio from which on it would show: medians and quantiles at 84 % over the posterior's atmospheres, with
  /// their clouds and their other gases. Infinite where no plausible amount would; nil where it is not known.
  package let logDetectionLimit: Double?
  package let logDetectionLimitAbove: Double?

  /// A gas that the posterior's atmospheres do not have and that may stand in this one's place; nil: none was found.
  package let standIn: String?
  /// Without the points of broad filters, through which many gases look alike, it does not show: so it is of each gas that shows nowhere.
  package let isOfFilters: Bool

  package init(
    formula: String, probability: Double, significance: Double, logBayesFactor: Double,
    isLeastBayesFactor: Bool, logUpperLimit: Double, logDetectionLimit: Double?,
    logDetectionLimitAbove: Double?, standIn: String? = nil, isOfFilters: Bool = false
  ) {
    self.formula = formula
    self.probability = probability
    self.significance = significance
    self.logBayesFactor = logBayesFactor
    self.isLeastBayesFactor = isLeastBayesFactor
    self.logUpperLimit = logUpperLimit
    self.logDetectionLimit = logDetectionLimit
    self.logDetectionLimitAbove = logDetectionLimitAbove
    self.standIn = standIn
    self.isOfFilters = isOfFilters
  }

  /// A plausible amount would show in most of the posterior's atmospheres; known or not.
  package var isDetectable: Bool { logDetectionLimit.map(\.isFinite) ?? true }
}
