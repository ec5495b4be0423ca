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
  /// Particles, or draws of the proposals, that least squares start from where a spectrum is too precise for the surrogate.
  static let starts = 32
  /// Moves of each particle at each temperature, and at the last, by the forward model itself. From the prior alone the way is long, and each
  /// temperature halves the particles whose offspring reaches the end, unless moves mix them.
  private static let exactSweeps = (between: 16, last: 32, patience: 1)
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
    // What time has cut short may differ from run to run, however many samples there are.
    var isCut = false
    func mayGoOn() -> Bool {
      isCut = isCut || settings.seconds > 0 && clock.now - start > .seconds(settings.seconds)
      return !isCut
    }
    func tell(_ step: String) { progress("\(Int(1000 * (clock.now - start).seconds)) ms, \(step)") }
    func result(_ run: inout RetrievalRun, _ chain: SequentialMonteCarlo?) -> RetrievedPosterior {
      run.result(chain, seconds: (clock.now - start).seconds, stoppedByTime: isCut, seed: seed)
    }
    let first = FirstDensity(
      coordinates: run.target.coordinates, proposal: settings.held.isEmpty ? proposal : nil,
      priorShare: Self.priorShare, threads: settings.threads)
    var random = SeededRandom(seed: seed)
    if let surrogate {
      var particles = SurrogateRetrieval(
        surrogate, first: first, run: run, particles: Self.particles(settings), seed: seed, random: random,
        mayGoOn: mayGoOn, tell: tell, nothing: isFar)
      let areWeighed = try particles.sample(&run)
      return result(&run, areWeighed ? particles.chain : nil)
    }
    if first.coordinates.count <= KernelRetrieval.mostCoordinates {
      let kernels = KernelRetrieval(
        first: first, threads: settings.threads, mayGoOn: mayGoOn, tell: tell, nothing: isFar)
      try kernels.sample(&run, &random)
      return result(&run, nil)
    }
    let chain = try exactParticles(&run, first, &random, mayGoOn)
    return result(&run, chain)
  }

  /// Particles that move by the forward model itself.
  private func exactParticles(
    _ run: inout RetrievalRun, _ first: FirstDensity, _ random: inout SeededRandom, _ mayGoOn: () -> Bool
  ) throws(Failure) -> SequentialMonteCarlo {
    let settings = run.settings
    let particles = Self.particles(settings)
    let points = first.sample(particles, &random)
    var chain = SequentialMonteCarlo(
      points: points, logDensities: first.logDensities(points), particles: particles,
      origin: .init(sample: first.sample, logDensities: first.logDensities),
      straightenings: first.coordinates.straightenings, random: random)
    guard
      chain.carry(
        from: first.logDensities, to: { run.exactLogDensities($0) }, sweeps: Self.exactSweeps,
        mayGoOn: { run.spectra < settings.spectra && mayGoOn() })
    else {
      throw run.spectra < settings.spectra && mayGoOn()
        ? isFar : Failure(description: "\(run.spectra) forward models were not enough.")
    }
    run.takeEqual(chain)
    return chain
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
