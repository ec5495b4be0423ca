#if canImport(Glibc)
  import Glibc
#endif

/// A number in a sentence: four significant digits, and no decimal point where there is nothing behind it.
package func fourDigits(_ number: Double) -> String {
  guard number != 0, number.isFinite else { return number.isNaN ? "no number" : "\(number)" }
  let scale = pow(10, 3 - floor(log10(abs(number))))
  let result = (number * scale).rounded() / scale
  return result == result.rounded() && abs(result) < 1e15 ? String(Int(result)) : String(result)
}
