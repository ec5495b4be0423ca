import JSONText
import NeuralNetworks
import NumericalMethods
package import Retrieval
package import SpectralPrior
package import TrainingRuns
package import TrainingSets

/// The observations that a proposal network learns from and is judged by: spectra of a set, each observed in one way or several.
///
/// First those to learn from, planet by planet and then again, then one of each planet kept for validation, then one of each kept
/// for the test.
package struct ObservationDivision: Sendable, Hashable {
  package let planets: SetDivision
  package let training: Range<Int>
  package let validation: Range<Int>
  package let test: Range<Int>

  /// - Parameter count: observations to learn from.
  package init(planets: SetDivision, count: Int) {
    self.planets = planets
    training = 0..<count
    validation = count..<count + planets.validation.count
    test = validation.upperBound..<validation.upperBound + planets.test.count
  }

  package var count: Int { test.upperBound }

  /// The planet of an observation.
  package func planet(_ observation: Int) -> Int {
    if observation < training.upperBound {
      return planets.training.lowerBound + observation % planets.training.count
    }
    return observation < validation.upperBound
      ? planets.validation.lowerBound + observation - validation.lowerBound
      : planets.test.lowerBound + observation - test.lowerBound
  }
}

/// Makes and reads observations as features and points, in shards that stay for another sitting. Observation n comes from random
/// stream n of the seed alone.
package struct ObservationPool: Sendable {
  /// Raised whenever the same seed no longer gives the same observations.
  package static let version = "1"
  private static let shardSize = 20_000
  private static let block = 512

  package let set: RetrievalTrainingSet
  package let frontEnd: SpectralFrontEnd
  package let division: ObservationDivision
  package let seed: UInt64
  /// Of the choices that are not the pool's: components, ways of observing.
  package let settings: String
  private let coordinates: ProposalCoordinates
  private let observing = ObservationPlan.training

  package init(
    set: RetrievalTrainingSet, frontEnd: SpectralFrontEnd, division: ObservationDivision, seed: UInt64,
    settings: String
  ) {
    self.set = set
    self.frontEnd = frontEnd
    self.division = division
    self.seed = seed
    self.settings = settings
    coordinates = ProposalCoordinates(set.space)
  }

  /// Makes what the directory lacks, and reads all.
  /// - Parameters:
  ///   - isStopping: asked between two blocks; shards that are whole stay.
  ///   - progress: told how many observations there are.
  /// - Returns: nil where it was stopped.
  package func examples(
    directory: String, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) throws(TrainingError) -> ProposalExamples? {
    let (width, dimensions) = (frontEnd.featureCount, coordinates.count)
    let shards = ObservationShards(
      name: "observations-\(set.space.name.rawValue)", seed: seed, version: Self.version, settings: settings,
      shardSize: Self.shardSize, arrays: [("features", width), ("points", dimensions)])
    let arrays = try shards.read(
      directory: directory, count: division.count,
      // Those to learn from do not depend on how many more there are.
      observations: {
        "\($0)" + ($0.upperBound > division.training.upperBound ? " of \(division.training.count)" : "")
      },
      progress: progress,
      make: { shard($0, threads: threads, isStopping: isStopping, progress: progress) })
    guard let arrays else { return nil }
    return ProposalExamples(
      features: arrays[0], featureCount: width, points: arrays[1], dimensions: dimensions,
      standardisedOver: division.training)
  }

  private func shard(
    _ rows: Range<Int>, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) -> [String: SafetensorsFile.Tensor]? {
    var (features, points): ([Float], [Float]) = ([], [])
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.block) {
      if isStopping() { return nil }
      let end = min(start + Self.block, rows.upperBound)
      for (feature, point) in concurrentMap(Array(start..<end), threads: threads, { example($0) }) {
        features += feature
        points += point
      }
      progress(end)
    }
    return [
      "features": .init(features, shape: [rows.count, frontEnd.featureCount]),
      "points": .init(points, shape: [rows.count, coordinates.count]),
    ]
  }

  /// Features and point of an observation; observed anew where the front end finds nothing in it.
  private func example(_ index: Int) -> (features: [Float], point: [Float]) {
    let planet = division.planet(index)
    var random = SeededRandom(seed: seed, stream: 0xC0_0000_0000 + UInt64(index))
    let (row, shape) = (set.row(planet), set.shape(planet))
    while true {
      let observed = observing.observe(row, shape, space: set.space, &random)
      guard let reading = frontEnd.reading(of: observed.observation) else { continue }
      let level = (reading.level.mean / (observed.radiusRatio * observed.radiusRatio) - 1) / exp(row[0])
      return (
        frontEnd.features(reading, observed.observation),
        coordinates.point(row: row, level: level).map { Float($0) }
      )
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
