#if canImport(Glibc)
  import Glibc
#endif

/// Pressure of a solid or liquid along its reference isotherm, as a function of x = V/V0.
///
/// K0 is the bulk modulus in Pa and K' its pressure derivative, both at x = 1.
package enum CompressionCurve: Sendable, Hashable {
  /// Third order in finite strain (Birch 1947, Phys. Rev. 71, 809, eq. 1 of Poirier 2000 ch. 4).
  case birchMurnaghan(bulkModulus: Double, derivative: Double)
  /// Vinet et al. 1987, J. Geophys. Res. 92, 9319.
  case vinet(bulkModulus: Double, derivative: Double)
  /// Keane 1954, Aust. J. Phys. 7, 322: K' tends to `limit` at infinite pressure.
  case keane(bulkModulus: Double, derivative: Double, limit: Double)
  /// ln P (Pa) as a cubic spline over ln x, continued in straight lines; needs no formula.
  case spline(from: Double, step: Double, coefficients: [Double])

  /// Pressure and isothermal bulk modulus (Pa) at x = V/V0.
  package func pressureAndModulus(_ x: Double) -> (pressure: Double, modulus: Double) {
    switch self {
    case .birchMurnaghan(let k0, let k1):
      // f = (x^(-2/3) - 1)/2;  P = 3 K0 f (1+2f)^(5/2) [1 + 3/2 (K'-4) f]
      let s = pow(x, -1.0 / 3)
      let f = 0.5 * (s * s - 1)
      let a = 1.5 * (k1 - 4)
      let s5 = s * s * s * s * s
      let pressure = 3 * k0 * f * s5 * (1 + a * f)
      // K = (1+2f)^(5/2) K0 [1 + (7 + 2a) f + 9 a f^2]
      let modulus = k0 * s5 * (1 + (7 + 2 * a) * f + 9 * a * f * f)
      return (pressure, modulus)
    case .vinet(let k0, let k1):
      // P = 3 K0 (1-y)/y^2 exp[eta (1-y)], y = x^(1/3), eta = 3/2 (K'-1)
      let y = cbrt(x)
      let eta = 1.5 * (k1 - 1)
      let e = exp(eta * (1 - y))
      let pressure = 3 * k0 * (1 - y) / (y * y) * e
      let modulus = k0 / (y * y) * (1 + (eta * y + 1) * (1 - y)) * e
      return (pressure, modulus)
    case .keane(let k0, let k1, let limit):
      // P = K0 [K'/Kinf^2 (x^-Kinf - 1) + (K'/Kinf - 1) ln x]
      let power = pow(x, -limit)
      let pressure = k0 * (k1 / (limit * limit) * (power - 1) + (k1 / limit - 1) * log(x))
      let modulus = k0 * (k1 / limit * (power - 1) + 1)
      return (pressure, modulus)
    case .spline(let start, let step, let coefficients):
      let u = log(x)
      let intervals = coefficients.count - 3
      let s = CubicSpline(at: u, from: start, step: step, intervals: intervals)
      let four = SIMD4(
        coefficients[s.first], coefficients[s.first + 1], coefficients[s.first + 2], coefficients[s.first + 3]
      )
      let slope = (four * s.slopes).sum()
      let beyond = u - min(max(u, start), start + step * Double(intervals))
      let pressure = exp((four * s.values).sum() + slope * beyond)
      return (pressure, -slope * pressure)
    }
  }
}
