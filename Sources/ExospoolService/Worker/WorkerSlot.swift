import Dispatch
import Glibc
import Synchronization

/// A place for one worker, with a thread of its own for the waiting; the process is started at the first job and again
/// after it has ended.
///
/// Unchecked: `process` is touched on `queue` alone.
final class WorkerSlot: @unchecked Sendable {
  enum Result: Sendable {
    case answer(WorkerAnswer, contentHash: String?, modelSetHash: String)
    /// The supervisor has the result of this content.
    case skipped(contentHash: String, modelSetHash: String)
    /// The worker crashed, hung or broke a limit; a sentence.
    case ended(String)
    /// No worker could be started; a sentence.
    case notStarted(String)
  }

  private let queue = DispatchQueue(label: "exospool.worker")
  private let command: WorkerCommand
  private var process: WorkerProcess?
  private let running = Atomic<Int32>(0)
  private let isAbandoned = Atomic(false)

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
    if isAbandoned.load(ordering: .acquiring) { return .ended("the daemon is stopping") }
    guard var worker = process.take() ?? start(limits) else { return .notStarted(lastFault) }
    running.store(worker.identifier, ordering: .releasing)
    defer { running.store(0, ordering: .releasing) }
    let modelSetHash = worker.modelSetHash
    switch worker.perform(request, limits: limits, decide: decide) {
    case .answer(let answer, let contentHash):
      process = consume worker
      return .answer(answer, contentHash: contentHash, modelSetHash: modelSetHash)
    case .skipped(let contentHash):
      process = consume worker
      return .skipped(contentHash: contentHash, modelSetHash: modelSetHash)
    case .ended(let sentence): return .ended(sentence)
    }
  }

  private var lastFault = ""

  private func start(_ limits: JobLimits) -> WorkerProcess? {
    do {
      return try WorkerProcess.start(command, limits: limits)
    } catch {
      lastFault = error.description
      return nil
    }
  }

  /// Ends the process after the job in hand, if any.
  func close() {
    queue.async { if let worker = self.process.take() { worker.end() } }
  }

  /// Kills a job in hand.
  func abandon() {
    isAbandoned.store(true, ordering: .releasing)
    let pid = running.load(ordering: .acquiring)
    if pid > 0 { kill(pid, SIGKILL) }
  }

  /// Waits until the queue is empty and the process gone.
  func closed() async {
    close()
    await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
  }
}
