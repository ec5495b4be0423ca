import NumericalMethods

/// How strongly a molecule shows: the one definition that labels training spectra and sets detection limits.
///
/// The departure, in standard deviations, of a spectrum from the same without the molecule. The level is left free, because no
/// spectrum tells the planet's radius: the median difference (transmission) or ratio (eclipse) is no feature.
package enum FeatureStrength {
  /// - Parameters:
  ///   - differences: depth less depth without the molecule, one a channel.
  ///   - errors: one standard deviation of the depth, in the same unit.
  package static func departures(differences: [Double], errors: [Double]) -> [Double] {
    guard let median = upperMedian(differences) else { return [] }
    return zip(differences, errors).map { value, error in error > 0 ? (value - median) / error : 0 }
  }

  /// - Parameters:
  ///   - ratios: depth over depth without the molecule, one a channel.
  ///   - errors: one standard deviation over the depth.
  package static func departures(ratios: [Double], errors: [Double]) -> [Double] {
    guard let median = upperMedian(ratios) else { return [] }
    return zip(ratios, errors).map { value, error in error > 0 ? (1 - median / value) / error : 0 }
  }

  /// The strongest of some departures.
  package static func strongest(_ departures: [Double]) -> Double {
    departures.reduce(0) { max($0, abs($1)) }
  }
}
