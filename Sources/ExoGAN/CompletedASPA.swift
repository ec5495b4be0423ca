import NumericalMethods
import Observations

/// The ends of a completion's starts, and what they say together.
package struct CompletedASPA: Sendable {
  /// Median with 16 and 84 %, and with 2.5 and 97.5 %.
  package struct Quantiles: Sendable, Hashable {
    package let median: Double
    package let p16: Double
    package let p84: Double
    package let p025: Double
    package let p975: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      median = quantile(ofSorted: sorted, 0.5)
      p16 = quantile(ofSorted: sorted, 0.16)
      p84 = quantile(ofSorted: sorted, 0.84)
      p025 = quantile(ofSorted: sorted, 0.025)
      p975 = quantile(ofSorted: sorted, 0.975)
    }

    package init(median: Double, p16: Double, p84: Double, p025: Double, p975: Double) {
      self.median = median
      self.p16 = p16
      self.p84 = p84
      self.p025 = p025
      self.p975 = p975
    }

    /// - Parameter factor: positive.
    package func scaled(by factor: Double) -> Quantiles {
      Quantiles(
        median: median * factor, p16: p16 * factor, p84: p84 * factor, p025: p025 * factor,
        p975: p975 * factor)
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

  /// Cell by cell the median of the pictures.
  package var picture: ASPA {
    ASPA(cells: (0..<ASPALayout.count).map { cell in Quantiles(pictures.map { $0.cells[cell] }).median })
  }

  /// The whole spectrum, bin by bin of `SpectralGrid.standard`.
  package var depth: [Quantiles] {
    let depths = pictures.map(\.depth)
    return SpectralGrid.standard.wavelengths.indices.map { i in Quantiles(depths.map { $0[i] }) }
  }
}
