import NumericalMethods

/// What shapes of spectra a network was trained on: a Gaussian of a few directions, to tell a spectrum that is like none.
///
/// The distance of a spectrum is r^T (V V^T + N)^-1 r over the points observed, with r the shape less the mean, V the
/// principal directions times their standard deviations, N the noise and what the directions leave out. A spectrum of the
/// training's kind lies near 1, whatever its coverage.
package struct TrainingDomain: Sendable, Hashable {
  /// 400 values.
  package let mean: [Double]
  /// Directions of 400 values each, of the length of their standard deviation.
  package let directions: [[Double]]
  /// Standard deviation of what the directions leave out, one a bin.
  package let remainder: [Double]
  /// The distance that one training spectrum in 500 exceeds.
  package let limit: Double

  package init(mean: [Double], directions: [[Double]], remainder: [Double], limit: Double) {
    precondition(mean.count == remainder.count && directions.allSatisfy { $0.count == mean.count })
    self.mean = mean
    self.directions = directions
    self.remainder = remainder
    self.limit = limit
  }

  /// - Parameter points: how many independent measurements each bin stands for, at most 1: less where one wide channel fills
  ///   several bins.
  package func distance(of spectrum: EncodedSpectrum, points: [Double]) -> Double {
    let bins = spectrum.shape.indices.filter { spectrum.noise[$0].isFinite }
    let count = directions.count
    var total = 0.0
    var effective = 0.0
    var projected = [Double](repeating: 0, count: count)
    var system = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0.0 } }
    for bin in bins {
      let share = min(max(points[bin], 1e-3), 1)
      let noise = spectrum.noise[bin]
      let weight = share / (noise * noise + remainder[bin] * remainder[bin])
      let r = spectrum.shape[bin] - mean[bin]
      total += weight * r * r
      effective += share
      for i in 0..<count {
        let w = weight * directions[i][bin]
        projected[i] += w * r
        for j in 0..<count { system[i][j] += w * directions[j][bin] }
      }
    }
    // Woodbury: r (V V^T + N)^-1 r = r N^-1 r - p (1 + V^T N^-1 V)^-1 p, p = V^T N^-1 r.
    guard effective > 0, let solution = solveSymmetric(system, projected) else { return .infinity }
    let explained = zip(projected, solution).reduce(0) { $0 + $1.0 * $1.1 }
    return (total - explained) / effective
  }
}
