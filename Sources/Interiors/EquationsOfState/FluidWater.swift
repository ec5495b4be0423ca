import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Liquid, supercritical and superionic water: the free energy of Mazevet, Licari, Chabrier & Potekhin
/// 2019, A&A 621, A128 (sect. 3 and table 1; constants as in the authors' published routine), 250 K to
/// 50,000 K, to 100 g cm-3.
///
/// It is one function of density and temperature: molecules (a van der Waals-like part) joined smoothly to
/// ions with partly free electrons. Against IAPWS-95 the density agrees within 1 % along the liquid's
/// saturation line and within 3 % at 500-1000 K to 1 GPa.
package struct FluidWater: EquationOfState, Sendable {
  package let source = "fluid water (Mazevet et al. 2019)"
  package let pressureRange = 1e2...25e12
  package static let molarMass = 18.015_28e-3
  /// The authors count three ions of mean mass 6 to a molecule.
  private static let meanIonMass = 6.0
  private static let temperatureUnit = 315_774.65
  private static let electronMassesInUnit = 1822.888_48
  private static let criticalTemperature = 0.002_05

  package init() {}

  /// Free energy per ion over kT (up to a constant) with its derivatives, at rho (g cm-3) and T (K).
  private func freeEnergy(_ density: Double, _ temperature: Double) -> SecondOrderJet {
    var rho = SecondOrderJet(density, r: density)
    rho.rr = density
    var tau = SecondOrderJet(temperature / Self.temperatureUnit, t: temperature / Self.temperatureUnit)
    tau.tt = tau.value
    // Number densities of ions and molecules in atomic units
    let ions = (1 / (11.205_87 * Self.meanIonMass)) * rho
    let molecules = (1.0 / 3) * ions
    let charge = 10.0 / 3

    // Ions with free electrons: effective charge from the electron spacing r_s and coupling Gamma_e
    let spacing = ((4 * Double.pi / 3 * charge) * ions).power(-1.0 / 3)
    let coupling = (spacing * tau).inverse
    let a = (0.09 * (spacing * coupling.power(0.5)).inverse) + 1
    let b = 2.35 * (spacing * a.inverse)
    let c = (17 * coupling.inverse) + 1
    let e = 5.9 * (spacing.power(3.78) * c.power(-1.5))
    let effective = charge * (b + e + 1).inverse
    // F_1/2 = sqrt(pi)/4 (2 pi/T)^1.5 n_e
    let filling =
      (Double.pi.squareRoot() / 4 * pow(2 * Double.pi, 1.5)) * (ions * effective * tau.power(-1.5))
    let y = filling.logarithm
    let gas = ElectronGas.shared.freeEnergy(y.value)
    let plasma = effective * y.applying(gas.value, gas.first, gas.second)

    // Molecules
    let repulsion = 340.8 * molecules
    let cw = (0.001_237_97 * tau.inverse).power(2.384) + 1
    let molecular =
      (1.0 / 3)
      * ((-2.357 * (molecules * tau.inverse)) + repulsion + ((1 / 1.5) * (repulsion.power(1.5) * cw)))

    let switching = (4 * ((0.4 * rho) + (90 * tau)).logarithm).fermi
    let interaction = molecular * switching + plasma * ((-1 * switching) + 1)

    // Ideal gas of molecules
    let wavelength3 = pow(2 * Double.pi / (18 * Self.electronMassesInUnit), 1.5)
    let ideal = (1.0 / 3) * ((wavelength3 * (molecules * tau.power(-1.5))).logarithm + (-1))

    // Thermal corrections, functions of temperature alone
    let tc = (1 / Self.criticalTemperature) * tau
    let l = (0.019 * tc).power(2.5)
    let low = (l.inverse + 1).logarithm
    let tc2 = tc * tc
    let correction =
      ((1 / Self.criticalTemperature) * ((0.0069 * (tc2.inverse + 1).logarithm) + (0.0031 * tc.arctangent)))
      - (0.005_58 * tau.inverse)
    return interaction + ideal + low + correction
  }

  /// Pressure (Pa) at a density (kg m-3) and temperature.
  package func pressure(density: Double, temperature: Double) -> Double {
    let f = freeEnergy(density / 1000, temperature)
    return f.r * density * Constants.molarGas * temperature * 3 / Self.molarMass
  }

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    guard pressureRange.contains(pressure), (200...60_000).contains(temperature) else {
      throw InteriorsError(
        .outsideValidity, "\(source): \(pressure / 1e9) GPa, \(temperature) K outside its range")
    }
    // From the dense side, which finds the liquid below the critical temperature, unless vapour is the
    // stable phase.
    let unit = Constants.molarGas * temperature * 3 / Self.molarMass
    var rho = 1.4 * densityGuess(pressure)
    if temperature > Self.criticalPoint.temperature
      || pressure < Self.saturationPressure(temperature: temperature)
    {
      let ideal = pressure * Self.molarMass / (Constants.molarGas * temperature)
      rho = min(rho, temperature > Self.criticalPoint.temperature ? max(1.4 * ideal, 30) : 1.05 * ideal)
    }
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<100 {
      let f = freeEnergy(rho / 1000, temperature)
      let p = f.r * rho * unit
      // dP/d ln rho
      let modulus = (f.r + f.rr) * rho * unit
      if p > pressure { high = min(high, rho) } else { low = max(low, rho) }
      var next = modulus > 0 ? rho * exp(min(max((pressure - p) / modulus, -0.3), 0.3)) : rho * 1.2
      if next <= low || next >= high { next = high.isFinite ? 0.5 * (low + high) : rho * 1.3 }
      let change = abs(next / rho - 1)
      rho = next
      guard change > 1e-10 else {
        guard modulus > 0 else { break }
        // chi_T = d ln P/d ln T at constant rho = 1 + F_rt/F_r; expansion = chi_T / chi_rho
        let slope = p + f.rt * rho * unit
        let expansion = slope / modulus
        // c_v = -(2 F_t ... ): S = -d(TF)/dT, c_v/k = -(F_t + F_tt) with F per kT in ln T
        let heatPerIon = -(f.t + f.tt)
        let gas = 3 * Constants.molarGas / Self.molarMass
        let heat = heatPerIon * gas + expansion * expansion * modulus / (rho * temperature)
        return ThermodynamicState(
          specificVolume: 1 / rho, expansion: expansion, heatCapacity: heat, bulkModulus: modulus)
      }
    }
    throw InteriorsError(
      .outsideValidity, "\(source): no density at \(pressure / 1e9) GPa and \(temperature) K")
  }

  /// Critical temperature (K) and pressure (Pa), IAPWS.
  package static let criticalPoint = (temperature: 647.096, pressure: 22.064e6)

  /// Saturation pressure (Pa) below the critical temperature, 0 above: Wagner & Pruss 1993, J. Phys. Chem.
  /// Ref. Data 22, 783, eq. 1.
  package static func saturationPressure(temperature: Double) -> Double {
    guard temperature < criticalPoint.temperature else { return 0 }
    let tau = 1 - temperature / criticalPoint.temperature
    let root = tau.squareRoot()
    let series =
      -7.859_517_83 * tau + 1.844_082_59 * tau * root - 11.786_649_7 * tau * tau * tau
      + 22.680_741_1 * tau * tau * tau * root - 15.961_871_9 * tau * tau * tau * tau
      + 1.801_225_02 * pow(tau, 7.5)
    return criticalPoint.pressure * exp(series * criticalPoint.temperature / temperature)
  }

  private func densityGuess(_ pressure: Double) -> Double { 1000 * pow(1 + pressure * 6 / 2.2e9, 1.0 / 4.2) }
}
