import Dispatch
import PosixFiles
import Synchronization
import SystemPackage

/// A place for one worker, with a thread of its own for the waiting; the process is started at the first job and again
/// after it has ended.
///
/// Unchecked: `process` is touched on `queue` alone.
final class WorkerSlot: @unchecked Sendable {
  enum Result: Sendable {
    /// - Parameter read: the input as the worker read it; nil where it read none.
    case finished(WorkerProcess.Result, read: FileStamp?)
    /// No worker could be started, or its result not be kept: no fault of the file's; a sentence.
    case hindered(String)
  }

  private let queue = DispatchQueue(label: "exospool.worker")
  private let command: WorkerCommand
  private let inputs: FilePath
  private let scratch: WorkerScratch
  private let pin: ModelPin
  private let killSwitch = KillSwitch()
  private var process: WorkerProcess?
  private let starts = Mutex(0)

  /// - Parameters:
  ///   - inputs: the directory of the inputs.
  ///   - scratch: the slot's own folder, in which its workers leave products.
  ///   - pin: what all workers must have found.
  init(_ command: WorkerCommand, inputs: FilePath, scratch: FilePath, pin: ModelPin) {
    self.command = command
    self.pin = pin
    self.inputs = inputs
    self.scratch = WorkerScratch(path: scratch)
  }

  /// - Parameter directory: an empty one, which gets the products of a job that is done.
  func perform(
    _ request: WorkerRequest, limits: JobLimits, products directory: FilePath,
    decide: @escaping @Sendable (WorkerHashes) -> WorkerDecision
  ) async -> Result {
    let witness = SystemCalls.witness
    return await withCheckedContinuation { continuation in
      queue.async {
        let result = SystemCalls.$witness.withValue(witness) {
          self.work(request, limits, directory, decide)
        }
        continuation.resume(returning: result)
      }
    }
  }

  private func work(
    _ request: WorkerRequest, _ limits: JobLimits, _ directory: FilePath,
    _ decide: @Sendable (WorkerHashes) -> WorkerDecision
  ) -> Result {
    do {
      // Taken out of the slot for the time of the job: what has ended does not go back.
      var worker =
        if let idle = process.take() {
          idle
        } else {
          try start(limits)
        }
      let witness = InputWitness(of: request)
      var (result, read) = worker.perform(request, limits: limits, decide: decide)
      if case .hindered = result, scratch.hasRoom() {
        result = worker.end("the worker said that the disk has no room, and it has")
      } else if let why = witness.objection(to: result, read: read) {
        result = worker.end("the worker was not believed: \(why)")
      }
      if case .outcome(.done(let answer), _) = result {
        do throws(WorkerScratch.Fault) {
          try scratch.handOver(answer.products, to: directory, limit: limits.resultBytes)
        } catch {
          switch error {
          case .refused(let why): result = worker.end("the worker's result was refused: \(why)")
          case .hindered(let error): throw error
          }
        }
      }
      try scratch.empty()
      if case .ended = result {} else { process = consume worker }
      if case .hindered(let sentence) = result { return .hindered(sentence) }
      return .finished(result, read: read)
    } catch let error as WorkerError {
      return .hindered(error.sentence)
    } catch {
      return .hindered("\(error)")
    }
  }

  private func start(_ limits: JobLimits) throws -> WorkerProcess {
    try scratch.make()
    starts.withLock { $0 += 1 }
    return try WorkerProcess(
      command, limits: limits, setup: WorkerSetup(inputs: inputs.string, scratch: scratch.path.string),
      pin: pin, killSwitch: killSwitch)
  }

  /// How often a process was started since this was asked.
  func takeStarts() -> Int {
    starts.withLock { starts in
      defer { starts = 0 }
      return starts
    }
  }

  /// Ends the process after the job in hand, if any.
  func close() {
    queue.async {
      if let worker = self.process.take() { worker.end() }
      // What stays is cleared away when the daemon starts.
      try? PosixFiles.removeTree(self.scratch.path)
    }
  }

  /// Kills the process, whatever it does: a job in hand, or still coming up. No other is started.
  func abandon() { killSwitch.pull() }

  /// Waits until the queue is empty and the process gone.
  func closed() async {
    close()
    await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
  }
}
