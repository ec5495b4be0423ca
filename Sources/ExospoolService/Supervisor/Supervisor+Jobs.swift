import JobContract
import Logging
import PosixFiles
import SpoolQueue
import SystemPackage

/// One job, from its claim to its end.
extension Supervisor {
  func start(_ job: Job) throws(SpoolError) {
    let request: WorkerRequest
    do throws(SpoolError) {
      request = try self.request(for: job, now: .now())
    } catch {
      stranded.append(job)
      throw error
    }
    let slot = idle.removeLast()
    inHand[job.id] = slot
    logger.log(.debug, .claimed, metadata(job))
    let limits = JobLimits(
      wallSeconds: configuration.jobWallTimeSeconds, cpuSeconds: configuration.jobCPUTimeSeconds,
      memoryBytes: configuration.jobMemoryBytes, resultBytes: configuration.resultSizeBytes)
    let queue = queue
    Task {
      let result = await slot.perform(request, limits: limits) { contentHash, modelSetHash in
        // An index that cannot be read costs an analysis, not the job.
        let holder = try? queue.holder(contentHash: contentHash, modelSetHash: modelSetHash)
        return holder == nil ? .analyze : .skip
      }
      self.finish(job, slot, result)
    }
  }

  private func request(for job: Job, now: Timestamp) throws(SpoolError) -> WorkerRequest {
    // A clock set back makes nothing young.
    let age = abs(now.seconds(since: job.record.firstClaimed ?? now))
    let isWhole = job.record.cameWhole
    let isFresh = try secondsOfGrowth(job, now) != nil
    return WorkerRequest(
      path: queue.inputPath(of: job).string, name: job.record.originalName.display,
      scratch: try queue.makeWorkDirectory(for: job).string,
      isYoung: !isWhole && age < configuration.youngSeconds,
      mayGrow: !isWhole && isFresh, sizeLimit: configuration.inputSizeBytes)
  }

  /// Seconds for which an input that was written to lately may go on growing; nil when it has stood still.
  func secondsOfGrowth(_ job: Job, _ now: Timestamp) throws(SpoolError) -> Double? {
    guard let stamp = try queue.stamp(of: job) else { return nil }
    let rest = configuration.tableSettleSeconds - now.seconds(since: Timestamp(nanoseconds: stamp.modified))
    // A time that is still to come is another clock's, or was set.
    return rest > 0 && rest <= configuration.tableSettleSeconds ? rest : nil
  }

  private func finish(_ job: Job, _ slot: WorkerSlot, _ result: WorkerSlot.Result) {
    inHand[job.id] = nil
    if slots.contains(where: { $0 === slot }) { idle.append(slot) } else { slot.close() }
    do throws(SpoolError) {
      try end(job, result)
    } catch {
      stranded.append(job)
      logger.log(.error, .spoolFault, metadata(job, ["reason": "\(error)"]))
    }
    waker.yield()
  }

  private func end(_ job: Job, _ result: WorkerSlot.Result) throws(SpoolError) {
    switch result {
    case .finished(.ended(let reason), _):
      if isAbandoning { return }
      logger.log(.warning, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try fail(job, reason, mayPass: true)
    case .notStarted(let reason):
      if isAbandoning { return }
      // Not the file's fault: wait, and do not count it.
      logger.log(.error, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try putOff(job, max(1, configuration.retryDelaySeconds), reason, excused: true)
    case .finished(.openEnded, _):
      try putOffGrowing(job, "a table written in place: nothing in it says that this is all of it")
    case .finished(_, let read?) where try queue.stamp(of: job) != read:
      try putOffGrowing(job, Self.changed)
    case .finished(.skipped(let contentHash, let modelSetHash), _):
      guard let holder = try queue.holder(contentHash: contentHash, modelSetHash: modelSetHash) else {
        return try fail(job, "the result of the same content has just been removed", mayPass: true)
      }
      try retire(job, asDuplicateOf: holder)
    case .finished(.outcome(let outcome), let read): try end(job, outcome, read)
    }
  }

  private static let changed = "the file was written to while it was analysed"

  /// Waits until an input has stood still.
  private func putOffGrowing(_ job: Job, _ reason: String) throws(SpoolError) {
    let delay = max(0.2, try secondsOfGrowth(job, .now()) ?? 0)
    try putOff(job, delay, reason, excused: true, isGrowing: true)
    logger.log(.info, .deferred, metadata(job, ["reason": "\(reason)", "delay-s": "\(delay)"]))
  }

  /// Workers are killed with jobs in hand: the next daemon finds these in `active/`.
  private var isAbandoning: Bool { stopBy.map { monotonicSeconds() >= $0 } ?? false }

  private func end(_ job: Job, _ outcome: JobOutcome<WorkerResult>, _ read: FileStamp?) throws(SpoolError) {
    switch outcome {
    case .done(let result): try commit(job, result, read)
    case .corrupt(let reason):
      try queue.reject(job, as: .corrupt, because: reason)
      note(.corrupt, .warning, .corrupt, job, ["reason": "\(reason)"])
    case .unsettled(let reason):
      let delay = max(0.2, configuration.settleSeconds)
      try putOff(job, delay, reason, excused: true)
      logger.log(.info, .deferred, metadata(job, ["reason": "\(reason)", "delay-s": "\(delay)"]))
    case .failed(let reason, let mayPass): try fail(job, reason, mayPass: mayPass)
    }
  }

  private func commit(_ job: Job, _ result: WorkerResult, _ read: FileStamp?) throws(SpoolError) {
    let commit = try queue.commit(
      job, contentHash: result.contentHash, modelSetHash: result.modelSetHash, logLines: result.logLines,
      jsonLines: result.jsonLines, input: read)
    switch commit {
    case .known(let holder): try retire(job, asDuplicateOf: holder)
    case .committed(let committed): try conclude(committed, .done)
    }
  }

  /// Logs and retires a committed job, unless its input is no longer what the result is of: the result is then withdrawn.
  /// - Parameter event: `recovered` where its lines may be in the logs.
  func conclude(_ job: Job, _ event: ServiceEvent) throws(SpoolError) {
    if let read = job.record.result?.input, try queue.stamp(of: job) != read {
      return try putOffGrowing(queue.withdraw(job), Self.changed)
    }
    try log.append(job, recovering: event == .recovered)
    try queue.retire(job)
    note(
      .done, event == .recovered ? .notice : .info, event, job,
      ["result": "\(job.record.result?.directory ?? "")"])
  }

  private func retire(_ job: Job, asDuplicateOf holder: JobID) throws(SpoolError) {
    try queue.retire(job, asDuplicateOf: holder)
    note(.duplicate, .info, .duplicate, job, ["result-of": "\(holder)"])
  }

  private func fail(_ job: Job, _ reason: String, mayPass: Bool) throws(SpoolError) {
    let attempts = job.countedAttempts
    if mayPass && attempts < configuration.attempts {
      let delay = configuration.retryDelay(afterAttempt: attempts)
      try putOff(job, delay, reason, excused: false)
      logger.log(.warning, .deferred, metadata(job, ["reason": "\(reason)", "delay-s": "\(delay)"]))
    } else {
      let sentence = mayPass ? "\(reason); given up after \(attempts) attempts" : reason
      try queue.reject(job, as: .failed, because: sentence)
      note(.failed, .error, .failed, job, ["reason": "\(sentence)"])
    }
  }

  func putOff(
    _ job: Job, _ seconds: Double, _ reason: String, excused: Bool, isGrowing: Bool = false
  ) throws(SpoolError) {
    deferred.note(
      try queue.defer(
        job, until: .now().adding(seconds: seconds), because: reason, excused: excused, isGrowing: isGrowing))
  }

  func note(
    _ state: JobState, _ level: Logger.Level, _ event: ServiceEvent, _ job: Job, _ data: Logger.Metadata
  ) {
    counts[state, default: 0] += 1
    logger.log(level, event, metadata(job, data, state))
  }

  func metadata(_ job: Job, _ data: Logger.Metadata = [:], _ state: JobState? = nil)
    -> Logger.Metadata
  {
    let basic: Logger.Metadata = [
      "job.id": "\(job.id)", "job.state": "\((state ?? job.state).rawValue)",
      "job.attempt": "\(job.countedAttempts)", "file": "\(job.record.originalName.display)",
    ]
    return basic.merging(data) { _, new in new }
  }
}
