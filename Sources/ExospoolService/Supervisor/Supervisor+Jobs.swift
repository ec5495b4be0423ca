import JobContract
import Logging
import SpoolQueue
import SystemPackage

/// One job, from its claim to its end.
extension Supervisor {
  func start(_ job: Job) throws(SpoolError) {
    let work: FilePath
    do throws(SpoolError) {
      work = try queue.makeWorkDirectory(for: job)
    } catch {
      stranded.append(job)
      throw error
    }
    let slot = idle.removeLast()
    inHand[job.id] = slot
    logger.log(.debug, .claimed, metadata(job))
    let since = job.record.firstClaimed ?? .now()
    let request = WorkerRequest(
      path: queue.inputPath(of: job).string, name: job.record.originalName.display, scratch: work.string,
      isYoung: Timestamp.now().seconds(since: since) < configuration.youngSeconds,
      sizeLimit: configuration.inputSizeBytes,
      statement: UserStatement(lines: job.record.statement))
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
    case .finished(.outcome(let outcome)): try end(job, outcome)
    case .finished(.skipped(let contentHash, let modelSetHash)):
      guard let holder = try queue.holder(contentHash: contentHash, modelSetHash: modelSetHash) else {
        return try fail(job, "the result of the same content has just been removed", mayPass: true)
      }
      try retire(job, asDuplicateOf: holder)
    case .finished(.ended(let reason)):
      if isAbandoning { return }
      logger.log(.warning, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try fail(job, reason, mayPass: true)
    case .notStarted(let reason):
      if isAbandoning { return }
      // Not the file's fault: wait, and do not count it.
      logger.log(.error, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try putOff(job, max(1, configuration.retryDelaySeconds), reason, excused: true)
    }
  }

  /// Workers are killed with jobs in hand: the next daemon finds these in `active/`.
  private var isAbandoning: Bool { stopBy.map { monotonicSeconds() >= $0 } ?? false }

  private func end(_ job: Job, _ outcome: JobOutcome<WorkerResult>) throws(SpoolError) {
    switch outcome {
    case .done(let result): try commit(job, result)
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

  private func commit(_ job: Job, _ result: WorkerResult) throws(SpoolError) {
    let commit = try queue.commit(
      job, contentHash: result.contentHash, modelSetHash: result.modelSetHash, logLines: result.logLines,
      jsonLines: result.jsonLines)
    switch commit {
    case .known(let holder): try retire(job, asDuplicateOf: holder)
    case .committed(let committed):
      try log.append(committed, recovering: false)
      try queue.retire(committed)
      note(.done, .info, .done, committed, ["result": "\(committed.record.result?.directory ?? "")"])
    }
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

  func putOff(_ job: Job, _ seconds: Double, _ reason: String, excused: Bool) throws(SpoolError) {
    deferred.note(
      try queue.defer(job, until: .now().adding(seconds: seconds), because: reason, excused: excused))
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
