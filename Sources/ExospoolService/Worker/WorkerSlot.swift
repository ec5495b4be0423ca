import Dispatch
import PosixFiles

/// A place for one worker, with a thread of its own for the waiting; the process is started at the first job and again
/// after it has ended.
///
/// Unchecked: `process` is touched on `queue` alone.
final class WorkerSlot: @unchecked Sendable {
  enum Result: Sendable {
    /// - Parameter read: the input as the worker read it; nil where it read none.
    case finished(WorkerProcess.Result, read: FileStamp?)
    /// No worker could be started; a sentence.
    case notStarted(String)
  }

  private let queue = DispatchQueue(label: "exospool.worker")
  private let command: WorkerCommand
  private let killSwitch = KillSwitch()
  private var process: WorkerProcess?

  init(_ command: WorkerCommand) { self.command = command }

  func perform(
    _ request: WorkerRequest, limits: JobLimits,
    decide: @escaping @Sendable (_ contentHash: String, _ modelSetHash: String) -> WorkerDecision
  ) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.work(request, limits, decide)) }
    }
  }

  private func work(
    _ request: WorkerRequest, _ limits: JobLimits,
    _ decide: @Sendable (_ contentHash: String, _ modelSetHash: String) -> WorkerDecision
  ) -> Result {
    do {
      // Taken out of the slot for the time of the job: what has ended does not go back.
      var worker =
        if let idle = process.take() {
          idle
        } else {
          try WorkerProcess(command, limits: limits, killSwitch: killSwitch)
        }
      let (result, read) = worker.perform(request, limits: limits, decide: decide)
      if case .ended = result {} else { process = consume worker }
      return .finished(result, read: read)
    } catch {
      return .notStarted(error.sentence)
    }
  }

  /// Ends the process after the job in hand, if any.
  func close() {
    queue.async { if let worker = self.process.take() { worker.end() } }
  }

  /// Kills the process, whatever it does: a job in hand, or still coming up. No other is started.
  func abandon() { killSwitch.pull() }

  /// Waits until the queue is empty and the process gone.
  func closed() async {
    close()
    await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
  }
}
