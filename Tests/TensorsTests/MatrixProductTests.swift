import Glibc
import NumericalMethods
import Tensors
import Testing

@Suite("Matrix product")
struct MatrixProductTests {
  private static func random<S: Scalar>(_ count: Int, _ seed: UInt64) -> [S] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in S(random.normal()) }
  }

  private typealias Product<S: Scalar> = (
    ProductShape, UnsafeBufferPointer<S>, UnsafeBufferPointer<S>, UnsafeMutableBufferPointer<S>, S
  ) -> Void

  private static func apply<S: Scalar>(_ product: Product<S>, _ shape: ProductShape, beta: S) -> [S] {
    let a: [S] = random(shape.rows * shape.inner, 1)
    let b: [S] = random(shape.inner * shape.columns, 2)
    var c: [S] = random(shape.rows * shape.columns, 3)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in product(shape, a, b, c, beta) }
      }
    }
    return c
  }

  /// A sum of k products of unit normals, in any order, rounds off by less than k epsilon times the sum of the
  /// products' sizes, which stays below 5 sqrt(k) for nearly all and 2 k for certain.
  private static func compare<S: Scalar>(_ shape: ProductShape, beta: S) {
    let fast = apply({ multiplyMatrices($0, $1, $2, into: $3, beta: $4) }, shape, beta: beta)
    let oracle = apply({ multiplyMatricesNaive($0, $1, $2, into: $3, beta: $4) }, shape, beta: beta)
    let k = S(shape.inner + 1)
    let tolerance = 2 * k * k.squareRoot() * S.ulpOfOne
    let worst = zip(fast, oracle).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= tolerance, "\(S.self) \(shape) beta \(beta): off by \(worst), allowed \(tolerance)")
  }

  @Test("equals the naive oracle, for every shape, transposition and beta", arguments: [0, 1, -0.5])
  func oracle(beta: Double) {
    let sizes = [
      (0, 3, 2), (3, 2, 0), (1, 1, 1), (1, 64, 33), (2, 3, 5), (16, 16, 16), (33, 65, 17), (70, 1, 130),
    ]
    for (rows, columns, inner) in sizes {
      for a in [false, true] {
        for b in [false, true] {
          let shape = ProductShape(
            rows: rows, columns: columns, inner: inner, aIsTransposed: a, bIsTransposed: b)
          Self.compare(shape, beta: Float(beta))
          Self.compare(shape, beta: beta)
        }
      }
    }
  }

  @Test("the oracle multiplies a case done by hand")
  func byHand() {
    let a: [Double] = [1, 2, 3, 4]
    let b: [Double] = [5, 6, 7, 8]
    var c: [Double] = [100, 0, 0, 0]
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          multiplyMatricesNaive(
            ProductShape(rows: 2, columns: 2, inner: 2, bIsTransposed: true), a, b, into: c, beta: 1)
        }
      }
    }
    // [[1 2] [3 4]] [[5 7] [6 8]] = [[17 23] [39 53]]
    #expect(c == [117, 23, 39, 53])
  }

  @Test("with beta 0 what stood in c is not read")
  func overwrites() {
    var c: [Float] = [.nan]
    [Float(2)].withUnsafeBufferPointer { a in
      c.withUnsafeMutableBufferPointer { c in
        multiplyMatrices(ProductShape(rows: 1, columns: 1, inner: 1), a, a, into: c)
      }
    }
    #expect(c == [4])
  }

  @Test("the same product gives the same bytes")
  func repeats() {
    let shape = ProductShape(rows: 129, columns: 65, inner: 257)
    let first: [Float] = Self.apply({ multiplyMatrices($0, $1, $2, into: $3, beta: $4) }, shape, beta: 0)
    let second: [Float] = Self.apply({ multiplyMatrices($0, $1, $2, into: $3, beta: $4) }, shape, beta: 0)
    #expect(first == second)
  }
}

@Suite("BLAS kernels")
struct BLASTests {
  /// A CPU without AVX-512 must not be given AVX-512 kernels, and one with it must get them: either is a fault
  /// that no result shows. The environment may say otherwise; then its word counts.
  @Test("AVX-512 kernels are used where the CPU has AVX-512, and nowhere else")
  func kernels() {
    let asked = environment("OPENBLAS_CORETYPE")
    if BLAS.hasAVX512 {
      #expect(asked != nil)
    } else {
      #expect(asked == nil || asked != "SkylakeX")
      #expect(!["SkylakeX", "Cooperlake", "Sapphirerapids"].contains(BLAS.kernels))
    }
    if asked == "SkylakeX" && BLAS.kernels != "naive" { #expect(BLAS.kernels == "SkylakeX") }
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
