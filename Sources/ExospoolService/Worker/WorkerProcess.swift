import Glibc
import JobContract
import PlainText
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
    /// With the SHA-256 of what was read, where anything was.
    case outcome(JobOutcome<WorkerResult>, contentHash: String?)
    /// A table that may go on, as the request said: it is to be read again when it has stood still for longer.
    case openEnded
    /// The supervisor decided that the content needs no analysis.
    case skipped(WorkerHashes)
    /// The process has ended, by itself or by our hand; a sentence.
    case ended(String)
  }

  /// Seconds for which a worker that has closed its pipe, or was asked to end, is waited for.
  private static let patience = 1.0

  private var child: ChildProcess

  /// Starts a process and waits until it is ready, so that loading models is no part of any job.
  /// - Parameters:
  ///   - limits: hold for the loading too, as if it were a job.
  ///   - setup: what the worker confines itself to.
  ///   - killSwitch: ends the wait, too.
  init(
    _ command: WorkerCommand, limits: JobLimits, setup: WorkerSetup, killSwitch: KillSwitch,
    within seconds: Double = 60
  ) throws(WorkerError) {
    var child = try ChildProcess(command, killSwitch: killSwitch)
    try limits.apply(to: child.identifier)
    // One that has gone shows itself by its silence.
    _ = child.channel.write(setup.line)
    var answer: WorkerAnswer?
    if case .line(let line) = child.channel.read(deadline: monotonicSeconds() + seconds) {
      answer = WorkerAnswer(line: line)
    }
    guard answer?.kind == .ready else {
      let end = child.reap(within: Self.patience)
      throw WorkerError(
        .didNotComeUp, at: command.executable,
        "the worker did not come up: "
          + (answer?.reason.map { PlainText.line($0, limit: 1000) } ?? end.sentence))
    }
    self.child = child
  }

  /// Does one job. After `.ended` this value is of no more use.
  /// - Parameter decide: whether content with this hash is to be analysed.
  /// - Returns: what came of it, and the input as the worker read it.
  mutating func perform(
    _ request: WorkerRequest, limits: JobLimits,
    decide: (WorkerHashes) -> WorkerDecision
  ) -> (result: Result, read: FileStamp?) {
    var read: FileStamp?
    let result = perform(request, limits: limits, read: &read, decide: decide)
    return (result, read)
  }

  private mutating func perform(
    _ request: WorkerRequest, limits: JobLimits, read: inout FileStamp?,
    decide: (WorkerHashes) -> WorkerDecision
  ) -> Result {
    do {
      try limits.apply(to: child.identifier)
    } catch {
      return end(error.sentence)
    }
    let deadline = monotonicSeconds() + limits.wallSeconds
    guard child.channel.write(request.line) else {
      return .ended(child.reap(within: Self.patience).sentence)
    }
    var told: WorkerHashes?
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
        if answer.kind == .openEnded, request.mayGrow { return .openEnded }
        if answer.kind == .hash, told == nil {
          guard
            let hashes = WorkerHashes(
              content: answer.contentHash ?? "", modelSet: answer.modelSetHash ?? "")
          else { return end("the worker told a hash that is none") }
          told = hashes
          let decision = decide(hashes)
          guard child.channel.write(Array(decision.rawValue.utf8)) else {
            return .ended(child.reap(within: Self.patience).sentence)
          }
          if decision == .skip { return .skipped(hashes) }
          continue
        }
        guard let outcome = answer.outcome(after: told) else {
          return end("the worker's answer is none that a worker may give")
        }
        let contentHash = told?.content ?? answer.contentHash.flatMap { WorkerHashes.isSHA256($0) ? $0 : nil }
        return .outcome(outcome, contentHash: contentHash)
      case .timedOut:
        return end("the job took longer than \(limits.wallSeconds) s and was ended (job_wall_time_seconds)")
      case .tooLong:
        return end("the worker's answer was too long")
      case .closed:
        return .ended(limits.sentence(on: child.reap(within: Self.patience)))
      }
    }
  }

  /// Kills the process: it is not to be believed, or has used up its time.
  mutating func end(_ sentence: String) -> Result {
    _ = child.reap(within: 0)
    return .ended(sentence)
  }

  /// Ends an idle worker and waits for it.
  consuming func end() {
    child.signal(SIGTERM)
    _ = child.reap(within: Self.patience)
  }
}

/// Why a worker could not be started or may not be used.
struct WorkerError: Error, Sendable, Hashable, CustomStringConvertible {
  enum Code: Sendable, Hashable {
    case cannotStart, didNotComeUp, limitsRefused
    /// Its rights cannot be taken from it.
    case notConfined
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
