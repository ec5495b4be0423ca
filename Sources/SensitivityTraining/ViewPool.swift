import NeuralNetworks
import NumericalMethods
package import Retrieval
package import RetrievalTraining
package import SpectralPrior
package import SpectralSensitivity
package import TrainingRuns
package import TrainingSets

/// Makes and reads observations as views and the parameters' coordinates, in shards that stay for another sitting and for the other
/// networks. Observation n comes from random stream n of the seed alone.
package struct ViewPool: Sendable {
  /// Raised whenever the same seed no longer gives the same views.
  package static let version = "3"
  private static let shardSize = 10_000
  private static let block = 500

  package let set: RetrievalTrainingSet
  package let frontEnd: SpectralFrontEnd
  package let division: ObservationDivision
  package let seed: UInt64
  /// Of the choices that are not the pool's.
  package let settings: String
  private let parameters: [SensitivityParameter]

  package init(
    set: RetrievalTrainingSet, frontEnd: SpectralFrontEnd, division: ObservationDivision, seed: UInt64,
    settings: String
  ) {
    self.set = set
    self.frontEnd = frontEnd
    self.division = division
    self.seed = seed
    self.settings = settings
    parameters = SensitivityParameter.all(set.space)
  }

  /// Makes what the directory lacks, and reads all.
  /// - Parameters:
  ///   - isStopping: asked between two blocks; shards that are whole stay.
  ///   - progress: told how many observations there are.
  /// - Returns: nil where it was stopped.
  package func examples(
    directory: String, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) throws(TrainingError) -> ViewExamples? {
    let width = frontEnd.viewFeatureCount
    let shards = ObservationShards(
      name: "views-\(set.space.name.rawValue)", seed: seed, version: Self.version, settings: settings,
      shardSize: Self.shardSize, arrays: [("features", width), ("targets", parameters.count)])
    let arrays = try shards.read(
      directory: directory, count: division.count,
      observations: { "\($0) of \(division.training.count)" }, progress: progress,
      make: { shard($0, threads: threads, isStopping: isStopping, progress: progress) })
    guard let arrays else { return nil }
    return ViewExamples(
      features: arrays[0], featureCount: width, targets: arrays[1], parameters: parameters.count,
      standardisedOver: division.training)
  }

  private func shard(
    _ rows: Range<Int>, threads: Int, isStopping: () -> Bool, progress: (Int) -> Void
  ) -> [String: SafetensorsFile.Tensor]? {
    var (features, targets): ([Float16], [Float]) = ([], [])
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.block) {
      if isStopping() { return nil }
      let end = min(start + Self.block, rows.upperBound)
      for (feature, target) in concurrentMap(Array(start..<end), threads: threads, { example($0) }) {
        features += feature
        targets += target
      }
      progress(end)
    }
    return [
      "features": .init(features, shape: [rows.count, frontEnd.viewFeatureCount]),
      "targets": .init(targets, shape: [rows.count, parameters.count]),
    ]
  }

  /// Half precision keeps a bin's mean to a two-thousandth, less than what observations tell of it but for the best.
  private static let largest = 60_000.0

  /// Observed anew where the front end finds nothing in it.
  private func example(_ index: Int) -> (features: [Float16], targets: [Float]) {
    let planet = division.planet(index)
    var random = SeededRandom(seed: seed, stream: 0x5E_0000_0000 + UInt64(index))
    let (row, shape) = (set.row(planet), set.shape(planet))
    while true {
      let observed = ObservationPlan.trainingAlone.observe(row, shape, space: set.space, &random)
      guard let view = frontEnd.view(of: observed.observation) else { continue }
      let features = frontEnd.viewFeatures(view, observed.observation)
      guard features.allSatisfy(\.isFinite) else { continue }
      return (
        features.map { Float16(min(max($0, -Self.largest), Self.largest)) },
        parameters.map { Float($0.coordinate(of: $0.value(of: row, set.space))) }
      )
    }
  }
}

/// Views as the networks learn them: standardised features, and the truths' coordinates.
package struct ViewExamples: Sendable {
  package let examples: Examples
  package let featureMeans: [Float]
  package let featureDeviations: [Float]

  /// - Parameters:
  ///   - features: one row an observation.
  ///   - standardisedOver: the rows whose means and deviations count.
  package init(
    features: [Float], featureCount: Int, targets: [Float], parameters: Int,
    standardisedOver rows: Range<Int>
  ) {
    let statistics = FeatureStatistics(features, count: featureCount, over: rows)
    let (means, deviations) = (statistics.means, statistics.deviations)
    var inputs = features
    let farthest = SensitivityModel.farthestFeature
    inputs.withUnsafeMutableBufferPointer { inputs in
      for i in inputs.indices {
        let j = i % featureCount
        inputs[i] = min(max((inputs[i] - means[j]) / deviations[j], -farthest), farthest)
      }
    }
    featureMeans = means
    featureDeviations = deviations
    examples = Examples(inputWidth: featureCount, targetWidth: parameters, inputs: inputs, targets: targets)
  }
}
