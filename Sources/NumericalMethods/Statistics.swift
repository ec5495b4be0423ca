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

/// Spearman's correlation of the ranks; equal values share the mean of theirs. 0 where one side is all the same.
package func rankCorrelation(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count)
  func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }
  let (a, b) = (ranks(x), ranks(y))
  let middle = Double(x.count - 1) / 2
  var (products, first, second) = (0.0, 0.0, 0.0)
  for (p, q) in zip(a, b) {
    products += (p - middle) * (q - middle)
    first += (p - middle) * (p - middle)
    second += (q - middle) * (q - middle)
  }
  return first > 0 && second > 0 ? products / (first * second).squareRoot() : 0
}
