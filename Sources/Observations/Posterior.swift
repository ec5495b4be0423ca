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
