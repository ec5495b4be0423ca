/// How strongly a molecule shows: the one definition that labels training spectra and sets detection limits.
///
/// The departure, in standard deviations, of a spectrum from the same without the molecule. The level is left free, because no
/// spectrum tells the planet's radius: the median difference (transmission) or ratio (eclipse) is no feature.
package enum FeatureStrength {
  /// - Parameters:
  ///   - differences: depth less depth without the molecule, one a channel.
  ///   - errors: one standard deviation of the depth, in the same unit.
  package static func departures(differences: [Double], errors: [Double]) -> [Double] {
    guard !differences.isEmpty else { return [] }
    let median = differences.sorted()[differences.count / 2]
    return zip(differences, errors).map { value, error in error > 0 ? (value - median) / error : 0 }
  }

  /// - Parameters:
  ///   - ratios: depth over depth without the molecule, one a channel.
  ///   - errors: one standard deviation over the depth.
  package static func departures(ratios: [Double], errors: [Double]) -> [Double] {
    guard !ratios.isEmpty else { return [] }
    let median = ratios.sorted()[ratios.count / 2]
    return zip(ratios, errors).map { value, error in error > 0 ? (1 - median / value) / error : 0 }
  }

  /// The strongest of some departures.
  package static func strongest(_ departures: [Double]) -> Double {
    departures.reduce(0) { max($0, abs($1)) }
  }
}
