import NumericalMethods
package import Tensors

/// What a prior of components makes of an observation: the normal posterior of the components and of every bin.
///
/// Points y = A (mean + W z + remainder) + B o + noise, with A the points' responses, W the loadings, and o the offsets, one a
/// column of B, N(0, 1) in units of their standard deviation. With S = A R A^T + N the covariance of what components do not
/// tell, all of (z, o) has the precision I + V^T S^-1 V, V = (A W, B): a matrix as large as components and offsets are
/// many, whatever the number of points.
package struct SpectrumCompletion: Sendable {
  /// Posterior mean of the components, in their prior's standard deviations.
  package let components: [Double]
  /// Their posterior covariance, components x components.
  package let covariance: Matrix<Double>
  /// Posterior mean and standard deviation of the offsets, in units of their priors' deviations.
  package let offsets: [(mean: Double, deviation: Double)]
  /// Posterior mean of each bin, in the measurement's unit, without offsets.
  package let mean: [Double]
  /// Posterior standard deviation of each bin.
  package let deviation: [Double]
  /// ln of the observation's probability density under the prior.
  package let logEvidence: Double
  /// Squared Mahalanobis distance of the observation from the prior: chi-squared with `pointCount` degrees of freedom for
  /// spectra that the prior describes.
  package let distance: Double
  package let pointCount: Int

  /// - Parameters:
  ///   - baselines: columns of B, one value a point; those of offsets have the offset's standard deviation at the points of
  ///     its instrument and zero elsewhere.
  /// - Returns: nil where a matrix is not positive definite to rounding.
  package init?(_ prior: SpectralComponents, _ observation: PointObservation, baselines: [[Double]] = []) {
    precondition(baselines.allSatisfy { $0.count == observation.count })
    let (n, k, bins) = (observation.count, prior.count, prior.binCount)
    let width = k + baselines.count
    guard let noise = Self.remainder(prior, observation) else { return nil }
    // Columns: the loadings as points, the offsets, what is left of the values.
    let columns = width + 1
    var block = [Double](repeating: 0, count: n * columns)
    let expected = observation.points(of: prior.mean)
    for (point, response) in observation.responses.enumerated() {
      for component in 0..<k {
        var sum = 0.0
        for (offset, weight) in response.weights.enumerated() {
          sum += weight * prior.loadings.elements[component * bins + response.firstBin + offset]
        }
        block[point * columns + component] = sum
      }
      for (index, baseline) in baselines.enumerated() { block[point * columns + k + index] = baseline[point] }
      block[point * columns + width] = observation.values[point] - expected[point]
    }
    noise.forward(&block, columns: columns)
    var gram = [Double](repeating: 0, count: columns * columns)
    block.withUnsafeBufferPointer { block in
      gram.withUnsafeMutableBufferPointer {
        multiplyMatrices(
          ProductShape(rows: columns, columns: columns, inner: n, aIsTransposed: true), block, block, into: $0
        )
      }
    }
    guard
      let precision = SkylineCholesky(
        count: width, first: [Int](repeating: 0, count: width),
        element: { gram[$0 * columns + $1] + ($0 == $1 ? 1 : 0) })
    else { return nil }

    var solution = (0..<width).map { gram[$0 * columns + width] }
    precision.forward(&solution, columns: 1)
    distance = gram[width * columns + width] - solution.reduce(0) { $0 + $1 * $1 }
    logEvidence =
      -0.5 * (distance + Double(n) * log(2 * Double.pi)) - noise.halfLogDeterminant
      - precision.halfLogDeterminant
    precision.backward(&solution, columns: 1)
    var inverse = Matrix<Double>(rows: width, columns: width)
    for i in 0..<width { inverse.elements[i * width + i] = 1 }
    precision.forward(&inverse.elements, columns: width)
    precision.backward(&inverse.elements, columns: width)

    components = Array(solution.prefix(k))
    var covariance = Matrix<Double>(rows: k, columns: k)
    for i in 0..<k { for j in 0..<k { covariance.elements[i * k + j] = inverse.elements[i * width + j] } }
    self.covariance = covariance
    offsets = (k..<width).map { (solution[$0], inverse.elements[$0 * width + $0].squareRoot()) }
    pointCount = n
    (mean, deviation) = Self.bins(
      prior, observation, noise: noise, block: block, columns: columns, solution: solution, inverse: inverse)
  }

  /// The factor of S = A R A^T + N: points that share a bin share its remainder.
  private static func remainder(_ prior: SpectralComponents, _ observation: PointObservation)
    -> SkylineCholesky?
  {
    let responses = observation.responses
    func shared(_ a: PointObservation.Response, _ b: PointObservation.Response) -> Double {
      let bins =
        max(
          a.firstBin, b.firstBin)..<max(
          min(a.bins.upperBound, b.bins.upperBound), max(a.firstBin, b.firstBin))
      return bins.reduce(0) {
        $0 + a.weights[$1 - a.firstBin] * b.weights[$1 - b.firstBin] * prior.residualVariance[$1]
      }
    }
    let first = responses.indices.map { row in
      responses[..<row].firstIndex { $0.bins.overlaps(responses[row].bins) } ?? row
    }
    return SkylineCholesky(count: responses.count, first: first) { row, column in
      shared(responses[row], responses[column]) + (row == column ? observation.variances[row] : 0)
    }
  }

  /// Mean and deviation of each bin. Given (z, o) a bin's remainder is normal with mean R A^T S^-1 (y - A mean - V (z, o)) and
  /// variance R - R A^T S^-1 A R; to that comes what is not known of (z, o).
  private static func bins(
    _ prior: SpectralComponents, _ observation: PointObservation, noise: SkylineCholesky, block: [Double],
    columns: Int, solution: [Double], inverse: Matrix<Double>
  ) -> (mean: [Double], deviation: [Double]) {
    let (n, k, bins, width) = (observation.count, prior.count, prior.binCount, columns - 1)
    // S^-1 times loadings, offsets and residuals.
    var solved = block
    noise.backward(&solved, columns: columns)
    // L^-1 A: one column a bin.
    var responses = [Double](repeating: 0, count: n * bins)
    for (point, response) in observation.responses.enumerated() {
      for (offset, weight) in response.weights.enumerated() {
        responses[point * bins + response.firstBin + offset] = weight
      }
    }
    // A^T S^-1 (V, residual), bins x columns.
    var seen = [Double](repeating: 0, count: bins * columns)
    responses.withUnsafeBufferPointer { a in
      solved.withUnsafeBufferPointer { b in
        seen.withUnsafeMutableBufferPointer {
          multiplyMatrices(
            ProductShape(rows: bins, columns: columns, inner: n, aIsTransposed: true), a, b, into: $0)
        }
      }
    }
    noise.forward(&responses, columns: bins)
    var mean = prior.spectrum(Array(solution.prefix(k)))
    var deviation = [Double](repeating: 0, count: bins)
    var row = [Double](repeating: 0, count: width)
    for bin in 0..<bins {
      let residual = prior.residualVariance[bin]
      var explained = 0.0
      for point in 0..<n { explained += responses[point * bins + bin] * responses[point * bins + bin] }
      var remainder = seen[bin * columns + width]
      for j in 0..<width {
        remainder -= seen[bin * columns + j] * solution[j]
        row[j] = (j < k ? prior.loadings.elements[j * bins + bin] : 0) - residual * seen[bin * columns + j]
      }
      mean[bin] += residual * remainder
      var variance = residual - residual * residual * explained
      for i in 0..<width where row[i] != 0 {
        var sum = 0.0
        for j in 0..<width { sum += inverse.elements[i * width + j] * row[j] }
        variance += row[i] * sum
      }
      deviation[bin] = max(variance, 0).squareRoot()
    }
    return (mean, deviation)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
