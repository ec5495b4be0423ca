import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Thermal energy and heat capacity of a lattice with one characteristic temperature.
package enum LatticeVibrations: Sendable, Hashable {
  case debye
  case einstein

  /// Energy (J) and heat capacity (J/K) of one mole of atoms at temperature T, without the zero point.
  /// - Parameter theta: characteristic temperature, K.
  package func energyAndHeatCapacity(temperature: Double, theta: Double) -> (
    energy: Double, heatCapacity: Double
  ) {
    let gas = 3 * Constants.molarGas
    let x = theta / temperature
    switch self {
    case .einstein:
      // E = 3R theta / (e^x - 1), C = 3R x^2 e^x / (e^x - 1)^2
      let e = expm1(x)
      return (gas * theta / e, gas * x * x * (e + 1) / (e * e))
    case .debye:
      // E = 3RT D(x), C = 3R [4 D(x) - 3x/(e^x - 1)]
      let d = Self.debyeFunction(x)
      return (gas * temperature * d, gas * (4 * d - 3 * x / expm1(x)))
    }
  }

  /// D(x) = 3/x^3 times the integral of t^3/(e^t - 1) from 0 to x (Abramowitz & Stegun 27.1.1 and 27.1.2).
  static func debyeFunction(_ x: Double) -> Double {
    if x < 2 {
      // Series 1 - 3x/8 + 3 sum B_2k x^2k / ((2k+3)(2k)!); the first term left out is below 1e-11 at x = 2.
      let y = x * x
      let coefficients: (Double, Double, Double, Double, Double, Double, Double, Double) = (
        1.0 / 20, -1.0 / 1680, 1.0 / 90720, -1.0 / 4_435_200, 1.0 / 207_567_360,
        -691.0 / 6_538_371_840_000, 1.0 / 423_437_414_400, -3617.0 / 67_580_611_338_240_000
      )
      var sum = coefficients.7
      sum = sum * y + coefficients.6
      sum = sum * y + coefficients.5
      sum = sum * y + coefficients.4
      sum = sum * y + coefficients.3
      sum = sum * y + coefficients.2
      sum = sum * y + coefficients.1
      sum = sum * y + coefficients.0
      return 1 - 0.375 * x + sum * y
    }
    // pi^4/15 less the tail, a sum of exponentials.
    let pi4 = Double.pi * Double.pi * Double.pi * Double.pi
    var tail = 0.0
    let decay = exp(-x)
    var power = 1.0
    var k = 1.0
    while k < 40 {
      power *= decay
      let term = power * (((x / k + 3 / (k * k)) * x + 6 / (k * k * k)) * x + 6 / (k * k * k * k))
      tail += term
      if term < 1e-13 { break }
      k += 1
    }
    return 3 * (pi4 / 15 - tail) / (x * x * x)
  }
}
