package import Atmospheres
import NumericalMethods
package import SpectralPrior
import Tensors

/// The posterior of an atmosphere in which the forward model decides.
///
/// Particles from the proposals, mixed with the prior, are carried to prior times likelihood by a surrogate of the forward model. Forward
/// models of some of them teach the surrogate its errors here, and the particles move on, until weights by the forward model say that
/// both agree; then as many particles get such weights as the effective number asked for takes. Without a surrogate the particles move by
/// the forward model itself.
///
/// A spectrum of exogan-2018 that is far more precise than the surrogate is refined instead: `Refinement`.
package struct RetrievalEngine: Sendable {
  /// Why there is no posterior.
  package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence for people.
    package let description: String
  }

  package let space: AtmosphereSpace
  private let forward: SpectrumModel
  private let surrogate: (any SpectrumSurrogate)?
  /// Nil where nothing is learnt: particles then start from the prior.
  private let model: CompletionModel?
  /// Told a line after each step.
  package var progress: @Sendable (String) -> Void = { _ in }

  /// - Parameter forward: of the space's configuration, on the whole grid.
  package init(model: CompletionModel, forward: SpectrumModel) {
    space = model.space
    self.forward = forward
    self.model = model
    surrogate = model.emulator
  }

  /// Without a model.
  /// - Parameter forward: of the space's configuration, on the whole grid.
  package init(space: AtmosphereSpace, forward: SpectrumModel, surrogate: (any SpectrumSurrogate)? = nil) {
    self.space = space
    self.forward = forward
    self.surrogate = surrogate
    model = nil
  }

  package var hasModel: Bool { model != nil }

  /// Particles for each effective sample that is asked for, and never more than there may be forward models.
  private static let particlesPerSample = 4.0
  /// Draws from the first density for each of them, where a surrogate makes them cheap.
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
  /// Particles, or draws of the proposals, that least squares start from then.
  private static let starts = 32
  /// Moves of each particle at each temperature, and at the last, by the forward model itself. From the prior alone the way is long, and each
  /// temperature halves the particles whose offspring reaches the end, unless moves mix them.
  private static let exactSweeps = (between: 16, last: 32, patience: 1)
  /// By a surrogate, which makes them cheap. Narrow ridges take many more than others: when the surrogate is good enough, which it is at once
  /// where its errors over the points' are below this.
  private static let sweeps = (between: 6, last: 10, patience: 1)
  private static let lastPatience = 16
  private static let smallError = 0.1
  /// The prior's part of the first density.
  private static let priorShare = 0.25

  package func retrieve(
    _ observation: SpectralObservation, settings: RetrievalSettings, seed: UInt64
  ) throws(Failure) -> RetrievedPosterior {
    let observation = known(observation)
    guard let model,
      let proposals = InflatedProposals(model, observation, isInflated: settings.inflatesErrors)
    else {
      return try retrieve(observation, level: nil, proposal: nil, settings: settings, seed: seed)
    }
    return try retrieve(
      observation, level: proposals.level, proposal: proposals.isEmpty ? nil : proposals,
      settings: settings, seed: seed)
  }

  /// - Parameters:
  ///   - level: of the observation in transmission, as the front end finds it; nil: the points' mean.
  ///   - proposal: nil: from the prior alone. Not asked where variables are held.
  package func retrieve(
    _ observation: SpectralObservation, level: Double?, proposal: (any BoxProposal)?,
    settings: RetrievalSettings, seed: UInt64
  ) throws(Failure) -> RetrievedPosterior {
    let clock = ContinuousClock()
    let start = clock.now
    var run = try run(observation, level: level, settings: settings)
    let (target, coordinates) = (run.target, run.target.coordinates)
    func isLate() -> Bool {
      settings.seconds > 0 && clock.now - start > .seconds(settings.seconds)
    }
    // What time has cut short may differ from run to run, however many samples there are.
    var isCut = false
    func mayGoOn() -> Bool {
      isCut = isCut || isLate()
      return !isCut
    }
    let first = FirstDensity(
      coordinates: coordinates, proposal: settings.held.isEmpty ? proposal : nil, priorShare: Self.priorShare,
      threads: settings.threads)
    var random = SeededRandom(seed: seed)
    let nothing = Failure(
      description: "no atmosphere of \(space.name.rawValue) comes near the spectrum.")
    func tellTime(_ step: String) {
      progress("\(Int(1000 * (clock.now - start).seconds)) ms, \(step)")
    }
    if surrogate == nil, coordinates.count <= KernelRetrieval.mostCoordinates {
      let kernels = KernelRetrieval(
        first: first, threads: settings.threads, mayGoOn: mayGoOn, tell: tellTime, nothing: nothing)
      try kernels.sample(&run, &random)
      return run.result(nil, seconds: (clock.now - start).seconds, stoppedByTime: isCut, seed: seed)
    }
    let particles = Self.particles(settings)
    let points = first.sample(
      particles * (surrogate == nil ? 1 : Self.drawsPerParticle), &random)
    var chain = SequentialMonteCarlo(
      points: points, logDensities: first.logDensities(points), particles: particles,
      origin: .init(sample: first.sample, logDensities: first.logDensities),
      axis: surrogate == nil ? nil : target.axis.map { FollowingAxis($0, threads: settings.threads) },
      straightenings: coordinates.straightenings, random: random)
    guard let surrogate else {
      guard
        chain.carry(
          from: first.logDensities, to: { run.exactLogDensities($0) }, sweeps: Self.exactSweeps,
          mayGoOn: { run.spectra < settings.spectra && !isLate() })
      else {
        throw run.spectra < settings.spectra && !isLate()
          ? isFar : Failure(description: "\(run.spectra) forward models were not enough.")
      }
      run.takeEqual(chain)
      return run.result(chain, seconds: (clock.now - start).seconds, stoppedByTime: false, seed: seed)
    }

    var corrected = CorrectedSurrogate(surrogate, space, bins: target.depths.bins)
    func conditionals(_ surrogate: CorrectedSurrogate) -> FollowingAxis.Conditionals? {
      guard let axis = target.axis else { return nil }
      return { target.conditionals($0, surrogate, axis: axis) }
    }
    let error = target.relativeError(corrected, at: points.row(0))
    var sweeps = Self.sweeps
    if error < Self.smallError { sweeps.patience = Self.lastPatience }
    // Precise spectra of exogan-2018 are refined.
    if let proposal = first.proposal, error > Self.largestUntaughtError, space.name != .exoGAN2018,
      run.affordable(4 * Self.batch) == 4 * Self.batch
    {
      run.explore(first.proposed(Self.batch, proposal, &random))
      run.teach(&corrected)
      tellTime("taught where the network proposes, \(run.spectra) forward models")
    }
    guard
      chain.carry(
        from: first.logDensities, to: { target.logDensities($0, corrected) }, sweeps: sweeps,
        axis: .init(to: conditionals(corrected)), mayLinger: mayGoOn)
    else { throw isFar }
    func tell(_ step: String) {
      tellTime("\(chain.stages) temperatures, \(run.spectra) forward models: \(step)")
    }
    tell("by the surrogate as learnt")
    var order = chain.shuffledIndices()
    var (rounds, isFirst, mayLearn, hasSettled) = (0, true, true, false)
    var best = (round: 0, share: 0.0, chain: chain, surrogate: corrected, run: run, order: order)
    while run.affordable(1) > 0, isFirst || run.effectiveSampleSize < settings.leastEffectiveSamples {
      if order.isEmpty {
        chain.move(
          under: { target.logDensities($0, corrected) }, sweeps: Self.sweeps.last,
          patience: Self.lastPatience, axis: conditionals(corrected), mayLinger: mayGoOn)
        order = chain.shuffledIndices()
      }
      let taken = order.prefix(run.affordable(isFirst ? Self.batch : run.wanted(Self.batch)))
      let share = run.weigh(chain, taken, isNew: isFirst)
      order.removeFirst(taken.count)
      tell("effective share \(Int(100 * share)) %")
      if isFirst, rounds == 0, mayGoOn(),
        share < Self.leastShare
          || target.relativeError(corrected, at: chain.points.row(0)) > Self.largestError
      {
        // Particles may all be where the surrogate's errors have led them: draws that none has moved start beside them.
        let drawn = points.rows / Self.starts
        let starts =
          order.prefix(Self.starts / 2).compactMap { coordinates.state(chain.points.row($0))?.row }
          + (0..<Self.starts).compactMap { coordinates.state(points.row($0 * drawn))?.row }
        if run.refine(from: starts, random: SeededRandom(seed: seed, stream: 2)) {
          tell("least squares, \(Int(run.effectiveSampleSize)) effective samples")
          return run.result(
            nil, seconds: (clock.now - start).seconds, stoppedByTime: !mayGoOn(), seed: seed)
        }
      }
      if rounds == best.round || share > best.share { best = (rounds, share, chain, corrected, run, order) }
      guard mayGoOn() else { break }
      let isGood =
        isFirst
        ? share >= Self.sufficientShare && run.paretoShape <= Self.largestShape
        : share >= Self.sufficientShare / 2
      if isGood, isFirst, !chain.isSettled, !hasSettled {
        hasSettled = true
        chain.move(
          under: { target.logDensities($0, corrected) }, sweeps: Self.sweeps.last,
          patience: Self.lastPatience, axis: conditionals(corrected), mayLinger: mayGoOn)
        order = chain.shuffledIndices()
        tell("particles given time")
        continue
      }
      isFirst = false
      guard !isGood, mayLearn else { continue }
      mayLearn = rounds < Self.mostRounds && run.affordable(2 * Self.batch) == 2 * Self.batch
      guard mayLearn else {
        // Corrections do not always make better.
        (chain, corrected, order) = (best.chain, best.surrogate, best.order)
        run.takeWeights(of: best.run)
        continue
      }
      rounds += 1
      let before = corrected
      run.teach(&corrected)
      guard
        chain.carry(
          from: { target.logDensities($0, before) }, to: { target.logDensities($0, corrected) },
          sweeps: Self.sweeps, axis: .init(from: conditionals(before), to: conditionals(corrected)),
          mayLinger: mayGoOn)
      else { throw isFar }
      tell("by the surrogate corrected")
      (order, isFirst, hasSettled) = (chain.shuffledIndices(), true, false)
    }
    guard run.weights.logMean > -.infinity else { throw isFar }
    tell("\(Int(run.effectiveSampleSize)) effective samples")
    return run.result(
      chain, seconds: (clock.now - start).seconds, stoppedByTime: isCut, seed: seed)
  }

  /// The posterior of a precise spectrum by least squares from the proposals' own draws: no particle moves, and a few hundred forward
  /// models do. exogan-2018 alone.
  package func refine(
    _ observation: SpectralObservation, settings: RetrievalSettings, seed: UInt64
  ) throws(Failure) -> RetrievedPosterior {
    let clock = ContinuousClock()
    let start = clock.now
    let observation = known(observation)
    guard let model,
      let proposals = InflatedProposals(model, observation, isInflated: settings.inflatesErrors),
      !proposals.isEmpty
    else { throw isFar }
    var run = try run(observation, level: proposals.level, settings: settings)
    var random = SeededRandom(seed: seed)
    let coordinates = run.target.coordinates
    // What lies outside the prior is drawn again, but not for ever.
    var starts: [[Double]] = []
    for _ in 0..<20 * Self.starts where starts.count < Self.starts {
      let point = proposals.sample(&random) + coordinates.drawOthers(&random)
      if let state = coordinates.state(point) { starts.append(state.row) }
    }
    guard run.refine(from: starts, random: random) else { throw isFar }
    return run.result(nil, seconds: (clock.now - start).seconds, stoppedByTime: false, seed: seed)
  }

  private var isFar: Failure {
    Failure(description: "no atmosphere of \(space.name.rawValue) comes near the spectrum.")
  }

  /// The published set has one star, and its networks know it.
  private func known(_ observation: SpectralObservation) -> SpectralObservation {
    guard space.name == .exoGAN2018 else { return observation }
    var observation = observation
    observation.starRadius = MeasuredValue(ModelConfiguration.exoGAN2018StellarRadius.meters, deviation: 0)
    return observation
  }

  /// - Parameter level: nil: the points' mean.
  private func run(
    _ observation: SpectralObservation, level: Double?, settings: RetrievalSettings
  ) throws(Failure) -> RetrievalRun {
    let coordinates = RetrievalCoordinates(
      space, observation, level: level ?? Self.meanDepth(observation),
      inflatesErrors: settings.inflatesErrors, held: settings.held)
    do {
      return RetrievalRun(
        target: try RetrievalTarget(
          coordinates: coordinates, observation: observation, forward: forward, threads: settings.threads),
        observation: observation, surrogate: surrogate, settings: settings)
    } catch {
      throw Failure(description: "\(error).")
    }
  }

  /// An even number, 4 or more.
  private static func particles(_ settings: RetrievalSettings) -> Int {
    let wanted = min(particlesPerSample * settings.leastEffectiveSamples, 1e6)
    return 2 * max(2, min(Int(wanted), settings.spectra) / 2)
  }

  /// The points' mean depth, weighted by their errors.
  package static func meanDepth(_ observation: SpectralObservation) -> Double {
    let weights = observation.points.variances.map { 1 / $0 }
    return zip(observation.points.values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + 1e-18 * Double(components.attoseconds) }
}

/// The density that particles start from: proposals and prior mixed, the coordinates behind the proposals' by their own laws. Without
/// proposals ln s follows the measured mass.
struct FirstDensity: Sendable {
  let coordinates: RetrievalCoordinates
  let proposal: (any BoxProposal)?
  let priorShare: Double
  let threads: Int

  func sample(_ count: Int, _ random: inout SeededRandom) -> Matrix<Double> {
    var elements: [Double] = []
    for _ in 0..<count {
      if let proposal, random.uniform() >= priorShare {
        elements += proposal.sample(&random)
      } else {
        for _ in 0..<coordinates.proposedCount { elements.append(random.uniform()) }
      }
      elements += coordinates.drawOthers(&random)
      if proposal == nil, let law = coordinates.ratioLaw(elements.suffix(coordinates.count)) {
        elements[elements.count - coordinates.count] = law.drawInside(&random)
      }
    }
    return Matrix(rows: count, columns: coordinates.count, elements: elements)
  }

  /// Points of the proposals alone.
  func proposed(
    _ count: Int, _ proposal: any BoxProposal, _ random: inout SeededRandom
  ) -> [[Double]] {
    (0..<count).map { _ in proposal.sample(&random) + coordinates.drawOthers(&random) }
  }

  func logDensities(_ points: Matrix<Double>) -> [Double] {
    concurrentMap(Array(0..<points.rows), threads: threads) { row in
      let point = points.row(row)
      let proposed = point.prefix(coordinates.proposedCount)
      var logDensity = coordinates.logDensityOfOthers(point.dropFirst(coordinates.proposedCount))
      if let proposal {
        logDensity += log(
          priorShare + (1 - priorShare) * exp(proposal.logDensity(Array(proposed))))
      } else if let law = coordinates.ratioLaw(point), let ratio = point.first {
        logDensity += law.logDensityInside(ratio)
      }
      return logDensity
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
