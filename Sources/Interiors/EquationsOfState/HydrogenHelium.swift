import Units

#if canImport(Glibc)
  import Glibc
#endif

/// The envelope's gas: hydrogen and helium of Y = 0.275, from molecules through their dissociation to metal.
///
/// Our own fit to the tables of Chabrier & Debras 2021 (ApJ 917, 4; with the interactions of H and He; built on Chabrier,
/// Mazevet & Soubiran 2019, ApJ 872, 51): ln density and entropy are each a bicubic spline over log P and log T - 1/4 log P,
/// 42 by 46 coefficients, by least squares. Weights were set before the first fit: 1 where adiabats from 80 to 2,500 K at
/// 1 bar run, 0.2 beside them; radii were not looked at.
///
/// **Adiabats follow the tables' entropy.** In the tables density and entropy do not belong to one potential (at 1 to 10 GPa
/// and below 2,000 K (dS/dP)_T and -(dv/dT)_P differ by up to 60 %), so none can follow both: `expansion` is
/// -(dS/dP)_T T/v, which gives the entropy's gradient, and differs there from the volume's own. The gradients that the tables
/// print give adiabats colder than constant entropy, by 6 % at 1 TPa from 165 K.
/// Below 126 K the compressibility is that of 126 K and the heat capacity that of the tables' thin gas.
///
/// How well: `Interiors.docc`, and `exospool-lab validate equations`.
package struct HydrogenHelium: EquationOfState, Sendable {
  package let source = "H2-He (fit to Chabrier & Debras 2021)"
  package let pressureRange = 100.0...3e15
  package static let heliumMassFraction = 0.275
  /// Of a kilogram of molecules, J kg-1 K-1.
  package static let gasConstant =
    Constants.molarGas * ((1 - heliumMassFraction) / 2.015_88e-3 + heliumMassFraction / 4.002_602e-3)

  /// log10 of P (Pa), and log10 of T (K) less a quarter of log10 of P in bars.
  private static let pressures = (first: 1.9, step: 0.35, intervals: 39)
  private static let temperatures = (first: 1.25, step: 0.07, intervals: 43)
  private static let shear = 0.25
  /// Over the gas constant: hotter gas is ionised, and no planet's.
  private static let largestEntropy = 36.0

  package init() {}

  package func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState {
    let here = try surfaces(pressure, temperature)
    let ln10 = log(10.0)
    let heat = here.entropy.byTemperature / ln10
    let slope = (here.density.byPressure - Self.shear * here.density.byTemperature) / ln10
    let rise = (here.entropy.byPressure - Self.shear * here.entropy.byTemperature) / ln10
    guard heat > 1, slope > 0 else { throw outside(pressure, temperature) }
    let volume = exp(-here.density.value)
    return ThermodynamicState(
      specificVolume: volume, expansion: -rise * Self.gasConstant * temperature / (pressure * volume),
      heatCapacity: Self.gasConstant * heat, bulkModulus: pressure / slope)
  }

  /// J kg-1 K-1, from the tables' zero.
  package func entropy(pressure: Double, temperature: Double) throws(InteriorsError) -> Double {
    Self.gasConstant * (try surfaces(pressure, temperature)).entropy.value
  }

  /// A spline's value and its derivatives by the two coordinates.
  private typealias Surface = (value: Double, byPressure: Double, byTemperature: Double)

  private func surfaces(_ pressure: Double, _ temperature: Double) throws(InteriorsError)
    -> (density: Surface, entropy: Surface)
  {
    guard pressureRange.contains(pressure), temperature > 0 else { throw outside(pressure, temperature) }
    let x = log10(pressure)
    let y = log10(temperature) - Self.shear * (x - 5)
    let end = Self.temperatures.first + Self.temperatures.step * Double(Self.temperatures.intervals)
    guard (Self.temperatures.first...end).contains(y) else { throw outside(pressure, temperature) }
    let p = CubicSpline(
      at: x, from: Self.pressures.first, step: Self.pressures.step, intervals: Self.pressures.intervals)
    let t = CubicSpline(
      at: y, from: Self.temperatures.first, step: Self.temperatures.step,
      intervals: Self.temperatures.intervals)
    let entropy = Self.sums(Self.entropies, p, t)
    guard entropy.value > Self.leastEntropy(x), entropy.value < Self.largestEntropy else {
      throw outside(pressure, temperature)
    }
    return (Self.sums(Self.densities, p, t), entropy)
  }

  /// Entropy over the gas constant below which the tables hold nothing physical: gas beside its own melting, 6.5, from 1 to 10
  /// TPa rising to 8.
  private static func leastEntropy(_ logPressure: Double) -> Double {
    6.5 + 1.5 * min(max(logPressure - 12, 0), 1)
  }

  private func outside(_ pressure: Double, _ temperature: Double) -> InteriorsError {
    InteriorsError(
      .outsideValidity, "\(source): \(pressure / 1e9) GPa, \(temperature) K outside its range")
  }

  private static func sums(_ coefficients: [Double], _ p: CubicSpline, _ t: CubicSpline) -> Surface {
    let width = temperatures.intervals + 3
    var (value, byPressure, byTemperature) = (0.0, 0.0, 0.0)
    for i in 0..<4 {
      let row = (p.first + i) * width + t.first
      let four = SIMD4(
        coefficients[row], coefficients[row + 1], coefficients[row + 2], coefficients[row + 3])
      let along = (four * t.values).sum()
      value += p.values[i] * along
      byPressure += p.slopes[i] * along
      byTemperature += p.values[i] * (four * t.slopes).sum()
    }
    return (value, byPressure, byTemperature)
  }
}
