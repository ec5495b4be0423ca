import Units

#if canImport(Glibc)
  import Glibc
#endif

/// The envelope's gas: molecular hydrogen and helium, from ideal to dense, without metals.
///
/// Our own closed form: each gas has the volume v(P,T) = RT/(mu P) + v_c(P), the ideal volume plus the
/// volume of the cold solid at that pressure, and volumes add. It derives from the Gibbs energy
/// G_ideal(T,P) plus the integral of v_c dP, so expansion and heat capacity belong together. Cold curves:
/// H2, Loubeyre et al. 1996, Nature 383, 702 (Vinet, 25.433 cm3/mol, 0.162 GPa, 6.813, measured to 109
/// GPa); He, Loubeyre et al. 1993, Phys. Rev. Lett. 71, 2272 (13.72 cm3/mol, 0.225 GPa, 7.35). Dissociation
/// and ionisation are left out.
///
/// Against reference equations (Leachman et al. 2009, Ortiz-Vega 2013) from 300 to 1,000 K, volumes of hydrogen
/// agree within 4 % below 0.02 GPa, 9 % near 0.1 GPa and 3 % at 1 to 2 GPa, those of helium within 2 % to 0.1 GPa.
package struct HydrogenHelium: EquationOfState, Sendable {
  package let source = "H2-He: ideal gas and cold volumes (Loubeyre et al. 1993, 1996)"
  package let pressureRange = 1.0...5e12
  /// Protosolar helium mass fraction (Asplund et al. 2021 give 0.270; 0.275 includes the metals' mass).
  package let heliumMassFraction: Double

  static let hydrogenMass = 2.015_88e-3
  static let heliumMass = 4.002_602e-3
  private static let hydrogen = CompressionCurve.vinet(bulkModulus: 0.162e9, derivative: 6.813)
  private static let helium = CompressionCurve.vinet(bulkModulus: 0.225e9, derivative: 7.35)

  package init(heliumMassFraction: Double = 0.275) { self.heliumMassFraction = heliumMassFraction }

  /// Moles of gas in a kilogram.
  package var moles: Double {
    (1 - heliumMassFraction) / Self.hydrogenMass + heliumMassFraction / Self.heliumMass
  }

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    guard pressureRange.contains(pressure), (30...60_000).contains(temperature) else {
      throw InteriorsError(
        .outsideValidity, "\(source): \(pressure / 1e9) GPa, \(temperature) K outside its range")
    }
    let h = Self.coldVolume(Self.hydrogen, 25.433e-6, pressure)
    let he = Self.coldVolume(Self.helium, 13.72e-6, pressure)
    let nh = (1 - heliumMassFraction) / Self.hydrogenMass
    let nhe = heliumMassFraction / Self.heliumMass
    let ideal = moles * Constants.molarGas * temperature / pressure
    let volume = ideal + nh * h.volume + nhe * he.volume
    let compression = ideal + nh * h.volume * pressure / h.modulus + nhe * he.volume * pressure / he.modulus
    let heat = nh * Self.hydrogenHeatCapacity(temperature) + nhe * 2.5 * Constants.molarGas
    return ThermodynamicState(
      specificVolume: volume, expansion: ideal / volume, heatCapacity: heat,
      bulkModulus: volume * pressure / compression)
  }

  /// Molar volume of the cold solid at a pressure, by Newton's method in ln V, and its bulk modulus.
  private static func coldVolume(_ curve: CompressionCurve, _ v0: Double, _ pressure: Double) -> (
    volume: Double, modulus: Double
  ) {
    let k0 = curve.pressureAndModulus(1).modulus
    var x = pow(1 + 3.5 * pressure / k0, -1 / 3.5)
    var modulus = k0
    for _ in 0..<60 {
      let here = curve.pressureAndModulus(x)
      modulus = here.modulus
      let step = (here.pressure - pressure) / here.modulus
      x *= exp(min(max(step, -0.2), 0.2))
      if abs(step) < 1e-12 { break }
    }
    return (v0 * x, modulus)
  }

  /// c_p of normal hydrogen (3:1 ortho to para), J mol-1 K-1: rigid rotor with theta_rot = 85.4 K and a
  /// harmonic vibration of 5,987 K (NIST-JANAF within 3.5 % from 200 to 2,000 K).
  package static func hydrogenHeatCapacity(_ temperature: Double) -> Double {
    func rotation(from first: Int) -> Double {
      var z = 0.0
      var e = 0.0
      var e2 = 0.0
      var j = first
      while j < 60 {
        let level = 85.4 * Double(j * (j + 1) - first * (first + 1)) / temperature
        let weight = Double(2 * j + 1) * exp(-level)
        z += weight
        e += weight * level
        e2 += weight * level * level
        if level > 50 { break }
        j += 2
      }
      return e2 / z - (e / z) * (e / z)
    }
    let rotational = 0.25 * rotation(from: 0) + 0.75 * rotation(from: 1)
    let x = 5987 / temperature
    let em = expm1(x)
    let vibrational = x > 300 ? 0 : x * x * (em + 1) / (em * em)
    return Constants.molarGas * (3.5 - 1 + rotational + vibrational)
  }
}
