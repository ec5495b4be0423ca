import NumericalMethods
import Observations
package import Retrieval
import SpectralPrior
package import TrainingRuns
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// What components leave over of spectra they were not fitted to, as depths of a hot Jupiter: a disc of 1.44 % of a star of
/// 5772 K, s = 0.012, 1500 K.
package struct ResidualTable: Sendable {
  package struct Line: Sendable, Hashable {
    package let components: Int
    /// Of the root mean square over the bins, ppm.
    package let median: Double
    package let ninetieth: Double
  }

  package let lines: [Line]

  package init(
    _ set: RetrievalTrainingSet, division: SetDivision,
    numbers: [Int] = [10, 20, 30, 40, 60, 80, 100, 120, 150, 200, 250]
  ) {
    let numbers = numbers.filter { $0 < min(division.training.count, SpectralGrid.standard.count) }
    let frontEnd = SpectralFrontEnd(fittedTo: set, rows: division.training, components: numbers.max() ?? 1)
    let prior = frontEnd.components
    let bins = prior.binCount
    let scale: [Double]
    if set.space.kind == .eclipse {
      scale =
        EclipseUnit(radiusRatio: 0.12, starTemperature: 5772).linear(
          temperature: 1500, about: [Double](repeating: 0, count: bins)
        ).scale
    } else {
      scale = [Double](repeating: 0.0144 * 0.012, count: bins)
    }
    // Loadings are orthogonal: each is taken away by itself.
    let norms = (0..<prior.count).map { k in prior.loadings.row(k).reduce(0) { $0 + $1 * $1 } }
    var errors = [[Double]](repeating: [], count: numbers.count)
    for row in division.test {
      var left = zip(set.shape(row).values, prior.mean).map { $0 - $1 }
      for k in 0..<prior.count {
        let loading = prior.loadings.row(k)
        let size = norms[k] > 0 ? zip(left, loading).reduce(0) { $0 + $1.0 * $1.1 } / norms[k] : 0
        for (bin, value) in loading.enumerated() { left[bin] -= size * value }
        guard let number = numbers.firstIndex(of: k + 1) else { continue }
        let square = zip(left, scale).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
        errors[number].append((square / Double(bins)).squareRoot())
      }
    }
    lines = zip(numbers, errors).map { components, errors in
      let sorted = errors.sorted()
      return Line(
        components: components, median: 1e6 * quantile(ofSorted: sorted, 0.5),
        ninetieth: 1e6 * quantile(ofSorted: sorted, 0.9))
    }
  }
}
