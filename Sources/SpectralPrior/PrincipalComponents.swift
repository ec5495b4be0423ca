import NumericalMethods
package import Tensors

/// Mean and covariance of spectra, taken in batches: what components are found from, whatever the number of spectra.
package struct SpectralMoments: Sendable {
  package private(set) var count = 0
  package let binCount: Int
  /// What is taken from each spectrum first, so that sums keep their digits.
  private let origin: [Double]
  private var sum: [Double]
  private var products: [Double]

  /// - Parameter origin: near the mean; any spectrum of the set will do.
  package init(origin: [Double]) {
    binCount = origin.count
    self.origin = origin
    sum = [Double](repeating: 0, count: origin.count)
    products = [Double](repeating: 0, count: origin.count * origin.count)
  }

  /// - Parameter spectra: rows of `binCount` values, finite.
  package mutating func add(_ spectra: Matrix<Double>) {
    precondition(spectra.columns == binCount)
    var centred = spectra.elements
    for row in 0..<spectra.rows {
      for bin in 0..<binCount {
        centred[row * binCount + bin] -= origin[bin]
        sum[bin] += centred[row * binCount + bin]
      }
    }
    count += spectra.rows
    let shape = ProductShape(rows: binCount, columns: binCount, inner: spectra.rows, aIsTransposed: true)
    centred.withUnsafeBufferPointer { centred in
      products.withUnsafeMutableBufferPointer { multiplyMatrices(shape, centred, centred, into: $0, beta: 1) }
    }
  }

  package var mean: [Double] { zip(origin, sum).map { $0 + $1 / Double(count) } }

  /// The components of largest variance and what they leave over in each bin.
  /// - Parameters:
  ///   - components: fewer than there are bins.
  ///   - leastResidual: standard deviation below which no bin's remainder is taken, so that it never is zero.
  /// - Precondition: at least two spectra were added.
  package func components(_ components: Int, leastResidual: Double) -> SpectralComponents {
    precondition(count > 1 && components < binCount)
    let bins = binCount
    let shift = sum.map { $0 / Double(count) }
    var covariance = products
    for a in 0..<bins {
      for b in 0..<bins {
        covariance[a * bins + b] = covariance[a * bins + b] / Double(count) - shift[a] * shift[b]
      }
    }
    let problem = symmetricEigenvectors(covariance, size: bins)
    var loadings = Matrix<Double>(rows: components, columns: bins)
    var residual = (0..<bins).map { covariance[$0 * bins + $0] }
    for k in 0..<components {
      let index = bins - 1 - k
      let deviation = max(problem.values[index], 0).squareRoot()
      for bin in 0..<bins {
        let value = deviation * problem.vectors[index][bin]
        loadings.elements[k * bins + bin] = value
        residual[bin] -= value * value
      }
    }
    return SpectralComponents(
      mean: mean, loadings: loadings,
      residualVariance: residual.map { max($0, leastResidual * leastResidual) })
  }
}
