package import NumericalMethods
import Observations

/// What is to be completed: some bins of a spectrum with their errors, and what is known of the planet.
package struct ASPAObservation: Sendable, Hashable {
  /// (R_p / R_s)^2 for a star of `ASPA.stellarRadius`, in the bins of `SpectralGrid.standard`.
  package let depth: [Double]
  /// Standard deviations; nought where a spectrum is taken to be exact.
  package let error: [Double]
  package let isObserved: [Bool]
  /// In their own units.
  package let parameters: [ASPAParameter: Double]

  package init(
    depth: [Double], error: [Double], isObserved: [Bool], parameters: [ASPAParameter: Double] = [:]
  ) {
    let bins = SpectralGrid.standard.count
    precondition(depth.count == bins && error.count == bins && isObserved.count == bins)
    self.depth = depth
    self.error = error
    self.isObserved = isObserved
    self.parameters = parameters
  }

  package var aspa: ASPA { ASPA(depth: depth, isObserved: isObserved, parameters: parameters) }

  /// The same with other noise on top.
  package func noisy(_ random: inout SeededRandom) -> ASPAObservation {
    let noisy = zip(depth, error).map { $0 + $1 * random.normal() }
    return ASPAObservation(depth: noisy, error: error, isObserved: isObserved, parameters: parameters)
  }
}
