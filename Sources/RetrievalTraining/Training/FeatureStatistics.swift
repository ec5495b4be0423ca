/// By what a network's features are standardised: means and standard deviations over some of the examples.
package struct FeatureStatistics: Sendable, Hashable {
  package let means: [Float]
  /// 1 for a feature that never changes: it is left as it is.
  package let deviations: [Float]

  /// - Parameters:
  ///   - features: examples x count.
  ///   - rows: the examples that count, one at least.
  package init(_ features: [Float], count: Int, over rows: Range<Int>) {
    var (sums, squares) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for row in rows {
      for j in 0..<count {
        let value = Double(features[row * count + j])
        sums[j] += value
        squares[j] += value * value
      }
    }
    let means = sums.map { $0 / Double(rows.count) }
    self.means = means.map { Float($0) }
    deviations = zip(squares, means).map { square, mean in
      let variance = square / Double(rows.count) - mean * mean
      return variance > 1e-10 ? Float(variance.squareRoot()) : 1
    }
  }
}
