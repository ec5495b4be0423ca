#if canImport(Glibc)
  import Glibc
#endif

/// A value with its first and second derivatives with respect to ln(density) `r` and ln(temperature) `t`,
/// so that a free energy written once gives pressure, heat capacity and compressibility exactly.
struct SecondOrderJet {
  var value: Double
  var r = 0.0
  var t = 0.0
  var rr = 0.0
  var rt = 0.0
  var tt = 0.0

  init(_ value: Double, r: Double = 0, t: Double = 0) {
    self.value = value
    self.r = r
    self.t = t
  }

  /// f(self) by the chain rule, given f, f' and f''.
  func applying(_ f: Double, _ f1: Double, _ f2: Double) -> SecondOrderJet {
    var result = SecondOrderJet(f, r: f1 * r, t: f1 * t)
    result.rr = f1 * rr + f2 * r * r
    result.rt = f1 * rt + f2 * r * t
    result.tt = f1 * tt + f2 * t * t
    return result
  }

  static func + (a: SecondOrderJet, b: SecondOrderJet) -> SecondOrderJet {
    var c = SecondOrderJet(a.value + b.value, r: a.r + b.r, t: a.t + b.t)
    c.rr = a.rr + b.rr
    c.rt = a.rt + b.rt
    c.tt = a.tt + b.tt
    return c
  }

  static func * (a: SecondOrderJet, b: SecondOrderJet) -> SecondOrderJet {
    var c = SecondOrderJet(
      a.value * b.value, r: a.r * b.value + a.value * b.r, t: a.t * b.value + a.value * b.t)
    c.rr = a.rr * b.value + 2 * a.r * b.r + a.value * b.rr
    c.rt = a.rt * b.value + a.r * b.t + a.t * b.r + a.value * b.rt
    c.tt = a.tt * b.value + 2 * a.t * b.t + a.value * b.tt
    return c
  }

  static func * (k: Double, a: SecondOrderJet) -> SecondOrderJet { a.applying(k * a.value, k, 0) }
  static func + (a: SecondOrderJet, k: Double) -> SecondOrderJet {
    var c = a
    c.value += k
    return c
  }
  static func - (a: SecondOrderJet, b: SecondOrderJet) -> SecondOrderJet { a + (-1 * b) }

  func power(_ p: Double) -> SecondOrderJet {
    let f = pow(value, p)
    return applying(f, p * f / value, p * (p - 1) * f / (value * value))
  }

  var logarithm: SecondOrderJet { applying(log(value), 1 / value, -1 / (value * value)) }
  var inverse: SecondOrderJet {
    let i = 1 / value
    return applying(i, -i * i, 2 * i * i * i)
  }
  /// 1/(1 + e^self).
  var fermi: SecondOrderJet {
    let f = value > 700 ? 0 : 1 / (1 + exp(value))
    let f1 = -f * (1 - f)
    return applying(f, f1, -f1 * (1 - 2 * f))
  }
  var arctangent: SecondOrderJet {
    let d = 1 / (1 + value * value)
    return applying(atan(value), d, -2 * value * d * d)
  }
}
