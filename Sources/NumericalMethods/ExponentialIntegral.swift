#if canImport(Glibc)
  import Glibc
#endif

/// E2(x) = integral over t from 1 of exp(-x t)/t^2, for x >= 0.
///
/// From E2(x) = exp(-x) - x E1(x) with the power series of E1 below 1 (Abramowitz & Stegun 1964, 5.1.11), and the
/// continued fraction above (5.1.22), by the modified Lentz method. Right to 1e-14 relative.
package func exponentialIntegral2(_ x: Double) -> Double {
  precondition(x >= 0)
  if x == 0 { return 1 }
  if x > 700 { return 0 }
  if x < 1 {
    let eulerGamma = 0.577_215_664_901_532_86
    var sum = 0.0
    var term = 1.0
    for n in 1...30 {
      term *= -x / Double(n)
      sum -= term / Double(n)
      if abs(term) < 1e-18 { break }
    }
    return exp(-x) - x * (-eulerGamma - log(x) + sum)
  }
  // E_n(x) = exp(-x) / (x + n - 1 n / (x + n + 2 - 2 (n + 1) / (x + n + 4 - ...))), here n = 2.
  var b = x + 2
  var c = Double.greatestFiniteMagnitude
  var d = 1 / b
  var h = d
  for i in 1...200 {
    let a = -Double(i) * Double(i + 1)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    let factor = c * d
    h *= factor
    if abs(factor - 1) < 1e-16 { break }
  }
  return h * exp(-x)
}
