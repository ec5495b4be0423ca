import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Molten MgSiO3: Wolf & Bower 2018, Phys. Earth Planet. Inter. 278, 59 (the RTpress form, their table 1
/// and eqs. 1-16), fitted to first-principles melts to about 150 GPa and 2,000-7,500 K; used to 250 GPa.
///
/// P = P_Vinet(V) at T0 = 3,000 K + the isochoric parts that follow from E = b(V) [(T/T0)^m - 1], m = 0.6,
/// and from the isentrope T_0S(V) through V0 at T0.
package struct LiquidSilicate: EquationOfState, Sendable {
  package let source: String
  package let pressureRange = 0...250e9
  /// kg mol-1 of MSiO3.
  private let molarMass: Double
  /// Volume relative to the magnesium melt.
  private let volumeFactor: Double

  package static let magnesium = LiquidSilicate(
    source: "liquid MgSiO3 (Wolf & Bower 2018)", molarMass: 100.387e-3, volumeFactor: 1)
  /// FeSiO3 melt with the magnesium melt's compression, larger by the ratio of the bridgmanites.
  package static let iron = LiquidSilicate(
    source: "liquid FeSiO3, scaled (Wolf & Bower 2018)", molarMass: 131.927e-3, volumeFactor: 25.485 / 24.445)

  private static let reference = 3000.0
  private static let volume0 = 38.99e-6
  private static let curve = CompressionCurve.vinet(bulkModulus: 13.2e9, derivative: 8.238)
  private static let gamma0 = 0.1899
  private static let gammaSlope = -1.94
  private static let exponent = 0.6
  /// eV per atom.
  private static let thermal: (Double, Double, Double, Double, Double) = (0.9821, 0.615, 1.31, -3.0, -4.1)
  private static let joulesPerMole = 5 * 96_485.332_12

  /// Melting temperature (K) of MgSiO3 at a pressure (Pa): Belonoshko et al. 2005, Phys. Rev. Lett. 94,
  /// 195701, eq. 2.
  package static func meltingTemperature(pressure: Double) -> Double {
    1830 * pow(1 + pressure / 4.6e9, 0.33)
  }

  private struct Point {
    var pressure: Double
    var slope: Double
    var heatCapacity: Double
  }

  /// Pressure, (dP/dT)_V and C_V at x = V/V0.
  private func at(_ x: Double, _ temperature: Double) -> Point {
    let t0 = Self.reference
    let m = Self.exponent
    let c = Self.thermal
    let u = x - 1
    let b = Self.joulesPerMole * (c.0 + u * (c.1 + u * (c.2 + u * (c.3 + u * c.4))))
    let b1 =
      Self.joulesPerMole / Self.volume0 * (c.1 + u * (2 * c.2 + u * (3 * c.3 + u * 4 * c.4)))
    // Reference isentrope
    let s = pow(x, -2.0 / 3)
    let f = 0.5 * (s - 1)
    let a1 = 6 * Self.gamma0
    let a2 = -12 * Self.gamma0 + 36 * Self.gamma0 * Self.gamma0 - 18 * Self.gammaSlope
    let nu2 = 1 + a1 * f + 0.5 * a2 * f * f
    let isentrope = t0 * nu2.squareRoot()
    let gamma = (2 * f + 1) * (a1 + a2 * f) / (6 * nu2)
    func deviation(_ t: Double) -> Double { pow(t / t0, m) - 1 }
    func deviationSlope(_ t: Double) -> Double { m / t0 * pow(t / t0, m - 1) }
    let ideal = 1.5 * 5 * Constants.molarGas
    let isentropeHeat = b * deviationSlope(isentrope) + ideal
    let volume = x * Self.volume0
    let energyPart = -b1 * (deviation(temperature) - deviation(t0))
    let entropyPart =
      b1 / (m - 1)
      * (temperature * (deviationSlope(temperature) - deviationSlope(isentrope))
        - t0 * (deviationSlope(t0) - deviationSlope(isentrope)))
      + gamma / volume * isentropeHeat * (temperature - t0)
    // d/dT: T f'' = (m-1) f'
    let slope =
      -b1 * deviationSlope(temperature)
      + b1 / (m - 1) * (m * deviationSlope(temperature) - deviationSlope(isentrope))
      + gamma / volume * isentropeHeat
    return Point(
      pressure: Self.curve.pressureAndModulus(x).pressure + energyPart + entropyPart, slope: slope,
      heatCapacity: b * deviationSlope(temperature) + ideal)
  }

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    guard pressureRange.contains(pressure) else {
      throw InteriorsError(
        .outsideValidity, "\(source): \(pressure / 1e9) GPa outside 0 to 250 GPa")
    }
    // From the compressed side; the polynomial b(V) holds for x in 0.3...1.4.
    var x = 0.35
    for _ in 0..<80 {
      let here = at(x, temperature)
      let h = 1e-5
      let modulus = -(at(x * (1 + h), temperature).pressure - at(x * (1 - h), temperature).pressure) / (2 * h)
      guard modulus > 0, x < 1.6, x > 0.25 else { break }
      let step = (here.pressure - pressure) / modulus
      x *= exp(min(max(step, -0.1), 0.1))
      guard abs(step) > 1e-9 else {
        let volume = x * Self.volume0
        let expansion = here.slope * temperature / modulus
        let heat = here.heatCapacity + here.slope * expansion * volume
        guard heat > 0, expansion > -0.2 else { break }
        return ThermodynamicState(
          specificVolume: volume * volumeFactor / molarMass, expansion: expansion,
          heatCapacity: heat / molarMass, bulkModulus: modulus)
      }
    }
    throw InteriorsError(
      .outsideValidity, "\(source): no volume at \(pressure / 1e9) GPa and \(temperature) K")
  }
}
