/// Between the unit interval and the whole line. A coordinate that nothing is known of, uniform in the interval, is nearly normal there.
enum Logit {
  /// Logits are held within it.
  private static let farthest = 25.0

  static func of(_ value: Double) -> Double {
    min(max(log(value / (1 - value)), -farthest), farthest)
  }

  /// In the open unit interval.
  static func value(_ logit: Double) -> Double {
    min(max(1 / (1 + exp(-logit)), 1e-12), 1 - 1e-12)
  }

  /// ln of d value / d logit
  static func logSlope(_ value: Double) -> Double { log(max(value * (1 - value), 1e-24)) }
}

#if canImport(Glibc)
  import Glibc
#endif
