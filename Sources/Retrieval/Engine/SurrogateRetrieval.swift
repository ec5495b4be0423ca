import NumericalMethods
import SpectralPrior
import Tensors

/// The posterior by particles that a surrogate of the forward model moves: forward models of some of them teach the surrogate its errors
/// here, and the particles move on, until weights by the forward model say that both agree.
struct SurrogateRetrieval {
  private let first: FirstDensity
  private let target: RetrievalTarget
  private let settings: RetrievalSettings
  private let seed: UInt64
  private let mayGoOn: () -> Bool
  private let tellTime: (String) -> Void
  /// Said where no point of the space has a likelihood.
  private let nothing: RetrievalEngine.Failure
  /// Drawn from the first density.
  private let points: Matrix<Double>
  private var random: SeededRandom

  private(set) var chain: SequentialMonteCarlo
  private var surrogate: CorrectedSurrogate
  /// Particles that have no weight yet, in the order in which they get one.
  private var order: [Int] = []
  /// How often the surrogate was corrected since particles came by it.
  private var rounds = 0
  private var mayLearn = true
  /// The next weights take the place of those before: they are the first by the surrogate as it is.
  private var isNew = true
  /// Particles were given time since the surrogate was corrected.
  private var hadTime = false

  /// The surrogate that led to the largest share, and what it led to.
  private struct Best {
    var round: Int
    var share: Double
    var chain: SequentialMonteCarlo
    var surrogate: CorrectedSurrogate
    var run: RetrievalRun
    var order: [Int]
  }

  /// Draws from the first density for each particle: cheap.
  private static let drawsPerParticle = 16
  /// Forward models between two looks at the weights.
  private static let batch = 256
  /// Effective share of a batch from which on the surrogate is good enough.
  private static let sufficientShare = 0.3
  /// Of the weights' tail, above which means of them are unreliable (Vehtari et al. 2024).
  private static let largestShape = 0.7
  private static let mostRounds = 10
  /// Effective share of the surrogate as learnt below which a spectrum is too precise for it, and its errors over the points' above which
  /// it is: a correction learnt from few points then loses what lies beside them.
  private static let (leastShare, largestError) = (0.01, 0.3)
  /// Of the surrogate's errors as learnt over the points', above which it is taught before particles follow it: bins err alike, and what is
  /// as good as the points by each of them leads all particles astray.
  private static let largestUntaughtError = 0.3
  /// Moves of each particle at each temperature, and at the last. Narrow ridges take many more than others: when the surrogate is good
  /// enough, which it is at once where its errors over the points' are below this.
  private static let sweeps = (between: 6, last: 10, patience: 1)
  private static let lastPatience = 16
  private static let smallError = 0.1

  /// - Parameters:
  ///   - particles: an even number.
  ///   - mayGoOn: false where time is over.
  ///   - tell: told a line after each step.
  ///   - nothing: said where no point of the space has a likelihood.
  init(
    _ surrogate: any SpectrumSurrogate, first: FirstDensity, run: RetrievalRun, particles: Int, seed: UInt64,
    random: SeededRandom, mayGoOn: @escaping () -> Bool, tell: @escaping (String) -> Void,
    nothing: RetrievalEngine.Failure
  ) {
    (self.first, self.seed, self.mayGoOn, self.nothing) = (first, seed, mayGoOn, nothing)
    (target, settings, tellTime) = (run.target, run.settings, tell)
    self.surrogate = CorrectedSurrogate(surrogate, first.coordinates.space, bins: run.target.depths.bins)
    var random = random
    points = first.sample(particles * Self.drawsPerParticle, &random)
    self.random = random
    chain = SequentialMonteCarlo(
      points: points, logDensities: first.logDensities(points), particles: particles,
      origin: .init(sample: first.sample, logDensities: first.logDensities),
      axis: run.target.axis.map { FollowingAxis($0, threads: run.settings.threads) },
      straightenings: first.coordinates.straightenings, random: random)
  }

  /// Moves and weighs particles until the run has the effective samples asked for, or may compute no more.
  /// - Returns: whether the weights are the particles'; false where least squares found better ones.
  mutating func sample(_ run: inout RetrievalRun) throws(RetrievalEngine.Failure) -> Bool {
    try begin(&run)
    var best = Best(round: 0, share: 0, chain: chain, surrogate: surrogate, run: run, order: order)
    while run.affordable(1) > 0, isNew || run.effectiveSampleSize < settings.leastEffectiveSamples {
      if order.isEmpty { giveTime() }
      let taken = order.prefix(run.affordable(isNew ? Self.batch : run.wanted(Self.batch)))
      let share = run.weigh(chain, taken, isNew: isNew)
      order.removeFirst(taken.count)
      tell("effective share \(Int(100 * share)) %", run)
      if isNew, rounds == 0, mayGoOn(), isTooPrecise(share), run.refine(from: starts, random: seeded) {
        tell("least squares, \(Int(run.effectiveSampleSize)) effective samples", run)
        return false
      }
      if rounds == best.round || share > best.share {
        best = Best(
          round: rounds, share: share, chain: chain, surrogate: surrogate, run: run, order: order)
      }
      guard mayGoOn() else { break }
      let isGood = isGood(share, run)
      if isGood, isNew, !chain.isSettled, !hadTime {
        giveTime()
        hadTime = true
        tell("particles given time", run)
        continue
      }
      isNew = false
      if !isGood, mayLearn { try learn(&run, best) }
    }
    guard run.weights.logMean > -.infinity else { throw nothing }
    tell("\(Int(run.effectiveSampleSize)) effective samples", run)
    return true
  }

  /// Carries the particles to where the surrogate as learnt says that the posterior is.
  private mutating func begin(_ run: inout RetrievalRun) throws(RetrievalEngine.Failure) {
    let error = target.relativeError(surrogate, at: points.row(0))
    var sweeps = Self.sweeps
    if error < Self.smallError { sweeps.patience = Self.lastPatience }
    // Precise spectra of exogan-2018 are refined.
    if let proposal = first.proposal, error > Self.largestUntaughtError,
      first.coordinates.space.name != .exoGAN2018, run.affordable(4 * Self.batch) == 4 * Self.batch
    {
      run.explore(first.proposed(Self.batch, proposal, &random))
      run.teach(&surrogate)
      tellTime("taught where the network proposes, \(run.spectra) forward models")
    }
    guard
      chain.carry(
        from: first.logDensities, to: density(surrogate), sweeps: sweeps,
        axis: .init(to: conditionals(surrogate)), mayLinger: mayGoOn)
    else { throw nothing }
    tell("by the surrogate as learnt", run)
    order = chain.shuffledIndices()
  }

  /// Particles move until they have forgotten where they were.
  private mutating func giveTime() {
    chain.move(
      under: density(surrogate), sweeps: Self.sweeps.last, patience: Self.lastPatience,
      axis: conditionals(surrogate), mayLinger: mayGoOn)
    order = chain.shuffledIndices()
  }

  /// Corrects the surrogate by the forward models computed, or goes back to the best one.
  private mutating func learn(_ run: inout RetrievalRun, _ best: Best) throws(RetrievalEngine.Failure) {
    mayLearn = rounds < Self.mostRounds && run.affordable(2 * Self.batch) == 2 * Self.batch
    guard mayLearn else {
      // Corrections do not always make better.
      (chain, surrogate, order) = (best.chain, best.surrogate, best.order)
      run.takeWeights(of: best.run)
      return
    }
    rounds += 1
    let before = surrogate
    run.teach(&surrogate)
    guard
      chain.carry(
        from: density(before), to: density(surrogate), sweeps: Self.sweeps,
        axis: .init(from: conditionals(before), to: conditionals(surrogate)), mayLinger: mayGoOn)
    else { throw nothing }
    tell("by the surrogate corrected", run)
    (order, isNew, hadTime) = (chain.shuffledIndices(), true, false)
  }

  private func isGood(_ share: Double, _ run: RetrievalRun) -> Bool {
    isNew
      ? share >= Self.sufficientShare && run.paretoShape <= Self.largestShape
      : share >= Self.sufficientShare / 2
  }

  private func isTooPrecise(_ share: Double) -> Bool {
    share < Self.leastShare
      || target.relativeError(surrogate, at: chain.points.row(0)) > Self.largestError
  }

  /// Where least squares start. Particles may all be where the surrogate's errors have led them: draws that none has moved start beside
  /// them.
  private var starts: [[Double]] {
    let (coordinates, count) = (first.coordinates, RetrievalEngine.starts)
    let drawn = points.rows / count
    return order.prefix(count / 2).compactMap { coordinates.state(chain.points.row($0))?.row }
      + (0..<count).compactMap { coordinates.state(points.row($0 * drawn))?.row }
  }

  private var seeded: SeededRandom { SeededRandom(seed: seed, stream: 2) }

  private func density(_ surrogate: CorrectedSurrogate) -> SequentialMonteCarlo.LogDensity {
    { [target] in target.logDensities($0, surrogate) }
  }

  private func conditionals(_ surrogate: CorrectedSurrogate) -> FollowingAxis.Conditionals? {
    guard let axis = target.axis else { return nil }
    return { [target] in target.conditionals($0, surrogate, axis: axis) }
  }

  private func tell(_ step: String, _ run: RetrievalRun) {
    tellTime("\(chain.stages) temperatures, \(run.spectra) forward models: \(step)")
  }
}
