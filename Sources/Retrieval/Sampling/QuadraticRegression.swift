import NumericalMethods
package import Tensors

/// Smooth functions of several inputs, many outputs at once, learnt from examples: a constant, and linear, square and mixed terms of
/// standardised inputs, held small by a ridge (Hoerl & Kennard 1970, Technometrics 12, 55) that leave-one-out residuals choose.
package struct QuadraticRegression: Sendable {
  /// Inputs that vary, by place.
  private let used: [Int]
  private let centres: [Double]
  private let scales: [Double]
  /// Features x outputs.
  private let coefficients: Matrix<Double>
  /// rms over the examples of what each output would be missed by had its example not been there.
  package let deviations: [Double]
  /// Examples x outputs: what each was missed by so.
  package let misses: Matrix<Double>

  /// Beyond so many standard deviations of the examples inputs are held: parabolas are not to be followed there.
  private static let farthest = 3.0
  /// The prior's standard deviation of a square or mixed term over that of a linear one.
  private static let curvature = 0.3
  private static let ridges = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]
  /// Combinations of the outputs that the ridge is chosen by.
  private static let judges = 8

  /// - Parameters:
  ///   - inputs: examples x inputs.
  ///   - outputs: examples x outputs.
  ///   - errors: what an output is to be known to, one each; the ridge is chosen by outputs over these.
  /// - Returns: nil where there are fewer than 16 examples or nothing varies.
  package init?(inputs: Matrix<Double>, outputs: Matrix<Double>, errors: [Double]) {
    precondition(inputs.rows == outputs.rows && outputs.columns == errors.count)
    let count = inputs.rows
    guard count >= 16 else { return nil }
    var (used, centres, scales): ([Int], [Double], [Double]) = ([], [], [])
    for column in 0..<inputs.columns {
      let values = (0..<count).map { inputs.elements[$0 * inputs.columns + column] }
      let mean = values.reduce(0, +) / Double(count)
      let scale = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
      guard scale > 1e-9 * max(abs(mean), 1) else { continue }
      used.append(column)
      centres.append(mean)
      scales.append(scale)
    }
    guard !used.isEmpty else { return nil }
    self.used = used
    self.centres = centres
    self.scales = scales

    let features = Self.features(inputs, used, centres, scales)
    let normal = product(features, features, aIsTransposed: true)
    var random = SeededRandom(seed: 1)
    let mixing = Matrix(
      rows: errors.count, columns: Self.judges,
      elements: errors.flatMap { error in (0..<Self.judges).map { _ in random.normal() / error } })
    let judged = product(outputs, mixing)
    let candidates = Self.ridges.compactMap { ridge -> (sum: Double, solver: Solver)? in
      guard let solver = Solver(features, normal, ridge: ridge * Double(count)) else { return nil }
      let left = solver.leftOut(judged)
      return (left.elements.reduce(0) { $0 + $1 * $1 }, solver)
    }
    guard let best = candidates.min(by: { $0.sum < $1.sum })?.solver else { return nil }
    coefficients = best.coefficients(outputs)
    let misses = best.leftOut(outputs, coefficients)
    self.misses = misses
    deviations = (0..<outputs.columns).map { column in
      let squares = (0..<count).reduce(0) {
        $0 + misses.elements[$1 * outputs.columns + column] * misses.elements[$1 * outputs.columns + column]
      }
      return (squares / Double(count)).squareRoot()
    }
  }

  /// Rows x outputs.
  package func callAsFunction(_ inputs: Matrix<Double>) -> Matrix<Double> {
    product(Self.features(inputs, used, centres, scales), coefficients)
  }

  private static func features(
    _ inputs: Matrix<Double>, _ used: [Int], _ centres: [Double], _ scales: [Double]
  ) -> Matrix<Double> {
    let width = used.count
    let columns = 1 + width + width * (width + 1) / 2
    var elements: [Double] = []
    elements.reserveCapacity(inputs.rows * columns)
    var x = [Double](repeating: 0, count: width)
    for row in 0..<inputs.rows {
      for (place, column) in used.enumerated() {
        let value = (inputs.elements[row * inputs.columns + column] - centres[place]) / scales[place]
        x[place] = min(max(value, -farthest), farthest)
      }
      elements.append(1)
      elements += x
      for i in 0..<width {
        elements.append(curvature * 0.5.squareRoot() * (x[i] * x[i] - 1))
        for j in 0..<i { elements.append(curvature * x[i] * x[j]) }
      }
    }
    return Matrix(rows: inputs.rows, columns: columns, elements: elements)
  }
}

/// The normal equations of one ridge.
private struct Solver {
  let features: Matrix<Double>
  let factor: SkylineCholesky
  /// 1 - the example's own share in its prediction.
  let freedoms: [Double]

  init?(_ features: Matrix<Double>, _ normal: Matrix<Double>, ridge: Double) {
    let width = features.columns
    // The constant is not held.
    guard
      let factor = SkylineCholesky(
        count: width,
        element: {
          normal.elements[$0 * width + $1] + ($0 == $1 ? ($0 == 0 ? 1e-9 : ridge) : 0)
        })
    else { return nil }
    self.features = features
    self.factor = factor
    var columns = features.transposed.elements
    factor.forward(&columns, columns: features.rows)
    freedoms = (0..<features.rows).map { row in
      let own = (0..<width).reduce(0) {
        $0 + columns[$1 * features.rows + row] * columns[$1 * features.rows + row]
      }
      return max(1 - own, 1e-6)
    }
  }

  func coefficients(_ outputs: Matrix<Double>) -> Matrix<Double> {
    var solution = product(features, outputs, aIsTransposed: true)
    factor.forward(&solution.elements, columns: outputs.columns)
    factor.backward(&solution.elements, columns: outputs.columns)
    return solution
  }

  func leftOut(_ outputs: Matrix<Double>) -> Matrix<Double> { leftOut(outputs, coefficients(outputs)) }

  /// Each example less what the others predict for it.
  func leftOut(_ outputs: Matrix<Double>, _ coefficients: Matrix<Double>) -> Matrix<Double> {
    var left = product(features, coefficients)
    for row in 0..<left.rows {
      for column in row * left.columns..<(row + 1) * left.columns {
        left.elements[column] = (outputs.elements[column] - left.elements[column]) / freedoms[row]
      }
    }
    return left
  }
}
