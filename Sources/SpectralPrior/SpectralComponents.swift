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
  /// Bins x components: the loadings as observations go through them.
  let byBin: [Double]

  package var count: Int { loadings.rows }
  package var binCount: Int { mean.count }

  /// - Precondition: sizes fit, and variances are positive and finite.
  package init(mean: [Double], loadings: Matrix<Double>, residualVariance: [Double]) {
    precondition(loadings.columns == mean.count && residualVariance.count == mean.count)
    precondition(residualVariance.allSatisfy { $0 > 0 && $0.isFinite })
    self.mean = mean
    self.loadings = loadings
    self.residualVariance = residualVariance
    var byBin = [Double](repeating: 0, count: loadings.elements.count)
    for k in 0..<loadings.rows {
      for bin in mean.indices { byBin[bin * loadings.rows + k] = loadings.elements[k * mean.count + bin] }
    }
    self.byBin = byBin
  }

  /// The first components; what the others tell counts as remainder.
  package func first(_ components: Int) -> SpectralComponents {
    guard components < count else { return self }
    var residual = residualVariance
    for k in components..<count {
      for (bin, value) in loadings.row(k).enumerated() { residual[bin] += value * value }
    }
    return SpectralComponents(
      mean: mean,
      loadings: Matrix(
        rows: components, columns: binCount, elements: Array(loadings.elements.prefix(components * binCount))),
      residualVariance: residual)
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
