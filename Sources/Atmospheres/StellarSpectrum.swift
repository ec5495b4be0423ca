package import Observations
package import Units

/// What the star sends out at its surface.
package enum StellarSpectrum: Sendable, Hashable {
  case blackBody(Temperature)
  /// Surface flux pi F_lambda at the wavelengths of the model's grid, W m-2 m-1.
  case tabulated([Double])

  /// W m-2 m-1 in some bins of the grid.
  /// - Throws: `badTable` where a tabulated spectrum does not fit the grid or is not positive.
  package func flux(
    on grid: SpectralGrid, bins: [Int], constants: PhysicalConstants = .codata2018
  ) throws(AtmosphereError) -> [Double] {
    switch self {
    case .blackBody(let temperature):
      guard temperature.kelvins > 0, temperature.kelvins.isFinite else {
        throw AtmosphereError(.badPlanet, "the star's temperature must be a positive number")
      }
      return bins.map {
        PlanckFunction.flux(
          wavelength: grid.wavelengths[$0], temperature: temperature.kelvins, constants: constants)
      }
    case .tabulated(let flux):
      guard flux.count == grid.count, flux.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw AtmosphereError(
          .badTable, "the star's spectrum needs one positive flux at each of the \(grid.count) wavelengths")
      }
      return bins.map { flux[$0] }
    }
  }
}
