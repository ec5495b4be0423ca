import Observations
package import SpectralPrior

/// Observed points that are perturbed together: those that lie in one of equal stretches of the grid.
package struct PointGroups: Sendable, Hashable {
  package struct Group: Sendable, Hashable {
    /// Of the grid.
    package let bins: Range<Int>
    /// In the order of the observation.
    package let points: [Int]
  }

  package static let usualCount = 51

  /// By bins ascending; stretches without points are left out.
  package let groups: [Group]

  package init(
    _ observation: PointObservation, count: Int = Self.usualCount, bins: Int = SpectralGrid.standard.count
  ) {
    precondition((1...bins).contains(count))
    var points = [[Int]](repeating: [], count: count)
    for (point, response) in observation.responses.enumerated() {
      let middle = (response.bins.lowerBound + response.bins.upperBound - 1) / 2
      points[middle * count / bins].append(point)
    }
    groups = points.enumerated().filter { !$0.element.isEmpty }.map { place, points in
      // The bins whose place times count over bins is this one.
      let first = (place * bins + count - 1) / count
      return Group(bins: first..<((place + 1) * bins + count - 1) / count, points: points)
    }
  }

  /// The stretch's ends, m.
  package func edges(_ group: Int) -> (lower: Double, upper: Double) {
    let grid = SpectralGrid.standard
    let bins = groups[group].bins
    return (grid.edges[bins.lowerBound], grid.edges[bins.upperBound])
  }
}
