#if canImport(Glibc)
  import Glibc
#endif

/// A product of powers of measured quantities, x1^p1 x2^p2 ..., with two-sided errors.
///
/// Errors add in quadrature in the logarithms, each side of its own: a negative power exchanges the sides. For small
/// errors that is the first-order propagation of independent errors (JCGM 100:2008, eq. 12); for large ones the
/// lower end stays positive, as it must for a density.
struct PowerProduct {
  private(set) var logValue = 0.0
  /// Sums of squares; infinite where a lower error reaches to zero, `nil` where an error is not known.
  private var upperSquare: Double? = 0
  private var lowerSquare: Double? = 0

  init() {}

  /// Multiplies by `measurement` to the power of `power`.
  /// - Returns: false, and nothing changed, where the measurement has no positive value.
  mutating func multiply<Dimension>(_ measurement: Measurement<Dimension>, power: Double) -> Bool {
    guard let value = measurement.value?.si, value > 0 else { return false }
    let above = measurement.upperError.map { log(1 + $0.si / value) }
    let below = measurement.lowerError.map { $0.si < value ? -log(1 - $0.si / value) : .infinity }
    logValue += power * log(value)
    let (up, down) = power > 0 ? (above, below) : (below, above)
    upperSquare = sum(upperSquare, up.map { power * power * $0 * $0 })
    lowerSquare = sum(lowerSquare, down.map { power * power * $0 * $0 })
    return true
  }

  mutating func multiply(constant: Double) { logValue += log(constant) }

  /// Some factor's lower error reaches to zero, so this side has no end.
  var isUnboundedAbove: Bool { upperSquare == .infinity }

  /// The product in SI with those errors that are known and finite.
  func measurement<Dimension>() -> Measurement<Dimension> {
    let value = exp(logValue)
    let upper = upperSquare.flatMap { $0.isFinite && $0 > 0 ? value * (exp($0.squareRoot()) - 1) : nil }
    // An end at zero is an end: the whole value lies below.
    let lower = lowerSquare.flatMap { $0 > 0 ? value * (1 - exp(-$0.squareRoot())) : nil }
    return Measurement(
      value: .init(si: value), upperError: upper.map { .init(si: $0) },
      lowerError: lower.map { .init(si: $0) })
  }

  private func sum(_ a: Double?, _ b: Double?) -> Double? {
    guard let a, let b else { return nil }
    return a + b
  }
}
