import Analyses
import Atmospheres
import NumericalMethods
import Observations
import SpectralPrior
import Tensors

/// The forward models that one retrieval has computed, and what follows from them.
struct RetrievalRun {
  let target: RetrievalTarget
  let settings: RetrievalSettings
  private let observation: SpectralObservation
  private let surrogate: (any SpectrumSurrogate)?
  /// Forward models computed.
  private(set) var spectra = 0
  /// ln of likelihood over surrogate likelihood, of the samples drawn from the last surrogate; -infinity where the forward model fails.
  private(set) var weights = LogWeights([])
  private var samples: [RetrievalTarget.Evaluation] = []
  /// By sample, its weight's place.
  private var places: [Int] = []
  /// All that were computed: what surrogates learn from.
  private var examples: [RetrievalTarget.Evaluation] = []
  private var isWeighted = false

  /// Forward models that a surrogate learns from at most.
  private static let lesson = 768

  /// Resampled points whose spectra are computed in all bins: no more than the samples asked for.
  private var wholeSpectra: Int { min(200, max(Int(settings.leastEffectiveSamples.rounded(.up)), 1)) }

  /// - Parameter surrogate: by which detection limits are found.
  init(
    target: RetrievalTarget, observation: SpectralObservation, surrogate: (any SpectrumSurrogate)?,
    settings: RetrievalSettings
  ) {
    self.target = target
    self.observation = observation
    self.surrogate = surrogate
    self.settings = settings
  }

  /// Samples whose spectra are computed without each gas.
  private var gasSamples: Int { min(settings.gasSamples, settings.spectra / 16) }
  /// What they cost in spectra: one without each gas takes twice the time of one.
  private var gasSpectra: Int { 2 * gasSamples }

  func affordable(_ count: Int) -> Int {
    min(count, max(settings.spectra - spectra - gasSpectra - (needsWholeSpectra ? wholeSpectra : 0), 0))
  }

  private var needsWholeSpectra: Bool { target.depths.bins.count < SpectralGrid.standard.count }

  /// Of the weights as results have them.
  var effectiveSampleSize: Double { ParetoSmoothing(weights).logWeights.effectiveSampleSize }
  var paretoShape: Double { ParetoSmoothing(weights).shape }

  /// How many more samples it takes, by the weights so far.
  func wanted(_ most: Int) -> Int {
    let effective = effectiveSampleSize
    let share = max(effective / Double(max(weights.values.count, 1)), 0.01)
    return min(max(Int(1.05 * (settings.leastEffectiveSamples - effective) / share), 32), most)
  }

  /// Weighs particles by the forward model.
  /// - Parameter isNew: they come from another surrogate than those before, whose weights are void.
  /// - Returns: the effective share of all weights.
  mutating func weigh(
    _ chain: SequentialMonteCarlo, _ chosen: some Collection<Int>, isNew: Bool = true
  ) -> Double {
    weigh(
      chosen.map { Array(chain.points.row($0)) }, logDensities: chosen.map { chain.logDensities[$0] },
      drawn: chosen.count, isNew: isNew)
    return weights.values.isEmpty ? 0 : weights.effectiveSampleSize / Double(weights.values.count)
  }

  /// Weighs draws from a density by the forward model.
  /// - Parameters:
  ///   - points: those inside the box.
  ///   - logDensities: of the density there, one a point.
  ///   - drawn: with those outside, which weigh nothing.
  ///   - isNew: they come from another density than those before, whose weights are void.
  /// - Returns: ln of prior times likelihood at the points.
  @discardableResult
  mutating func weigh(_ points: [[Double]], logDensities: [Double], drawn: Int, isNew: Bool) -> [Double] {
    if isNew { (weights, samples, places) = (LogWeights([]), [], []) }
    isWeighted = true
    let evaluations = target.evaluate(points)
    spectra += points.count
    let logTargets = evaluations.map { $0?.logTarget ?? -.infinity }
    for (evaluation, (logTarget, logDensity)) in zip(evaluations, zip(logTargets, logDensities)) {
      if let evaluation {
        places.append(weights.values.count)
        samples.append(evaluation)
        examples.append(evaluation)
      }
      weights.values.append(evaluation == nil ? -.infinity : logTarget - logDensity)
    }
    weights.values += [Double](repeating: -.infinity, count: drawn - points.count)
    return logTargets
  }

  /// Computes forward models to learn from alone.
  mutating func explore(_ points: [[Double]]) {
    examples += target.evaluate(points).compactMap(\.self)
    spectra += points.count
  }

  /// Goes back to the weights of an earlier surrogate; what has been computed since counts all the same.
  mutating func takeWeights(of earlier: Self) {
    (weights, samples, places) = (earlier.weights, earlier.samples, earlier.places)
  }

  /// The surrogate learns from the last forward models: those before them lie where particles no longer are.
  func teach(_ surrogate: inout CorrectedSurrogate) {
    let examples = examples.suffix(Self.lesson)
    guard let last = examples.last else { return }
    let space = target.coordinates.space
    let seen = examples.map { target.coordinates.seenRow($0.state) }
    surrogate.learn(
      rows: Matrix(rows: examples.count, columns: space.count, elements: seen.flatMap(\.row)),
      heights: Matrix(
        rows: examples.count, columns: target.depths.bins.count,
        elements: zip(examples, seen).flatMap { example, seen in
          example.heights.map { $0 - seen.heightShift }
        }),
      errors: target.heightErrors(last.state))
  }

  // MARK: Of precise spectra

  /// Samples by least squares with the forward model in the place of what was weighed before.
  /// - Parameter starts: rows of the space.
  /// - Returns: false where there are none.
  mutating func refine(from starts: [[Double]], random: SeededRandom) -> Bool {
    guard let published = PublishedTarget(target) else { return false }
    var refinement = Refinement(published, threads: settings.threads, random: random)
    let sampler = refinement.sample(
      from: starts.map { published.point(row: $0) }, effective: settings.leastEffectiveSamples,
      most: affordable(settings.spectra))
    spectra += refinement.evaluations
    guard let sampler else { return false }
    (weights, samples, places) = (sampler.logWeights, sampler.samples, Array(sampler.samples.indices))
    isWeighted = true
    return true
  }

  // MARK: Without a surrogate

  mutating func exactLogDensities(_ points: Matrix<Double>) -> [Double] {
    spectra += points.rows
    return target.exactLogDensities(points)
  }

  /// The particles, once each, as equally likely samples.
  mutating func takeEqual(_ chain: SequentialMonteCarlo) {
    var counts: [[Double]: Int] = [:]
    for row in 0..<chain.points.rows { counts[Array(chain.points.row(row)), default: 0] += 1 }
    let distinct = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    for (point, evaluation) in zip(distinct, target.evaluate(distinct)) {
      guard let evaluation else { continue }
      places.append(weights.values.count)
      weights.values.append(log(Double(counts[point] ?? 1)))
      samples.append(evaluation)
    }
    spectra += distinct.count
  }

  // MARK: The result

  /// - Precondition: there is a sample.
  /// - Parameter chain: what the weighted points come from; nil: their density was known, with its normalisation.
  mutating func result(
    _ chain: SequentialMonteCarlo?, seconds: Double, stoppedByTime: Bool, seed: UInt64
  ) -> RetrievedPosterior {
    let smoothing = isWeighted ? ParetoSmoothing(weights) : nil
    let smoothed = smoothing?.logWeights ?? weights
    let all = smoothed.normalised
    let shares = places.map { all[$0] }
    let effective = smoothed.effectiveSampleSize
    var random = SeededRandom(seed: seed, stream: 1)
    let columns = self.columns
    let mean = (0..<target.depths.count).map { point in
      zip(samples, shares).reduce(0) { $0 + $1.1 * $1.0.depths[point] }
    }
    let (spectrumMean, lower, upper) = wholeSpectra(shares, &random)
    let predictiveProbability = predictiveProbability(shares, &random)
    let gases = gases(shares, effective, shape: smoothing?.shape ?? 0, &random)
    return RetrievedPosterior(
      keys: columns.map(\.key), rows: samples.indices.map { row in columns.map { $0.values[row] } },
      weights: shares,
      parameters: columns.map {
        .init(key: $0.key, unit: $0.unit, posterior: .init(draws: $0.values, weights: shares))
      },
      effectiveSampleSize: effective, paretoShape: smoothing?.shape ?? 0,
      logEvidence: (chain?.logEvidence ?? 0) + (isWeighted ? smoothed.logMean : 0),
      logEvidenceError: ((chain?.logEvidenceVariance ?? 0)
        + (isWeighted ? 1 / effective - 1 / Double(all.count) : 0))
        .squareRoot(),
      leastChiSquared: samples.map { target.likelihood.chiSquared($0.depths) }.min() ?? .nan,
      meanChiSquared: target.likelihood.chiSquared(mean), pointCount: target.likelihood.count,
      predictiveProbability: predictiveProbability, gases: gases, spectraComputed: spectra,
      seconds: seconds,
      stoppedByTime: stoppedByTime, isSettled: chain?.isSettled ?? true, spectrumMean: spectrumMean,
      spectrumLower: lower, spectrumUpper: upper)
  }

  private var columns: [(key: String, unit: String, values: [Double])] {
    let coordinates = target.coordinates
    let rows = samples.map(\.state)
    var columns: [(key: String, unit: String, values: [Double])] = [
      ("planetMass", "kg", rows.map { AtmosphereSpace.mass($0.row) }),
      ("planetRadius", "m", rows.map { exp($0.row[2]) }),
      ("temperature", "K", rows.map { AtmosphereSpace.temperature($0.row) }),
    ]
    for (place, variable) in coordinates.space.variables.enumerated().dropFirst(3) {
      columns.append((variable.key, variable.unit, rows.map { $0.row[place] }))
    }
    columns.append(("radiusRatio", "", rows.map { $0.depth.squareRoot() }))
    columns.append(("starRadius", "m", rows.map(\.starRadius)))
    if coordinates.hasInflation { columns.append(("errorInflation", "", rows.map(\.inflation))) }
    return columns
  }

  /// How often data drawn from the samples' own laws are less like their model than the measured points are: by chi-squared and by the run of
  /// residuals that go one way, twice the lesser. Free errors swallow a chi-squared; a feature that no atmosphere has they leave where it is.
  private func predictiveProbability(_ shares: [Double], _ random: inout SeededRandom) -> Double {
    let draws = systematicResampling(shares, count: 1000, &random)
    var measured: [Int: (chiSquared: Double, run: Double)] = [:]
    for index in Set(draws) {
      let sample = samples[index]
      let inflation = sample.state.inflation
      measured[index] = (
        target.likelihood.chiSquared(sample.depths, inflation: inflation),
        ResidualRun.largest(target.likelihood.residuals(sample.depths).prefix(target.likelihood.count))
          / inflation
      )
    }
    var further = (chiSquared: 0, run: 0)
    for index in draws {
      guard let measured = measured[index] else { continue }
      let drawn = (0..<target.likelihood.count).map { _ in random.normal() }
      if drawn.reduce(0, { $0 + $1 * $1 }) >= measured.chiSquared { further.chiSquared += 1 }
      if ResidualRun.largest(drawn) >= measured.run { further.run += 1 }
    }
    return min(2 * Double(min(further.chiSquared, further.run)) / Double(draws.count), 1)
  }

  private mutating func gases(
    _ shares: [Double], _ effective: Double, shape: Double, _ random: inout SeededRandom
  ) -> [MoleculeEvidence] {
    guard gasSamples > 0 else { return [] }
    let trusted = RetrievedPosterior.trusted
    let isTrusted = effective >= trusted.effectiveSamples && shape <= trusted.paretoShape
    spectra += gasSpectra
    let found = GasWeighing(
      target: target, observation: observation, surrogate: surrogate, threads: settings.threads
    ).evidence(
      samples, shares: shares, effectiveSampleSize: effective,
      draws: systematicResampling(shares, count: gasSamples, &random),
      // Sampling that has taken all it may shall not leave unasked whether other gases stand in the place of those that show.
      affordable: isTrusted ? settings.spectra : 0)
    spectra += found.spectra
    return found.gases
  }

  /// Mean, 16 and 84 % of the depth in all bins.
  private mutating func wholeSpectra(
    _ shares: [Double], _ random: inout SeededRandom
  ) -> ([Double], [Double], [Double]) {
    let draws = systematicResampling(shares, count: wholeSpectra, &random)
    let distinct = Array(Set(draws)).sorted()
    let target = self.target
    let space = target.coordinates.space
    let samples = self.samples
    let isComplete = !needsWholeSpectra
    let spectra = concurrentMap(distinct, threads: settings.threads) { index -> [Double]? in
      let sample = samples[index]
      let heights = isComplete ? sample.heights : try? space.heights(sample.state.row, target.wholeForward)
      return heights.map { target.whole.depths($0, sample.state) }
    }
    if !isComplete { self.spectra += distinct.count }
    let byIndex = Dictionary(uniqueKeysWithValues: zip(distinct, spectra))
    let depths = draws.compactMap { byIndex[$0] ?? nil }
    let posteriors = (0..<SpectralGrid.standard.count).map { bin in
      Posterior(draws: depths.map { $0[bin] })
    }
    return (posteriors.map(\.mean), posteriors.map(\.p16), posteriors.map(\.p84))
  }
}

extension AtmosphereSpace.Variable {
  /// Of values that are not mixing ratios, and no logarithms of pure numbers.
  fileprivate var unit: String {
    switch key {
    case "cloudTop": "log10(bar)"
    case "log10ThermalOpacity": "log10(m2/kg)"
    default: ""
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
