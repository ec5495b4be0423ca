package import Atmospheres

/// Coordinates of a retrieval's box in which transmission spectra fix what they show, whatever else varies: ln(s / m), with m the mean
/// molecular mass over that of s, is the scale height that features are measured in, heavy atmospheres or light ones; ln(T / s) is the
/// planet's mass; and where a share f of the limb is covered, features are as large as ln(s (1 - f) / m). All other coordinates are
/// the box' own. Volumes are kept.
package struct SeenCoordinates: Straightening {
  package struct Variant: Sendable {
    /// ln(T / s) in place of ln T.
    package var keepsMass = false
    /// ln(s (1 - f) / m) in place of ln(s / m).
    package var keepsFeatures = false
  }

  private let ranges: [ClosedRange<Double>]
  private let variant: Variant
  private let coverage: Int?
  /// By gas, its coordinate, and by how much a mole of it is heavier than one of hydrogen and helium, over that of s.
  private let gases: [(place: Int, excess: Double)]

  /// Covered shares are taken for no more.
  private static let mostCovered = 0.95

  package init(_ coordinates: RetrievalCoordinates, _ variant: Variant) {
    self.variant = variant
    let (space, keys) = (coordinates.space, coordinates.keys)
    ranges = coordinates.ranges
    coverage = keys.firstIndex(of: "cloudFraction")
    gases = space.gases.compactMap { gas in
      keys.firstIndex(of: "log10\(gas.formula)").map { ($0, GasHeights.massExcess(of: gas)) }
    }
  }

  package func numbers(_ point: [Double]) -> [Double] {
    var values = zip(point, ranges).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    if variant.keepsMass { values[1] -= values[0] }
    values[0] -= logUnit(values)
    return values
  }

  package func point(_ numbers: [Double]) -> [Double] {
    var values = numbers
    values[0] += logUnit(values)
    if variant.keepsMass { values[1] += values[0] }
    return zip(values, ranges).map { ($0 - $1.lowerBound) / ($1.upperBound - $1.lowerBound) }
  }

  /// ln of what s is divided by.
  private func logUnit(_ values: [Double]) -> Double {
    let mass = gases.reduce(1) { $0 + $1.excess * pow(10, min(values[$1.place], 0)) }
    guard variant.keepsFeatures, let coverage else { return log(mass) }
    // Between numbers a share may lie outside its range.
    return log(mass / (1 - min(max(values[coverage], 0), Self.mostCovered)))
  }
}

#if canImport(Glibc)
  import Glibc
#endif
