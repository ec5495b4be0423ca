import NumericalMethods
import Observations
import Synchronization
import TrainingSets

/// A batch being observed by any number of threads, each of which may come and go.
final class BatchObservation: Sendable {
  private let source: ExampleSource
  private let rows: [Int]
  private let seed: UInt64
  private let epoch: Int
  private let next = Atomic<Int>(0)
  private let batch: Mutex<ExampleBatch>

  init(_ source: ExampleSource, rows: [Int], seed: UInt64, epoch: Int) {
    self.source = source
    self.rows = rows
    self.seed = seed
    self.epoch = epoch
    batch = Mutex(ExampleBatch(rows: rows.count))
  }

  /// Observes spectra until none is left that nobody has begun.
  func work() {
    while true {
      let i = next.add(1, ordering: .relaxed).oldValue
      guard i < rows.count else { return }
      var random = SeededRandom(seed: seed, stream: UInt64(epoch) &* 0x1_0000_0000 &+ UInt64(rows[i]))
      let example = source.example(rows[i], random: &random)
      let gases = source.set.first[rows[i]]..<source.set.first[rows[i] + 1]
      let inputs = example?.encoded.inputs
      batch.withLock { batch in
        if gases.count == 1 { batch.onlyGas[i] = Int32(source.set.molecule[gases.lowerBound]) }
        guard let example, let inputs else { return }
        batch.set(i, example, inputs: inputs)
      }
    }
  }

  /// The batch, once every thread has returned from `work`.
  func finish() -> ExampleBatch {
    precondition(next.load(ordering: .relaxed) >= rows.count)
    return batch.withLock { batch in
      defer { batch = ExampleBatch(rows: 0) }
      return batch
    }
  }
}
