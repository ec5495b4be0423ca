package import NumericalMethods

/// Finds where a density in the unit box is, for few coordinates: kernels are fitted to points that are weighted towards it, draw more
/// points, and so on along the path first^(1 - b) target^b, b rising by as much as leaves a number of effective points (adaptive multiple
/// importance sampling: Cornuet, Marin, Mira & Robert 2012, Scand. J. Stat. 39, 798).
///
/// Its own weights are not for results: kernels were fitted to the points that they weigh, which makes likely points less heavy than they
/// are. Results need new draws from the last kernels.
package struct KernelSearch: Sendable {
  private var points: [[Double]]
  /// ln of the densities at the points.
  private var logFirsts: [Double]
  private var logTargets: [Double]
  /// ln of the sum over all draws so far of the density that each came from.
  private var logSums: [Double]
  private var mixtures: [(mixture: FittedKernels, drawn: Int)] = []
  private let firstCount: Int
  /// b
  package private(set) var position = 0.0

  /// Points worth so many independent ones decide how far the path is gone at once.
  private static let effectivePoints = 100.0
  /// Shares of kernels, and the parts of the path that these have gone.
  private static let temperatures = [(share: 0.6, back: 1.0), (0.25, 0.3), (0.15, 0.1)]
  /// Kernels of a mixture on the way.
  package static let kernels = 30

  /// - Parameters:
  ///   - points: drawn from the first density, inside the box.
  ///   - logTargets: -infinity where there is none.
  package init(_ points: [[Double]], logFirsts: [Double], logTargets: [Double]) {
    precondition(points.count == logFirsts.count && points.count == logTargets.count)
    self.points = points
    self.logFirsts = logFirsts
    self.logTargets = logTargets
    firstCount = points.count
    logSums = logFirsts.map { $0 + log(Double(points.count)) }
  }

  private func weights(at position: Double) -> LogWeights {
    LogWeights(
      points.indices.map { index in
        guard logTargets[index] > -.infinity else { return -.infinity }
        return position * logTargets[index] + (1 - position) * logFirsts[index] - logSums[index]
      })
  }

  /// Of the points so far, for the target.
  package var effectiveSampleSize: Double { weights(at: 1).effectiveSampleSize }

  /// Goes on along the path as far as the points allow.
  /// - Returns: false where no point has a target density above 0.
  package mutating func advance() -> Bool {
    guard logTargets.contains(where: { $0 > -.infinity }) else { return false }
    func isEnough(_ position: Double) -> Bool {
      weights(at: position).effectiveSampleSize >= Self.effectivePoints
    }
    if isEnough(1) {
      position = 1
      return true
    }
    var (low, high) = (position < 1 ? position : 0, 1.0)
    for _ in 0..<40 where high - low > 0.01 * high {
      // Likelihoods of first draws lie orders of magnitude apart.
      let middle = low > 0 ? (low * high).squareRoot() : high / 4
      if isEnough(middle) { low = middle } else { high = middle }
    }
    position = low
    return true
  }

  /// Kernels where the path has come to, and some of them where it was before: there the density is flatter, and what has a small part of
  /// it far from the rest is not overlooked.
  /// - Precondition: a point has a target density above 0.
  package func mixture(_ count: Int, _ random: inout SeededRandom) -> FittedKernels {
    var all = [Double](repeating: 0, count: points.count)
    for (share, back) in Self.temperatures {
      for (index, weight) in weights(at: back * position).normalised.enumerated() {
        all[index] += share * weight
      }
    }
    return FittedKernels(points, weights: all, count: count, &random)
  }

  /// - Parameters:
  ///   - points: those of the draws from the mixture that lie inside the box.
  ///   - drawn: how many there were in all.
  package mutating func add(
    _ points: [[Double]], logFirsts: [Double], logTargets: [Double], from mixture: FittedKernels, drawn: Int,
    threads: Int
  ) {
    precondition(points.count == logFirsts.count && points.count == logTargets.count)
    let old = concurrentMap(Array(zip(self.points, logSums)), threads: threads) { point, sum in
      LogWeights([sum, log(Double(drawn)) + mixture.logDensity(point)]).logSum
    }
    mixtures.append((mixture, drawn))
    let (mixtures, firstCount) = (self.mixtures, self.firstCount)
    let new = concurrentMap(Array(zip(points, logFirsts)), threads: threads) { point, logFirst in
      LogWeights(
        [logFirst + log(Double(firstCount))]
          + mixtures.map { log(Double($0.drawn)) + $0.mixture.logDensity(point) }
      ).logSum
    }
    logSums = old + new
    self.points += points
    self.logFirsts += logFirsts
    self.logTargets += logTargets
  }
}

#if canImport(Glibc)
  import Glibc
#endif
