package import Atmospheres
package import SpectralPrior
import Units

extension AtmosphereSpace {
  /// The shape of a row's spectrum, by the forward model.
  /// - Parameter model: of the space's configuration, on the whole grid.
  package func shape(_ row: [Double], _ model: SpectrumModel) throws(AtmosphereError) -> SpectrumShape {
    switch kind {
    case .eclipse:
      return SpectrumShape(
        brightnessTemperatures: try brightnessTemperatures(planet(row), model),
        temperature: Self.temperature(row))
    case .transmission, .stellar:
      return SpectrumShape(
        relativeDepths: try model.transitDepth(planet(row)), scaleHeightRatio: exp(row[0]))
    }
  }

  /// K, in the model's bins.
  func brightnessTemperatures(
    _ planet: PlanetAtmosphere, _ model: SpectrumModel
  ) throws(AtmosphereError) -> [Double] {
    let emission = try model.emission(planet, star: .blackBody(Self.anyStar))
    return zip(emission.flux, model.wavelengths).map {
      PlanckFunction.brightnessTemperature(
        flux: max($0, .leastNormalMagnitude), wavelength: $1, constants: configuration.constants)
    }
  }

  /// Brightness temperatures do not depend on the star.
  private static let anyStar = Temperature(kelvins: Constants.solarTemperature)
}

#if canImport(Glibc)
  import Glibc
#endif
