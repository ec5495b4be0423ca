package import Observations

/// One quantity's posterior over the range that figures of it show.
package struct Marginal: Sendable {
  package let draws: [Double]
  /// The central 95 % and a margin, which does not reach below 0 or, for a fraction, above 1 unless the draws do.
  package let range: ClosedRange<Double>

  package init(of posterior: Posterior, draws: [Double], isFraction: Bool) {
    self.draws = draws
    let span = max(posterior.p975 - posterior.p025, 1e-6 * max(1, abs(posterior.p50)))
    var low = posterior.p025 - 0.25 * span
    var high = posterior.p975 + 0.25 * span
    if posterior.p025 >= 0 { low = max(0, low) }
    if isFraction, posterior.p975 <= 1 { high = min(1, high) }
    range = low...high
  }

  /// Draws per bin; a draw on the upper end counts to the last bin, one outside the range to none.
  package func histogram(bins: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    let width = range.upperBound - range.lowerBound
    for draw in draws where range.contains(draw) {
      counts[min(bins - 1, Int((draw - range.lowerBound) / width * Double(bins)))] += 1
    }
    return counts
  }
}
