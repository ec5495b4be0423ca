import JobContract
import Logging
import PosixFiles
import SpoolQueue
import SystemPackage

/// What becomes of a job on the disk once its worker has answered. Blocks: to be called on the job's lane.
struct Transitions: Sendable {
  let queue: SpoolQueue
  let log: ResultLog
  let configuration: Configuration

  /// What became of a job.
  enum Ending: Sendable {
    case done(Job)
    case duplicate(Job, of: JobID)
    case corrupt(Job, reason: String)
    case failed(Job, reason: String)
    case deferred(Job, seconds: Double, reason: String, level: Logger.Level)
  }

  /// Nothing is done where the spool has no such job any more: it was moved by the operator.
  func end(_ job: Job, _ result: WorkerSlot.Result) throws(SpoolError) -> Ending {
    switch result {
    case .finished(.ended(let reason), _): return try fail(job, reason, mayPass: true)
    case .hindered(let reason): return try hinder(job, reason)
    case .finished(.hindered(let reason), _): return try hinder(job, reason)
    case .finished(.openEnded, _):
      return try waitForGrowth(job, "a table written in place: nothing in it says that this is all of it")
    case .finished(_, let read?) where try queue.stamp(of: job) != read:
      return try waitForGrowth(job, Self.changed)
    case .finished(.skipped(let hashes), _):
      let job = job.read(hashes.content)
      guard let holder = try queue.holder(contentHash: hashes.content, modelSetHash: hashes.modelSet) else {
        return try fail(job, "the result of the same content has just been removed", mayPass: true)
      }
      return .duplicate(try queue.retire(job, asDuplicateOf: holder), of: holder)
    case .finished(.outcome(let outcome, let contentHash), let read):
      return try end(job.read(contentHash), outcome, read)
    }
  }

  private func end(
    _ job: Job, _ outcome: JobOutcome<WorkerResult>, _ read: FileStamp?
  ) throws(SpoolError) -> Ending {
    switch outcome {
    case .done(let result):
      let commit = try queue.commit(
        job, contentHash: result.hashes.content, modelSetHash: result.hashes.modelSet,
        logLines: result.logLines, jsonLines: result.jsonLines, input: read)
      switch commit {
      case .known(let holder): return .duplicate(try queue.retire(job, asDuplicateOf: holder), of: holder)
      case .committed(let committed): return try conclude(committed, recovering: false)
      }
    case .corrupt(let reason):
      return .corrupt(try queue.reject(job, as: .corrupt, because: reason), reason: reason)
    case .unsettled(let reason):
      return try putOff(job, max(0.2, configuration.settleSeconds), reason, .info, excused: true)
    case .failed(let reason, let mayPass): return try fail(job, reason, mayPass: mayPass)
    }
  }

  /// Logs and retires a committed job, unless its input is no longer what the result is of: the result is then withdrawn.
  /// - Parameter recovering: its lines may be in the logs.
  func conclude(_ job: Job, recovering: Bool) throws(SpoolError) -> Ending {
    if let read = job.record.result?.input, try queue.stamp(of: job) != read {
      return try waitForGrowth(queue.withdraw(job), Self.changed)
    }
    try log.append(job, recovering: recovering)
    return .done(try queue.retire(job))
  }

  private static let changed = "the file was written to while it was analysed"

  /// Waits until an input has stood still.
  private func waitForGrowth(_ job: Job, _ reason: String) throws(SpoolError) -> Ending {
    let seconds = max(0.2, try secondsOfGrowth(job, .now()) ?? 0)
    return try putOff(job, seconds, reason, .info, excused: true, isGrowing: true)
  }

  /// Seconds for which an input that was written to lately may go on growing; nil when it has stood still.
  func secondsOfGrowth(_ job: Job, _ now: Timestamp) throws(SpoolError) -> Double? {
    guard let stamp = try queue.stamp(of: job) else { return nil }
    let rest = configuration.tableSettleSeconds - now.seconds(since: Timestamp(nanoseconds: stamp.modified))
    // A time that is still to come is another clock's, or was set.
    return rest > 0 && rest <= configuration.tableSettleSeconds ? rest : nil
  }

  /// Nobody's fault: it waits, and nothing is counted.
  private func hinder(_ job: Job, _ reason: String) throws(SpoolError) -> Ending {
    try putOff(job, max(1, configuration.retryDelaySeconds), reason, .warning, excused: true)
  }

  private func fail(_ job: Job, _ reason: String, mayPass: Bool) throws(SpoolError) -> Ending {
    let attempts = job.countedAttempts
    if mayPass && attempts < configuration.attempts {
      let seconds = configuration.retryDelay(afterAttempt: attempts)
      return try putOff(job, seconds, reason, .warning, excused: false)
    }
    let sentence = mayPass ? "\(reason); given up after \(attempts) attempts" : reason
    return .failed(try queue.reject(job, as: .failed, because: sentence), reason: sentence)
  }

  func putOff(
    _ job: Job, _ seconds: Double, _ reason: String, _ level: Logger.Level, excused: Bool,
    isGrowing: Bool = false
  ) throws(SpoolError) -> Ending {
    let deferred = try queue.defer(
      job, until: .now().adding(seconds: seconds), because: reason, excused: excused, isGrowing: isGrowing)
    return .deferred(deferred, seconds: seconds, reason: reason, level: level)
  }

  // MARK: Claims

  /// What the intake may give to a worker.
  enum Candidate: Sendable {
    case arrived(InboxEntry)
    /// The name of its input in `deferred/`.
    case deferred(FileName)
  }

  enum Claim: Sendable {
    case claimed(Job)
    /// Somebody else was quicker.
    case gone
    /// Who wrote to it while it was analysed may do so still: for so many seconds.
    case growing(Job, Double)
  }

  func claim(_ candidate: Candidate) throws(SpoolError) -> Claim {
    let job: Job?
    switch candidate {
    case .arrived(let entry): job = try queue.claim(entry)
    case .deferred(let name):
      guard let waiting = try queue.deferredJob(named: name) else { return .gone }
      if waiting.record.isGrowing, let seconds = try secondsOfGrowth(waiting, .now()) {
        return .growing(waiting, seconds)
      }
      job = try queue.claim(waiting)
    }
    return job.map(Claim.claimed) ?? .gone
  }

  /// Makes the job's work directory, which says from then on that a worker has it.
  func request(for job: Job) throws(SpoolError) -> (request: WorkerRequest, products: FilePath) {
    let now = Timestamp.now()
    // A clock set back makes nothing young.
    let age = abs(now.seconds(since: job.record.firstClaimed ?? now))
    let isWhole = job.record.cameWhole
    let isFresh = try secondsOfGrowth(job, now) != nil
    let request = WorkerRequest(
      path: queue.inputPath(of: job).string, name: job.record.originalName.display,
      isYoung: !isWhole && age < configuration.youngSeconds,
      mayGrow: !isWhole && isFresh, sizeLimit: configuration.inputSizeBytes,
      statement: UserStatement(lines: job.record.statement))
    return (request, try queue.makeWorkDirectory(for: job))
  }
}
