import NumericalMethods
package import Units

/// The temperature of an irradiated atmosphere with one thermal and one visible opacity (Guillot 2010, A&A 520, A27).
package struct GuillotProfile: Sendable, Hashable {
  /// The planet's own heat.
  package var internalTemperature: Temperature
  /// The equilibrium temperature of full redistribution, T_eq0 = T_star sqrt(R_star / 2a) for zero albedo.
  package var equilibriumTemperature: Temperature
  /// Mean thermal opacity, m2 kg-1.
  package var thermalOpacity: Double
  /// gamma: visible over thermal opacity; above 1 the stratosphere is hotter than what lies beneath.
  package var visibleToThermalOpacity: Double

  package init(
    internalTemperature: Temperature, equilibriumTemperature: Temperature, thermalOpacity: Double,
    visibleToThermalOpacity: Double
  ) {
    self.internalTemperature = internalTemperature
    self.equilibriumTemperature = equilibriumTemperature
    self.thermalOpacity = thermalOpacity
    self.visibleToThermalOpacity = visibleToThermalOpacity
  }

  func check() throws(AtmosphereError) {
    guard thermalOpacity > 0, visibleToThermalOpacity > 0, internalTemperature.kelvins >= 0,
      equilibriumTemperature.kelvins >= 0
    else {
      throw AtmosphereError(
        .badProfile, "an irradiated profile needs positive opacities and temperatures that are not negative")
    }
  }

  /// Guillot 2010, equation 49 (global average, isotropic irradiation, Eddington closure f_K = 1/3, f_H = 1/2):
  ///
  ///     T^4 = 3/4 T_int^4 (2/3 + tau)
  ///         + 3/4 T_eq^4 (2/3 + 2/(3 gamma) (1 + (gamma tau/2 - 1) exp(-gamma tau))
  ///                       + 2 gamma/3 (1 - tau^2/2) E2(gamma tau)),       tau = kappa_th p / g
  /// - Parameters:
  ///   - pressure: Pa.
  ///   - gravity: m s-2.
  package func temperature(at pressure: Double, gravity: Double) -> Double {
    let tau = thermalOpacity * pressure / gravity
    let gamma = visibleToThermalOpacity
    let x = gamma * tau
    let irradiation =
      2.0 / 3 + 2 / (3 * gamma) * (1 + (x / 2 - 1) * exp(-x))
      + 2 * gamma / 3 * (1 - tau * tau / 2) * exponentialIntegral2(x)
    let fourth =
      0.75 * fourthPower(internalTemperature.kelvins) * (2.0 / 3 + tau)
      + 0.75 * fourthPower(equilibriumTemperature.kelvins) * irradiation
    return fourth.squareRoot().squareRoot()
  }
}

private func fourthPower(_ x: Double) -> Double { x * x * x * x }
