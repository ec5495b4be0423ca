#if canImport(Glibc)
  import Glibc
#endif

/// Numbers as people read them.
package enum Numerals {
  /// `x` with a fixed number of decimals, rounded half away from zero; scientific beyond what a table can hold.
  package static func fixed(_ x: Double, decimals: Int) -> String {
    precondition((0...12).contains(decimals))
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(x) * scale).rounded()
    guard scaled < 1e15 else { return scientific(x, digits: 4) }
    let digits = String(Int64(scaled))
    let sign = x < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// `x` to so many significant digits, without trailing zeros: `0.00123`, `17.5`, `4210`; scientific outside
  /// 1e-4 to 1e7.
  package static func significant(_ x: Double, digits: Int) -> String {
    guard x.isFinite, x != 0 else { return fixed(x, decimals: 0) }
    let exponent = decimalExponent(x)
    guard (-4...6).contains(exponent) else { return scientific(x, digits: digits) }
    return trimmed(fixed(x, decimals: min(12, max(0, digits - 1 - exponent))))
  }

  /// A large count in groups of three: `6 378` with thin spaces, rounded to so many significant digits.
  package static func grouped(_ x: Double, significant digits: Int) -> String {
    guard x.isFinite, x != 0 else { return fixed(x, decimals: 0) }
    let unit = pow(10, Double(max(0, decimalExponent(x) - digits + 1)))
    let whole = fixed((x / unit).rounded() * unit, decimals: 0)
    guard whole.allSatisfy(\.isNumber) else { return whole }
    var groups = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { groups += "\u{2009}" }
      groups.append(digit)
    }
    return groups
  }

  /// Decimals at which `error` shows two significant digits; whole numbers from 10 up.
  package static func decimals(forError error: Double) -> Int {
    guard error.isFinite, error > 0 else { return 2 }
    return min(8, max(0, 1 - decimalExponent(error)))
  }

  /// An SVG coordinate: a hundredth of a unit is finer than any screen.
  package static func coordinate(_ x: Double) -> String { trimmed(fixed(x, decimals: 2)) }

  /// The exponent n of x = d.dd * 10^n.
  package static func decimalExponent(_ x: Double) -> Int { Int(floor(log10(abs(x)))) }

  /// A number in a sentence, to so many significant digits but never rounded beyond a whole number: `0.123`, `17.5`,
  /// `31783`; no decimal point where there is nothing behind it.
  package static func sentence(_ x: Double, digits: Int = 3) -> String {
    guard x.isFinite, x != 0 else { return x == 0 ? "0" : "\(x)" }
    return rounded(x, scale: pow(10, Double(max(0, digits - 1 - decimalExponent(x)))))
  }

  /// The same to four digits, those of a large number rounded, too: `31780`.
  package static func fourDigits(_ x: Double) -> String {
    guard x != 0, x.isFinite else { return x.isNaN ? "no number" : "\(x)" }
    return rounded(x, scale: pow(10, Double(3 - decimalExponent(x))))
  }

  /// A multiple of 1/`scale`, whole numbers without a decimal point.
  private static func rounded(_ x: Double, scale: Double) -> String {
    let result = (x * scale).rounded() / scale
    return result == result.rounded() && abs(result) < 1e15 ? String(Int(result)) : "\(result)"
  }

  private static func scientific(_ x: Double, digits: Int) -> String {
    let exponent = decimalExponent(x)
    // Two steps, because 10^-exponent alone overflows for subnormal numbers.
    let half = exponent / 2
    let mantissa = x * pow(10, Double(-half)) * pow(10, Double(half - exponent))
    return trimmed(fixed(mantissa, decimals: digits - 1)) + "e" + String(exponent)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var end = text.endIndex
    while text[text.index(before: end)] == "0" { end = text.index(before: end) }
    if text[text.index(before: end)] == "." { end = text.index(before: end) }
    return String(text[..<end])
  }
}
