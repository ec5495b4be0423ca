package import Observations

/// Collision-induced absorption of one pair of gases: alpha = kappa(T) n^2 x_a x_b.
package struct CollisionInducedAbsorption: Sendable {
  /// The two gases; nil where `coefficients` hold for the atmosphere as a whole, mixing ratios included.
  package let pair: (Species, Species)?
  /// K, ascending.
  package let temperatures: [Double]
  /// Temperatures x wavelengths of the grid, m5 a pair of molecules.
  package let coefficients: [Double]
  package let binCount: Int

  /// - Throws: `badTable` where the axis is not ascending, sizes do not fit, or values are negative or not finite.
  package init(
    pair: (Species, Species)?, temperatures: [Double], coefficients: [Double], grid: SpectralGrid
  ) throws(AtmosphereError) {
    try checkAxis(temperatures, "temperatures of collision-induced absorption")
    guard coefficients.count == temperatures.count * grid.count else {
      throw AtmosphereError(
        .badTable,
        "collision-induced absorption has \(coefficients.count) values, not \(temperatures.count) "
          + "temperatures x \(grid.count) wavelengths")
    }
    guard coefficients.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw AtmosphereError(.badTable, "collision-induced absorption has negative values")
    }
    self.pair = pair
    self.temperatures = temperatures
    self.coefficients = coefficients
    binCount = grid.count
  }

  private init(_ table: Self, bins: [Int]) {
    pair = table.pair
    temperatures = table.temperatures
    coefficients = cutColumns(table.coefficients, of: table.binCount, to: bins)
    binCount = bins.count
  }

  func cut(to bins: [Int]) -> Self { Self(self, bins: bins) }
}
