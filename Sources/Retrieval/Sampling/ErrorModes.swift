import NumericalMethods
package import Tensors

/// Errors that go together over many outputs, told apart from those of each output by itself: covariance = sum of modes times their
/// transposes + a diagonal. A surrogate whose errors are taken for independent ones is believed too much where they add up.
package struct ErrorModes: Sendable {
  /// Modes x outputs, one standard deviation each.
  package let modes: Matrix<Double>
  /// One standard deviation of what the modes leave, by output.
  package let deviations: [Double]

  private static let passes = 6
  /// Of the sum over the outputs of a mode's squares over their errors': less of it is as good as none.
  private static let leastVariance = 0.05

  /// The modes that matter most, and no more than matter.
  /// - Parameters:
  ///   - misses: examples x outputs, of mean 0.
  ///   - errors: what an output is to be known to, one each: modes matter by their size over it.
  package init(_ misses: Matrix<Double>, errors: [Double], count: Int) {
    let (rows, columns) = (misses.rows, misses.columns)
    precondition(errors.count == columns && rows > 0)
    var scaled = misses
    for row in 0..<rows {
      for column in 0..<columns { scaled.elements[row * columns + column] /= errors[column] }
    }
    // Subspace iteration (Golub & Van Loan 2013, Matrix Computations, section 8.2.4).
    let count = min(count, columns, rows)
    var random = SeededRandom(seed: 1)
    var basis = Matrix(
      rows: columns, columns: count, elements: (0..<columns * count).map { _ in random.normal() })
    Self.orthonormalise(&basis)
    for _ in 0..<Self.passes {
      basis = product(scaled, product(scaled, basis), aIsTransposed: true)
      Self.orthonormalise(&basis)
    }
    let scores = product(scaled, basis)
    let covariance = product(scores, scores, aIsTransposed: true)
    let found = symmetricEigenvectors(covariance.elements.map { $0 / Double(rows) }, size: count)
    let kept = found.values.indices.filter { found.values[$0] >= Self.leastVariance }
    var modes = Matrix<Double>(rows: kept.count, columns: columns)
    for (mode, place) in kept.enumerated() {
      let size = found.values[place].squareRoot()
      for output in 0..<columns {
        let value = (0..<count).reduce(0) {
          $0 + basis.elements[output * count + $1] * found.vectors[place][$1]
        }
        modes.elements[mode * columns + output] = errors[output] * size * value
      }
    }
    self.modes = modes
    deviations = (0..<columns).map { output in
      let all = (0..<rows).reduce(0) {
        $0 + misses.elements[$1 * columns + output] * misses.elements[$1 * columns + output]
      }
      let told = (0..<modes.rows).reduce(0) {
        $0 + modes.elements[$1 * columns + output] * modes.elements[$1 * columns + output]
      }
      return max(all / Double(rows) - told, 0).squareRoot()
    }
  }

  /// Columns by Gram and Schmidt; one that is nothing beside those before it becomes 0.
  private static func orthonormalise(_ basis: inout Matrix<Double>) {
    let (rows, columns) = (basis.rows, basis.columns)
    func dot(_ a: Int, _ b: Int) -> Double {
      (0..<rows).reduce(0) { $0 + basis.elements[$1 * columns + a] * basis.elements[$1 * columns + b] }
    }
    for column in 0..<columns {
      let before = dot(column, column)
      // Twice is enough (Parlett 1998, The Symmetric Eigenvalue Problem, section 6.9).
      for _ in 0..<2 {
        for other in 0..<column {
          let share = dot(column, other)
          for row in 0..<rows {
            basis.elements[row * columns + column] -= share * basis.elements[row * columns + other]
          }
        }
      }
      let length = dot(column, column)
      let scale = length > 1e-24 * before && length > 0 ? 1 / length.squareRoot() : 0
      for row in 0..<rows { basis.elements[row * columns + column] *= scale }
    }
  }
}
