package import Logging
package import SpoolQueue
import SystemPackage

/// Moves jobs through the spool: it alone renames, and it opens no input.
package actor Supervisor {
  private let executor = QueueExecutor()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package enum Mode: Sendable {
    /// Until told to stop.
    case forever
    /// Until inbox, active and deferred are empty.
    case once
  }

  /// Why the run ended.
  package enum End: Sendable {
    case drained
    case stopped
    /// Jobs were still in hand when the time to finish them was over; they go on at the next start.
    case interrupted(jobs: Int)
  }

  private let queue: SpoolQueue
  /// Held as long as this value lives: nobody else serves the spool.
  private let lock: SpoolLock
  private var logger: Logger
  private let manager: ServiceManager
  private let makeCommand: @Sendable (Configuration) -> WorkerCommand
  private var configuration: Configuration
  private var log: ResultLog
  private var slots: [WorkerSlot]
  private var idle: [WorkerSlot]
  private var inHand: [JobID: WorkerSlot] = [:]
  private var settling = Settling()
  private var ready: [InboxEntry] = []
  private var waitingDeferred = 0
  private var isInboxEmpty = false
  /// Jobs in `active/` whose transition failed, on a full disk say: tried again at each look.
  private var stranded: [Job] = []
  private var nextScan = 0.0
  private var lastScan = -1.0
  private static let shortestScanInterval = 0.1
  private var passedOver: Set<FileName> = []
  private var isPaused = false
  private var stopBy: Double?
  private var counts: [JobState: Int] = [:]
  private var faultsInARow = 0

  private let wake: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  /// - Throws: `SpoolError` when the spool cannot be used, or another daemon serves it.
  package init(
    queue: SpoolQueue, configuration: Configuration, logger: Logger, manager: ServiceManager,
    makeCommand: @escaping @Sendable (Configuration) -> WorkerCommand
  ) throws(SpoolError) {
    lock = try SpoolLock(root: queue.root)
    self.queue = queue
    self.configuration = configuration
    self.logger = logger
    self.manager = manager
    self.makeCommand = makeCommand
    log = try ResultLog(directory: queue.path(.log))
    let command = makeCommand(configuration)
    slots = (0..<configuration.workers).map { _ in WorkerSlot(command) }
    idle = slots
    (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  // MARK: Hints from outside

  /// Look at the inbox now: something may have come.
  package func look() {
    nextScan = 0
    waker.yield()
  }

  /// Take nothing new; finish what is in hand within the configured time.
  package func stop() {
    guard stopBy == nil else { return }
    stopBy = monotonicSeconds() + configuration.stopTimeoutSeconds
    manager.stopping()
    waker.yield()
  }

  /// Uses another configuration from now on and opens the logs anew; jobs in hand end as they began.
  package func reload(_ next: Configuration) {
    manager.reloading()
    reopenLogs()
    if next.spoolDirectory != configuration.spoolDirectory {
      logger.log(.warning, .reloadRefused, ["reason": "spool_directory changes at the next start only"])
    }
    configuration = next
    logger.logLevel = Logger.Level(rawValue: next.logLevel) ?? logger.logLevel
    for slot in idle { slot.close() }
    let command = makeCommand(next)
    slots = (0..<next.workers).map { _ in WorkerSlot(command) }
    idle = slots
    logger.log(.notice, .reloaded)
    manager.ready(status: statusLine)
    look()
  }

  /// The logs may have been rotated, but there is no other configuration to use.
  package func keepConfiguration() {
    manager.reloading()
    reopenLogs()
    manager.ready(status: statusLine)
  }

  private func reopenLogs() {
    do {
      try log.reopen()
    } catch {
      logger.log(.error, .spoolFault, ["reason": "\(error)"])
    }
  }

  // MARK: The loop

  package func run(_ mode: Mode) async throws(SpoolError) -> End {
    try recover()
    manager.ready(status: statusLine)
    logger.log(.notice, .started, ["spool": "\(queue.root)", "workers": "\(slots.count)"])
    let ticker = Task { [waker] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(200))
        waker.yield()
      }
    }
    defer { ticker.cancel() }
    var wakes = wake.makeAsyncIterator()
    var nextKick = 0.0
    while true {
      do throws(SpoolError) {
        try step()
        faultsInARow = 0
      } catch {
        // A full disk or a stale mount may mend itself; a spool that stays broken is for the operator.
        faultsInARow += 1
        logger.log(.error, .spoolFault, ["reason": "\(error)"])
        if !error.mayPass || faultsInARow > 150 { throw error }
      }
      let now = monotonicSeconds()
      if now >= nextKick {
        manager.alive()
        manager.status(statusLine)
        nextKick = now + min(10, (manager.watchdogSeconds ?? 20) / 2) * 0.9
      }
      if let stopBy {
        if inHand.isEmpty { return await finish(.stopped) }
        if now >= stopBy { return await finish(.interrupted(jobs: inHand.count)) }
      } else if mode == .once, inHand.isEmpty, stranded.isEmpty, ready.isEmpty, waitingDeferred == 0,
        isInboxEmpty
      {
        return await finish(.drained)
      }
      _ = await wakes.next(isolation: self)
    }
  }

  private func finish(_ end: End) async -> End {
    if case .interrupted = end { for slot in slots { slot.abandon() } }
    for slot in slots { await slot.closed() }
    logger.log(.notice, .stopped, ["done": "\(counts[.done] ?? 0)"])
    return end
  }

  private var statusLine: String {
    let ended = [JobState.done, .duplicate, .corrupt, .failed].map { "\(counts[$0] ?? 0) \($0.rawValue)" }
    return (isPaused ? "paused, the disk is nearly full; " : "")
      + "\(inHand.count) in hand, \(ready.count) waiting, \(waitingDeferred) deferred; since start "
      + ended.joined(separator: ", ")
  }

  /// Looks where it is time to, and gives work to idle workers.
  private func step() throws(SpoolError) {
    guard stopBy == nil else { return }
    let monotonic = monotonicSeconds()
    // Each look costs a few calls a file: not after every job while thousands wait.
    let isDue =
      monotonic >= lastScan + Self.shortestScanInterval
      && (monotonic >= nextScan || (settling.isWaiting && ready.isEmpty))
    guard isDue || !ready.isEmpty || waitingDeferred > 0 || !stranded.isEmpty else { return }
    guard try hasRoom() else { return }
    try resolveStranded()
    try takeDeferred()
    if isDue { try scan(monotonic) }
    while !idle.isEmpty, let entry = ready.first {
      ready.removeFirst()
      if let job = try queue.claim(entry) { try start(job) }
    }
  }

  private func scan(_ monotonic: Double) throws(SpoolError) {
    let scan = try queue.scanInbox()
    for (entry, why) in scan.refused where passedOver.insert(entry.name).inserted {
      logger.log(.warning, .passedOver, ["file": "\(entry.name.display)", "reason": "\(why)"])
    }
    passedOver.formIntersection(scan.refused.map(\.entry.name))
    ready = settling.settled(
      scan.candidates, seconds: configuration.settleSeconds, now: .now(), monotonic: monotonic)
    isInboxEmpty = scan.candidates.isEmpty
    lastScan = monotonic
    nextScan = monotonic + configuration.rescanIntervalSeconds
  }

  private func takeDeferred() throws(SpoolError) {
    guard !idle.isEmpty else { return }
    let jobs = try queue.deferred()
    waitingDeferred = jobs.count
    let now = Timestamp.now()
    for job in jobs where !idle.isEmpty && (job.record.notBefore ?? now) <= now {
      waitingDeferred -= 1
      if let claimed = try queue.claim(job) { try start(claimed) }
    }
  }

  /// Says once when the disk fills up, and once when there is room again.
  private func hasRoom() throws(SpoolError) -> Bool {
    guard let free = freeDiskSpace(queue.root) else { return true }
    let isFull = free < configuration.minimumFreeBytes
    if isFull != isPaused {
      isPaused = isFull
      let data: Logger.Metadata = [
        "free-MB": "\(free >> 20)", "minimum-MB": "\(configuration.minimumFreeBytes >> 20)",
      ]
      logger.log(isFull ? .error : .notice, isFull ? .intakePaused : .intakeResumed, data)
      manager.status(statusLine)
    }
    return !isFull
  }

  // MARK: One job

  private func start(_ job: Job) throws(SpoolError) {
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
      sizeLimit: configuration.inputSizeBytes)
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
    case .answer(let answer, let contentHash, let modelSetHash):
      let reason = answer.reason ?? "no reason was given"
      switch answer.kind {
      case .done:
        try commit(job, answer, contentHash ?? "", modelSetHash)
      case .corrupt:
        try queue.reject(job, as: .corrupt, because: reason)
        note(.corrupt, .warning, .corrupt, job, ["reason": "\(reason)"])
      case .unsettled:
        let delay = max(0.2, configuration.settleSeconds)
        try putOff(job, delay, reason, excused: true)
        logger.log(.info, .deferred, metadata(job, ["reason": "\(reason)", "delay-s": "\(delay)"]))
      case .failed:
        try fail(job, reason, mayPass: answer.mayPass ?? false)
      case .ready, .hash:
        try fail(job, "the worker spoke out of turn", mayPass: true)
      }
    case .skipped(let contentHash, let modelSetHash):
      guard let holder = try queue.holder(contentHash: contentHash, modelSetHash: modelSetHash) else {
        return try fail(job, "the result of the same content has just been removed", mayPass: true)
      }
      try retire(job, asDuplicateOf: holder)
    case .ended(let reason):
      if stopBy != nil, monotonicSeconds() >= stopBy ?? 0 { return }
      logger.log(.warning, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try fail(job, reason, mayPass: true)
    case .notStarted(let reason):
      // Not the file's fault: wait, and do not count it.
      logger.log(.error, .workerEnded, metadata(job, ["reason": "\(reason)"]))
      try putOff(job, max(1, configuration.retryDelaySeconds), reason, excused: true)
    }
  }

  private func commit(
    _ job: Job, _ answer: WorkerAnswer, _ contentHash: String, _ modelSetHash: String
  ) throws(SpoolError) {
    let commit = try queue.commit(
      job, contentHash: contentHash, modelSetHash: modelSetHash, logLines: answer.logLines ?? [],
      jsonLines: answer.jsonLines ?? [])
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

  private func putOff(_ job: Job, _ seconds: Double, _ reason: String, excused: Bool) throws(SpoolError) {
    try queue.defer(job, until: .now().adding(seconds: seconds), because: reason, excused: excused)
    waitingDeferred += 1
  }

  // MARK: Recovery

  /// Finishes what a failed transition left in `active/`: a committed job is logged and retired, any other one
  /// is put off, with nothing counted.
  private func resolveStranded() throws(SpoolError) {
    guard !stranded.isEmpty else { return }
    let active = try queue.jobs(at: .active)
    while let job = stranded.last {
      // A job that is no longer there was moved by the operator.
      if let now = active.first(where: { $0.id == job.id }) {
        if now.state == .committed {
          try log.append(now, recovering: true)
          try queue.retire(now)
          note(.done, .notice, .recovered, now, [:])
        } else {
          try putOff(now, 0, "a step of the spool failed", excused: true)
        }
      }
      stranded.removeLast()
    }
  }

  /// A daemon that dies again and again with the same job in hand is stopped by this limit.
  private static let interruptionLimit = 20

  private func recover() throws(SpoolError) {
    let recovery = try queue.recover()
    for job in recovery.committed {
      try log.append(job, recovering: true)
      try queue.retire(job)
      note(.done, .notice, .recovered, job, [:])
    }
    for job in recovery.interrupted {
      if job.record.interruptions >= Self.interruptionLimit {
        try queue.reject(
          job, as: .failed, because: "the daemon ended \(Self.interruptionLimit) times with this file in hand"
        )
        note(.failed, .error, .failed, job, [:])
      } else {
        try queue.defer(
          job, until: .now(), because: "the daemon ended with this file in hand", excused: true,
          interrupted: true)
        logger.log(.notice, .recovered, metadata(job))
      }
    }
    waitingDeferred = try queue.count(in: .deferred)
  }

  private func note(
    _ state: JobState, _ level: Logger.Level, _ event: ServiceEvent, _ job: Job, _ data: Logger.Metadata
  ) {
    counts[state, default: 0] += 1
    logger.log(level, event, metadata(job, data, state))
  }

  private func metadata(_ job: Job, _ data: Logger.Metadata = [:], _ state: JobState? = nil)
    -> Logger.Metadata
  {
    let basic: Logger.Metadata = [
      "job.id": "\(job.id)", "job.state": "\((state ?? job.state).rawValue)",
      "job.attempt": "\(job.countedAttempts)", "file": "\(job.record.originalName.display)",
    ]
    return basic.merging(data) { _, new in new }
  }
}
