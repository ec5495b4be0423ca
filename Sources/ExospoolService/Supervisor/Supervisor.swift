package import Logging
import PosixFiles
package import SpoolQueue

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

  let queue: SpoolQueue
  /// Held as long as this value lives: nobody else serves the spool.
  private let lock: SpoolLock
  var logger: Logger
  let manager: ServiceManager
  private let makeCommand: @Sendable (Configuration) -> WorkerCommand
  var configuration: Configuration
  var log: ResultLog
  var slots: [WorkerSlot]
  var idle: [WorkerSlot]
  var inHand: [JobID: WorkerSlot] = [:]
  /// What is heard of the files in the inbox between two looks.
  package nonisolated let arrivals = Arrivals()
  private var settling = Settling()
  private var ready: [InboxEntry] = []
  var deferred = DeferredJobs()
  private var isInboxEmpty = false
  /// Jobs in `active/` whose transition failed, on a full disk say: tried again at each look.
  var stranded: [Job] = []
  private var nextScan = 0.0
  private var lastScan = -1.0
  private static let shortestScanInterval = 0.1
  private static let shortPause = 0.2
  private var passedOver: Set<FileName> = []
  private var isPaused = false
  var stopBy: Double?
  var counts: [JobState: Int] = [:]
  private var faultsInARow = 0

  private let wake: AsyncStream<Void>
  let waker: AsyncStream<Void>.Continuation

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
      } else if mode == .once, inHand.isEmpty, stranded.isEmpty, ready.isEmpty, deferred.count == 0,
        isInboxEmpty
      {
        return await finish(.drained)
      }
      let timer = timer(seconds: pause(monotonicSeconds(), nextKick: nextKick))
      let hint: Void? = await wakes.next(isolation: self)
      timer.cancel()
      if hint == nil {
        // Cancelled: nobody waits for the jobs in hand.
        stopBy = monotonicSeconds()
        return await finish(.interrupted(jobs: inHand.count))
      }
    }
  }

  /// Seconds until there is something to do without a hint from outside.
  private func pause(_ now: Double, nextKick: Double) -> Double {
    // What stands in the way may go; nobody tells us when.
    if isPaused || faultsInARow > 0 { return Self.shortPause }
    if let stopBy { return max(0, min(stopBy, nextKick) - now) }
    var next = min(nextKick, max(nextScan, lastScan + Self.shortestScanInterval))
    // Nor does anybody tell us that a file has stood still.
    if !ready.isEmpty || settling.isWaiting || !stranded.isEmpty { next = min(next, now + Self.shortPause) }
    if !idle.isEmpty, let due = deferred.nextDue { next = min(next, now + due.seconds(since: .now())) }
    return max(0, next - now)
  }

  /// Wakes the loop once, unless something else did before.
  private func timer(seconds: Double) -> Task<Void, Never> {
    Task { [waker] in
      // A timer that is called off wakes nobody: its wake would call off the next one.
      guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
      waker.yield()
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
      + "\(inHand.count) in hand, \(ready.count) waiting, \(deferred.count) deferred; since start "
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
    let now = Timestamp.now()
    let isDeferredDue = deferred.nextDue.map { $0 <= now } ?? false
    guard isDue || !ready.isEmpty || isDeferredDue || !stranded.isEmpty else { return }
    guard try hasRoom() else { return }
    try resolveStranded()
    if monotonic >= nextScan { try deferred.look(at: queue) }
    try takeDeferred(now)
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
      scan.candidates,
      marks: arrivals.marks(
        of: scan.candidates.lazy.map(\.name), seenAt: monotonic, patience: configuration.youngSeconds),
      seconds: configuration.settleSeconds,
      youngSeconds: max(configuration.youngSeconds, configuration.tableSettleSeconds), now: .now(),
      monotonic: monotonic)
    isInboxEmpty = scan.candidates.isEmpty
    lastScan = monotonic
    nextScan = monotonic + configuration.rescanIntervalSeconds
  }

  private func takeDeferred(_ now: Timestamp) throws(SpoolError) {
    while !idle.isEmpty, let job = try deferred.due(by: now, in: queue) {
      // Who wrote to it while it was analysed may do so still.
      if job.record.isGrowing, let rest = try secondsOfGrowth(job, now) {
        deferred.note(job, due: now.adding(seconds: rest))
        continue
      }
      let claimed = try queue.claim(job)
      deferred.remove(job.id)
      if let claimed { try start(claimed) }
    }
  }

  /// Says once when the disk fills up, and once when there is room again.
  private func hasRoom() throws(SpoolError) -> Bool {
    guard let free = PosixFiles.freeBytes(at: queue.root) else { return true }
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
}
