package import Atmospheres
package import NumericalMethods
package import Observations
package import Retrieval
package import RetrievalTraining
import RobERt
package import SpectralPrior
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// Observes planets of a set, disturbed, for a network that reads points: features, and what shows.
package struct PointsExampleSource: Sendable {
  /// Raised whenever the same seed no longer gives the same observations.
  package static let version = "2"
  /// Of the planets.
  package static let foreignShare = 0.25
  /// Of the observations; and what opacities are then wrong by, decades.
  package static let (disturbedShare, opacityDeviation) = (0.5, 0.1)
  /// Of the observations.
  package static let publishedShare = 0.25
  private static let leastPoints = 3

  package let set: RetrievalTrainingSet
  package let frontEnd: SpectralFrontEnd
  package let seed: UInt64
  private let emulator: SpectrumEmulator
  private let forward: SpectrumModel
  private let foreign: ForeignGases

  /// - Parameters:
  ///   - model: of the set's space: its components and its emulator.
  ///   - forward: of the space's configuration, on the whole grid.
  package init(set: RetrievalTrainingSet, model: CompletionModel, forward: SpectrumModel, seed: UInt64) {
    self.set = set
    frontEnd = SpectralFrontEnd(
      set.space, components: model.frontEnd.components.first(SpectralFrontEnd.seenComponents),
      level: model.frontEnd.ranges.level)
    emulator = model.emulator
    self.forward = forward
    foreign = ForeignGases(forward)
    self.seed = seed
  }

  package var molecules: [String] { self.set.space.gases.map(\.formula) }

  package struct Example: Sendable {
    package let features: [Float]
    /// Standard deviations by which each molecule shows, then something else.
    package let significances: [Float]
    /// `PointsNetwork.distance`
    package let distance: Float
  }

  /// Several observations of a planet of the set; they come from its number and the seed alone.
  package func examples(planet: Int, count: Int) throws(AtmosphereError) -> [Example] {
    var random = SeededRandom(seed: seed, stream: 0xB0_0000_0000 + UInt64(planet))
    let (row, shape) = (set.row(planet), set.shape(planet))
    var features = try GasFeatures(row, set.space, forward: forward)
    if random.uniform() < Self.foreignShare, !foreign.isEmpty {
      // Some are not known at the temperatures of all planets: those have none then.
      features.foreign = try? foreign.feature(row, set.space, heights: features.heights, &random)
    }
    let slopes = GasFeatures.slopes(row, emulator)
    var examples: [Example] = []
    while examples.count < count {
      var plan = RetrievalTraining.ObservationPlan.training
      if random.uniform() < Self.publishedShare { plan.coverage = .published(&random) }
      let simulated = plan.observe(row, shape, space: set.space, &random)
      guard simulated.observation.points.count >= Self.leastPoints else { continue }
      let disturbance =
        random.uniform() < Self.disturbedShare
        ? GasFeatures.disturbance(slopes, deviation: Self.opacityDeviation, &random) : nil
      let observed = ObservedGases(
        features, simulated, row: row, kind: set.space.kind, moved: disturbance, .drawn(&random), &random)
      guard let reading = frontEnd.reading(of: observed.observation) else { continue }
      examples.append(
        Example(
          features: frontEnd.recognitionFeatures(reading, observed.observation),
          significances: observed.significances.map { Float($0) },
          distance: Float(PointsNetwork.distance(reading))))
    }
    return examples
  }
}

/// An observation of a planet whose gases are known, with how strongly each shows.
package struct ObservedGases: Sendable {
  package let observation: SpectralObservation
  /// By gas of the space, then of the foreign one.
  package let significances: [Double]

  /// - Parameters:
  ///   - simulated: where the planet is observed and how well; its values are drawn anew.
  ///   - moved: what is added to the heights, one a bin; nil: nothing.
  package init(
    _ features: GasFeatures, _ simulated: SimulatedObservation, row: [Double], kind: SpectrumKind,
    moved: [Double]?, _ disturbance: ObservationDisturbance, _ random: inout SeededRandom
  ) {
    var heights = features.heights
    if let moved { for bin in heights.indices { heights[bin] += moved[bin] } }
    if let foreign = features.foreign { for bin in heights.indices { heights[bin] += foreign[bin] } }
    let depths = Self.depths(simulated, row: row, kind: kind)
    let whole = depths(heights)
    let observation = disturbance.observe(simulated.observation, depths: whole, &random)
    self.observation = observation
    let points = observation.points
    let significance = FeatureSignificance(
      observation, level: kind == .eclipse ? points.points(of: whole) : points.values.map { _ in 1 })
    significances = (features.features + [features.foreign ?? []]).map { feature in
      guard !feature.isEmpty else { return 0 }
      let without = depths(zip(heights, feature).map { $0 - $1 })
      return significance(points.points(of: zip(whole, without).map { $0 - $1 }))
    }
  }

  /// From heights, one a bin, to the planet's depths.
  private static func depths(
    _ simulated: SimulatedObservation, row: [Double], kind: SpectrumKind
  ) -> ([Double]) -> [Double] {
    if kind == .eclipse, let star = simulated.observation.starTemperature {
      let unit = EclipseUnit(radiusRatio: simulated.radiusRatio, starTemperature: star)
      // What is moved may not leave less than nothing.
      return { unit.depths($0.map { max($0, -0.95) }, temperature: AtmosphereSpace.temperature(row)) }
    }
    let (disc, ratio) = (simulated.radiusRatio * simulated.radiusRatio, exp(row[0]))
    return { $0.map { disc * (1 + ratio * $0) } }
  }
}
