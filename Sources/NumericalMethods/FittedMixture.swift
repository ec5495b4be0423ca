/// A mixture of normal laws fitted to weighted points by expectation and maximisation (Dempster, Laird & Rubin 1977, J. R. Stat. Soc. B
/// 39, 1), to be drawn from.
package struct FittedMixture: Sendable {
  package struct Part: Sendable {
    package let weight: Double
    package let mean: [Double]
    package let sd: [Double]
    private let factor: SkylineCholesky

    /// A law whose coordinates are independent.
    package init(weight: Double, mean: [Double], sd: [Double]) {
      precondition(mean.count == sd.count && sd.allSatisfy { $0 > 0 })
      self.weight = weight
      self.mean = mean
      self.sd = sd
      let d = mean.count
      guard
        let factor = SkylineCholesky(count: d, first: Array(0..<d), element: { row, _ in sd[row] * sd[row] })
      else { preconditionFailure("a diagonal of positive numbers has a root") }
      self.factor = factor
    }

    fileprivate init?(weight: Double, mean: [Double], covariance: [Double], scale: Double) {
      let d = mean.count
      guard
        let factor = SkylineCholesky(
          count: d, first: [Int](repeating: 0, count: d), element: { scale * covariance[$0 * d + $1] })
      else { return nil }
      self.weight = weight
      self.mean = mean
      sd = (0..<d).map { (scale * covariance[$0 * d + $0]).squareRoot() }
      self.factor = factor
    }

    package func weighted(_ weight: Double) -> Part { Part(self, weight: weight) }

    private init(_ part: Part, weight: Double) {
      self.weight = weight
      (mean, sd, factor) = (part.mean, part.sd, part.factor)
    }

    fileprivate func sample(_ random: inout SeededRandom) -> [Double] {
      zip(mean, factor.product(mean.map { _ in random.normal() })).map { $0 + $1 }
    }

    /// ln of weight times density, one a point.
    fileprivate func logDensities(_ points: [[Double]]) -> [Double] {
      let squares = squaredDistances(points)
      let logScale =
        log(weight) - factor.halfLogDeterminant - 0.5 * Double(mean.count) * log(2 * Double.pi)
      return squares.map { logScale - 0.5 * $0 }
    }

    /// From the mean, in standard deviations.
    fileprivate func squaredDistances(_ points: [[Double]]) -> [Double] {
      let (rows, d) = (points.count, mean.count)
      var block = [Double](repeating: 0, count: rows * d)
      for (row, point) in points.enumerated() {
        for j in 0..<d { block[j * rows + row] = point[j] - mean[j] }
      }
      factor.forward(&block, columns: rows)
      return (0..<rows).map { row in
        var sum = 0.0
        for j in 0..<d { sum += block[j * rows + row] * block[j * rows + row] }
        return sum
      }
    }
  }

  /// The heaviest first; their weights add up to 1.
  package let parts: [Part]

  private static let passes = 15
  /// Effective points, times the dimension, that a part must stand for.
  private static let leastShare = 2.0
  /// Added to variances, of those of all points together: no part is flat.
  private static let leastVariance = 1e-4

  /// - Precondition: one part at least, with a weight above 0.
  package init(_ parts: [Part]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    precondition(total > 0)
    self.parts = parts.map { $0.weighted($0.weight / total) }.sorted { $0.weight > $1.weight }
  }

  /// - Parameters:
  ///   - points: of equal dimension.
  ///   - weights: adding up to 1.
  ///   - count: parts at the most; there are fewer where points are.
  ///   - isForDraws: the parts are made wider by what points that it was fitted to cannot show of themselves (a tenth, and more the
  ///     fewer they are), so that weights of draws are bounded.
  /// - Returns: nil where the points are fewer than their coordinates, or all the same in one.
  package init?(
    _ points: [[Double]], weights: [Double], parts count: Int, isForDraws: Bool, _ random: inout SeededRandom
  ) {
    guard let first = points.first else { return nil }
    let whole = Moments(points, weights)
    guard whole.effective > Double(first.count), whole.covariance.allSatisfy(\.isFinite) else { return nil }
    let floor = first.indices.map { Self.leastVariance * whole.variance($0) }
    guard floor.allSatisfy({ $0 > 0 }), let law = whole.part(floor: floor, scale: 1) else { return nil }
    var parts = Self.centres(points, weights, law, count, &random).map {
      Part(weight: 1 / Double(count), mean: $0, sd: law.sd)
    }
    var moments = [whole]
    for _ in 0..<Self.passes {
      let logs = parts.map { $0.logDensities(points) }
      var shares = logs
      for row in points.indices {
        let normalised = LogWeights(logs.map { $0[row] }).normalised
        for part in parts.indices { shares[part][row] = weights[row] * normalised[part] }
      }
      let next = shares.map { Moments(points, $0) }
        .filter { $0.effective >= Self.leastShare * Double(first.count) }
        .compactMap { moments in moments.part(floor: floor, scale: 1).map { (moments, $0) } }
      guard !next.isEmpty else { break }
      moments = next.map(\.0)
      parts = next.map(\.1)
    }
    self.init(
      moments.compactMap { moments in
        moments.part(
          floor: floor, scale: isForDraws ? 1.1 + Double(first.count) / moments.effective : 1)
      })
  }

  /// Weighted mean and covariance of points.
  private struct Moments {
    var weight = 0.0
    /// So many equal weights they are worth.
    var effective = 0.0
    var mean: [Double]
    var covariance: [Double]

    init(_ points: [[Double]], _ shares: [Double]) {
      let d = points[0].count
      mean = [Double](repeating: 0, count: d)
      covariance = [Double](repeating: 0, count: d * d)
      var squares = 0.0
      for share in shares {
        weight += share
        squares += share * share
      }
      guard weight > 0 else { return }
      effective = weight * weight / squares
      for (point, share) in zip(points, shares) where share > 0 {
        for j in 0..<d { mean[j] += share / weight * point[j] }
      }
      for (point, share) in zip(points, shares) where share > 0 {
        for i in 0..<d {
          let left = share / weight * (point[i] - mean[i])
          for j in 0...i { covariance[i * d + j] += left * (point[j] - mean[j]) }
        }
      }
    }

    func variance(_ j: Int) -> Double { covariance[j * mean.count + j] }

    func part(floor: [Double], scale: Double) -> Part? {
      var raised = covariance
      for (j, least) in floor.enumerated() { raised[j * floor.count + j] += least }
      return Part(weight: weight, mean: mean, covariance: raised, scale: scale)
    }
  }

  /// Far from each other, as k-means++ chooses (Arthur & Vassilvitskii 2007, Proc. 18th ACM-SIAM Symp. Discrete Algorithms, 1027), in the
  /// metric of all points.
  private static func centres(
    _ points: [[Double]], _ weights: [Double], _ whole: Part, _ count: Int, _ random: inout SeededRandom
  ) -> [[Double]] {
    func choice(_ chances: [Double]) -> Int {
      var left = random.uniform() * chances.reduce(0, +)
      return chances.firstIndex {
        left -= $0
        return left < 0
      } ?? 0
    }
    var chosen = [choice(weights)]
    var distances = [Double](repeating: .infinity, count: points.count)
    while chosen.count < count {
      let centre = points[chosen[chosen.count - 1]]
      let fromCentre = whole.squaredDistances(
        points.map { point in point.indices.map { whole.mean[$0] + point[$0] - centre[$0] } })
      for row in distances.indices { distances[row] = min(distances[row], fromCentre[row]) }
      chosen.append(choice(zip(weights, distances).map { $0 * $1 }))
    }
    return chosen.map { points[$0] }
  }

  package func sample(_ random: inout SeededRandom) -> [Double] {
    var left = random.uniform()
    let part = parts.first {
      left -= $0.weight
      return left < 0
    }
    return (part ?? parts[0]).sample(&random)
  }

  package func logDensities(_ points: [[Double]]) -> [Double] {
    let logs = parts.map { $0.logDensities(points) }
    return points.indices.map { row in LogWeights(logs.map { $0[row] }).logSum }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
