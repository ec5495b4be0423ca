import Analyses
import Atmospheres
import NumericalMethods
import Observations
import SpectralPrior
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// What a posterior's samples say of each gas: how probably the observation shows it, and how little of it would.
///
/// Samples' spectra without each gas are the forward model's. Detection limits are a surrogate's: of each sample's atmosphere, with more and more
/// of the gas in it.
package struct GasWeighing: Sendable {
  let target: RetrievalTarget
  let observation: SpectralObservation
  let surrogate: (any SpectrumSurrogate)?
  let threads: Int

  /// Decades above the trace end in which a gas is taken for absent.
  private static let traceDecades = 1.0
  /// log10 of the largest mixing ratios that are called plausible.
  static func largestPlausible(_ formula: String) -> Double {
    switch formula {
    case "TiO", "VO": -6
    case "Na", "K": -4
    default: -1.5
    }
  }
  /// From this probability on it is asked whether another gas stands in a gas' place; below it none is called seen.
  private static let worthDoubting = 0.5
  /// Without the points of broad filters a gas has to show so probably not to be theirs alone.
  private static let likely = 0.5
  /// Odds of another gas from which on it is named.
  private static let worthNaming = 0.1
  private static let stepsOfLimits = 10
  /// Atmospheres that limits are computed for.
  private static let mostAtmospheres = 32

  /// - Parameters:
  ///   - samples: all of the posterior's.
  ///   - shares: their weights, adding up to 1.
  ///   - effectiveSampleSize: what the weights are worth.
  ///   - draws: places of samples, each as often as its weight says.
  ///   - affordable: forward models with gases that the space does not hold; where there are not enough, such gases are not thought of.
  /// - Returns: and the forward models computed of those affordable.
  func evidence(
    _ samples: [RetrievalTarget.Evaluation], shares: [Double], effectiveSampleSize: Double, draws: [Int],
    affordable: Int
  ) -> (gases: [MoleculeEvidence], spectra: Int) {
    let distinct = Array(Set(draws)).sorted()
    let found = concurrentMap(distinct, threads: threads) { significances(of: samples[$0].state) }
    var byPlace: [Int: [String: Significance]] = [:]
    for (place, significances) in zip(distinct, found) { byPlace[place] = significances }
    let atmospheres = distinct.filter { byPlace[$0] != nil }.prefix(Self.mostAtmospheres)
    let limits = limits(
      atmospheres.map { samples[$0].state },
      weights: atmospheres.map { place in Double(draws.count { $0 == place }) })
    let standIns = StandIns(target, threads: threads)
    var left = affordable
    let gases = target.coordinates.space.gases.compactMap { gas -> MoleculeEvidence? in
      let formula = gas.formula
      guard let column = target.coordinates.space.index("log10\(formula)") else { return nil }
      // Atmospheres too cold for a gas do not show it.
      let found = draws.compactMap { byPlace[$0].map { $0[formula] ?? Significance() } }
      guard !found.isEmpty else { return nil }
      let probability = Self.probability(found.map(\.whole))
      var standIn: StandIns.Candidate?
      if probability >= Self.worthDoubting, standIns.cost <= left {
        standIn = standIns.best(for: gas, draws: draws.map { samples[$0].state })
        left -= standIns.cost
      }
      let trace = Self.trace(
        samples.map { $0.state.row[column] }, shares, target.coordinates.space.variables[column].range,
        effectiveSampleSize)
      return MoleculeEvidence(
        formula: formula,
        probability: probability / (1 + (standIn?.odds ?? 0)),
        significance: upperMedian(found.map(\.whole)) ?? 0, logBayesFactor: trace.logBayesFactor,
        isLeastBayesFactor: trace.isLeast,
        logUpperLimit: Self.quantile(samples.map { $0.state.row[column] }, shares, 0.95),
        logDetectionLimit: limits[formula]?.median, logDetectionLimitAbove: limits[formula]?.above,
        standIn: standIn.flatMap { $0.odds >= Self.worthNaming ? $0.formula : nil },
        isOfFilters: Self.probability(found.map(\.resolved)) < Self.likely)
    }
    return (gases, affordable - left)
  }

  // MARK: Without a gas

  /// Standard deviations by which a gas shows in all points, and in those of no broad filter.
  private struct Significance {
    var whole = 0.0
    var resolved = 0.0
  }

  /// By formula, of each gas of a state; nil where the forward model has no spectrum.
  private func significances(of state: RetrievalCoordinates.State) -> [String: Significance]? {
    guard let (whole, muted) = target.mutedDepths(state) else { return nil }
    let ofAll = significance(observation, whole)
    let places = observation.resolvedPlaces
    let ofResolved = observation.resolved().map { resolved in
      significance(resolved, (places ?? []).map { whole[$0] })
    }
    func found(_ depths: [Double]) -> Significance {
      let change = zip(whole, depths).map { $0 - $1 }
      let found = ofAll(change) / state.inflation
      guard let places, let ofResolved else { return Significance(whole: found, resolved: found) }
      return Significance(
        whole: found, resolved: ofResolved(places.map { change[$0] }) / state.inflation)
    }
    return Dictionary(uniqueKeysWithValues: muted.map { ($0.formula, found($0.depths)) })
  }

  private func significance(_ observation: SpectralObservation, _ depths: [Double]) -> FeatureSignificance {
    FeatureSignificance(
      observation,
      level: observation.kind == .eclipse ? depths : [Double](repeating: 1, count: depths.count))
  }

  /// That a gas shows; of so few draws none is certain (Laplace's rule with half a count).
  private static func probability(_ significances: [Double]) -> Double {
    let shown = Double(significances.count { $0 >= FeatureSignificance.shownFrom })
    return (shown + 0.5) / Double(significances.count + 1)
  }

  // MARK: Savage and Dickey

  /// The prior's share of the trace end over the posterior's.
  package static func trace(
    _ values: [Double], _ shares: [Double], _ range: ClosedRange<Double>, _ effectiveSampleSize: Double
  ) -> (logBayesFactor: Double, isLeast: Bool) {
    let end = range.lowerBound + traceDecades
    let prior = traceDecades / (range.upperBound - range.lowerBound)
    let posterior = zip(values, shares).reduce(0) { $0 + ($1.0 < end ? $1.1 : 0) }
    let least = 1 / max(effectiveSampleSize, 1)
    return (log(prior / max(posterior, least)), posterior < least)
  }

  private static func quantile(_ values: [Double], _ shares: [Double], _ probability: Double) -> Double {
    var sum = 0.0
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      sum += shares[place]
      if sum >= probability { return values[place] }
    }
    return values.max() ?? .nan
  }

  // MARK: Detection limits

  /// By formula, over atmospheres; empty without a surrogate.
  private func limits(
    _ states: [RetrievalCoordinates.State], weights: [Double]
  ) -> [String: (median: Double, above: Double)] {
    guard let surrogate, !states.isEmpty else { return [:] }
    let space = target.coordinates.space
    // As learnt: corrections hold near the posterior alone.
    let learnt = CorrectedSurrogate(surrogate, space, bins: target.depths.bins)
    let total = weights.reduce(0, +)
    var limits: [String: (median: Double, above: Double)] = [:]
    for (place, gas) in space.gases.enumerated() {
      let range = space.variables[3 + place].range
      let largest = min(range.upperBound, Self.largestPlausible(gas.formula))
      let ratios = (0...Self.stepsOfLimits).map {
        range.lowerBound + (largest - range.lowerBound) * Double($0) / Double(Self.stepsOfLimits)
      }
      let found = concurrentMap(states, threads: threads) { state -> Double in
        limit(state, gas: place, ratios: ratios, learnt)
      }
      func quantile(_ probability: Double) -> Double {
        Self.quantile(found, weights.map { $0 / total }, probability)
      }
      limits[gas.formula] = (quantile(0.5), quantile(0.84))
    }
    return limits
  }

  /// log10 of the mixing ratio from which on a state with that much of the gas would show it; infinite where none would. Compared is with the
  /// trace end at the same scale height: what gas there is more weighs, but that is no feature.
  private func limit(
    _ state: RetrievalCoordinates.State, gas: Int, ratios: [Double], _ surrogate: CorrectedSurrogate
  ) -> Double {
    let space = target.coordinates.space
    let trace = space.variables[3 + gas].range.lowerBound
    var rows: [Double] = []
    for ratio in ratios {
      var with = state.row
      with[3 + gas] = ratio
      rows += with + GasHeights.row(with, space, gas: gas, logRatio: trace)
    }
    let heights = surrogate.heights(
      of: Matrix(rows: 2 * ratios.count, columns: space.count, elements: rows)
    ).heights
    let strengths = ratios.indices.map { place -> Double in
      let with = target.depths.depths(heights.row(2 * place), state)
      var muted = state
      muted.row = Array(rows[(2 * place + 1) * space.count..<(2 * place + 2) * space.count])
      let without = target.depths.depths(heights.row(2 * place + 1), muted)
      return significance(observation, with)(zip(with, without).map { $0 - $1 }) / state.inflation
    }
    let wanted = FeatureSignificance.shownFrom
    guard strengths[strengths.count - 1] >= wanted else { return .infinity }
    // From above: a surrogate's errors may pass for features where there is little of the gas.
    let below = strengths.lastIndex { $0 < wanted } ?? 0
    let (low, high) = (max(strengths[below], 1e-3), strengths[below + 1])
    // Between two amounts ln of the strength runs nearly straight in ln of the ratio.
    return ratios[below] + (ratios[below + 1] - ratios[below]) * log(wanted / low) / log(high / low)
  }
}
