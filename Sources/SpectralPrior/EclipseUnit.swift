import Atmospheres
package import Observations
import Units

/// From brightness temperatures over that of the planet to eclipse depths: depth = (R_p / R_s)^2 B(T (1 + y)) / B(T_star).
package struct EclipseUnit: Sendable {
  /// (R_p / R_s)^2
  package let discs: Double
  /// Relative standard deviation of `discs`, a thousandth at least.
  package let factorDeviation: Double
  /// pi B of the star, a bin each, W m-2 m-1.
  private let star: [Double]
  private let grid: SpectralGrid

  /// - Precondition: radii and the star's temperature are known.
  package init(_ observation: SpectralObservation, _ grid: SpectralGrid = .standard) {
    guard let planet = observation.planetRadius, let radius = observation.starRadius,
      let temperature = observation.starTemperature
    else { preconditionFailure("eclipse depths are made of radii and the star's temperature") }
    self.init(
      radiusRatio: planet.value / radius.value, starTemperature: temperature,
      ratioDeviation: hypot(planet.logarithmicDeviation, radius.logarithmicDeviation), grid: grid)
  }

  /// - Parameters:
  ///   - radiusRatio: R_p / R_s.
  ///   - starTemperature: of the star as a black body, K.
  ///   - ratioDeviation: of R_p / R_s, relative.
  package init(
    radiusRatio: Double, starTemperature: Double, ratioDeviation: Double = 0, grid: SpectralGrid = .standard
  ) {
    discs = radiusRatio * radiusRatio
    factorDeviation = max(2 * ratioDeviation, 1e-3)
    star = grid.wavelengths.map { PlanckFunction.flux(wavelength: $0, temperature: starTemperature) }
    self.grid = grid
  }

  /// - Parameter temperature: T, K.
  package func depths(_ shape: [Double], temperature: Double) -> [Double] {
    shape.indices.map {
      discs
        * PlanckFunction.flux(wavelength: grid.wavelengths[$0], temperature: temperature * (1 + shape[$0]))
        / star[$0]
    }
  }

  /// The tangent at a shape.
  package func linear(temperature: Double, about shape: [Double]) -> DepthUnit {
    linear(temperature: temperature, about: shape, depths: depths(shape, temperature: temperature))
  }

  /// - Parameter depths: those of the shape.
  func linear(temperature: Double, about shape: [Double], depths: [Double]) -> DepthUnit {
    // d ln B / d ln T = x / (1 - exp(-x)), x = h c / (lambda k T).
    let slopes = shape.indices.map { bin -> Double in
      let relative = 1 + shape[bin]
      let x = Constants.secondRadiation / (grid.wavelengths[bin] * temperature * relative)
      return depths[bin] * x / (1 - exp(-x)) / relative
    }
    return DepthUnit(offset: shape.indices.map { depths[$0] - slopes[$0] * shape[$0] }, scale: slopes)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
