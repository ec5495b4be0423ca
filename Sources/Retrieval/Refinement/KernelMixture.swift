package import NumericalMethods

/// A mixture of Student's t laws with six degrees of freedom. They reach beyond the unit box: what is drawn out there has density 0 in any
/// target and costs no model, and nothing is to be normalised.
package struct KernelMixture: Sendable {
  package struct Kernel: Sendable {
    /// Its part of the mixture.
    package var weight: Double
    package let centre: [Double]
    /// Inverse of the scale matrix, row-major.
    package let precision: [Double]
    fileprivate let factor: SkylineCholesky
    private let logNormalisation: Double

    /// - Returns: nil where the precision is not positive definite.
    package init?(weight: Double = 1, centre: [Double], precision: [Double]) {
      let count = centre.count
      precondition(precision.count == count * count)
      guard let factor = SkylineCholesky(precision, count: count) else { return nil }
      self.weight = weight
      self.centre = centre
      self.precision = precision
      self.factor = factor
      let half = Double(count) / 2
      logNormalisation =
        log(tgamma(freedom / 2 + half) / tgamma(freedom / 2)) - half * log(freedom * Double.pi)
        + factor.halfLogDeterminant
    }

    /// ln of its density, as if it were alone.
    fileprivate func logDensity(_ point: [Double]) -> Double {
      let count = centre.count
      var distance = 0.0
      for i in 0..<count {
        var sum = 0.0
        for j in 0..<count { sum += precision[i * count + j] * (point[j] - centre[j]) }
        distance += sum * (point[i] - centre[i])
      }
      return logNormalisation - (freedom + Double(count)) / 2 * log1p(distance / freedom)
    }

    /// The scale matrix.
    var scale: [Double] { factor.inverse }

    fileprivate func draw(_ random: inout SeededRandom) -> [Double] {
      var step = centre.map { _ in random.normal() }
      factor.backward(&step, columns: 1)
      // Chi-squared of six degrees is twice the sum of three exponential numbers.
      let chiSquared = (0..<3).reduce(0.0) { sum, _ in sum - 2 * log(1 - random.uniform()) }
      let length = (freedom / chiSquared).squareRoot()
      return zip(centre, step).map { $0 + length * $1 }
    }
  }

  /// The covariance of a kernel over its scale matrix.
  static let covarianceOverScale = freedom / (freedom - 2)

  package let kernels: [Kernel]

  /// - Parameter kernels: one at least; their weights are brought to a sum of 1.
  package init(_ kernels: [Kernel]) {
    let sum = kernels.reduce(0) { $0 + $1.weight }
    precondition(sum > 0)
    self.kernels = kernels.map {
      var kernel = $0
      kernel.weight /= sum
      return kernel
    }
  }

  package func draw(_ random: inout SeededRandom) -> [Double] {
    let position = random.uniform()
    var sum = 0.0
    for kernel in kernels {
      sum += kernel.weight
      if position < sum { return kernel.draw(&random) }
    }
    return kernels[kernels.count - 1].draw(&random)
  }

  /// ln of each kernel's part of the density.
  func logParts(_ point: [Double]) -> [Double] { kernels.map { log($0.weight) + $0.logDensity(point) } }

  package func logDensity(_ point: [Double]) -> Double { LogWeights(logParts(point)).logSum }
}

/// Degrees of freedom.
private let freedom = 6.0

#if canImport(Glibc)
  import Glibc
#endif
