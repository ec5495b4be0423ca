extension CommandLine {
  /// The command as typed, the program by its name alone.
  static var command: String {
    let program = arguments.first?.split(separator: "/").last.map(String.init) ?? "exospool-lab"
    return ([program] + arguments.dropFirst()).joined(separator: " ")
  }
}

/// A number with so many decimals.
func fixed(_ x: Double, _ decimals: Int = 4) -> String {
  guard x.isFinite, abs(x) < 1e12 else { return "\(x)" }
  var factor = 1.0
  for _ in 0..<decimals { factor *= 10 }
  let scaled = Int((abs(x) * factor).rounded())
  let fraction = String(scaled % Int(factor))
  let sign = x < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return "\(sign)\(scaled)" }
  return "\(sign)\(scaled / Int(factor))."
    + String(repeating: "0", count: decimals - fraction.count) + fraction
}

/// Text filled with blanks to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
