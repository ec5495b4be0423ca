#if canImport(Glibc)
  import Glibc
#endif

/// Eigenvalues, ascending, and eigenvectors of a real symmetric tridiagonal matrix.
///
/// QL iterations with implicit Wilkinson shifts (Golub & Van Loan 2013, section 8.3).
/// - Parameters:
///   - diagonal: n values.
///   - offDiagonal: n - 1 values, beside the diagonal.
/// - Returns: `vectors[i]` is the normalised eigenvector of `values[i]`.
package func eigenvectors(
  diagonal: [Double], offDiagonal: [Double]
) -> (values: [Double], vectors: [[Double]]) {
  let n = diagonal.count
  precondition(n > 0 && offDiagonal.count == n - 1)
  var d = diagonal
  var e = offDiagonal + [0]
  // Row i of `rows` becomes the eigenvector of d[i].
  var rows = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0.0 } }
  for low in 0..<n {
    for iteration in 0... {
      var high = low
      while high < n - 1, abs(e[high]) > 1e-16 * (abs(d[high]) + abs(d[high + 1])) { high += 1 }
      if high == low { break }
      // 60 is far beyond the two or three rounds an eigenvalue takes; a matrix of finite numbers never gets there.
      precondition(iteration < 60, "tridiagonal QL iterations do not converge")
      let half = (d[low + 1] - d[low]) / (2 * e[low])
      var g = d[high] - d[low] + e[low] / (half + copysign(hypot(half, 1), half))
      var (s, c, p) = (1.0, 1.0, 0.0)
      var stopped = false
      for i in stride(from: high - 1, through: low, by: -1) {
        let f = s * e[i]
        let b = c * e[i]
        let r = hypot(f, g)
        e[i + 1] = r
        if r == 0 {
          d[i + 1] -= p
          e[high] = 0
          stopped = true
          break
        }
        s = f / r
        c = g / r
        g = d[i + 1] - p
        let t = (d[i] - g) * s + 2 * c * b
        p = s * t
        d[i + 1] = g + p
        g = c * t - b
        for k in 0..<n {
          let (upper, lower) = (rows[i + 1][k], rows[i][k])
          rows[i + 1][k] = s * lower + c * upper
          rows[i][k] = c * lower - s * upper
        }
      }
      if stopped { continue }
      d[low] -= p
      e[low] = g
      e[high] = 0
    }
  }
  let order = d.indices.sorted { d[$0] < d[$1] }
  return (order.map { d[$0] }, order.map { rows[$0] })
}
