package import Tensors

/// What an emulator's network sees of a row: the row scaled to -1...1 on the space's ranges, then, in transmission, about what its
/// spectrum is in some bins.
package struct EmulatorInputs: Sendable, Hashable {
  package let heights: GasHeights?
  /// Of the heights' guesses over the training's rows.
  package let means: [Float]
  package let deviations: [Float]

  package init(heights: GasHeights?, means: [Float], deviations: [Float]) {
    precondition(means.count == (heights?.guessCount ?? 0) && deviations.count == means.count)
    self.heights = heights
    self.means = means
    self.deviations = deviations
  }

  package static let rowAlone = EmulatorInputs(heights: nil, means: [], deviations: [])

  package func count(_ space: AtmosphereSpace) -> Int { space.count + means.count }

  /// The row scaled. Gases that only hot atmospheres have are given as absent, at their ranges' lower ends, from colder ones, so
  /// that spectra depend on the inputs without a step.
  package static func scaled(_ row: some RandomAccessCollection<Double>, _ space: AtmosphereSpace) -> [Float]
  {
    let isHot = AtmosphereSpace.temperature(row) >= AtmosphereSpace.hotFrom
    return zip(row, space.variables).map { value, variable in
      let (lower, upper) = (variable.range.lowerBound, variable.range.upperBound)
      guard isHot || !AtmosphereSpace.isOnlyInHot(variable) else { return -1 }
      return Float(2 * (value - lower) / (upper - lower) - 1)
    }
  }

  /// - Parameter rows: of the space.
  /// - Returns: rows x `count`.
  package func callAsFunction(_ rows: Matrix<Double>, _ space: AtmosphereSpace) -> Matrix<Float> {
    precondition(rows.columns == space.count)
    let columns = count(space)
    var result = Matrix<Float>(rows: rows.rows, columns: columns)
    result.elements.withUnsafeMutableBufferPointer { result in
      guard let base = result.baseAddress else { return }
      for row in 0..<rows.rows {
        let values = rows.row(row)
        let target = base + row * columns
        for (j, value) in Self.scaled(values, space).enumerated() { target[j] = value }
        guard let heights else { continue }
        let seen = target + space.count
        heights.guess(values, space, into: seen)
        for j in means.indices { seen[j] = (seen[j] - means[j]) / deviations[j] }
      }
    }
    return result
  }
}
