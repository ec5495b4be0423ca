package import NumericalMethods
package import Units

/// One unknown of a fit.
package struct FitParameter: Sendable, Hashable {
  package enum Quantity: Sendable, Hashable {
    /// At the bottom of the atmosphere, 10 bar; Jupiter radii.
    case radius
    /// Of an isothermal atmosphere, K.
    case temperature
    /// Of a profile, K at a pressure.
    case temperatureAt(Pressure)
    /// Guillot's equilibrium temperature, K.
    case equilibriumTemperature
    /// log10 of Guillot's mean thermal opacity, m2 kg-1.
    case logThermalOpacity
    /// log10 of visible over thermal opacity.
    case logOpacityRatio
    /// log10 by number.
    case logMixingRatio(Species)
    /// log10 of the pressure at the top of a grey deck, bar.
    case logCloudTop
    /// The part of the limb or disc that deck, haze and particles cover.
    case cloudFraction
    /// log10 of the haze's scattering over that of hydrogen at 0.35 um.
    case logHaze
    /// Exponent of wavelength; -4 is Rayleigh scattering.
    case hazeSlope
    /// log10 of a condensate's mass over the gas'.
    case logCondensate(Condensate)
    /// log10 of its particles' effective radius, um.
    case logParticleRadius
    /// log10 of H- by number.
    case logHydrogenAnion
    /// Added to one instrument's model depths, ppm.
    case offset(String)
  }

  package var quantity: Quantity
  package var bounds: ClosedRange<Double>
  /// Where starts are drawn from; within the bounds.
  package var startRange: ClosedRange<Double>
  /// For derivatives by differences.
  package var step: Double

  init(
    _ quantity: Quantity, _ bounds: ClosedRange<Double>, starts: ClosedRange<Double>, step: Double
  ) {
    self.quantity = quantity
    self.bounds = bounds
    startRange = starts.clamped(to: bounds)
    self.step = step
  }

  /// Whether it stays at a given value.
  package var isHeld: Bool { bounds.lowerBound == bounds.upperBound }

  /// In words, with the unit.
  package var name: String {
    switch quantity {
    case .radius: "radius at 10 bar (Jupiter radii)"
    case .temperature: "temperature (K)"
    case .temperatureAt(let pressure): "temperature at 1e\(pressure.decimalExponent) bar (K)"
    case .equilibriumTemperature: "equilibrium temperature (K)"
    case .logThermalOpacity: "log10 thermal opacity (m2 kg-1)"
    case .logOpacityRatio: "log10 visible over thermal opacity"
    case .logMixingRatio(let species): "log10 x(\(species))"
    case .logCloudTop: "log10 cloud top (bar)"
    case .cloudFraction: "cloud fraction"
    case .logHaze: "log10 haze over H2"
    case .hazeSlope: "haze slope"
    case .logCondensate(let condensate): "log10 mass fraction of \(condensate)"
    case .logParticleRadius: "log10 effective radius of particles (um)"
    case .logHydrogenAnion: "log10 x(H-)"
    case .offset(let instrument): "offset of \(instrument) (ppm)"
    }
  }

  /// See `Quantity.key`.
  package var key: String { quantity.key }

  /// As the search takes it, from a value of its own.
  func unknown(from start: Double) -> LevenbergMarquardt.Parameter {
    LevenbergMarquardt.Parameter(start: start, bounds: bounds, step: step)
  }
}
