import Observations

/// A model's bins as an instrument's points see them: the mean over each point's width, by overlap.
struct PointBinning: Sendable {
  /// The bins a point covers and how much of each; the weights of a point add up to 1.
  private let overlaps: [[(bin: Int, weight: Double)]]

  /// - Returns: nil unless every point lies within the grid.
  init?(_ data: MeasuredDepths, on grid: SpectralGrid) {
    var overlaps: [[(bin: Int, weight: Double)]] = []
    for place in 0..<data.count {
      guard let list = Self.overlaps(data.lower[place], data.upper[place], grid) else { return nil }
      overlaps.append(list)
    }
    self.overlaps = overlaps
  }

  /// Whether a point has a width and lies within the grid.
  static func covers(_ grid: SpectralGrid, lower: Double, upper: Double) -> Bool {
    overlaps(lower, upper, grid) != nil
  }

  /// The bins from the first to the last that a point reaches.
  /// - Returns: nil where there is no point or one lies outside the grid.
  static func bins(_ data: MeasuredDepths, on grid: SpectralGrid) -> Range<Int>? {
    guard let lowest = data.lower.min(), let highest = data.upper.max(),
      let reached = overlaps(lowest, highest, grid), let first = reached.first, let last = reached.last
    else { return nil }
    return first.bin..<last.bin + 1
  }

  private static func overlaps(
    _ lower: Double, _ upper: Double, _ grid: SpectralGrid
  ) -> [(bin: Int, weight: Double)]? {
    let edges = grid.edges
    guard lower < upper, lower >= edges[0], upper <= edges[edges.count - 1] else { return nil }
    return grid.wavelengths.indices.compactMap { bin in
      let overlap = min(edges[bin + 1], upper) - max(edges[bin], lower)
      return overlap > 0 ? (bin, overlap / (upper - lower)) : nil
    }
  }

  /// The mean of a spectrum on the grid over each point.
  func means(of spectrum: [Double]) -> [Double] {
    overlaps.map { $0.reduce(0) { $0 + spectrum[$1.bin] * $1.weight } }
  }
}
