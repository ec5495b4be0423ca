import Dispatch
package import InteriorSpaces
package import Interiors
import JSONText
package import NeuralNetworks
import NumericalMethods
import Synchronization
package import TrainingRuns

/// Makes a training set, shard by shard.
///
/// Planet n comes from random stream n of the seed alone: it is drawn from the prior until a draw has a
/// structure. A shard is therefore the same whatever the number of threads, and the set the same however
/// often it was interrupted.
package struct InteriorSetMaker: ShardMaker {
  /// Raised whenever the same seed no longer gives the same planets.
  package static let version = "2"
  /// A prior that fails this often in a row is wrong.
  static let largestAttempts = 10_000

  package let model: InteriorModel
  package let prior: any InteriorPrior
  package let seed: UInt64
  package let threads: Int

  package init(model: InteriorModel, prior: any InteriorPrior, seed: UInt64, threads: Int) {
    precondition(threads > 0)
    self.model = model
    self.prior = prior
    self.seed = seed
    self.threads = threads
  }

  package func fileName(shard: Int) -> String { ShardFile.name(set: prior.name, shard: shard) }

  /// One shard: planets `shard * count ..< (shard + 1) * count`.
  package func shard(_ shard: Int, count: Int, progress: Progress = { _ in }) throws(TrainingError)
    -> SafetensorsFile
  {
    let width = prior.columns.count
    let blockSize = 50
    let blocks = (count + blockSize - 1) / blockSize
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    let results = Mutex<[Int: Block]>([:])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < blocks else { return }
        let range = index * blockSize..<min((index + 1) * blockSize, count)
        let block = block(first: shard * count + range.lowerBound, count: range.count)
        results.withLock { $0[index] = block }
        progress(done.add(range.count, ordering: .relaxed).newValue)
      }
    }
    var columns = [[Float]](repeating: [], count: width)
    for i in 0..<width { columns[i].reserveCapacity(count) }
    var rejections: [String: Int] = [:]
    let all = results.withLock { $0 }
    for index in 0..<blocks {
      guard let block = all[index] else { preconditionFailure("every block was made") }
      guard !block.isStuck else {
        throw TrainingError(
          .badTrainingSet, path: fileName(shard: shard),
          detail: "the prior \"\(prior.name)\" gave no planet in \(Self.largestAttempts) draws")
      }
      for row in 0..<block.values.count / width {
        for i in 0..<width { columns[i].append(block.values[row * width + i]) }
      }
      rejections.merge(block.rejections, uniquingKeysWith: +)
    }
    var file = SafetensorsFile()
    for (name, values) in zip(prior.columns, columns) { file.tensors[name] = SafetensorsFile.Tensor(values) }
    file.metadata = metadata(shard: shard, count: count)
    file.metadata["rejected"] = ShardFile.rejected(rejections)
    return file
  }

  /// Makes a shard unless the directory has it; see `ShardFile.write`.
  package func write(
    _ shard: Int, count: Int, directory: String, progress: Progress = { _ in }
  ) throws(TrainingError) -> ShardFile.Outcome {
    try ShardFile.write(
      path: "\(directory)/\(fileName(shard: shard))", metadata: metadata(shard: shard, count: count)
    ) { () throws(TrainingError) in try self.shard(shard, count: count, progress: progress) }
  }

  /// What tells a shard from all others.
  private func metadata(shard: Int, count: Int) -> [String: String] {
    [
      "set": prior.name, "seed": String(seed), "shard": String(shard), "version": Self.version,
      "planets": String(count), "prior": prior.description.text(.compact),
    ]
  }

  private struct Block: Sendable {
    var values: [Float] = []
    var rejections: [String: Int] = [:]
    var isStuck = false
  }

  private func block(first: Int, count: Int) -> Block {
    var block = Block()
    block.values.reserveCapacity(count * prior.columns.count)
    for planet in first..<first + count {
      var random = SeededRandom(seed: seed, stream: UInt64(planet))
      var attempts = 0
      while true {
        attempts += 1
        guard attempts <= Self.largestAttempts else {
          block.isStuck = true
          return block
        }
        let parameters = prior.draw(&random)
        let reason: String
        do {
          switch prior.row(try model.solve(parameters, largestRadius: prior.largestRadius)) {
          case .success(let row):
            block.values += row
            reason = ""
          case .failure(let rejection): reason = rejection.reason
          }
        } catch { reason = error.code.rawValue }
        if reason.isEmpty { break }
        block.rejections[reason, default: 0] += 1
      }
    }
    return block
  }
}
