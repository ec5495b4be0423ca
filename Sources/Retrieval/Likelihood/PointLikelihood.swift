import NumericalMethods
package import SpectralPrior

/// How probable measured points are given a model's.
///
/// With y the measurements, m the model, u and l the errors upwards and downwards, f their inflation and v variances of the model itself
/// (0 for the forward model), each point has the symmetric variance V = (f (u + l) / 2)^2 + v. Each instrument but the first has an offset o,
/// normal with deviation d. The points' law is
///
///     ln L = sum over points of [-(y - m - o)^2 / 2 W - ln(2 pi V) / 2] + sum over offsets of [-o^2 / 2 d^2 - ln(d^2 A) / 2]
///
/// with A = 1 / d^2 + sum of 1 / V over the instrument's points, o = sum of (y - m) / V over them, divided by A, and W the variance on the
/// side where the model lies: (f u)^2 + v where it is above y - o, else (f l)^2 + v. For symmetric errors, W = V, that is the normal law
/// with the offsets integrated out; without offsets it is the split normal law (Wallis 2014, Stat. Sci. 29, 106), normalised; with both,
/// offsets are integrated as if errors were symmetric.
package struct PointLikelihood: Sendable {
  package let values: [Double]
  /// One standard deviation upwards and downwards.
  package let upper: [Double]
  package let lower: [Double]
  /// Points of each instrument that has an offset.
  private let shifted: [[Int]]
  private let offsetVariance: Double
  /// Sum of ln(2 pi V) at f = 1, v = 0.
  private let logNormalisation: Double

  package var count: Int { values.count }

  package init(_ observation: SpectralObservation) {
    let points = observation.points
    values = points.values
    upper = observation.upperErrors
    lower = observation.lowerErrors
    offsetVariance = observation.offsetDeviation * observation.offsetDeviation
    shifted = observation.shiftedInstruments.map { instrument in
      points.instruments.indices.filter { points.instruments[$0] == instrument }
    }.filter { !$0.isEmpty }
    logNormalisation = zip(upper, lower).reduce(0) { $0 + log(2 * Double.pi * Self.squaredMean($1.0, $1.1)) }
  }

  /// Those of the points and of a model that is not exact, whose errors are normal, some by themselves and some that points share.
  /// - Parameters:
  ///   - variances: of the model's errors that points do not share, one each.
  ///   - modes: of those that they share, one standard deviation in each point; integrated out as offsets are.
  /// - Returns: nil where they are no numbers.
  package func errors(inflation: Double, variances: [Double], modes: [[Double]]) -> SharedErrors? {
    let factor = inflation * inflation
    var symmetric = variances
    for point in 0..<count { symmetric[point] += factor * Self.squaredMean(upper[point], lower[point]) }
    return SharedErrors(factor: factor, ofModel: variances, symmetric: symmetric, modes: offsetModes + modes)
  }

  /// Of a model that is not exact.
  package func logLikelihood(_ model: [Double], _ errors: SharedErrors) -> Double {
    var residuals = values
    for point in 0..<count { residuals[point] -= model[point] }
    var solution = errors.projection(residuals)
    errors.factorised.backward(&solution, columns: 1)
    var sum = solution.reduce(0) { $0 + $1 * $1 } + errors.logDeterminant
    for (mode, size) in zip(errors.modes, solution) {
      for point in 0..<count { residuals[point] -= size * mode[point] }
    }
    for point in 0..<count {
      let error = residuals[point] < 0 ? upper[point] : lower[point]
      sum +=
        residuals[point] * residuals[point] / (errors.factor * error * error + errors.ofModel[point])
    }
    return -0.5 * sum
  }

  /// What factor on a model's depths the points ask for, as if errors were symmetric: a normal law.
  /// - Returns: nil where the model is 0 everywhere.
  package func amplitude(_ model: [Double], _ errors: SharedErrors) -> NormalLaw? {
    let (ofModel, ofValues) = (errors.projection(model), errors.projection(values))
    let precision = errors.product(model, model, ofModel, ofModel)
    guard precision > 0 else { return nil }
    return NormalLaw(
      mean: errors.product(model, values, ofModel, ofValues) / precision,
      deviation: 1 / precision.squareRoot())
  }

  /// Offsets are errors that points share.
  private var offsetModes: [[Double]] {
    let offset = offsetVariance.squareRoot()
    return shifted.map { members in
      var mode = [Double](repeating: 0, count: count)
      for point in members { mode[point] = offset }
      return mode
    }
  }

  /// Of an exact model.
  /// - Parameters:
  ///   - model: one a point.
  ///   - inflation: f
  package func logLikelihood(
    _ model: some RandomAccessCollection<Double>, inflation: Double = 1
  ) -> Double {
    let fit = fit(Array(model), inflation: inflation)
    return -0.5 * (fit.chiSquared + fit.logNormalisation + fit.logOffsets)
  }

  /// Sum of the squared residuals over their errors, and of the squared offsets over theirs.
  package func chiSquared(_ model: some RandomAccessCollection<Double>, inflation: Double = 1) -> Double {
    fit(Array(model), inflation: inflation).chiSquared
  }

  /// As many as points and offsets; their squares add up to `chiSquared`.
  package func residuals(_ model: [Double]) -> [Double] {
    precondition(model.count == count)
    var residuals = zip(values, model).map { $0 - $1 }
    var offsets: [Double] = []
    for members in shifted {
      let weights = members.map { 1 / Self.squaredMean(upper[$0], lower[$0]) }
      let precision = weights.reduce(1 / offsetVariance, +)
      let offset = zip(members, weights).reduce(0) { $0 + residuals[$1.0] * $1.1 } / precision
      for point in members { residuals[point] -= offset }
      offsets.append(offset / offsetVariance.squareRoot())
    }
    return residuals.indices.map { residuals[$0] / (residuals[$0] < 0 ? upper[$0] : lower[$0]) } + offsets
  }

  private func fit(
    _ model: [Double], inflation: Double
  ) -> (chiSquared: Double, logNormalisation: Double, logOffsets: Double) {
    precondition(model.count == count)
    var residuals = values
    for point in 0..<count { residuals[point] -= model[point] }
    let factor = inflation * inflation
    func symmetric(_ point: Int) -> Double { factor * Self.squaredMean(upper[point], lower[point]) }
    var (chiSquared, logOffsets) = (0.0, 0.0)
    for members in shifted {
      var (precision, sum) = (1 / offsetVariance, 0.0)
      for point in members {
        precision += 1 / symmetric(point)
        sum += residuals[point] / symmetric(point)
      }
      let offset = sum / precision
      for point in members { residuals[point] -= offset }
      chiSquared += offset * offset / offsetVariance
      logOffsets += log(offsetVariance * precision)
    }
    for point in 0..<count {
      let error = residuals[point] < 0 ? upper[point] : lower[point]
      chiSquared += residuals[point] * residuals[point] / (factor * error * error)
    }
    return (chiSquared, logNormalisation + Double(count) * log(factor), logOffsets)
  }

  private static func squaredMean(_ a: Double, _ b: Double) -> Double { (a + b) * (a + b) / 4 }
}

#if canImport(Glibc)
  import Glibc
#endif
