package import NumericalMethods

/// Draws from a planet's posterior: a density learns from the network's draws and from what the forward model makes of them, then stands
/// still, and each draw of it is weighted by prior times likelihood over that density.
///
/// Learning is adaptive multiple importance sampling (Cornuet, Marin, Mira & Robert 2012, Scand. J. Stat. 39, 798). What was learnt from
/// is not weighed: a density fitted to draws is too narrow by as much as these left out.
package struct InteriorSampler: Sendable {
  private let target: InteriorTarget
  private var random: SeededRandom

  /// Planets solved of the network's, and in each round of learning.
  private static let (seedCount, roundCount) = (600, 700)
  private static let mostRounds = 4
  /// A density whose draws are worth this share of their number has learnt enough.
  private static let enoughShare = 0.3
  /// Draws are weighed in lots; they are enough when worth `enough`.
  private static let lot = 500
  package static let enough = 2000.0
  /// Below, quantiles are not to be relied on: half as many planets again are solved, and what is then still below is flagged.
  package static let least = 300.0
  /// Part of the density that does not learn.
  private static let broadShare = 0.1
  private static let mostParts = 10

  package init(_ target: InteriorTarget, random: SeededRandom) {
    self.target = target
    self.random = random
  }

  /// - Parameters:
  ///   - seeds: the network's draws.
  ///   - planets: how many may be solved, more only where they were too few.
  /// - Returns: `nil` where no planet drawn is like the one measured.
  package mutating func run(seeds: [InteriorSeed], planets: Int) -> WeightedInteriors? {
    var solved = 0
    let density = learn(seeds.prefix(min(Self.seedCount, planets / 4)), planets: planets, solved: &solved)
    var (samples, logWeights): ([InteriorTarget.Sample], [Double]) = ([], [])
    var (excluded, most) = (0, planets)
    while true {
      let count = min(Self.lot, most - solved)
      guard count > 0 else {
        guard most == planets, WeightedInteriors.effective(logWeights, excluded) < Self.least else { break }
        most += planets / 2
        continue
      }
      let points = (0..<count).map { _ in density.sample(&random) }
      let logDensities = density.logDensities(points)
      for (point, logDensity) in zip(points, logDensities) {
        guard let sample = target.sample(at: point) else {
          excluded += 1
          continue
        }
        samples.append(sample)
        logWeights.append(sample.logLikelihood + target.logPrior(point) - logDensity)
      }
      solved += count
      if WeightedInteriors.effective(logWeights, excluded) >= Self.enough { break }
    }
    return WeightedInteriors(samples, logWeights: logWeights, excluded: excluded, solved: solved)
  }

  // MARK: Learning

  private mutating func learn(
    _ seeds: ArraySlice<InteriorSeed>, planets: Int, solved: inout Int
  ) -> FittedMixture {
    let broad = target.broadLaw(weight: Self.broadShare)
    func withBroad(_ learnt: FittedMixture?) -> FittedMixture {
      FittedMixture([broad] + (learnt?.parts.map { $0.weighted((1 - Self.broadShare) * $0.weight) } ?? []))
    }
    let first = seeds.map { target.point(like: $0, random: &random) }
    let ofSeeds = first.map { target.sample(at: $0)?.logLikelihood ?? -.infinity }
    solved += first.count
    // What the density of the network's draws is cannot be told; they tell where to begin.
    var density = withBroad(fit(first, ofSeeds))
    var (points, logTargets): ([[Double]], [Double]) = ([], [])
    var (densities, logMixtures): ([FittedMixture], [[Double]]) = ([], [])
    for _ in 0..<Self.mostRounds where solved + Self.roundCount <= planets / 2 {
      let drawn = (0..<Self.roundCount).map { _ in density.sample(&random) }
      let targets = drawn.map { point in
        target.sample(at: point).map { $0.logLikelihood + target.logPrior(point) } ?? -.infinity
      }
      solved += drawn.count
      let logDensities = density.logDensities(drawn)
      for i in densities.indices { logMixtures[i] += densities[i].logDensities(drawn) }
      logMixtures.append(density.logDensities(points) + logDensities)
      densities.append(density)
      points += drawn
      logTargets += targets
      let own = LogWeights(zip(targets, logDensities).map { $0 - $1 })
      if own.effectiveSampleSize > Self.enoughShare * Double(drawn.count) { break }
      // Every round has the same number of draws.
      let logWeights = points.indices.map { row in
        logTargets[row] - LogWeights(logMixtures.map { $0[row] }).logMean
      }
      density = withBroad(fit(points, logWeights))
    }
    return density
  }

  /// A mixture fitted to weighted points, the weights raised to the power, at most 1, that leaves enough of them to learn from.
  private mutating func fit(_ points: [[Double]], _ logWeights: [Double]) -> FittedMixture? {
    let finite = logWeights.filter { $0 > -.infinity }
    guard !finite.isEmpty else { return nil }
    let least = min(15 * Double(target.dimension), 0.5 * Double(finite.count))
    func effective(_ power: Double) -> Double {
      LogWeights(logWeights.map { $0 == -.infinity ? $0 : power * $0 }).effectiveSampleSize
    }
    var power = 1.0
    if effective(1) < least {
      var (low, high) = (0.0, 1.0)
      for _ in 0..<30 {
        power = (low + high) / 2
        if effective(power) < least { high = power } else { low = power }
      }
      power = low
    }
    let tempered = LogWeights(logWeights.map { $0 == -.infinity ? $0 : power * $0 })
    let parts = Int(tempered.effectiveSampleSize / (4 * Double(target.dimension)))
    return FittedMixture(
      points, weights: tempered.normalised, parts: min(max(parts, 1), Self.mostParts), isForDraws: true,
      &random)
  }
}

/// Draws of a posterior with their weights.
package struct WeightedInteriors: Sendable {
  package let samples: [InteriorTarget.Sample]
  /// Of the samples, smoothed, adding up to 1.
  package let weights: [Double]
  package let effectiveSampleSize: Double
  /// k-hat of the weights' tail; above 0.7 they are not to be relied on.
  package let paretoShape: Double
  /// Planets that the forward model was asked for, those without a structure among them.
  package let solved: Int
  /// ln of the likelihood of the planet that fits best.
  package let best: Double

  fileprivate init?(
    _ samples: [InteriorTarget.Sample], logWeights: [Double], excluded: Int, solved: Int
  ) {
    guard !samples.isEmpty else { return nil }
    let smoothing = ParetoSmoothing(
      LogWeights(logWeights + [Double](repeating: -.infinity, count: excluded)))
    self.samples = samples
    weights = Array(smoothing.logWeights.normalised.prefix(samples.count))
    effectiveSampleSize = smoothing.logWeights.effectiveSampleSize
    paretoShape = smoothing.shape
    self.solved = solved
    best = samples.reduce(-.infinity) { max($0, $1.logLikelihood) }
  }

  fileprivate static func effective(_ logWeights: [Double], _ excluded: Int) -> Double {
    logWeights.isEmpty
      ? 0
      : ParetoSmoothing(LogWeights(logWeights + [Double](repeating: -.infinity, count: excluded)))
        .logWeights.effectiveSampleSize
  }
}
