/// Least squares with bounds: the method of Levenberg and Marquardt (Marquardt 1963, J. SIAM 11, 431), derivatives by
/// differences, steps cut off at the bounds.
package struct LevenbergMarquardt: Sendable {
  /// One unknown.
  package struct Parameter: Sendable, Hashable {
    package var start: Double
    package var bounds: ClosedRange<Double>
    /// For differences; small against what the model resolves, large against its rounding.
    package var step: Double

    package init(start: Double, bounds: ClosedRange<Double>, step: Double) {
      self.start = start
      self.bounds = bounds
      self.step = step
    }
  }

  package struct Solution: Sendable, Hashable {
    package var values: [Double]
    /// One standard deviation from the inverse of the normal matrix; nil at a bound or where nothing constrains.
    package var errors: [Double?]
    /// Sum of the squared residuals.
    package var sumOfSquares: Double
    package var iterations: Int
    /// False where the iterations ran out.
    package var converged: Bool
  }

  package var mostIterations = 80
  /// Relative decrease of the sum of squares below which two steps in a row end the search.
  package var tolerance = 1e-5

  package init() {}

  /// Minimises the sum of squares of what `residuals` returns, already divided by the errors.
  /// - Parameter residuals: nil where the model has no answer; such steps are not taken.
  /// - Returns: nil where the model has no answer at the start.
  package func minimize(
    _ parameters: [Parameter], residuals: ([Double]) -> [Double]?
  ) -> Solution? {
    var values = parameters.map { min(max($0.start, $0.bounds.lowerBound), $0.bounds.upperBound) }
    guard var current = residuals(values) else { return nil }
    var cost = sumOfSquares(current)
    var damping = 1e-2
    var small = 0
    var iteration = 0
    while iteration < mostIterations, small < 2 {
      iteration += 1
      let jacobian = derivatives(parameters, values, current, residuals)
      var gradient = jacobian.map { column in zip(column, current).reduce(0) { $0 + $1.0 * $1.1 } }
      // At a bound with the slope pointing outwards a parameter stays where it is.
      let isFree = parameters.indices.map { j in
        !(values[j] <= parameters[j].bounds.lowerBound && gradient[j] > 0)
          && !(values[j] >= parameters[j].bounds.upperBound && gradient[j] < 0)
      }
      for j in gradient.indices where !isFree[j] { gradient[j] = 0 }
      let normal = normalMatrix(jacobian, isFree: isFree)
      var improved = false
      while damping < 1e12 {
        var damped = normal
        for j in parameters.indices { damped[j][j] += damping * max(normal[j][j], 1e-12) }
        guard let step = solveSymmetric(damped, gradient.map { -$0 }) else {
          damping *= 10
          continue
        }
        let trial = parameters.indices.map { j in
          min(max(values[j] + step[j], parameters[j].bounds.lowerBound), parameters[j].bounds.upperBound)
        }
        if let next = residuals(trial), sumOfSquares(next) < cost {
          let lower = sumOfSquares(next)
          small = (cost - lower) < tolerance * cost ? small + 1 : 0
          (values, current, cost) = (trial, next, lower)
          damping = max(damping / 10, 1e-9)
          improved = true
          break
        }
        damping *= 10
      }
      if !improved { break }
    }
    return Solution(
      values: values, errors: errors(parameters, values, current, residuals), sumOfSquares: cost,
      iterations: iteration, converged: iteration < mostIterations)
  }

  private func derivatives(
    _ parameters: [Parameter], _ values: [Double], _ current: [Double], _ residuals: ([Double]) -> [Double]?
  ) -> [[Double]] {
    parameters.indices.map { j in
      let inside = values[j] + parameters[j].step <= parameters[j].bounds.upperBound
      for step in inside ? [parameters[j].step, -parameters[j].step] : [-parameters[j].step] {
        var moved = values
        moved[j] += step
        if let other = residuals(moved) { return zip(other, current).map { ($0 - $1) / step } }
      }
      return [Double](repeating: 0, count: current.count)
    }
  }

  private func errors(
    _ parameters: [Parameter], _ values: [Double], _ current: [Double], _ residuals: ([Double]) -> [Double]?
  ) -> [Double?] {
    let jacobian = derivatives(parameters, values, current, residuals)
    let isFree = parameters.indices.map { j in
      values[j] > parameters[j].bounds.lowerBound && values[j] < parameters[j].bounds.upperBound
        && jacobian[j].contains { $0 != 0 }
    }
    let normal = normalMatrix(jacobian, isFree: isFree)
    return parameters.indices.map { j in
      guard isFree[j] else { return nil }
      var unit = [Double](repeating: 0, count: parameters.count)
      unit[j] = 1
      guard let column = solveSymmetric(normal, unit), column[j] > 0 else { return nil }
      return column[j].squareRoot()
    }
  }

  /// J^T J over the free parameters; the others have 1 on the diagonal.
  private func normalMatrix(_ jacobian: [[Double]], isFree: [Bool]) -> [[Double]] {
    jacobian.indices.map { a in
      jacobian.indices.map { b in
        guard isFree[a], isFree[b] else { return a == b ? 1 : 0 }
        return zip(jacobian[a], jacobian[b]).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }
}

private func sumOfSquares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

/// Solves a x = b for symmetric positive definite a by Cholesky's method, scaled to a unit diagonal; nil where a is not.
package func solveSymmetric(_ a: [[Double]], _ b: [Double]) -> [Double]? {
  let n = b.count
  precondition(a.count == n && a.allSatisfy { $0.count == n })
  let scale = (0..<n).map { a[$0][$0] > 0 ? 1 / a[$0][$0].squareRoot() : 0 }
  guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  var lower = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
  for i in 0..<n {
    for j in 0...i {
      var sum = a[i][j] * scale[i] * scale[j]
      for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
      if i == j {
        guard sum > 1e-14 else { return nil }
        lower[i][i] = sum.squareRoot()
      } else {
        lower[i][j] = sum / lower[j][j]
      }
    }
  }
  var x = (0..<n).map { b[$0] * scale[$0] }
  for i in 0..<n {
    for k in 0..<i { x[i] -= lower[i][k] * x[k] }
    x[i] /= lower[i][i]
  }
  for i in (0..<n).reversed() {
    for k in i + 1..<max(n, i + 1) { x[i] -= lower[k][i] * x[k] }
    x[i] /= lower[i][i]
  }
  return (0..<n).map { x[$0] * scale[$0] }
}
