package import TrainingRuns

/// Makes a training set shard by shard.
package protocol ShardMaker: Sendable {
  typealias Progress = @Sendable (_ planetsOfShard: Int) -> Void

  func fileName(shard: Int) -> String
  /// Makes a shard unless the directory has it; see `ShardFile.write`.
  /// - Parameters:
  ///   - count: planets of each shard.
  ///   - progress: told how many of the shard's planets are done.
  func write(
    _ shard: Int, count: Int, directory: String, progress: Progress
  ) throws(TrainingError) -> ShardFile.Outcome
}
