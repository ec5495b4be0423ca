package import Observations

/// Measured points as linear functions of the spectrum on its bins: each is the mean over its own edges, however wide,
/// plus noise, plus an offset that all points of its instrument share.
package struct PointObservation: Sendable, Hashable {
  /// A point's weights on bins that follow each other; they add up to 1.
  package struct Response: Sendable, Hashable {
    package let firstBin: Int
    package let weights: [Double]

    package var bins: Range<Int> { firstBin..<firstBin + weights.count }
  }

  package let responses: [Response]
  /// One a point, in the unit of the measurement.
  package private(set) var values: [Double]
  package private(set) var variances: [Double]
  /// One a point, 0 the first instrument.
  package let instruments: [Int]
  /// One a point: which of the values given it has.
  package let places: [Int]
  /// By point, the first that shares a bin with it, itself where none before it does.
  let firstSharing: [Int]

  package var count: Int { values.count }

  /// - Parameters:
  ///   - lower, upper: edges of the points, m.
  ///   - values, errors: of the points, one unit; points whose value is not finite or whose error is not positive and
  ///     finite are left out, as are those that reach beyond the grid by more than half their width.
  ///   - instruments: one a point, from 0.
  package init(
    lower: [Double], upper: [Double], values: [Double], errors: [Double], instruments: [Int],
    grid: SpectralGrid = .standard
  ) {
    precondition(
      lower.count == values.count && upper.count == values.count && errors.count == values.count
        && instruments.count == values.count)
    var responses: [Response] = []
    var kept: [Int] = []
    for point in values.indices
    where values[point].isFinite && errors[point] > 0 && errors[point].isFinite {
      guard let response = Self.response(lower[point], upper[point], grid) else { continue }
      responses.append(response)
      kept.append(point)
    }
    // By wavelength, and the broadest last: so the covariance of points is a band with a few long rows under it.
    let order = responses.indices.sorted { a, b in
      let (first, second) = (responses[a], responses[b])
      let (isBroad, otherIsBroad) = (
        first.weights.count > Self.narrow, second.weights.count > Self.narrow
      )
      if isBroad != otherIsBroad { return otherIsBroad }
      return (first.firstBin, first.bins.upperBound, a) < (second.firstBin, second.bins.upperBound, b)
    }
    self.responses = order.map { responses[$0] }
    self.values = order.map { values[kept[$0]] }
    variances = order.map { errors[kept[$0]] * errors[kept[$0]] }
    self.instruments = order.map { instruments[kept[$0]] }
    places = order.map { kept[$0] }
    firstSharing = Self.firstSharing(self.responses)
  }

  /// Some of the points, in their order.
  /// - Parameter kept: numbers of points.
  func only(_ kept: [Int]) -> PointObservation { PointObservation(self, kept) }

  private init(_ other: PointObservation, _ kept: [Int]) {
    responses = kept.map { other.responses[$0] }
    values = kept.map { other.values[$0] }
    variances = kept.map { other.variances[$0] }
    instruments = kept.map { other.instruments[$0] }
    places = kept.map { other.places[$0] }
    firstSharing = Self.firstSharing(responses)
  }

  private static let narrow = 8

  private static func firstSharing(_ responses: [Response]) -> [Int] {
    responses.indices.map { row in
      let bins = responses[row].bins
      guard bins.count <= narrow else {
        return responses[..<row].firstIndex { $0.bins.overlaps(bins) } ?? row
      }
      // Those before it begin no later, and none is broad.
      var first = row
      var other = row - 1
      while other >= 0, responses[other].firstBin + narrow > bins.lowerBound {
        if responses[other].bins.upperBound > bins.lowerBound { first = other }
        other -= 1
      }
      return first
    }
  }

  /// The shares of the bins that a point covers; nil where more than half of it lies beyond them.
  private static func response(_ lower: Double, _ upper: Double, _ grid: SpectralGrid) -> Response? {
    let (low, high) = (max(lower, grid.edges[0]), min(upper, grid.edges[grid.count]))
    guard upper > lower, high - low >= 0.5 * (upper - lower), let first = grid.bin(wavelength: low) else {
      return nil
    }
    var weights: [Double] = []
    var bin = first
    while bin < grid.count, grid.edges[bin] < high {
      weights.append(max(0, min(high, grid.edges[bin + 1]) - max(low, grid.edges[bin])) / (high - low))
      bin += 1
    }
    // An edge that meets a bin's to rounding is no share.
    while weights.count > 1, weights[weights.count - 1] < 1e-9 { weights.removeLast() }
    return weights.isEmpty ? nil : Response(firstBin: first, weights: weights)
  }

  /// The same points with other values.
  package mutating func replace(values: [Double]) {
    precondition(values.count == count)
    self.values = values
  }

  /// The same points with other values and variances.
  package mutating func replace(values: [Double], variances: [Double]) {
    precondition(variances.count == count)
    replace(values: values)
    self.variances = variances
  }

  /// The points' values for a spectrum on the bins.
  package func points(of spectrum: [Double]) -> [Double] {
    responses.map { response in
      response.weights.indices.reduce(0) {
        $0 + response.weights[$1] * spectrum[response.firstBin + $1]
      }
    }
  }
}
