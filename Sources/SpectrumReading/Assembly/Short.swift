/// Numbers in sentences.
enum Short {
  /// Three digits, as people write them: `0.0117`, `5e-11`, `12`.
  static func text(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var digits = abs(value)
    var exponent = 0
    while digits >= 1000 { (digits, exponent) = (digits / 10, exponent + 1) }
    while digits < 100 { (digits, exponent) = (digits * 10, exponent - 1) }
    let rounded = digits.rounded() * (exponent >= 0 ? exponential10(Double(exponent)) : 1)
    let number = exponent >= 0 ? rounded : rounded / exponential10(Double(-exponent))
    let sign = value < 0 ? "-" : ""
    return sign + (number == number.rounded() && number < 1e15 ? "\(Int(number))" : "\(number)")
  }
}
