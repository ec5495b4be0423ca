import CBLAS
import CVectorMath

/// The element types that networks compute in: `Float` for work, `Double` to check gradients with.
///
/// The requirements are array loops, implemented in C for the CPU at hand; counts are the callers' to keep.
package protocol Scalar: BinaryFloatingPoint, BitwiseCopyable, ImageScalar, Sendable {
  /// c (m x n) <- op(a) (m x k) op(b) (k x n) + beta c through BLAS, row-major, leading dimensions as stored. One row is multiplied as
  /// a vector: a matrix' product copies b first, which takes as long again. Some versions then multiply what is in c by a beta of 0: it
  /// has to be a number.
  /// False where there is no BLAS.
  static func blasProduct(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, aTransposed: Bool, b: UnsafePointer<Self>,
    bTransposed: Bool, beta: Self, c: UnsafeMutablePointer<Self>
  ) -> Bool

  /// y = exp(x), x held within +-87 in single precision, so that y is never 0 nor infinite.
  static func exponential(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  /// x becomes x / (1 + exp(-x)).
  static func sigmoidLinear(_ x: UnsafeMutablePointer<Self>, _ count: Int)
  /// y = x / (1 + exp(-x)), and x becomes dy/dx.
  static func sigmoidLinearWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  /// x becomes 1 / (1 + exp(-x)).
  static func sigmoid(_ x: UnsafeMutablePointer<Self>, _ count: Int)
  /// y = 1 / (1 + exp(-x)), and x becomes dy/dx.
  static func sigmoidWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  /// a *= b, element by element.
  static func multiply(_ a: UnsafeMutablePointer<Self>, by b: UnsafePointer<Self>, _ count: Int)
  /// Adds `row` to each row of a row-major matrix.
  static func addRow(
    _ row: UnsafePointer<Self>, to matrix: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
  /// sums[j] = sum of column j of a row-major matrix, added from the first row to the last.
  static func columnSums(
    _ matrix: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
  /// The sum of squares in double precision, always added in the same order.
  static func sumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Double
  /// One step of AdamW over `count` parameters.
  static func adamW(
    parameters: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>,
    first: UnsafeMutablePointer<Self>, second: UnsafeMutablePointer<Self>, count: Int,
    coefficients: AdamWCoefficients)
}

/// What one step of AdamW multiplies with (Loshchilov & Hutter 2019, ICLR, algorithm 2; Kingma & Ba 2015, ICLR).
///
/// g' = scale g; m <- decay1 m + (1 - decay1) g'; v <- decay2 v + (1 - decay2) g'^2;
/// p <- shrink p - rate correction1 m / (sqrt(correction2 v) + epsilon),
/// with correction = 1 / (1 - decay^step) and shrink = 1 - rate weightDecay.
package struct AdamWCoefficients: Sendable, Hashable {
  package var rate: Double
  package var decay1: Double
  package var decay2: Double
  package var correction1: Double
  package var correction2: Double
  package var epsilon: Double
  package var shrink: Double
  /// Factor on the gradient, below 1 where its norm is clipped.
  package var scale: Double

  package init(
    rate: Double, decay1: Double, decay2: Double, correction1: Double, correction2: Double, epsilon: Double,
    shrink: Double, scale: Double
  ) {
    self.rate = rate
    self.decay1 = decay1
    self.decay2 = decay2
    self.correction1 = correction1
    self.correction2 = correction2
    self.epsilon = epsilon
    self.shrink = shrink
    self.scale = scale
  }
}

private func code(_ transposed: Bool) -> Int32 {
  Int32(transposed ? exospool_transpose : exospool_no_transpose)
}

extension Float: Scalar {
  package static func blasProduct(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, aTransposed: Bool, b: UnsafePointer<Self>,
    bTransposed: Bool, beta: Self, c: UnsafeMutablePointer<Self>
  ) -> Bool {
    guard let product = BLAS.library.sgemm, let productOfVector = BLAS.library.sgemv else { return false }
    if m == 1 {
      productOfVector(
        Int32(exospool_row_major), code(!bTransposed), Int32(bTransposed ? n : k), Int32(bTransposed ? k : n),
        1, b, Int32(bTransposed ? k : n), a, 1, beta, c, 1)
      return true
    }
    product(
      Int32(exospool_row_major), code(aTransposed), code(bTransposed), Int32(m), Int32(n), Int32(k),
      1, a, Int32(aTransposed ? m : k), b, Int32(bTransposed ? k : n), beta, c, Int32(n))
    return true
  }

  package static func exponential(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_exp_f32(x, y, count) }

  package static func sigmoidLinear(_ x: UnsafeMutablePointer<Self>, _ count: Int) {
    exospool_silu_f32(x, count)
  }

  package static func sigmoidLinearWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_silu_derivative_f32(x, y, count) }

  package static func sigmoid(_ x: UnsafeMutablePointer<Self>, _ count: Int) {
    exospool_sigmoid_f32(x, count)
  }

  package static func sigmoidWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_sigmoid_derivative_f32(x, y, count) }

  package static func multiply(
    _ a: UnsafeMutablePointer<Self>, by b: UnsafePointer<Self>, _ count: Int
  ) { exospool_multiply_f32(a, b, count) }

  package static func addRow(
    _ row: UnsafePointer<Self>, to matrix: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_add_row_f32(matrix, row, rows, columns) }

  package static func columnSums(
    _ matrix: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_column_sums_f32(matrix, sums, rows, columns) }

  package static func sumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Double {
    exospool_sum_of_squares_f32(x, count)
  }

  package static func adamW(
    parameters: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>,
    first: UnsafeMutablePointer<Self>, second: UnsafeMutablePointer<Self>, count: Int,
    coefficients c: AdamWCoefficients
  ) {
    exospool_adamw_f32(
      parameters, gradient, first, second, count, Self(c.rate), Self(c.decay1), Self(c.decay2),
      Self(c.correction1), Self(c.correction2), Self(c.epsilon), Self(c.shrink), Self(c.scale))
  }
}

extension Double: Scalar {
  package static func blasProduct(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, aTransposed: Bool, b: UnsafePointer<Self>,
    bTransposed: Bool, beta: Self, c: UnsafeMutablePointer<Self>
  ) -> Bool {
    guard let product = BLAS.library.dgemm, let productOfVector = BLAS.library.dgemv else { return false }
    if m == 1 {
      productOfVector(
        Int32(exospool_row_major), code(!bTransposed), Int32(bTransposed ? n : k), Int32(bTransposed ? k : n),
        1, b, Int32(bTransposed ? k : n), a, 1, beta, c, 1)
      return true
    }
    product(
      Int32(exospool_row_major), code(aTransposed), code(bTransposed), Int32(m), Int32(n), Int32(k),
      1, a, Int32(aTransposed ? m : k), b, Int32(bTransposed ? k : n), beta, c, Int32(n))
    return true
  }

  package static func exponential(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_exp_f64(x, y, count) }

  package static func sigmoidLinear(_ x: UnsafeMutablePointer<Self>, _ count: Int) {
    exospool_silu_f64(x, count)
  }

  package static func sigmoidLinearWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_silu_derivative_f64(x, y, count) }

  package static func sigmoid(_ x: UnsafeMutablePointer<Self>, _ count: Int) {
    exospool_sigmoid_f64(x, count)
  }

  package static func sigmoidWithDerivative(
    _ x: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int
  ) { exospool_sigmoid_derivative_f64(x, y, count) }

  package static func multiply(
    _ a: UnsafeMutablePointer<Self>, by b: UnsafePointer<Self>, _ count: Int
  ) { exospool_multiply_f64(a, b, count) }

  package static func addRow(
    _ row: UnsafePointer<Self>, to matrix: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_add_row_f64(matrix, row, rows, columns) }

  package static func columnSums(
    _ matrix: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_column_sums_f64(matrix, sums, rows, columns) }

  package static func sumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Double {
    exospool_sum_of_squares_f64(x, count)
  }

  package static func adamW(
    parameters: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>,
    first: UnsafeMutablePointer<Self>, second: UnsafeMutablePointer<Self>, count: Int,
    coefficients c: AdamWCoefficients
  ) {
    exospool_adamw_f64(
      parameters, gradient, first, second, count, Self(c.rate), Self(c.decay1), Self(c.decay2),
      Self(c.correction1), Self(c.correction2), Self(c.epsilon), Self(c.shrink), Self(c.scale))
  }
}
