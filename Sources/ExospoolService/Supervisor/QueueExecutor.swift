import Dispatch

/// Runs an actor on a thread of its own: renames and fsyncs block, and must not hold the cooperative pool.
final class QueueExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "exospool.supervisor")

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    queue.async { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
