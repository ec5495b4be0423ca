/// The quantile of sorted values, linear between order statistics (Hyndman & Fan 1996, type 7).
/// - Precondition: `sorted` is ascending and not empty; `probability` is in 0...1.
package func quantile(ofSorted sorted: [Double], _ probability: Double) -> Double {
  precondition(!sorted.isEmpty && (0...1).contains(probability))
  let position = probability * Double(sorted.count - 1)
  let below = Int(position)
  guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// The value with a share of the others below it, itself one of the values: nothing is made up between two
/// measurements. `nil` where there are none.
/// - Precondition: `share` is in 0..<1.
@inlinable
package func orderStatistic<Value: Comparable>(_ values: some Sequence<Value>, _ share: Double) -> Value? {
  precondition((0..<1).contains(share))
  let sorted = values.sorted()
  return sorted.isEmpty ? nil : sorted[Int(Double(sorted.count) * share)]
}

/// The median as one of the values: of an even number of them the upper of the two in the middle.
@inlinable
package func upperMedian<Value: Comparable>(_ values: some Sequence<Value>) -> Value? {
  orderStatistic(values, 0.5)
}
