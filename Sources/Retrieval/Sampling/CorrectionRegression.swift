import NumericalMethods
package import Tensors

/// What a surrogate misses by near an observation, many outputs at once, learnt from examples: a constant, linear, square and mixed terms of
/// standardised inputs, and linear terms of clues, held small by a ridge (Hoerl & Kennard 1970, Technometrics 12, 55) that
/// leave-one-out residuals choose.
///
/// Clues are what a network's last hidden layer makes of the inputs. The network's own last layer had to weigh them alike for all planets; here
/// they need fit those about one only, so they tell far more of the errors there than parabolas of the inputs do.
package struct CorrectionRegression: Sendable {
  private let inputs: Standardisation
  private let clues: Standardisation
  /// Features x outputs.
  private let coefficients: Matrix<Float>
  /// Features x features: of a row's features times it, the squares add up to how far the row is from all examples (its leverage).
  private let unfamiliarity: Matrix<Float>
  /// Mean over the examples of 1 and how far each is from the others.
  private let usual: Double
  /// rms over the examples of what each output would be missed by had its example not been there.
  package let deviations: [Double]
  /// Examples x outputs: what each was missed by so.
  package let misses: Matrix<Double>

  /// The prior's standard deviation of a square or mixed term, and of a clue's, over that of a linear one.
  private static let (curvature, clueShare) = (0.3, 0.3)
  private static let ridges = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]
  /// Combinations of the outputs that the ridge is chosen by.
  private static let judges = 8

  /// - Parameters:
  ///   - inputs: examples x inputs.
  ///   - clues: examples x clues, of which there may be none.
  ///   - outputs: examples x outputs.
  ///   - errors: what an output is to be known to, one each; the ridge is chosen by outputs over these.
  /// - Returns: nil where there are fewer than 16 examples or no input varies.
  package init?(inputs: Matrix<Double>, clues: Matrix<Float>, outputs: Matrix<Double>, errors: [Double]) {
    precondition(inputs.rows == outputs.rows && outputs.columns == errors.count)
    precondition(clues.rows == inputs.rows)
    let count = inputs.rows
    guard count >= 16 else { return nil }
    self.inputs = Standardisation(inputs)
    self.clues = Standardisation(clues)
    guard !self.inputs.used.isEmpty else { return nil }

    let features = Matrix<Double>(Self.features(self.inputs(inputs), self.clues(clues)))
    let normal = Tensors.product(features, features, aIsTransposed: true)
    var random = SeededRandom(seed: 1)
    let mixing = Matrix(
      rows: errors.count, columns: Self.judges,
      elements: errors.flatMap { error in (0..<Self.judges).map { _ in random.normal() / error } })
    let judged = Tensors.product(outputs, mixing)
    let candidates = Self.ridges.compactMap { ridge -> (sum: Double, solver: Solver)? in
      guard let solver = Solver(features, normal, ridge: ridge * Double(count)) else { return nil }
      let left = solver.leftOut(judged)
      return (left.elements.reduce(0) { $0 + $1 * $1 }, solver)
    }
    guard let best = candidates.min(by: { $0.sum < $1.sum })?.solver else { return nil }
    unfamiliarity = Matrix<Float>(best.inverseFactor.transposed)
    usual = best.freedoms.reduce(0) { $0 + 1 / $1 } / Double(count)
    let coefficients = best.coefficients(outputs)
    self.coefficients = Matrix<Float>(coefficients)
    let misses = best.leftOut(outputs, coefficients)
    self.misses = misses
    deviations = (0..<outputs.columns).map { column in
      let squares = (0..<count).reduce(0) {
        $0 + misses.elements[$1 * outputs.columns + column] * misses.elements[$1 * outputs.columns + column]
      }
      return (squares / Double(count)).squareRoot()
    }
  }

  /// - Returns: rows x outputs; and by row, how much larger than `misses` what is missed there is to be expected: about 1 among the
  ///   examples, and the more the farther from them (the predictive deviation of Bayesian regression: Bishop 2006, Pattern Recognition and
  ///   Machine Learning, eq. 3.59).
  package func callAsFunction(
    _ inputs: Matrix<Double>, clues: Matrix<Float>
  ) -> (outputs: Matrix<Float>, stretches: [Double]) {
    let features = Self.features(self.inputs(inputs), self.clues(clues))
    let distances = Self.product(features, unfamiliarity)
    let stretches = (0..<features.rows).map { row in
      let leverage = distances.row(row).reduce(0) { $0 + $1 * $1 }
      return ((1 + Double(leverage)) / usual).squareRoot()
    }
    return (Self.product(features, coefficients), stretches)
  }

  private static func product(_ a: Matrix<Float>, _ b: Matrix<Float>) -> Matrix<Float> {
    var result = Matrix<Float>(rows: a.rows, columns: b.columns)
    let shape = ProductShape(rows: a.rows, columns: b.columns, inner: a.columns)
    a.elements.withUnsafeBufferPointer { a in
      b.elements.withUnsafeBufferPointer { b in
        result.elements.withUnsafeMutableBufferPointer { multiplyMatrices(shape, a, b, into: $0) }
      }
    }
    return result
  }

  /// - Parameters: both standardised.
  private static func features(_ inputs: Matrix<Float>, _ clues: Matrix<Float>) -> Matrix<Float> {
    let width = inputs.columns
    let columns = 1 + width + width * (width + 1) / 2 + clues.columns
    let (square, mixed) = (Float(curvature * 0.5.squareRoot()), Float(curvature))
    var result = Matrix<Float>(rows: inputs.rows, columns: columns)
    inputs.elements.withUnsafeBufferPointer { inputs in
      clues.elements.withUnsafeBufferPointer { clueNumbers in
        result.elements.withUnsafeMutableBufferPointer { result in
          var place = 0
          for row in 0..<result.count / columns {
            let x = row * width
            result[place] = 1
            place += 1
            for i in 0..<width { result[place + i] = inputs[x + i] }
            place += width
            for i in 0..<width {
              result[place] = square * (inputs[x + i] * inputs[x + i] - 1)
              for j in 0..<i { result[place + 1 + j] = mixed * inputs[x + i] * inputs[x + j] }
              place += 1 + i
            }
            for j in 0..<clues.columns {
              result[place + j] = Float(clueShare) * clueNumbers[row * clues.columns + j]
            }
            place += clues.columns
          }
        }
      }
    }
    return result
  }
}

/// Columns less their mean over some examples, over their standard deviation there; those that do not vary are left out.
private struct Standardisation: Sendable {
  /// By place.
  let used: [Int]
  private let centres: [Double]
  private let scales: [Double]

  /// Beyond so many standard deviations columns are held.
  private static let farthest: Float = 6

  init<S: Scalar>(_ examples: Matrix<S>) {
    var (used, centres, scales): ([Int], [Double], [Double]) = ([], [], [])
    let count = Double(examples.rows)
    for column in 0..<examples.columns {
      let values = (0..<examples.rows).map { Double(examples.elements[$0 * examples.columns + column]) }
      let mean = values.reduce(0, +) / count
      let scale = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
      guard scale > 1e-9 * max(abs(mean), 1) else { continue }
      used.append(column)
      centres.append(mean)
      scales.append(scale)
    }
    (self.used, self.centres, self.scales) = (used, centres, scales)
  }

  /// Rows x columns used.
  func callAsFunction<S: Scalar>(_ rows: Matrix<S>) -> Matrix<Float> {
    let width = used.count
    let elements = [Float](unsafeUninitializedCapacity: rows.rows * width) { result, count in
      rows.elements.withUnsafeBufferPointer { elements in
        for row in 0..<rows.rows {
          for (place, column) in used.enumerated() {
            let value = (Double(elements[row * rows.columns + column]) - centres[place]) / scales[place]
            result[row * width + place] = min(max(Float(value), -Self.farthest), Self.farthest)
          }
        }
      }
      count = rows.rows * width
    }
    return Matrix(rows: rows.rows, columns: width, elements: elements)
  }
}

extension Matrix {
  fileprivate init<S: Scalar>(_ other: Matrix<S>) {
    self.init(rows: other.rows, columns: other.columns, elements: other.elements.map { Element(Double($0)) })
  }
}

/// The normal equations of one ridge.
private struct Solver {
  let features: Matrix<Double>
  let factor: SkylineCholesky
  /// L^-1 of the factor L.
  let inverseFactor: Matrix<Double>
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
    var identity = Matrix<Double>(rows: width, columns: width)
    for i in 0..<width { identity.elements[i * width + i] = 1 }
    factor.forward(&identity.elements, columns: width)
    inverseFactor = identity
    let columns = product(features, identity.transposed)
    freedoms = (0..<features.rows).map { row in
      max(1 - columns.row(row).reduce(0) { $0 + $1 * $1 }, 1e-6)
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
