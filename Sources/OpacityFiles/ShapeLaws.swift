import Atmospheres
import FITSFiles
import MolecularBands

#if canImport(Glibc)
  import Glibc
#endif

/// How level, width and skew of one gas's k-distributions, known at 1500 K, change with temperature and pressure: the
/// laws that `Etc/opacity/fit-shapes.py` fits, and says in full.
///
/// Width is measured by the deficit d = ln of the mean of k - mean of ln k, through y = ln(e^d - 1): proportional to
/// ln d where d is small, to d where it is large.
struct ShapeLaws {
  /// K, ascending.
  let temperatures: [Double]
  /// At the tangent point, Pa, ascending.
  let pressures: [Double]
  /// ln of the mean of k at 1500 K by bin, ln(m2 a molecule), at all pressures.
  let logMeans: [Double]
  /// What the temperature law's ln of the mean lacks, temperatures x bins.
  let levels: [Double]
  /// um, where `widths` are given; between them they are linear in ln wavelength, beyond them constant.
  let knots: [Double]
  /// What is added to y, temperatures x pressures x knots.
  let widths: [Double]
  /// What is added to y for each unit of it at 1500 K, temperatures x pressures.
  let couplings: [Double]
  /// What is added to the skew, temperatures x pressures.
  let skews: [Double]
  let errors: [StatedError]

  /// Beyond it k does not rise with g at all of eight quadrature points.
  static let highestSkew = 0.24
  /// Deficits at 1500 K below it are noise of what was recovered.
  static let leastDeficit = 0.03

  /// The k-distribution of all bins at one node.
  /// - Parameters:
  ///   - level: at 1500 K.
  ///   - weights: of its quadrature.
  ///   - wavelengths: of the bins, um.
  ///   - logRatios: the temperature law, ln k(T)/k(1500 K) by bin.
  /// - Returns: ln k, bins x points, ln(m2 a molecule), ascending with the points.
  func logCrossSections(
    temperature t: Int, pressure p: Int, level: HermiteLevel, weights: [Double], wavelengths: [Double],
    logRatios: [Double]
  ) -> [Double] {
    let bins = level.binCount
    let recovered = level.logCrossSections(pressure: pressures[p])
    let orders = level.orders(pressure: pressures[p])
    let node = t * pressures.count + p
    return (0..<bins).flatMap { bin -> [Double] in
      let meanOfLog = weights.indices.reduce(0.0) { $0 + weights[$1] * recovered[$1 * bins + bin] }
      let y = Self.logarithm(ofDeficit: max(logMeans[bin] - meanOfLog, Self.leastDeficit))
      let added = width(node: node, at: wavelengths[bin]) + couplings[node] * min(max(y - 1, -3), 3)
      let skew = orders[2][bin] / max(abs(orders[1][bin]), 1e-3)
      let shape = KShape(
        quantiles: level.quantiles, weights: weights,
        skew: Self.limited(Self.limited(skew) + skews[node])
      ).logs(deficit: Self.deficit(y + added))
      let mean = logMeans[bin] + logRatios[bin] + levels[t * bins + bin]
      return shape.map { max(Double(OpacityTable.nothing), mean + $0) }
    }
  }

  private func width(node: Int, at wavelength: Double) -> Double {
    let row = widths[node * knots.count..<(node + 1) * knots.count]
    guard let upper = knots.firstIndex(where: { $0 > wavelength }) else { return row.last ?? 0 }
    guard upper > 0 else { return row.first ?? 0 }
    let (low, high) = (knots[upper - 1], knots[upper])
    let part = log(wavelength / low) / log(high / low)
    return row[row.startIndex + upper - 1] * (1 - part) + row[row.startIndex + upper] * part
  }

  private static func limited(_ skew: Double) -> Double { min(max(skew, -highestSkew), highestSkew) }
  private static func deficit(_ y: Double) -> Double { max(y, 0) + log1p(exp(-abs(y))) }
  private static func logarithm(ofDeficit d: Double) -> Double { d + log(-expm1(-d)) }
}

/// A distribution of ln k with one parameter left: ln k_g = a (q_g + skew (q_g^2 - 1)) + constant, q the normal quantiles.
struct KShape {
  let quantiles: [Double]
  let weights: [Double]
  let skew: Double

  /// ln k for a mean of k of 1 and a mean of ln k of minus the deficit, which is convex in a: Newton's steps come down on
  /// it from above.
  func logs(deficit: Double) -> [Double] {
    let unit = quantiles.map { $0 + skew * ($0 * $0 - 1) }
    let mean = zip(weights, unit).reduce(0.0) { $0 + $1.0 * $1.1 }
    let highest = unit.max() ?? 0
    var a = 1.0
    var logMean = 0.0
    for _ in 0..<100 {
      var (sum, weighted) = (0.0, 0.0)
      for (weight, value) in zip(weights, unit) {
        let term = weight * exp(a * (value - highest))
        sum += term
        weighted += term * value
      }
      logMean = log(sum) + a * highest
      let slope = weighted / sum - mean
      guard slope > 0 else { break }
      let step = (logMean - a * mean - deficit) / slope
      a = max(a - step, 0)
      if abs(step) < 1e-12 * a { break }
    }
    return unit.map { a * $0 - logMean }
  }
}
