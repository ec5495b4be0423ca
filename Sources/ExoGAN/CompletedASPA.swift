import NumericalMethods
import Observations

/// The ends of a completion's starts, and what they say together.
package struct CompletedASPA: Sendable {
  /// Median with 16 and 84 %.
  package struct Quantiles: Sendable, Hashable {
    package let median: Double
    package let p16: Double
    package let p84: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      median = quantile(ofSorted: sorted, 0.5)
      p16 = quantile(ofSorted: sorted, 0.16)
      p84 = quantile(ofSorted: sorted, 0.84)
    }
  }

  /// One a start, as the generator made it.
  package let pictures: [ASPA]
  /// What each was to agree with where it is known: the observation, with noise of its own.
  package let targets: [ASPA]
  /// What was left of each start's loss.
  package let losses: [Double]

  /// In the parameter's own unit.
  package func parameter(_ parameter: ASPAParameter) -> Quantiles {
    Quantiles(pictures.map { $0[parameter] })
  }

  /// The whole spectrum, bin by bin of `SpectralGrid.standard`.
  package var depth: [Quantiles] {
    let depths = pictures.map(\.depth)
    return SpectralGrid.standard.wavelengths.indices.map { i in Quantiles(depths.map { $0[i] }) }
  }
}
