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

  /// Of a model that is not exact: its errors are normal, some by themselves and some that points share.
  /// - Parameters:
  ///   - variances: of the errors that points do not share, one each.
  ///   - modes: of those that they share, one standard deviation in each point; integrated out as offsets are.
  package func logLikelihood(
    _ model: [Double], inflation: Double, variances: [Double], modes: [[Double]]
  ) -> Double {
    guard !modes.isEmpty else { return logLikelihood(model, inflation: inflation, variances: variances) }
    let factor = inflation * inflation
    let offset = offsetVariance.squareRoot()
    // Shared errors x points: offsets are modes too.
    let offsets = shifted.map { members -> [Double] in
      var mode = [Double](repeating: 0, count: count)
      for point in members { mode[point] = offset }
      return mode
    }
    let shared = offsets + modes
    let width = shared.count
    var symmetric = [Double](repeating: 0, count: count)
    var residuals = symmetric
    for point in 0..<count {
      symmetric[point] = factor * Self.squaredMean(upper[point], lower[point]) + variances[point]
      residuals[point] = values[point] - model[point]
    }
    let precisions = symmetric.map { 1 / $0 }
    var gram = [Double](repeating: 0, count: width * width)
    var solution = [Double](repeating: 0, count: width)
    for i in 0..<width {
      let weighted = [Double](unsafeUninitializedCapacity: count) { weighted, initialised in
        for point in 0..<count { weighted[point] = shared[i][point] * precisions[point] }
        initialised = count
      }
      for j in 0...i { gram[i * width + j] = Self.dot(weighted, shared[j]) + (i == j ? 1 : 0) }
      solution[i] = Self.dot(weighted, residuals)
    }
    guard let factorised = SkylineCholesky(gram, count: width) else { return -.infinity }
    factorised.forward(&solution, columns: 1)
    factorised.backward(&solution, columns: 1)
    var sum = solution.reduce(0) { $0 + $1 * $1 } + 2 * factorised.halfLogDeterminant
    for (mode, size) in zip(shared, solution) {
      for point in 0..<count { residuals[point] -= size * mode[point] }
    }
    for point in 0..<count {
      let error = residuals[point] < 0 ? upper[point] : lower[point]
      sum += residuals[point] * residuals[point] / (factor * error * error + variances[point])
    }
    return -0.5 * (sum + Self.logSum(symmetric))
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        // Four sums, for the additions need not wait for one another.
        var sums = SIMD4<Double>()
        let whole = a.count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
          let (x, y) = (SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3]), SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3]))
          sums += x * y
        }
        var sum = sums.sum()
        for i in whole..<a.count { sum += a[i] * b[i] }
        return sum
      }
    }
  }

  /// Sum of ln(2 pi v) over variances: of products of eight, which are far from the ends of what a number can hold.
  private static func logSum(_ variances: [Double]) -> Double {
    var (sum, product) = (0.0, 1.0)
    for (place, variance) in variances.enumerated() {
      product *= 2 * Double.pi * variance
      if place % 8 == 7 {
        sum += log(product)
        product = 1
      }
    }
    return sum + log(product)
  }

  /// - Parameters:
  ///   - model: one a point.
  ///   - inflation: f
  ///   - variances: of the model, one a point; nil where it is exact.
  package func logLikelihood(
    _ model: some RandomAccessCollection<Double>, inflation: Double = 1, variances: [Double]? = nil
  ) -> Double {
    let fit = fit(Array(model), inflation: inflation, variances: variances)
    return -0.5 * (fit.chiSquared + fit.logNormalisation + fit.logOffsets)
  }

  /// Sum of the squared residuals over their errors, and of the squared offsets over theirs.
  package func chiSquared(_ model: some RandomAccessCollection<Double>, inflation: Double = 1) -> Double {
    fit(Array(model), inflation: inflation, variances: nil).chiSquared
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
    _ model: [Double], inflation: Double, variances: [Double]?
  ) -> (chiSquared: Double, logNormalisation: Double, logOffsets: Double) {
    precondition(model.count == count && variances.map { $0.count == count } != false)
    var residuals = values
    for point in 0..<count { residuals[point] -= model[point] }
    let factor = inflation * inflation
    func added(_ point: Int) -> Double { variances.map { $0[point] } ?? 0 }
    func symmetric(_ point: Int) -> Double {
      factor * Self.squaredMean(upper[point], lower[point]) + added(point)
    }
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
    var logSum = 0.0
    for point in 0..<count {
      let error = residuals[point] < 0 ? upper[point] : lower[point]
      chiSquared += residuals[point] * residuals[point] / (factor * error * error + added(point))
      if variances != nil { logSum += log(2 * Double.pi * symmetric(point)) }
    }
    if variances == nil { logSum = logNormalisation + Double(count) * log(factor) }
    return (chiSquared, logSum, logOffsets)
  }

  private static func squaredMean(_ a: Double, _ b: Double) -> Double { (a + b) * (a + b) / 4 }
}

#if canImport(Glibc)
  import Glibc
#endif
