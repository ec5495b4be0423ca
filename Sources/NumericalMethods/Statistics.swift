/// The quantile of sorted values, linear between order statistics (Hyndman & Fan 1996, type 7).
/// - Precondition: `sorted` is ascending and not empty; `probability` is in 0...1.
package func quantile(ofSorted sorted: [Double], _ probability: Double) -> Double {
  precondition(!sorted.isEmpty && (0...1).contains(probability))
  let position = probability * Double(sorted.count - 1)
  let below = Int(position)
  guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
}
