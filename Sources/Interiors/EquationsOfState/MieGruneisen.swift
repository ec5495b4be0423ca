import Units

#if canImport(Glibc)
  import Glibc
#endif

/// How the Gruneisen parameter and the characteristic temperature change with volume.
package enum GruneisenLaw: Sendable, Hashable {
  /// gamma = limit + (gamma0 - limit) x^beta (Altshuler et al. 1987), x = V/V0.
  case altshuler(gamma0: Double, limit: Double, beta: Double)
  /// Second order in finite strain (Stixrude & Lithgow-Bertelloni 2005, Geophys. J. Int. 162, 610, eqs. 41,
  /// 44).
  case finiteStrain(gamma0: Double, q0: Double)

  /// gamma, q = d ln gamma / d ln V, and theta/theta0 at x = V/V0.
  package func values(_ x: Double) -> (gamma: Double, q: Double, thetaRatio: Double) {
    switch self {
    case .altshuler(let gamma0, let limit, let beta):
      let varying = beta == 0 ? gamma0 - limit : (gamma0 - limit) * pow(x, beta)
      let gamma = limit + varying
      let exponent = beta == 0 ? -(gamma0 - limit) * log(x) : (gamma0 - limit - varying) / beta
      return (gamma, beta * varying / gamma, pow(x, -limit) * exp(exponent))
    case .finiteStrain(let gamma0, let q0):
      let s = pow(x, -2.0 / 3)
      let f = 0.5 * (s - 1)
      let a1 = 6 * gamma0
      let a2 = -12 * gamma0 + 36 * gamma0 * gamma0 - 18 * q0 * gamma0
      let nu2 = 1 + a1 * f + 0.5 * a2 * f * f
      let g = a1 + a2 * f
      let gamma = (2 * f + 1) * g / (6 * nu2)
      // d gamma / d f, and df/d ln V = -(1 + 2f)/3
      let derivative = (2 * g + (2 * f + 1) * a2) / (6 * nu2) - gamma * g / nu2
      return (gamma, -(1 + 2 * f) / 3 * derivative / gamma, nu2 > 0 ? nu2.squareRoot() : .nan)
    }
  }
}

/// A solid or liquid: reference isotherm, Mie-Gruneisen thermal pressure, and free electrons.
///
/// P(V,T) = P_c(V) + P_0 + gamma/V [E(theta,T) - E(theta,T0)] + 3/2 n R e0 g x^g (T^2 - T0^2)/V.
package struct MieGruneisen: EquationOfState, Sendable, Hashable {
  package var source: String
  package var pressureRange: ClosedRange<Double>
  /// kg mol-1 of the formula.
  package var molarMass: Double
  /// m3 mol-1 of the formula at x = 1.
  package var molarVolume: Double
  package var curve: CompressionCurve
  /// Pressure at x = 1 and T0, Pa; not zero where a theory's known offset is part of the calibration.
  package var referencePressure: Double = 0
  package var atoms: Double
  package var vibrations: LatticeVibrations
  /// Debye or Einstein temperature at x = 1, K.
  package var theta: Double
  package var gruneisen: GruneisenLaw
  package var referenceTemperature: Double = 300
  /// Electronic free energy -3/2 n R e0 x^g T^2: e0 in K-1.
  package var electronCoefficient: Double = 0
  package var electronExponent: Double = 0

  /// Pressure, its derivatives and the heat capacity at a volume (m3 mol-1) and temperature.
  package func atVolume(_ volume: Double, temperature: Double)
    -> (pressure: Double, bulkModulus: Double, thermalPressure: Double, heatCapacity: Double)
  {
    let x = volume / molarVolume
    let cold = curve.pressureAndModulus(x)
    let law = gruneisen.values(x)
    let theta = theta * law.thetaRatio
    let hot = vibrations.energyAndHeatCapacity(temperature: temperature, theta: theta)
    let reference = vibrations.energyAndHeatCapacity(temperature: referenceTemperature, theta: theta)
    let energy = atoms * (hot.energy - reference.energy)
    let latticeHeat = atoms * hot.heatCapacity
    let thermal = law.gamma * energy / volume
    // (dE/d ln theta)_T = E - T C, d ln theta / d ln V = -gamma
    let slope =
      energy - atoms * (temperature * hot.heatCapacity - referenceTemperature * reference.heatCapacity)
    var modulus = cold.modulus - thermal * (law.q - 1) + law.gamma * law.gamma * slope / volume
    var pressure = cold.pressure + referencePressure + thermal
    var thermalSlope = law.gamma * latticeHeat / volume
    var heat = latticeHeat
    if electronCoefficient != 0 {
      let e = 1.5 * atoms * Constants.molarGas * electronCoefficient * pow(x, electronExponent)
      let p =
        e * electronExponent * (temperature * temperature - referenceTemperature * referenceTemperature)
        / volume
      pressure += p
      modulus -= p * (electronExponent - 1)
      thermalSlope += 2 * e * electronExponent * temperature / volume
      heat += 2 * e * temperature
    }
    return (pressure, modulus, thermalSlope, heat)
  }

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    guard pressureRange.contains(pressure) else {
      throw InteriorsError(
        .outsideValidity,
        "\(source): pressure \(pressure / 1e9) GPa outside \(pressureRange.lowerBound / 1e9) to "
          + "\(pressureRange.upperBound / 1e9) GPa")
    }
    // Newton in ln V from the compressed side, where the pressure is convex and the steps cannot overshoot.
    var volume = molarVolume * compressionGuess(pressure)
    for _ in 0..<60 {
      let here = atVolume(volume, temperature: temperature)
      guard here.bulkModulus > 0, here.pressure.isFinite else { break }
      let step = (here.pressure - pressure) / here.bulkModulus
      volume *= exp(min(max(step, -0.2), 0.2))
      guard abs(step) > 1e-10 else {
        let v = volume / molarMass
        let alphaK = here.thermalPressure
        let expansion = alphaK * temperature / here.bulkModulus
        let heat = here.heatCapacity + temperature * volume * alphaK * alphaK / here.bulkModulus
        guard expansion > -0.5, heat > 0 else { break }
        return ThermodynamicState(
          specificVolume: v, expansion: expansion, heatCapacity: heat / molarMass,
          bulkModulus: here.bulkModulus)
      }
    }
    throw InteriorsError(
      .outsideValidity, "\(source): no volume at \(pressure / 1e9) GPa and \(temperature) K")
  }

  /// V/V0 a little below the solution, from Murnaghan's equation with K' = 3.
  private func compressionGuess(_ pressure: Double) -> Double {
    let (_, k0) = curve.pressureAndModulus(1)
    return pow(1 + 3.3 * max(pressure - referencePressure, 0) / k0, -1 / 3.3) * 0.98
  }
}
