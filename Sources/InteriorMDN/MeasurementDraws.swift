package import NumericalMethods
package import Observations

/// A measurement made ready to draw from: numbers in the network's unit.
///
/// The value is taken as the median and the errors as the distances to the 16 and 84 % quantiles, as catalogues
/// mean them: half of the draws fall on each side, each side half a normal of its own width. Limits given beside a
/// value cut the distribution off.
package struct MeasuredNumber: Sendable, Hashable {
  package let value: Double
  package internal(set) var upperError: Double
  package internal(set) var lowerError: Double
  package let upperLimit: Double?
  package let lowerLimit: Double?
  /// No error was given: the value is taken as exact.
  package let isErrorMissing: Bool
  /// Only one of the two errors was given; it stands for both.
  package let isErrorOneSided: Bool

  /// `nil` without a value, or with one that is not finite.
  package init?<D>(_ measurement: Measurement<D>?, unit: Double = 1) {
    guard let measurement, let value = measurement.value?.si, value.isFinite else { return nil }
    func usable(_ quantity: Double?) -> Double? {
      guard let quantity, quantity.isFinite else { return nil }
      return quantity / unit
    }
    // A negative error would be a reader's fault; its size is still the error.
    let upper = usable(measurement.upperError?.si).map { abs($0) }
    let lower = usable(measurement.lowerError?.si).map { abs($0) }
    self.value = value / unit
    upperError = upper ?? lower ?? 0
    lowerError = lower ?? upper ?? 0
    isErrorMissing = upper == nil && lower == nil
    isErrorOneSided = (upper == nil) != (lower == nil)
    // A limit that excludes the value itself contradicts it; the value counts.
    upperLimit = usable(measurement.upperLimit?.si).flatMap { $0 >= value / unit ? $0 : nil }
    lowerLimit = usable(measurement.lowerLimit?.si).flatMap { $0 <= value / unit ? $0 : nil }
  }

  /// One draw within the limits. The value itself is within them, so a handful of tries nearly always does.
  package func draw(random: inout SeededRandom) -> Double {
    for _ in 0..<64 {
      let z = random.normal()
      let x = value + z * (z > 0 ? upperError : lowerError)
      if x <= upperLimit ?? .infinity && x >= lowerLimit ?? -.infinity { return x }
    }
    return value
  }
}

extension Measurement {
  /// The record gives no value, only a limit.
  var isLimitOnly: Bool { value == nil && (upperLimit != nil || lowerLimit != nil) }
}
