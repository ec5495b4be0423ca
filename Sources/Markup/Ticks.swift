import PlainText

#if canImport(Glibc)
  import Glibc
#endif

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
package struct Ticks {
  package let values: [Double]
  private let decimals: Int

  /// - Precondition: `low < high`, both finite, `count` at least 2.
  package init(from low: Double, to high: Double, atMost count: Int) {
    precondition(low < high && low.isFinite && high.isFinite && count >= 2)
    let exponent = Numerals.decimalExponent((high - low) / Double(count))
    let candidates = [(1.0, 0), (2, 0), (5, 0), (1, 1), (2, 1), (5, 1)]
    var chosen: (step: Double, exponent: Int) = (pow(10, Double(exponent + 2)), exponent + 2)
    for (digit, more) in candidates {
      let power = exponent + more
      let step = digit * pow(10, Double(power))
      if floor(high / step) - ceil(low / step) + 1 <= Double(count) {
        chosen = (step, power)
        break
      }
    }
    let first = Int(ceil(low / chosen.step))
    let last = Int(floor(high / chosen.step))
    values = first <= last ? (first...last).map { Double($0) * chosen.step } : []
    decimals = max(0, -chosen.exponent)
  }

  package func label(_ value: Double) -> String {
    decimals > 6 ? Numerals.significant(value, digits: 3) : Numerals.fixed(value, decimals: decimals)
  }
}
