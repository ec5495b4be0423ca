#if canImport(Glibc)
  import Glibc
#endif

/// Eigenvalues, ascending, and eigenvectors of a real symmetric matrix.
///
/// Householder reflections to tridiagonal form (Golub & Van Loan 2013, algorithm 8.3.1), then QL iterations.
/// - Parameter matrix: size x size, row-major; only the lower triangle is read.
/// - Returns: `vectors[i]` is the normalised eigenvector of `values[i]`.
package func symmetricEigenvectors(
  _ matrix: [Double], size n: Int
) -> (values: [Double], vectors: [[Double]]) {
  precondition(n > 0 && matrix.count == n * n)
  var a = matrix
  for i in 0..<n { for j in 0..<i { a[j * n + i] = a[i * n + j] } }
  /// Reflectors I - 2 v v^T, v unit vectors that begin with k + 1 zeros.
  var reflectors: [[Double]] = []
  for k in 0..<max(0, n - 2) {
    var v = (k + 1..<n).map { a[$0 * n + k] }
    let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    v[0] += v[0] < 0 ? -norm : norm
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else {
      reflectors.append([])
      continue
    }
    for i in v.indices { v[i] /= length }
    // With p = a v and q = p - (v.p) v: a <- a - 2 v q^T - 2 q v^T, over rows and columns from k on.
    var p = [Double](repeating: 0, count: n - k)
    for i in k..<n {
      var sum = 0.0
      for (j, value) in v.enumerated() { sum += a[i * n + k + 1 + j] * value }
      p[i - k] = sum
    }
    let overlap = v.indices.reduce(0.0) { $0 + v[$1] * p[$1 + 1] }
    let whole = [0.0] + v
    var q = p
    for i in whole.indices { q[i] -= overlap * whole[i] }
    for i in k..<n {
      for j in k..<n {
        a[i * n + j] -= 2 * (whole[i - k] * q[j - k] + q[i - k] * whole[j - k])
      }
    }
    reflectors.append(v)
  }
  let inner = eigenvectors(
    diagonal: (0..<n).map { a[$0 * n + $0] }, offDiagonal: (0..<n - 1).map { a[($0 + 1) * n + $0] })
  let vectors = inner.vectors.map { vector in
    var vector = vector
    for (k, v) in reflectors.enumerated().reversed() where !v.isEmpty {
      let overlap = v.indices.reduce(0.0) { $0 + v[$1] * vector[k + 1 + $1] }
      for i in v.indices { vector[k + 1 + i] -= 2 * overlap * v[i] }
    }
    return vector
  }
  return (inner.values, vectors)
}
