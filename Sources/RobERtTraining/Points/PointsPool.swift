package import NeuralNetworks
import NumericalMethods
package import RetrievalTraining
package import TrainingRuns

/// The observations that a network of points learns from and is judged by: so many of each planet, in the planets' order.
package struct PointsDivision: Sendable, Hashable {
  package let planets: SetDivision
  package let observationsEach: Int

  package init(planets: SetDivision, observationsEach: Int) {
    self.planets = planets
    self.observationsEach = observationsEach
  }

  package var training: Range<Int> { rows(planets.training) }
  package var validation: Range<Int> { rows(planets.validation) }
  package var test: Range<Int> { rows(planets.test) }
  package var count: Int { test.upperBound }

  private func rows(_ planets: Range<Int>) -> Range<Int> {
    planets.lowerBound * observationsEach..<planets.upperBound * observationsEach
  }
}

/// Makes and reads observations for a network of points, in shards that stay for another sitting.
package struct PointsPool: Sendable {
  private static let planetsOfShard = 1_000
  private static let block = 50

  package let source: PointsExampleSource
  package let division: PointsDivision
  /// Of the choices that are not the pool's: set, components, opacities.
  package let settings: String

  package init(_ source: PointsExampleSource, division: PointsDivision, settings: String) {
    self.source = source
    self.division = division
    self.settings = settings
  }

  package struct Arrays: Sendable {
    /// Observations x features, x (molecules + 1), and one each.
    package let features: [Float]
    package let significances: [Float]
    package let distances: [Float]
  }

  /// Makes what the directory lacks, and reads all.
  /// - Parameters:
  ///   - isStopping: asked between two blocks; shards that are whole stay.
  ///   - progress: told how many observations there are.
  /// - Returns: nil where it was stopped.
  package func arrays(
    directory: String, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) throws(TrainingError) -> Arrays? {
    let shards = ObservationShards(
      name: "points-\(source.set.space.name.rawValue)", seed: source.seed,
      version: PointsExampleSource.version, settings: settings,
      shardSize: Self.planetsOfShard * division.observationsEach,
      arrays: [
        ("features", source.frontEnd.featureCount), ("significances", source.molecules.count + 1),
        ("distances", 1),
      ])
    var failure: TrainingError?
    let arrays = try shards.read(
      directory: directory, count: division.count, observations: { "\($0)" }, progress: progress
    ) { rows in
      do throws(TrainingError) {
        return try shard(rows, threads: threads, isStopping: isStopping, progress: progress)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return arrays.map { Arrays(features: $0[0], significances: $0[1], distances: $0[2]) }
  }

  private func shard(
    _ rows: Range<Int>, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) throws(TrainingError) -> [String: SafetensorsFile.Tensor]? {
    let each = division.observationsEach
    let planets = rows.lowerBound / each..<rows.upperBound / each
    var (features, significances, distances): ([Float], [Float], [Float]) = ([], [], [])
    for start in stride(from: planets.lowerBound, to: planets.upperBound, by: Self.block) {
      if isStopping() { return nil }
      let block = Array(start..<min(start + Self.block, planets.upperBound))
      let made = concurrentMap(block, threads: threads) { try? source.examples(planet: $0, count: each) }
      for (planet, examples) in zip(block, made) {
        guard let examples else {
          throw TrainingError(
            .badTrainingSet, path: "planet \(planet)",
            detail: "it has no spectrum by the opacities at hand: were the set's others?")
        }
        for example in examples {
          features += example.features
          significances += example.significances
          distances.append(example.distance)
        }
      }
      progress(each * (start + block.count))
    }
    return [
      "features": .init(features, shape: [rows.count, source.frontEnd.featureCount]),
      "significances": .init(significances, shape: [rows.count, source.molecules.count + 1]),
      "distances": .init(distances, shape: [rows.count, 1]),
    ]
  }
}
