import NumericalMethods

/// A one-dimensional posterior, summarised.
package struct Posterior: Sendable, Hashable, Codable {
  package var mean: Double
  package var sd: Double
  /// Quantiles at 2.5, 16, 50, 84 and 97.5 %.
  package var p025: Double
  package var p16: Double
  package var p50: Double
  package var p84: Double
  package var p975: Double

  package init(mean: Double, sd: Double, p025: Double, p16: Double, p50: Double, p84: Double, p975: Double) {
    self.mean = mean
    self.sd = sd
    self.p025 = p025
    self.p16 = p16
    self.p50 = p50
    self.p84 = p84
    self.p975 = p975
  }
}

extension Posterior {
  /// Summary of equally likely draws.
  /// - Precondition: at least one draw, all finite.
  package init(draws: [Double]) {
    let sorted = draws.sorted()
    let n = Double(draws.count)
    let mean = draws.reduce(0, +) / n
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    func at(_ probability: Double) -> Double { quantile(ofSorted: sorted, probability) }
    self.init(
      mean: mean, sd: variance.squareRoot(), p025: at(0.025), p16: at(0.16), p50: at(0.5), p84: at(0.84),
      p975: at(0.975))
  }
}
