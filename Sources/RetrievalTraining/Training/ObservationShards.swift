package import NeuralNetworks
package import TrainingRuns
import TrainingSets

/// Arrays of numbers, a row an observation, in shards that stay for another sitting.
package struct ObservationShards: Sendable {
  /// Of the shards' files.
  package let name: String
  package let seed: UInt64
  package let version: String
  /// Of the choices that the rows depend on.
  package let settings: String
  package let shardSize: Int
  /// Names of the arrays and their numbers a row.
  package let arrays: [(name: String, width: Int)]

  package init(
    name: String, seed: UInt64, version: String, settings: String, shardSize: Int,
    arrays: [(name: String, width: Int)]
  ) {
    self.name = name
    self.seed = seed
    self.version = version
    self.settings = settings
    self.shardSize = shardSize
    self.arrays = arrays
  }

  /// Makes what the directory lacks, and reads all.
  /// - Parameters:
  ///   - count: observations.
  ///   - observations: says in a shard's file which it holds.
  ///   - make: the arrays of some observations; nil where it was stopped. Shards that are whole stay.
  /// - Returns: rows x width, in the order of `arrays`; nil where it was stopped.
  package func read(
    directory: String, count: Int, observations: (Range<Int>) -> String, progress: (Int) -> Void,
    make: (Range<Int>) -> [String: SafetensorsFile.Tensor]?
  ) throws(TrainingError) -> [[Float]]? {
    var results = arrays.map { array in
      var result: [Float] = []
      result.reserveCapacity(count * array.width)
      return result
    }
    for (shard, start) in stride(from: 0, to: count, by: shardSize).enumerated() {
      let path = "\(directory)/\(ShardFile.name(set: name, shard: shard))"
      let rows = start..<min(start + shardSize, count)
      guard let file = try file(path, rows, observations(rows), make) else { return nil }
      for (place, array) in arrays.enumerated() {
        guard let found = file.tensors[array.name]?.floats, found.count == rows.count * array.width else {
          throw TrainingError(
            .badTrainingSet, path: path, detail: "an array is missing or of the wrong size")
        }
        results[place] += found
      }
      progress(rows.upperBound)
    }
    return results
  }

  private func file(
    _ path: String, _ rows: Range<Int>, _ observations: String,
    _ make: (Range<Int>) -> [String: SafetensorsFile.Tensor]?
  ) throws(TrainingError) -> SafetensorsFile? {
    let metadata = [
      "set": name, "seed": String(seed), "version": version, "settings": settings,
      "observations": observations,
    ]
    var made: SafetensorsFile?
    var isStopped = false
    do throws(TrainingError) {
      _ = try ShardFile.write(path: path, metadata: metadata) { () throws(TrainingError) in
        guard let tensors = make(rows) else {
          isStopped = true
          throw TrainingError(.cannotWrite, path: path, detail: "stopped")
        }
        let file = SafetensorsFile(metadata: metadata, tensors: tensors)
        made = file
        return file
      }
    } catch {
      if isStopped { return nil }
      throw error
    }
    if let made { return made }
    do throws(SafetensorsError) {
      return try SafetensorsFile.read(path: path)
    } catch {
      throw TrainingError(.badTrainingSet, path: path, detail: error.description)
    }
  }
}
