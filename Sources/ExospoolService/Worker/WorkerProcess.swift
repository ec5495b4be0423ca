import Glibc
import JobContract
import PosixFiles
import SystemPackage

/// How to start a worker.
package struct WorkerCommand: Sendable, Hashable {
  package var executable: String
  package var arguments: [String]

  package init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }
}

/// A running worker, seen from the supervisor. Every call blocks: `WorkerSlot` gives it a thread.
struct WorkerProcess: ~Copyable {
  enum Result: Sendable {
    case outcome(JobOutcome<WorkerResult>)
    /// A table that may go on, as the request said: it is to be read again when it has stood still for longer.
    case openEnded
    /// The supervisor decided that the content needs no analysis.
    case skipped(contentHash: String, modelSetHash: String)
    /// The process has ended, by itself or by our hand; a sentence.
    case ended(String)
  }

  private var child: ChildProcess

  /// Starts a process and waits until it is ready, so that loading models is no part of any job.
  /// - Parameters:
  ///   - limits: hold for the loading too, as if it were a job.
  ///   - killSwitch: ends the wait, too.
  init(
    _ command: WorkerCommand, limits: JobLimits, killSwitch: KillSwitch, within seconds: Double = 60
  ) throws(WorkerError) {
    var child = try ChildProcess(command, killSwitch: killSwitch)
    try limits.apply(to: child.identifier)
    guard case .line(let line) = child.channel.read(deadline: monotonicSeconds() + seconds),
      let answer = WorkerAnswer(line: line), answer.kind == .ready
    else {
      throw WorkerError(
        .didNotComeUp, at: command.executable,
        "the worker did not come up: \(child.reap(killing: true).sentence)")
    }
    self.child = child
  }

  /// Does one job. After `.ended` this value is of no more use.
  /// - Parameter decide: whether content with this hash is to be analysed.
  /// - Returns: what came of it, and the input as the worker read it.
  mutating func perform(
    _ request: WorkerRequest, limits: JobLimits,
    decide: (_ contentHash: String, _ modelSetHash: String) -> WorkerDecision
  ) -> (result: Result, read: FileStamp?) {
    var read: FileStamp?
    let result = perform(request, limits: limits, read: &read, decide: decide)
    return (result, read)
  }

  private mutating func perform(
    _ request: WorkerRequest, limits: JobLimits, read: inout FileStamp?,
    decide: (_ contentHash: String, _ modelSetHash: String) -> WorkerDecision
  ) -> Result {
    do {
      try limits.apply(to: child.identifier)
    } catch {
      return end(error.sentence)
    }
    let deadline = monotonicSeconds() + limits.wallSeconds
    guard child.channel.write(request.line) else {
      return .ended(child.reap(killing: true).sentence)
    }
    var told: (contentHash: String, modelSetHash: String)?
    while true {
      switch child.channel.read(deadline: deadline) {
      case .line(let line):
        guard let answer = WorkerAnswer(line: line) else {
          return end("the worker's answer could not be understood")
        }
        if answer.kind == .read, read == nil, told == nil {
          read = answer.stamp
          continue
        }
        if answer.kind == .openEnded { return .openEnded }
        if answer.kind == .hash, let contentHash = answer.contentHash, let modelSetHash = answer.modelSetHash,
          told == nil
        {
          told = (contentHash, modelSetHash)
          let decision = decide(contentHash, modelSetHash)
          guard child.channel.write(Array(decision.rawValue.utf8)) else {
            return .ended(child.reap(killing: true).sentence)
          }
          if decision == .skip { return .skipped(contentHash: contentHash, modelSetHash: modelSetHash) }
          continue
        }
        guard let outcome = answer.outcome(after: told) else {
          return end("the worker spoke out of turn")
        }
        return .outcome(outcome)
      case .timedOut:
        return end("the job took longer than \(limits.wallSeconds) s and was ended (job_wall_time_seconds)")
      case .tooLong:
        return end("the worker's answer was too long")
      case .closed:
        return .ended(limits.sentence(on: child.reap(killing: false)))
      }
    }
  }

  private mutating func end(_ sentence: String) -> Result {
    _ = child.reap(killing: true)
    return .ended(sentence)
  }

  /// Ends an idle worker and waits for it.
  consuming func end() {
    child.signal(SIGTERM)
    _ = child.reap(killing: false)
  }
}

/// Why a worker could not be started or may not be used.
struct WorkerError: Error, Sendable, Hashable, CustomStringConvertible {
  enum Code: Sendable, Hashable {
    case cannotStart, didNotComeUp, limitsRefused
  }

  let code: Code
  /// The program, or what is limited.
  let place: String
  let sentence: String
  let cause: Errno?

  init(_ code: Code, at place: String, _ sentence: String, cause: Errno? = nil) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.cause = cause
  }

  var description: String { sentence }
}
