import NumericalMethods
import Testing

@Suite("Symmetric matrices") struct SymmetricMatrixTests {
  private static func positive(_ n: Int, band: Int, _ random: inout SeededRandom) -> [[Double]] {
    var a = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in max(0, i - band)..<i {
        a[i][j] = random.normal()
        a[j][i] = a[i][j]
      }
    }
    for i in 0..<n { a[i][i] = 1 + a[i].reduce(0) { $0 + abs($1) } }
    return a
  }

  @Test("a band's factor solves and has the determinant of elimination", arguments: [0, 2, 11])
  func skyline(band: Int) throws {
    var random = SeededRandom(seed: 2)
    let n = 12
    var a = Self.positive(n, band: band, &random)
    // A row that reaches far comes last.
    for j in 0..<n - 1 {
      a[n - 1][j] = 0.1
      a[j][n - 1] = 0.1
    }
    let first = (0..<n).map { row in a[row].firstIndex { $0 != 0 } ?? row }
    let factor = try #require(SkylineCholesky(count: n, first: first) { a[$0][$1] })
    let right = (0..<2 * n).map { _ in random.normal() }
    var solution = right
    factor.forward(&solution, columns: 2)
    factor.backward(&solution, columns: 2)
    for column in 0..<2 {
      for i in 0..<n {
        let product = (0..<n).reduce(0.0) { $0 + a[i][$1] * solution[2 * $1 + column] }
        #expect(abs(product - right[2 * i + column]) < 1e-10)
      }
    }
    var (pivots, half) = (a, 0.0)
    for k in 0..<n {
      half += 0.5 * log(pivots[k][k])
      for i in k + 1..<max(n, k + 1) {
        let share = pivots[i][k] / pivots[k][k]
        for j in k..<n { pivots[i][j] -= share * pivots[k][j] }
      }
    }
    #expect(abs(factor.halfLogDeterminant - half) < 1e-10)
  }

  @Test("what is not positive definite has no factor")
  func indefinite() {
    let a: [[Double]] = [[1, 2], [2, 1]]
    #expect(SkylineCholesky(count: 2, first: [0, 0], element: { a[$0][$1] }) == nil)
  }

  @Test("eigenvectors give the matrix back and are orthonormal", arguments: [1, 2, 3, 25])
  func eigenvectors(size: Int) {
    var random = SeededRandom(seed: 4)
    let a = Self.positive(size, band: size, &random)
    let problem = symmetricEigenvectors(a.flatMap { $0 }, size: size)
    #expect(problem.values == problem.values.sorted())
    for i in 0..<size {
      for j in 0..<size {
        let back = (0..<size).reduce(0.0) {
          $0 + problem.values[$1] * problem.vectors[$1][i] * problem.vectors[$1][j]
        }
        #expect(abs(back - a[i][j]) < 1e-9)
        let product = (0..<size).reduce(0.0) { $0 + problem.vectors[i][$1] * problem.vectors[j][$1] }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-10)
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
