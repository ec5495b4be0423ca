/// What a fit found.
package struct FittedSpectrum: Sendable {
  /// How well a parameter is known.
  package enum Constraint: Sendable, Hashable {
    /// One standard deviation, from the parabola at the maximum, which holds two of it away.
    case error(Double)
    /// The profile likelihood falls off on one side only: 95 % limits (chi2 above the least by 2.71).
    case below(Double)
    case above(Double)
    /// It falls off on both sides but is no parabola: 95 % between (3.84).
    case between(Double, Double)
    /// Any value within the bounds does as well.
    case none
    /// Not sought but given.
    case held
  }

  package struct Parameter: Sendable, Hashable {
    package var parameter: FitParameter
    package var value: Double
    package var constraint: Constraint
    /// Where the profile likelihood is within 1 of the least chi2, cut off at the bounds; nil where not asked for.
    package var profile: ClosedRange<Double>?
    /// The values at the starts that ended within 1 of the least chi2.
    package var equals: ClosedRange<Double>
  }

  package var parameters: [Parameter]
  /// The points the fit used, as places in the data.
  package var used: [Int]
  /// The fitted depth at each used point, offsets included.
  package var depths: [Double]
  /// A constant at each used point: one for all, or one for each instrument where there are offsets.
  package var flatDepths: [Double]
  /// The best model on its own grid, no offsets.
  package var spectrum: [Double]
  /// With the errors as given.
  package var chiSquared: Double
  package var flatChiSquared: Double
  /// With the fitted noise added.
  package var inflatedChiSquared: Double?
  /// The noise that was added in quadrature, a fraction as the depths, and its error; nil where not asked for.
  package var extraNoise: (value: Double, error: Double)?
  /// Starts made, starts that had a spectrum, and starts that ended within 1 of the least chi2.
  package var starts: (made: Int, ended: Int, agreeing: Int)
  package var planet: PlanetAtmosphere

  package var freedom: Int { used.count - parameters.count { $0.constraint != .held } }

  /// The correlation of neighbours' residuals: 0 with independent errors, near 1 where a smooth misfit remains.
  package static func neighbourCorrelation(_ residuals: [Double]) -> Double {
    let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    guard residuals.count > 1, squares > 0 else { return 0 }
    return products / Double(residuals.count - 1) / (squares / Double(residuals.count))
  }
}
