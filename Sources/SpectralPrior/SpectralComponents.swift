package import Tensors

/// What simulated spectra have in common: a mean, principal components, and what these leave over.
///
///     spectrum = mean + sum over k of z_k loadings[k] + remainder,   z_k ~ N(0, 1), remainder_b ~ N(0, residualVariance_b)
///
/// (probabilistic principal components with one variance a bin: Tipping & Bishop 1999, J. R. Stat. Soc. B 61, 611).
package struct SpectralComponents: Sendable, Hashable {
  /// One a bin, in the prior's unit.
  package let mean: [Double]
  /// Components x bins; each is a direction times its standard deviation.
  package let loadings: Matrix<Double>
  /// One a bin, the prior's unit squared.
  package let residualVariance: [Double]

  package var count: Int { loadings.rows }
  package var binCount: Int { mean.count }

  /// - Precondition: sizes fit, and variances are positive and finite.
  package init(mean: [Double], loadings: Matrix<Double>, residualVariance: [Double]) {
    precondition(loadings.columns == mean.count && residualVariance.count == mean.count)
    precondition(residualVariance.allSatisfy { $0 > 0 && $0.isFinite })
    self.mean = mean
    self.loadings = loadings
    self.residualVariance = residualVariance
  }

  /// The spectrum of a point among the components.
  package func spectrum(_ z: [Double]) -> [Double] {
    precondition(z.count == count)
    var result = mean
    for (k, value) in z.enumerated() {
      for bin in 0..<binCount { result[bin] += value * loadings.elements[k * binCount + bin] }
    }
    return result
  }
}
