package import Observations

/// A quantity known with an error, in SI; errors are one standard deviation and positive.
package struct MeasuredValue: Sendable, Hashable {
  package var value: Double
  package var upper: Double
  package var lower: Double

  package init(value: Double, upper: Double, lower: Double) {
    self.value = value
    self.upper = upper
    self.lower = lower
  }

  package init(_ value: Double, deviation: Double) {
    self.init(value: value, upper: deviation, lower: deviation)
  }

  /// - Returns: nil where the source gives no positive value; errors are nil where it gives none.
  static func read<Dimension>(_ measurement: Measurement<Dimension>) -> (value: Double, errors: Self?)? {
    guard let value = measurement.value?.si, value > 0, value.isFinite else { return nil }
    let errors = [measurement.upperError, measurement.lowerError].map { error -> Double? in
      error.map(\.si).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }
    guard let upper = errors[0] ?? errors[1], let lower = errors[1] ?? errors[0] else { return (value, nil) }
    return (value, Self(value: value, upper: upper, lower: lower))
  }

  /// Standard deviation of the quantity's logarithm, to first order, both sides taken together.
  package var logarithmicDeviation: Double { (upper + lower) / (2 * value) }
}
