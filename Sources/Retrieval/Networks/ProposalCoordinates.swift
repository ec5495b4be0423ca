/// The coordinates in which proposals are made, each linear on its range in the unit box:
///
///     ln s, ln T, N' = (L / k^2 - 1) / s  (transmission alone), then the row from place 3 on
///
/// with L the level of the observation as the front end finds it and k = R_p / R_s: how far above the radius at 10 bar the planet is
/// seen, in scale heights, which takes the place of the radius and does not depend on the sizes of planet and star. ln R_p is no
/// coordinate: it matters little beside s.
package struct ProposalCoordinates: Sendable {
  /// Of N'.
  package static let levels = -3.0...35.0

  package let space: AtmosphereSpace
  package let ranges: [ClosedRange<Double>]

  package init(_ space: AtmosphereSpace) {
    self.space = space
    let (first, others) = (space.variables.prefix(2), space.variables.dropFirst(3))
    ranges =
      first.map(\.range) + (space.kind == .eclipse ? [] : [Self.levels]) + others.map(\.range)
  }

  package var count: Int { ranges.count }
  package var hasLevel: Bool { space.kind != .eclipse }

  /// Keys of the coordinates, in their order; `level` is N'.
  package var keys: [String] {
    space.variables.prefix(2).map(\.key) + (hasLevel ? ["level"] : [])
      + space.variables.dropFirst(3).map(\.key)
  }

  /// The point of a row.
  /// - Parameter level: N'; held in its range; not asked for in eclipse.
  package func point(row: some RandomAccessCollection<Double>, level: Double) -> [Double] {
    precondition(row.count == space.count)
    let values = Array(row)
    let coordinates = values[..<2] + (hasLevel ? [level] : []) + values[3...]
    return zip(coordinates, ranges).map { value, range in
      min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    }
  }

  /// Inverse of `point`, but for the radius, which is given.
  /// - Returns: a row and N' (0 in eclipse).
  package func row(point: [Double], logRadius: Double) -> (row: [Double], level: Double) {
    precondition(point.count == count)
    let values = zip(point, ranges).map { share, range in
      range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
    return (
      values[..<2] + [logRadius] + values[(hasLevel ? 3 : 2)...], hasLevel ? values[2] : 0
    )
  }
}
