package import Observations
import PlainText
package import Units

/// A value with its errors as text: the errors to two significant digits, the value to the same decimals.
package struct ValueText: Sendable, Hashable {
  /// What stands before the number: nothing, `<` or `>`.
  package var relation: String
  package var central: String
  /// Without sign; absent where the source gives none.
  package var upper: String?
  package var lower: String?

  /// A value whose errors are distances to the ends of its 68 % interval.
  package init(_ value: Double, upper: Double?, lower: Double?, relation: String = "") {
    self.relation = relation
    let errors = [upper, lower].compactMap { $0 }.filter { $0 > 0 && $0.isFinite }
    guard let smallest = errors.min(), value.isFinite else {
      self.central = Numerals.significant(value, digits: 4)
      return
    }
    // An error far below the value's own precision, or far below the other error, must not print a dozen digits.
    let finest = max(smallest, abs(value) * 1e-6, (errors.max() ?? 0) * 0.01)
    let decimals = Numerals.decimals(forError: finest)
    let text: (Double) -> String =
      decimals <= 4 || abs(value) >= 0.01
      ? { Numerals.fixed($0, decimals: decimals) } : { Numerals.significant($0, digits: 2) }
    self.central = text(value)
    self.upper = upper.map(text)
    self.lower = lower.map(text)
  }

  /// The median with the distances to the 16 and 84 % quantiles, each times `factor`.
  package init(_ posterior: Posterior, factor: Double = 1) {
    self.init(
      posterior.p50 * factor, upper: (posterior.p84 - posterior.p50) * factor,
      lower: (posterior.p50 - posterior.p16) * factor)
  }

  /// A measurement in the unit that `read` reads; `nil` where the source gives neither value nor limit.
  package init?<Dimension>(
    _ measurement: Measurement<Dimension>?, isMinimum: Bool = false, in read: (Quantity<Dimension>) -> Double
  ) {
    guard let value = MeasuredValue(measurement, in: read) else { return nil }
    self.init(value, isMinimum: isMinimum)
  }

  init?(_ measured: MeasuredValue, isMinimum: Bool) {
    if let value = measured.value {
      self.init(
        value, upper: measured.upperError, lower: measured.lowerError, relation: isMinimum ? ">" : "")
    } else if let limit = measured.upperLimit {
      self.init(limit, upper: nil, lower: nil, relation: "<")
    } else if let limit = measured.lowerLimit {
      self.init(limit, upper: nil, lower: nil, relation: ">")
    } else {
      return nil
    }
  }

  /// `2.82 +-0.12`, `2.82 +0.12 -0.10`, `<25`: ASCII, so that any grep finds it.
  package var plain: String {
    switch (upper, lower) {
    case (nil, nil): relation + central
    case (let upper?, let lower?) where upper == lower: "\(relation)\(central) +-\(upper)"
    default: "\(relation)\(central) +\(upper ?? "?") -\(lower ?? "?")"
    }
  }

  /// The same in one line of SVG text.
  package var inline: String {
    switch (upper, lower) {
    case (nil, nil): relation + Self.typographic(central)
    case (let upper?, let lower?) where upper == lower: "\(Self.typographic(central)) ± \(upper)"
    default: "\(Self.typographic(central)) +\(upper ?? "?") −\(lower ?? "?")"
    }
  }

  package static func typographic(_ number: String) -> String {
    number.hasPrefix("-") ? "−" + number.dropFirst() : number
  }
}
