/// How far a generated picture is from an observation, and the derivative by each cell.
enum DataTerm {
  /// The published one: the sum over the known cells of what they differ by.
  static func absolute(
    _ generated: UnsafeBufferPointer<Float>, _ target: ASPA, gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    var sum = 0.0
    for i in generated.indices {
      guard target.isKnown[i] else {
        gradient[i] = 0
        continue
      }
      let difference = Double(generated[i]) - target.cells[i]
      sum += abs(difference)
      gradient[i] = difference > 0 ? 1 : difference < 0 ? -1 : 0
    }
    return sum
  }

  /// Standard deviation of a known parameter, in the unit of the picture.
  private static let parameterError = 0.01

  /// Half of chi squared: the depths that the picture stands for against those observed, by their errors; parameters that are known,
  /// to 0.01 of their scale. Every bin observed has its say, in whatever piece.
  static func weighted(
    _ generated: UnsafeBufferPointer<Float>, _ target: ASPAObservation,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    gradient.update(repeating: 0)
    let picture = ASPA(cells: generated.map(Double.init))
    var sum = 0.0
    for (k, bins) in ASPALayout.pieces.enumerated() {
      let (low, high) = picture.extremes(k)
      var (byLow, byHigh) = (0.0, 0.0)
      for i in bins where target.isObserved[i] {
        let cell = ASPALayout.bins[i]
        let value = picture.cells[cell]
        let residual = (low + value * (high - low) - target.depth[i]) / target.error[i]
        let slope = residual / target.error[i]
        sum += residual * residual / 2
        gradient[cell] = Float(slope * (high - low))
        byLow += slope * (1 - value)
        byHigh += slope * value
      }
      // The minimum is written as smallestDepth / low.
      let minimum = ASPALayout.minimum[k]
      let byMinimum = low < 1 ? -byLow * low * low / ASPA.smallestDepth / Double(minimum.count) : 0
      for cell in minimum { gradient[cell] += Float(byMinimum) }
      let maximum = ASPALayout.maximum[k]
      for cell in maximum { gradient[cell] += Float(byHigh * ASPA.largestDepth / Double(maximum.count)) }
    }
    for (parameter, value) in target.parameters.sorted(by: { $0.key.index < $1.key.index }) {
      let cells = ASPALayout.parameters[parameter.index]
      let residual = (picture[parameter] - value) / parameter.scale / parameterError
      sum += residual * residual / 2
      for cell in cells { gradient[cell] += Float(residual / parameterError / Double(cells.count)) }
    }
    return sum
  }
}
