package import NumericalMethods

/// Importance sampling whose density learns, then stands still.
///
/// While it learns, each draw is weighted by the target over the mixture of all densities that were drawn from (Cornuet, Marin, Mira &
/// Robert 2012, Scand. J. Stat. 39, 798); kernels learn their parts, centres and scales from the draws that they are responsible for
/// (Cappe, Douc, Guillin, Marin & Robert 2008, Stat. Comput. 18, 447). Kernels that have learnt from draws are too narrow by as much as these
/// left out, and weights of the same draws do not show it: integrals come out too low (by 0.03 to 0.07 in ln on ridges bent by one to five
/// deviations). So what it has learnt from is forgotten, and only draws from the density as it stands then count.
package struct AdaptiveSampler<Target: LeastSquaresTarget>: Sendable {
  private let target: Target
  private let threads: Int
  private let first: KernelMixture
  private var learnt: KernelMixture
  private var random: SeededRandom
  /// Drawn from, and so many draws from each, those outside the box with them.
  private var mixtures: [(density: KernelMixture, draws: Int)] = []
  private var isSettled = false
  /// ln of each mixture's density at each point.
  private var logMixtures: [[Double]] = []
  private var points: [[Double]] = []
  private var logTargets: [Double] = []
  /// Where the target is above 0, in the order of the weights.
  package private(set) var samples: [Target.Sample] = []
  /// Models computed.
  package private(set) var evaluations = 0

  /// Part of every density that is drawn from the first one: what is learnt may miss something.
  private static var firstShare: Double { 0.2 }
  /// Draws beyond which no more are looked for inside the box, for each that is wanted.
  private static var mostTries: Int { 500 }

  package init(_ target: Target, first: KernelMixture, threads: Int, random: SeededRandom) {
    self.target = target
    self.first = first
    self.threads = threads
    self.random = random
    learnt = first
  }

  /// Draws so many points inside the box and, until it is settled, learns from all.
  package mutating func draw(_ count: Int) {
    let density =
      mixtures.isEmpty && !isSettled
      ? first
      : KernelMixture(
        first.kernels.map { $0.weighted(Self.firstShare) }
          + learnt.kernels.map { $0.weighted(1 - Self.firstShare) })
    var (inside, draws): ([[Double]], Int) = ([], 0)
    while inside.count < count, draws < Self.mostTries * count {
      let point = density.draw(&random)
      draws += 1
      if point.allSatisfy({ $0 > 0 && $0 < 1 }) { inside.append(point) }
    }
    let drawn = concurrentMap(inside, threads: threads) { [target] in target.sample(at: $0) }
    evaluations += inside.count
    for (point, sample) in zip(inside, drawn) {
      guard let sample else { continue }
      points.append(point)
      samples.append(sample)
      logTargets.append(target.logDensity(sample))
      for index in mixtures.indices { logMixtures[index].append(mixtures[index].density.logDensity(point)) }
    }
    mixtures.append((density, draws))
    logMixtures.append(points.map { density.logDensity($0) })
    if !isSettled { learn() }
  }

  /// Forgets all draws, and learns no more.
  package mutating func settle() {
    (mixtures, logMixtures, points, logTargets, samples) = ([], [], [], [], [])
    isSettled = true
  }

  /// One a draw: of the samples in their order, then of the draws where the target is 0. Their mean is the target's integral.
  package var logWeights: LogWeights {
    let total = mixtures.reduce(0) { $0 + $1.draws }
    let shares = mixtures.map { log(Double($0.draws) / Double(total)) }
    let weights = logTargets.indices.map { point in
      logTargets[point] - LogWeights(shares.indices.map { shares[$0] + logMixtures[$0][point] }).logSum
    }
    return LogWeights(weights + [Double](repeating: -.infinity, count: total - weights.count))
  }

  private mutating func learn() {
    let all = logWeights
    guard all.logMean > -.infinity else { return }
    let weights = Array(all.normalised.prefix(points.count))
    let parts = points.map { point -> [Double] in
      LogWeights(learnt.logParts(point)).normalised
    }
    let floor = 0.1 / Double(learnt.kernels.count)
    learnt = KernelMixture(
      learnt.kernels.enumerated().map { place, kernel in
        let own = points.indices.map { weights[$0] * parts[$0][place] }
        let sum = own.reduce(0, +)
        guard sum > 1e-12 else { return kernel.weighted(floor / kernel.weight) }
        var moved = moved(kernel, own.map { $0 / sum })
        moved.weight = sum + floor
        return moved
      })
  }

  /// A kernel as the points that are its own see it; what it was counts as some points.
  /// - Parameter own: parts of the points, adding up to 1.
  private func moved(_ kernel: KernelMixture.Kernel, _ own: [Double]) -> KernelMixture.Kernel {
    let count = target.dimensions
    let effective = 1 / own.reduce(0) { $0 + $1 * $1 }
    let share = effective / (effective + Double(2 * count))
    let used = own.indices.filter { own[$0] > 1e-12 }
    let centre = (0..<count).map { j in
      (1 - share) * kernel.centre[j] + share * used.reduce(0) { $0 + own[$1] * points[$1][j] }
    }
    var scale = kernel.scale.map { $0 * (1 - share) }
    for index in used {
      let factor = share * own[index] / KernelMixture.covarianceOverScale
      for i in 0..<count {
        for j in 0..<count {
          scale[i * count + j] += factor * (points[index][i] - centre[i]) * (points[index][j] - centre[j])
        }
      }
    }
    guard let factor = SkylineCholesky(scale, count: count) else { return kernel }
    return KernelMixture.Kernel(centre: centre, precision: factor.inverse) ?? kernel
  }
}

extension KernelMixture.Kernel {
  fileprivate func weighted(_ factor: Double) -> Self {
    var kernel = self
    kernel.weight *= factor
    return kernel
  }
}

#if canImport(Glibc)
  import Glibc
#endif
