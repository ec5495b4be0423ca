import JobContract
import Logging
import SpoolQueue

/// One job, from its claim to its end, on a lane of its own.
extension Supervisor {
  /// - Parameter isAlone: nothing else is started while it goes on.
  func launch(_ candidate: Transitions.Candidate, alone isAlone: Bool = false) {
    let lane = lanes.removeLast()
    if isAlone { hasSuspect = true }
    claiming += 1
    if case .arrived(let entry) = candidate {
      launched.insert(entry.name)
      claimingNames.insert(entry.name)
    }
    Task {
      await self.live(candidate, on: lane)
      self.lanes.append(lane)
      if isAlone { self.hasSuspect = false }
      if self.lanes.count == Self.laneCount {
        self.drained?.resume()
        self.drained = nil
      }
      self.waker.yield()
    }
  }

  private func live(_ candidate: Transitions.Candidate, on lane: Lane) async {
    guard let transitions else { return }
    let claim: Transitions.Claim
    do throws(SpoolError) {
      claim = try await lane.run { () throws(SpoolError) in try transitions.claim(candidate) }
    } catch {
      claiming -= 1
      if case .arrived(let entry) = candidate { claimingNames.remove(entry.name) }
      isHinted = true
      return fault(error)
    }
    if case .arrived(let entry) = candidate {
      claimingNames.remove(entry.name)
      depths.submitted = max(0, depths.submitted - 1)
    }
    switch claim {
    case .gone: claiming -= 1
    case .growing(let job, let seconds):
      claiming -= 1
      deferred.note(job, now: .now(), seconds: seconds)
    case .claimed(let job):
      do throws(SpoolError) {
        try await work(job, on: lane, transitions)
      } catch {
        stranded.append(job)
        // Moved by the operator, perhaps.
        if error.code != .gone { fault(error, job) }
      }
    }
  }

  private func work(_ job: Job, on lane: Lane, _ transitions: Transitions) async throws(SpoolError) {
    logger.log(.debug, .claimed, metadata(job))
    let slot = await slot(for: job)
    claiming -= 1
    guard let slot else {
      return try await end(job, on: lane) { () throws(SpoolError) in
        try transitions.putOff(job, 0, Self.stopping, .info, excused: true)
      }
    }
    let began = monotonicSeconds()
    let result: WorkerSlot.Result
    do throws(SpoolError) {
      result = try await perform(job, in: slot, on: lane, transitions)
    } catch {
      giveBack(slot, of: job)
      throw error
    }
    metrics.note(duration: monotonicSeconds() - began)
    giveBack(slot, of: job)
    if isAbandoning, result.isWithoutAnswer {
      return try await end(job, on: lane) { () throws(SpoolError) in
        try transitions.putOff(job, 0, Self.stopping, .info, excused: true)
      }
    }
    switch result {
    case .finished(.ended(let reason), _):
      metrics.workerEnds += 1
      logger.log(.warning, .workerEnded, metadata(job, ["reason": "\(reason)"]))
    case .hindered(let reason):
      // The next one would fare no better.
      logger.log(.error, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      backoff.fail(reason, monotonic: monotonicSeconds())
    default: break
    }
    // Of the same content, one after the other: the second finds the result of the first.
    let content = result.contentHash
    if let content { await turn(of: content) }
    defer { if let content { endTurn(of: content) } }
    try await end(job, on: lane) { () throws(SpoolError) in try transitions.end(job, result) }
  }

  private func perform(
    _ job: Job, in slot: WorkerSlot, on lane: Lane, _ transitions: Transitions
  ) async throws(SpoolError) -> WorkerSlot.Result {
    let configuration = configuration
    let limits = JobLimits(
      wallSeconds: configuration.jobWallTimeSeconds, cpuSeconds: configuration.jobCPUTimeSeconds,
      memoryBytes: configuration.jobMemoryBytes, resultBytes: configuration.resultSizeBytes)
    let (request, products) = try await lane.run { () throws(SpoolError) in try transitions.request(for: job)
    }
    let queue = queue
    return await slot.perform(request, limits: limits, products: products) { hashes in
      // An index that cannot be read costs an analysis, not the job.
      let holder = try? queue.holder(contentHash: hashes.content, modelSetHash: hashes.modelSet)
      return holder == nil ? .analyze : .skip
    }
  }

  private func end(
    _ job: Job, on lane: Lane, _ transition: @Sendable () throws(SpoolError) -> Transitions.Ending
  ) async throws(SpoolError) {
    note(try await lane.run(transition))
  }

  private static let stopping = "the service was stopped before it came to an end"

  /// Workers are killed with jobs in hand.
  private var isAbandoning: Bool { stopBy.map { monotonicSeconds() >= $0 } ?? false }

  // MARK: One of a kind at a time

  private func turn(of content: String) async {
    if turns[content] == nil {
      turns[content] = []
    } else {
      await withCheckedContinuation { turns[content]?.append($0) }
    }
  }

  private func endTurn(of content: String) {
    if turns[content]?.isEmpty == false {
      turns[content]?.removeFirst().resume()
    } else {
      turns[content] = nil
    }
  }

  /// An idle worker, or the next that becomes idle; nil when the service stops.
  private func slot(for job: Job) async -> WorkerSlot? {
    if stopBy != nil { return nil }
    if waiting.isEmpty, let slot = idle.popLast() {
      inHand[job.id] = slot
      return slot
    }
    return await withCheckedContinuation { waiting.append((job.id, $0)) }
  }

  private func giveBack(_ slot: WorkerSlot, of job: Job) {
    inHand[job.id] = nil
    metrics.workerStarts += slot.takeStarts()
    if slots.contains(where: { $0 === slot }) { idle.append(slot) } else { slot.close() }
    makeIdle()
  }

  // MARK: Words

  /// Keeps in mind and says what became of a job.
  func note(_ ending: Transitions.Ending, recovering: Bool = false) {
    switch ending {
    case .done(let job):
      let data: Logger.Metadata = ["result": "\(job.record.result?.directory ?? "")"]
      if recovering { note(.notice, .recovered, job, data) } else { note(.info, .done, job, data) }
    case .duplicate(let job, let holder): note(.info, .duplicate, job, ["result-of": "\(holder)"])
    case .corrupt(let job, let reason): note(.warning, .corrupt, job, ["reason": "\(reason)"])
    case .failed(let job, let reason): note(.error, .failed, job, ["reason": "\(reason)"])
    case .deferred(let job, let seconds, let reason, let level):
      deferred.note(job, now: .now(), seconds: seconds)
      logger.log(level, .deferred, metadata(job, ["reason": "\(reason)", "delay-s": "\(seconds)"]))
    }
  }

  private func note(_ level: Logger.Level, _ event: ServiceEvent, _ job: Job, _ data: Logger.Metadata) {
    metrics.note(job.state)
    // A job may need nothing of what is at fault: a look since then has found the directories.
    if isSound { backoff.reset() }
    logger.log(level, event, metadata(job, data))
  }

  /// A fault of the spool: nothing is begun until it is time to try again.
  func fault(_ error: SpoolError, _ job: Job? = nil) {
    isSound = false
    // A look says whether it is over.
    isHinted = true
    let basic: Logger.Metadata = ["reason": "\(error)"]
    // A spool that was there once may be mounted again.
    guard error.mayPass || error.code == .notASpool else {
      fatal = fatal ?? error
      logger.log(.error, .spoolFault, job.map { metadata($0, basic) } ?? basic)
      waker.yield()
      return
    }
    // Jobs side by side meet the same fault: said once.
    let isNew = monotonicSeconds() >= backoff.until
    let seconds = backoff.fail(error.sentence, monotonic: monotonicSeconds())
    let data = basic.merging(["again-in-s": "\(Int(seconds.rounded()))"]) { a, _ in a }
    logger.log(isNew ? .error : .debug, .spoolFault, job.map { metadata($0, data) } ?? data)
    waker.yield()
  }

  func metadata(_ job: Job, _ data: Logger.Metadata = [:]) -> Logger.Metadata {
    let basic: Logger.Metadata = [
      "job.id": "\(job.id)", "job.state": "\(job.state.rawValue)",
      "job.attempt": "\(job.countedAttempts)", "file": "\(job.record.originalName.display)",
    ]
    return basic.merging(data) { _, new in new }
  }
}

extension WorkerSlot.Result {
  /// The worker did not come to the end of the job.
  fileprivate var isWithoutAnswer: Bool {
    switch self {
    case .finished(.ended, _), .hindered: true
    default: false
    }
  }

  /// Of what is to be committed, or was before: SHA-256, hexadecimal.
  fileprivate var contentHash: String? {
    switch self {
    case .finished(.outcome(.done(let result), _), _): result.hashes.content
    case .finished(.skipped(let hashes), _): hashes.content
    default: nil
    }
  }
}
