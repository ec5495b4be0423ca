import NumericalMethods

/// Normal errors, some of each point by itself and some that points share: their covariance is diag(variances) + the sum of modes times
/// themselves, inverted as Woodbury does (Rasmussen & Williams 2006, Gaussian Processes for Machine Learning, eq. A.9).
package struct SharedErrors: Sendable {
  /// On the points' own variances.
  let factor: Double
  /// Variances of the model's errors that points do not share.
  let ofModel: [Double]
  let modes: [[Double]]
  /// Of 1 + the modes' products over the variances.
  let factorised: SkylineCholesky
  /// ln of the determinant of 2 pi times the covariance.
  let logDeterminant: Double
  private let precisions: [Double]

  init?(factor: Double, ofModel: [Double], symmetric: [Double], modes: [[Double]]) {
    self.factor = factor
    self.ofModel = ofModel
    self.modes = modes
    let width = modes.count
    precisions = symmetric.map { 1 / $0 }
    var gram = [Double](repeating: 0, count: width * width)
    for i in 0..<width {
      let weighted = Self.weighted(modes[i], precisions)
      for j in 0...i { gram[i * width + j] = Self.dot(weighted, modes[j]) + (i == j ? 1 : 0) }
    }
    guard let factorised = SkylineCholesky(gram, count: width) else { return nil }
    self.factorised = factorised
    logDeterminant = Self.logSum(symmetric) + 2 * factorised.halfLogDeterminant
  }

  /// L^-1 times a vector's products with the modes over the variances.
  func projection(_ vector: [Double]) -> [Double] {
    let weighted = Self.weighted(vector, precisions)
    var result = modes.map { Self.dot(weighted, $0) }
    factorised.forward(&result, columns: 1)
    return result
  }

  /// a times the covariance's inverse times b.
  /// - Parameters:
  ///   - ofA: its projection.
  ///   - ofB: likewise.
  func product(_ a: [Double], _ b: [Double], _ ofA: [Double], _ ofB: [Double]) -> Double {
    Self.dot(Self.weighted(a, precisions), b) - Self.dot(ofA, ofB)
  }

  private static func weighted(_ vector: [Double], _ precisions: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: vector.count) { weighted, initialised in
      for point in 0..<vector.count { weighted[point] = vector[point] * precisions[point] }
      initialised = vector.count
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        // Four sums, for the additions need not wait for one another.
        var sums = SIMD4<Double>()
        let whole = a.count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
          let (x, y) = (SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3]), SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3]))
          sums += x * y
        }
        var sum = sums.sum()
        for i in whole..<a.count { sum += a[i] * b[i] }
        return sum
      }
    }
  }

  /// Sum of ln(2 pi v) over variances: of products of eight, which are far from the ends of what a number can hold.
  private static func logSum(_ variances: [Double]) -> Double {
    var (sum, product) = (0.0, 1.0)
    for (place, variance) in variances.enumerated() {
      product *= 2 * Double.pi * variance
      if place % 8 == 7 {
        sum += log(product)
        product = 1
      }
    }
    return sum + log(product)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
