/// The shape of c (rows x columns) = op(a) (rows x inner) op(b) (inner x columns), all row-major without padding.
package struct ProductShape: Sendable, Hashable {
  package var rows: Int
  package var columns: Int
  package var inner: Int
  /// a is stored as inner x rows.
  package var aIsTransposed: Bool
  /// b is stored as columns x inner.
  package var bIsTransposed: Bool

  package init(
    rows: Int, columns: Int, inner: Int, aIsTransposed: Bool = false, bIsTransposed: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    self.inner = inner
    self.aIsTransposed = aIsTransposed
    self.bIsTransposed = bIsTransposed
  }
}

/// c <- op(a) op(b) + beta c: the one function through which networks multiply matrices.
///
/// With `beta` 0 the old content of `c` is not read. Same input, kernels and thread count give the same bytes.
/// - Precondition: the buffers have exactly the elements the shape tells, fewer than 2^31 along each side.
package func multiplyMatrices<S: Scalar>(
  _ shape: ProductShape, _ a: UnsafeBufferPointer<S>, _ b: UnsafeBufferPointer<S>,
  into c: UnsafeMutableBufferPointer<S>, beta: S = 0
) {
  checkSizes(shape, a, b, c)
  if shape.rows == 1, beta == 0 { c.update(repeating: 0) }
  guard shape.rows > 0, shape.columns > 0, shape.inner > 0, let aBase = a.baseAddress,
    let bBase = b.baseAddress, let cBase = c.baseAddress,
    S.blasProduct(
      m: shape.rows, n: shape.columns, k: shape.inner, a: aBase, aTransposed: shape.aIsTransposed, b: bBase,
      bTransposed: shape.bIsTransposed, beta: beta, c: cBase)
  else {
    multiplyMatricesNaive(shape, a, b, into: c, beta: beta)
    return
  }
}

/// op(a) b
package func product(
  _ a: Matrix<Double>, _ b: Matrix<Double>, aIsTransposed: Bool = false
) -> Matrix<Double> {
  let (rows, inner) = aIsTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
  var result = Matrix<Double>(rows: rows, columns: b.columns)
  let shape = ProductShape(rows: rows, columns: b.columns, inner: inner, aIsTransposed: aIsTransposed)
  a.elements.withUnsafeBufferPointer { a in
    b.elements.withUnsafeBufferPointer { b in
      result.elements.withUnsafeMutableBufferPointer { multiplyMatrices(shape, a, b, into: $0) }
    }
  }
  return result
}

/// Reference version of `multiplyMatrices`: three loops, sums in order. The oracle of the tests, and the way out
/// for empty matrices and a machine without BLAS.
package func multiplyMatricesNaive<S: Scalar>(
  _ shape: ProductShape, _ a: UnsafeBufferPointer<S>, _ b: UnsafeBufferPointer<S>,
  into c: UnsafeMutableBufferPointer<S>, beta: S = 0
) {
  checkSizes(shape, a, b, c)
  for i in 0..<shape.rows {
    for j in 0..<shape.columns {
      var sum: S = beta == 0 ? 0 : beta * c[i * shape.columns + j]
      for k in 0..<shape.inner {
        let left = shape.aIsTransposed ? a[k * shape.rows + i] : a[i * shape.inner + k]
        let right = shape.bIsTransposed ? b[j * shape.inner + k] : b[k * shape.columns + j]
        sum += left * right
      }
      c[i * shape.columns + j] = sum
    }
  }
}

private func checkSizes<S: Scalar>(
  _ shape: ProductShape, _ a: UnsafeBufferPointer<S>, _ b: UnsafeBufferPointer<S>,
  _ c: UnsafeMutableBufferPointer<S>
) {
  precondition(a.count == shape.rows * shape.inner, "a has the wrong size")
  precondition(b.count == shape.inner * shape.columns, "b has the wrong size")
  precondition(c.count == shape.rows * shape.columns, "c has the wrong size")
  precondition(max(shape.rows, shape.columns, shape.inner) <= Int(Int32.max), "BLAS counts with 32 bits")
}
