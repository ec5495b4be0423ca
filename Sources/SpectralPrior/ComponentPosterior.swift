import NumericalMethods
import Tensors

/// The normal posterior of components and baselines, given an observation.
///
/// Points d = A (offset + scale (mean + W z + remainder)) + B o + noise, with A the points' responses, W the loadings, and o the
/// baselines, one a column of B, N(0, 1) in units of their standard deviation. With S = A scale^2 R A^T + N the covariance of what
/// components do not tell, all of (z, o) has the precision I + V^T S^-1 V, V = (A scale W, B): a matrix as large as components and
/// baselines are many, whatever the number of points.
struct ComponentPosterior {
  let componentCount: Int
  /// Of components, then of baselines.
  let mean: [Double]
  let logEvidence: Double
  let distance: Double

  private let precision: SkylineCholesky
  private let noise: SkylineCholesky
  /// L^-1 (V, what is left of the values), points x columns, S = L L^T.
  private let block: [Double]

  private var width: Int { mean.count }

  /// - Parameters:
  ///   - unit: nil where the prior's is that of the points.
  ///   - baselines: columns of B, one value a point.
  /// - Returns: nil where a matrix is not positive definite to rounding.
  init?(
    _ prior: SpectralComponents, _ unit: DepthUnit?, _ observation: PointObservation, baselines: [[Double]]
  ) {
    precondition(baselines.allSatisfy { $0.count == observation.count })
    let (n, k) = (observation.count, prior.count)
    let width = k + baselines.count
    guard let noise = Self.remainder(prior, unit, observation) else { return nil }
    // Columns: the loadings as points, the baselines, what is left of the values.
    let columns = width + 1
    var block = [Double](repeating: 0, count: n * columns)
    block.withUnsafeMutableBufferPointer { block in
      prior.byBin.withUnsafeBufferPointer { loadings in
        for (point, response) in observation.responses.enumerated() {
          let row = point * columns
          var left = observation.values[point]
          for (place, weight) in response.weights.enumerated() {
            let bin = response.firstBin + place
            let scaled = weight * (unit?.scale[bin] ?? 1)
            for component in 0..<k { block[row + component] += scaled * loadings[bin * k + component] }
            left -= scaled * prior.mean[bin] + weight * (unit?.offset[bin] ?? 0)
          }
          for (index, baseline) in baselines.enumerated() { block[row + k + index] = baseline[point] }
          block[row + width] = left
        }
      }
    }
    noise.forward(&block, columns: columns)
    var gram = [Double](repeating: 0, count: columns * columns)
    let shape = ProductShape(rows: columns, columns: columns, inner: n, aIsTransposed: true)
    block.withUnsafeBufferPointer { block in
      gram.withUnsafeMutableBufferPointer { multiplyMatrices(shape, block, block, into: $0) }
    }
    guard
      let precision = SkylineCholesky(
        count: width,
        element: { gram[$0 * columns + $1] + ($0 == $1 ? 1 : 0) })
    else { return nil }
    var solution = (0..<width).map { gram[$0 * columns + width] }
    precision.forward(&solution, columns: 1)
    distance = gram[width * columns + width] - solution.reduce(0) { $0 + $1 * $1 }
    logEvidence =
      -0.5 * (distance + Double(n) * log(2 * Double.pi)) - noise.halfLogDeterminant
      - precision.halfLogDeterminant
    precision.backward(&solution, columns: 1)
    mean = solution
    componentCount = k
    self.precision = precision
    self.noise = noise
    self.block = block
  }

  /// The factor of S: points that share a bin share its remainder.
  private static func remainder(
    _ prior: SpectralComponents, _ unit: DepthUnit?, _ observation: PointObservation
  ) -> SkylineCholesky? {
    let responses = observation.responses
    func shared(_ a: PointObservation.Response, _ b: PointObservation.Response) -> Double {
      let first = max(a.firstBin, b.firstBin)
      var sum = 0.0
      for bin in first..<max(min(a.bins.upperBound, b.bins.upperBound), first) {
        let scale = unit?.scale[bin] ?? 1
        sum +=
          a.weights[bin - a.firstBin] * b.weights[bin - b.firstBin] * prior.residualVariance[bin] * scale
          * scale
      }
      return sum
    }
    return SkylineCholesky(count: responses.count, first: observation.firstSharing) { row, column in
      shared(responses[row], responses[column]) + (row == column ? observation.variances[row] : 0)
    }
  }

  /// Posterior covariance of components and baselines.
  func covariance() -> Matrix<Double> {
    var inverse = Matrix<Double>(rows: width, columns: width)
    for i in 0..<width { inverse.elements[i * width + i] = 1 }
    precision.forward(&inverse.elements, columns: width)
    precision.backward(&inverse.elements, columns: width)
    return inverse
  }

  /// Posterior standard deviations of components and baselines.
  func deviations() -> [Double] {
    var inverse = [Double](repeating: 0, count: width * width)
    for i in 0..<width { inverse[i * width + i] = 1 }
    precision.forward(&inverse, columns: width)
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<width {
      for column in 0..<width {
        sums[column] += inverse[row * width + column] * inverse[row * width + column]
      }
    }
    return sums.map { $0.squareRoot() }
  }

  /// Mean and deviation of each bin. Given (z, o) a bin's remainder is normal with mean R A^T S^-1 (d - A mean - V (z, o)) and
  /// variance R - R A^T S^-1 A R; to that comes what is not known of (z, o).
  /// - Parameter shape: the bins' shares of each baseline, so that it counts as part of the spectrum; nil of one that does not.
  func bins(
    _ prior: SpectralComponents, _ unit: DepthUnit?, _ observation: PointObservation,
    baselineShapes: [[Double]?],
    covariance: Matrix<Double>
  ) -> (mean: [Double], deviation: [Double]) {
    let (n, k, bins, columns) = (observation.count, componentCount, prior.binCount, width + 1)
    let residual = prior.residualVariance.indices.map { bin -> Double in
      let scale = unit?.scale[bin] ?? 1
      return prior.residualVariance[bin] * scale * scale
    }
    // S^-1 times loadings, baselines and what is left of the values.
    var solved = block
    noise.backward(&solved, columns: columns)
    // A^T of it: bins x columns.
    var seen = [Double](repeating: 0, count: bins * columns)
    for (point, response) in observation.responses.enumerated() {
      for (place, weight) in response.weights.enumerated() {
        let row = (response.firstBin + place) * columns
        for j in 0..<columns { seen[row + j] += weight * solved[point * columns + j] }
      }
    }
    let explained = explained(observation, bins: bins)
    // How each bin's mean follows (z, o).
    var slopes = [Double](repeating: 0, count: bins * width)
    var mean = [Double](repeating: 0, count: bins)
    for bin in 0..<bins {
      let scale = unit?.scale[bin] ?? 1
      mean[bin] =
        (unit?.offset[bin] ?? 0) + scale * prior.mean[bin] + residual[bin] * seen[bin * columns + width]
      for j in 0..<width {
        var slope = j < k ? scale * prior.byBin[bin * k + j] : baselineShapes[j - k]?[bin] ?? 0
        slope -= residual[bin] * seen[bin * columns + j]
        slopes[bin * width + j] = slope
        mean[bin] += slope * self.mean[j]
      }
    }
    var spread = [Double](repeating: 0, count: bins * width)
    let shape = ProductShape(rows: bins, columns: width, inner: width)
    slopes.withUnsafeBufferPointer { slopes in
      covariance.elements.withUnsafeBufferPointer { covariance in
        spread.withUnsafeMutableBufferPointer { multiplyMatrices(shape, slopes, covariance, into: $0) }
      }
    }
    let deviation = (0..<bins).map { bin -> Double in
      var variance = residual[bin] - residual[bin] * residual[bin] * explained[bin]
      for j in bin * width..<(bin + 1) * width { variance += slopes[j] * spread[j] }
      return max(variance, 0).squareRoot()
    }
    return (mean, deviation)
  }

  /// The diagonal of A^T S^-1 A.
  private func explained(_ observation: PointObservation, bins: Int) -> [Double] {
    let n = observation.count
    // Bins that no point sees stay 0; the columns of the others are solved at once.
    let observed = Set(observation.responses.flatMap(\.bins)).sorted()
    var column = [Int](repeating: 0, count: bins)
    for (index, bin) in observed.enumerated() { column[bin] = index }
    var responses = [Double](repeating: 0, count: n * observed.count)
    for (point, response) in observation.responses.enumerated() {
      for (place, weight) in response.weights.enumerated() {
        responses[point * observed.count + column[response.firstBin + place]] = weight
      }
    }
    noise.forward(&responses, columns: observed.count)
    var sums = [Double](repeating: 0, count: observed.count)
    for point in 0..<n {
      for j in observed.indices {
        sums[j] += responses[point * observed.count + j] * responses[point * observed.count + j]
      }
    }
    var result = [Double](repeating: 0, count: bins)
    for (index, bin) in observed.enumerated() { result[bin] = sums[index] }
    return result
  }
}

#if canImport(Glibc)
  import Glibc
#endif
