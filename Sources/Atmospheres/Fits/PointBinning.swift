import Observations

/// A model's bins as an instrument's points see them: the mean over each point's width, by overlap.
struct PointBinning: Sendable {
  /// The bins of the grid that any point covers, ascending.
  let bins: [Int]
  /// The bins a point covers, as places in `bins`, and how much of each; the weights of a point add up to 1.
  private let overlaps: [[(place: Int, weight: Double)]]

  /// - Returns: nil unless every point lies within the grid.
  init?(_ data: MeasuredDepths, on grid: SpectralGrid) {
    var overlaps: [[(bin: Int, weight: Double)]] = []
    for place in 0..<data.count {
      guard let list = Self.overlaps(data.lower[place], data.upper[place], grid) else { return nil }
      overlaps.append(list)
    }
    let bins = Set(overlaps.joined().map(\.bin)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(bins, bins.indices))
    self.bins = bins
    self.overlaps = overlaps.map { $0.map { (places[$0.bin]!, $0.weight) } }
  }

  /// Whether a point has a width and lies within the grid.
  static func covers(_ grid: SpectralGrid, lower: Double, upper: Double) -> Bool {
    overlaps(lower, upper, grid) != nil
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

  /// The mean over each point of a spectrum in `bins`.
  func means(of spectrum: [Double]) -> [Double] {
    overlaps.map { $0.reduce(0) { $0 + spectrum[$1.place] * $1.weight } }
  }
}
