package import TrainingRuns

/// Simulated planets read from the shards `<set>-<four digits>.safetensors` of a directory, in the shards' order.
package struct InteriorTrainingSet: Sendable {
  package let name: String
  package let rows: Int
  /// One array a column, all of `rows` elements.
  package let columns: [String: [Float]]
  package let shards: ShardFile.Set
  /// Draws of the prior that are not in the shards, by reason.
  package let rejected: [String: Int]

  /// - Parameter columns: those to keep; each must be in every shard.
  /// - Parameter limit: how many planets to read at most.
  package static func load(
    _ name: String, directory: String, columns: [String], limit: Int = .max
  ) throws(TrainingError) -> InteriorTrainingSet {
    var gathered: [String: [Float]] = [:]
    var rows = 0
    var rejected: [String: Int] = [:]
    let shards = try ShardFile.readSet(
      name, directory: directory, madeBy: "simulate interiors", until: { rows >= limit }
    ) { file, path throws(TrainingError) in
      rejected.merge(ShardFile.rejected(of: file), uniquingKeysWith: +)
      var count: Int?
      for column in columns {
        guard let values = file.tensors[column]?.floats else {
          throw TrainingError(.badTrainingSet, path: path, detail: "the column \"\(column)\" is missing")
        }
        guard count == nil || values.count == count else {
          throw TrainingError(.badTrainingSet, path: path, detail: "its columns are of different lengths")
        }
        count = values.count
        gathered[column, default: []] += values.prefix(limit - rows)
      }
      rows += min(count ?? 0, limit - rows)
    }
    return InteriorTrainingSet(name: name, rows: rows, columns: gathered, shards: shards, rejected: rejected)
  }
}
