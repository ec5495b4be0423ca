package import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
import Synchronization
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// An observation whose planet is known.
package struct KnownSpectrum: Sendable {
  package let observation: SpectralObservation
  /// By key: kg, m, K, decimal logarithms.
  package let truth: [String: Double]
  /// Depth in each bin, without noise.
  package let depths: [Double]

  package init(observation: SpectralObservation, truth: [String: Double], depths: [Double]) {
    self.observation = observation
    self.truth = truth
    self.depths = depths
  }

  /// Its planet as a row of a space; nil where something is not known.
  func row(_ space: AtmosphereSpace) -> [Double]? {
    guard let mass = truth["planetMass"], let radius = truth["planetRadius"],
      let temperature = truth["temperature"]
    else { return nil }
    let others = space.variables.dropFirst(3).compactMap { truth[$0.key] }
    guard others.count == space.count - 3 else { return nil }
    return AtmosphereSpace.row(mass: mass, radius: radius, temperature: temperature) + others
  }

  /// A planet of a set, observed.
  package init(_ set: RetrievalTrainingSet, row: Int, plan: ObservationPlan, _ random: inout SeededRandom) {
    let values = set.row(row)
    let simulated = plan.observe(values, set.shape(row), space: set.space, &random)
    var truth = [
      "planetMass": AtmosphereSpace.mass(values), "planetRadius": exp(values[2]),
      "temperature": AtmosphereSpace.temperature(values),
    ]
    for (variable, value) in zip(set.space.variables, values).dropFirst(3) { truth[variable.key] = value }
    self.init(observation: simulated.observation, truth: truth, depths: simulated.depths)
  }
}

/// How well a method completes spectra of known planets.
package struct CompletionEvaluation: Sendable {
  /// Those that were judged: all, unless it was stopped.
  package let spectra: Int
  /// Those that the method had an answer to.
  package let answered: Int
  package let scores: [(key: String, score: ParameterScore)]
  /// Of the mixing ratios.
  package let traces: [(key: String, limit: TraceLimit)]
  /// Root mean square over the bins that no point sees of completed less true depth, one a spectrum that has such bins.
  package let missing: [Double]
  /// Mean over the spectra of the share of those bins within one, and within two, of the deviations; nil where a method says none.
  package let missingWithin: (one: Double, two: Double)?
  /// Of each answer.
  package let effectiveSampleSizes: [Double]
  package let forwardModels: [Int]
  package let seconds: [Double]
  /// The largest distance from uniform of the posteriors' shares that are closer to a random point than the truth is, in all
  /// parameters at once (TARP: Lemos et al. 2023, ICML; arXiv:2302.03026); compare `ParameterScore.rankDistance`.
  package let tarpDistance: Double

  /// - Parameters:
  ///   - scales: parameters that no spectrum knows are left out.
  ///   - isStopping: asked before each spectrum; what is done by then is judged.
  ///   - finished: called by any thread with the number of spectra done.
  package init(
    _ spectra: [KnownSpectrum], scales: [ParameterScale], by estimator: some CompletionEstimator,
    seed: UInt64, threads: Int, isStopping: @Sendable () -> Bool = { false },
    finished: @Sendable (Int) -> Void = { _ in }
  ) {
    let scales = scales.filter { scale in spectra.allSatisfy { $0.truth[scale.key] != nil } }
    let done = Atomic<Int>(0)
    let all = concurrentMap(Array(spectra.indices), threads: threads) { number -> Judged? in
      guard !isStopping() else { return nil }
      let judged = Judged(spectra[number], scales, estimator, seed: seed, number: number)
      finished(done.add(1, ordering: .relaxed).newValue)
      return judged
    }
    let judged = all.compactMap(\.self)
    self.spectra = done.load(ordering: .relaxed)
    answered = judged.count
    missing = judged.compactMap(\.missing?.error)
    let shares = judged.compactMap(\.missing?.within)
    missingWithin =
      shares.isEmpty
      ? nil
      : (
        shares.reduce(0) { $0 + $1.one } / Double(shares.count),
        shares.reduce(0) { $0 + $1.two } / Double(shares.count)
      )
    effectiveSampleSizes = judged.map(\.effectiveSampleSize)
    forwardModels = judged.map(\.forwardModels)
    seconds = judged.map(\.seconds)
    tarpDistance = distanceFromUniform(judged.map(\.closer))
    scores =
      judged.isEmpty
      ? []
      : scales.enumerated().map { place, scale in
        (
          scale.key,
          ParameterScore(
            judged.map { $0.answers[place] }, truths: judged.map { $0.truths[place] },
            ranks: judged.map { $0.ranks[place] }, range: scale.range)
        )
      }
    traces = scales.enumerated().filter { $0.element.isMixingRatio }.map { place, scale in
      (
        scale.key,
        TraceLimit(
          truths: judged.map { $0.truths[place] }, means: judged.map { $0.answers[place].mean },
          range: scale.range)
      )
    }
  }

  package var meanMissing: Double { missing.reduce(0, +) / Double(missing.count) }

  package static func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : quantile(ofSorted: values.sorted(), 0.5)
  }
}

/// One answer beside the truth.
private struct Judged: Sendable {
  var answers: [Posterior] = []
  var truths: [Double] = []
  var ranks: [Double] = []
  var closer = 0.0
  var missing: (error: Double, within: (one: Double, two: Double)?)?
  var effectiveSampleSize = 0.0
  var forwardModels = 0
  var seconds = 0.0

  init?(
    _ known: KnownSpectrum, _ scales: [ParameterScale], _ estimator: some CompletionEstimator, seed: UInt64,
    number: Int
  ) {
    var random = SeededRandom(seed: seed, stream: UInt64(number))
    let clock = ContinuousClock()
    let start = clock.now
    guard let estimate = estimator.estimate(known.observation, seed: random.next()) else { return nil }
    seconds = (clock.now - start) / .seconds(1)
    (effectiveSampleSize, forwardModels) = (estimate.effectiveSampleSize, estimate.forwardModels)
    // Squared distances from a random point, in units of the ranges: of the truth, then of the samples.
    var (truthDistance, distances) = (0.0, [Double](repeating: 0, count: estimate.rows.count))
    for scale in scales {
      guard let place = estimate.keys.firstIndex(of: scale.key), let value = known.truth[scale.key] else {
        return nil
      }
      let draws = estimate.rows.map { scale.position($0[place]) }
      let truth = scale.position(value)
      answers.append(Posterior(draws: draws, weights: estimate.weights))
      truths.append(truth)
      ranks.append(zip(draws, estimate.weights).reduce(0) { $0 + ($1.0 < truth ? $1.1 : 0) })
      let span = scale.range.upperBound - scale.range.lowerBound
      let reference = random.uniform(scale.range.lowerBound, scale.range.upperBound)
      func square(_ x: Double) -> Double { (x - reference) / span * ((x - reference) / span) }
      truthDistance += square(truth)
      for (sample, draw) in draws.enumerated() { distances[sample] += square(draw) }
    }
    closer = zip(distances, estimate.weights).reduce(0) { $0 + ($1.0 < truthDistance ? $1.1 : 0) }
    missing = Self.missing(known, estimate)
  }

  private static func missing(
    _ known: KnownSpectrum, _ estimate: CompletionEstimate
  ) -> (error: Double, within: (one: Double, two: Double)?)? {
    guard estimate.spectrum.count == known.depths.count else { return nil }
    var isSeen = [Bool](repeating: false, count: known.depths.count)
    for response in known.observation.points.responses { for bin in response.bins { isSeen[bin] = true } }
    let bins = isSeen.indices.filter { !isSeen[$0] && known.depths[$0].isFinite }
    guard !bins.isEmpty else { return nil }
    let errors = bins.map { abs(estimate.spectrum[$0] - known.depths[$0]) }
    let count = Double(bins.count)
    let error = (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    guard !estimate.deviation.isEmpty else { return (error, nil) }
    func share(_ factor: Double) -> Double {
      Double(zip(bins, errors).count { $1 < factor * estimate.deviation[$0] }) / count
    }
    return (error, (share(1), share(2)))
  }
}
