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
  private var command: WorkerCommand
  var configuration: Configuration
  /// Open from the recovery on.
  private var log: ResultLog?
  /// Whether what an earlier daemon left is finished.
  private var hasRecovered = false
  /// Clears away what is left lying, beside the work.
  var sweep: Task<Void, Never>?

  /// Of the present configuration.
  var slots: [WorkerSlot] = []
  /// Those of them that may be given work.
  var idle: [WorkerSlot] = []
  /// Those of them that wait until workers of an earlier configuration have ended: there are never more than configured.
  private var spare: [WorkerSlot] = []
  private var slotCount = 0
  /// The workers at work.
  var inHand: [JobID: WorkerSlot] = [:]
  /// Claimed jobs that wait for a worker, the first first.
  var waiting: [(id: JobID, slot: CheckedContinuation<WorkerSlot?, Never>)] = []

  /// Jobs that may be under way at once: while some wait for the disk, others are analysed.
  static let laneCount = 32
  /// Of them, those that have no worker yet.
  static let mostClaiming = 12
  /// Those that are free.
  var lanes = (0..<Supervisor.laneCount).map { _ in Lane() }
  var claiming = 0
  /// Files whose claim is under way, and those claimed since the last look began: a look may still show them.
  var claimingNames: Set<FileName> = []
  var launched: Set<FileName> = []
  /// A job is under way that must be alone.
  var hasSuspect = false
  /// Who waits for each content that is being committed.
  var turns: [String: [CheckedContinuation<Void, Never>]] = [:]
  /// Waits until all lanes are free.
  var drained: CheckedContinuation<Void, Never>?
  /// Jobs in `active/` whose transition failed, on a full disk say: tried again when it is time.
  var stranded: [Job] = []

  /// For looks at the spool, and for clearing up.
  let looker = Lane()
  let sweeper = Lane()
  /// What is heard of the files in the inbox between two looks.
  package nonisolated let arrivals = Arrivals()
  var settling = Settling()
  var ready: ArraySlice<InboxEntry> = []
  var deferred: DeferredJobs
  var isInboxEmpty = false
  var hasLooked = false
  /// Whether the spool was looked through since its last fault.
  var isSound = true
  var isLooking = false
  /// Something may have come since the last look began.
  var isHinted = true
  /// Monotonic seconds: the look that comes without a hint, and the end of the last one.
  var nextLook = 0.0
  var lookEnded = -1.0
  /// Seconds.
  var lookLength = 0.0
  var passedOver: Set<FileName> = []
  /// Files in the inbox beside which may be said why they are not taken; nil before the first look.
  var explained: Set<FileName>?

  /// What is lacking on the disk; nil when there is room.
  var noRoom: String?
  var backoff = Backoff()
  /// A fault that no waiting mends.
  var fatal: SpoolError?
  private var pauseSaid: String?
  var stopBy: Double?

  var metrics = ServiceMetrics()
  var depths = ServiceMetrics.Depths()
  /// When the oldest file in the inbox came there.
  var oldest: Timestamp?
  private var hasMetricsFault = false

  private let wake: AsyncStream<Void>
  let waker: AsyncStream<Void>.Continuation

  /// - Throws: `SpoolError` when the spool cannot be used, or another daemon serves it.
  package init(
    queue: SpoolQueue, configuration: Configuration, command: WorkerCommand, logger: Logger,
    manager: ServiceManager
  ) throws(SpoolError) {
    lock = try SpoolLock(root: queue.root)
    self.queue = queue
    self.configuration = configuration
    self.command = command
    self.logger = logger
    self.manager = manager
    deferred = DeferredJobs(longestWait: configuration.longestWait)
    (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  // MARK: Hints from outside

  /// Look at the inbox now: something may have come.
  package func look() {
    isHinted = true
    waker.yield()
  }

  /// Take nothing new; finish what is in hand within the configured time.
  package func stop() {
    guard stopBy == nil else { return }
    stopBy = monotonicSeconds() + configuration.stopTimeoutSeconds
    manager.stopping()
    stopWaiting()
    waker.yield()
  }

  private func stopWaiting() {
    for (_, slot) in waiting { slot.resume(returning: nil) }
    waiting = []
  }

  /// Uses another configuration from now on and opens the logs anew; jobs in hand end as they began.
  /// - Parameter command: starts the workers of that configuration; nil: they are started as before.
  package func reload(_ next: Configuration, command: WorkerCommand? = nil) {
    manager.reloading()
    reopenLogs()
    if next.spoolDirectory != configuration.spoolDirectory {
      logger.log(.warning, .reloadRefused, ["reason": "spool_directory changes at the next start only"])
    }
    configuration = next
    self.command = command ?? self.command
    deferred.longestWait = next.longestWait
    logger.logLevel = Logger.Level(rawValue: next.logLevel) ?? logger.logLevel
    for slot in idle { slot.close() }
    makeSlots()
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
      try log?.reopen()
    } catch {
      logger.log(.error, .spoolFault, ["reason": "\(error)"])
    }
  }

  /// Slots for the present configuration, of which as many are idle as there may be workers beside those at work.
  private func makeSlots() {
    let pin = ModelPin(command.models)
    slots = (0..<configuration.workers).map { _ in
      slotCount += 1
      return WorkerSlot(command, inputs: queue.path(.active), scratch: queue.scratchPath(slotCount), pin: pin)
    }
    idle = []
    spare = slots
    makeIdle()
  }

  func makeIdle() {
    while idle.count + inHand.count < slots.count, let slot = spare.popLast() { idle.append(slot) }
    while !waiting.isEmpty, let slot = idle.popLast() {
      let (id, next) = waiting.removeFirst()
      inHand[id] = slot
      next.resume(returning: slot)
    }
  }

  // MARK: The loop

  package func run(_ mode: Mode) async throws(SpoolError) -> End {
    makeSlots()
    if WorkerConfinement.landlockVersion == 0 {
      logger.log(.warning, .filesUnconfined, ["reason": "\(WorkerConfinement.sentence)"])
    }
    var wakes = wake.makeAsyncIterator()
    let kickInterval = min(10, (manager.watchdogSeconds ?? 20) / 2) * 0.9
    var nextKick = monotonicSeconds() + kickInterval
    var isReady = false
    while true {
      do throws(SpoolError) {
        try await step()
      } catch {
        fault(error)
      }
      if let fatal { throw fatal }
      if !isReady {
        // What stands in the way of the work is no reason to be started anew.
        manager.ready(status: statusLine)
        report()
        logger.log(.notice, .started, ["spool": "\(queue.root)", "workers": "\(slots.count)"])
        isReady = true
      }
      let now = monotonicSeconds()
      if now >= nextKick {
        manager.alive()
        report()
        nextKick = now + kickInterval
      } else if pauseReason != pauseSaid {
        report()
      }
      if let stopBy {
        if lanes.count == Self.laneCount { return await finish(.stopped) }
        if now >= stopBy { return await finish(.interrupted(jobs: Self.laneCount - lanes.count)) }
      } else if mode == .once {
        if hasRecovered, isDrained { return await finish(.drained) }
        // Who waits for the end is told why it does not come.
        if backoff.faults > 0, now - backoff.since > Self.oncePatience, lanes.count == Self.laneCount {
          throw SpoolError(.lasting, at: queue.root.string, backoff.reason ?? "the spool is at fault")
        }
      }
      let timer = timer(seconds: pause(monotonicSeconds(), nextKick: nextKick))
      let hint: Void? = await wakes.next(isolation: self)
      timer.cancel()
      if hint == nil {
        // Cancelled: nobody waits for the jobs in hand.
        stopBy = monotonicSeconds()
        stopWaiting()
        return await finish(.interrupted(jobs: Self.laneCount - lanes.count))
      }
    }
  }

  /// Seconds for which faults of the spool are waited out where the end is waited for.
  private static let oncePatience = 60.0

  /// Looks where it is time to, and gives work to idle workers.
  private func step() async throws(SpoolError) {
    let now = Moment.now()
    guard stopBy == nil, now.monotonic >= backoff.until, hasRoom() else { return }
    let queue = queue
    if backoff.faults > 0 || !hasRecovered {
      // Are the directories there again?
      _ = try await looker.run { () throws(SpoolError) in try SpoolQueue(root: queue.root) }
    }
    let transitions = try await preparedTransitions()
    if !hasRecovered {
      try await recover(transitions)
      hasRecovered = true
    }
    try await resolveStranded(transitions)
    if isIdle(now.monotonic) { backoff.reset() }
    lookIfDue(now)
    launchDue(now.monotonic)
  }

  /// What the transitions of jobs stand on, as it is now.
  private func preparedTransitions() async throws(SpoolError) -> Transitions {
    let queue = queue
    let log: ResultLog
    if let open = self.log {
      log = open
    } else {
      log = try await looker.run { () throws(SpoolError) in
        try queue.makeScratchDirectory()
        return try ResultLog(directory: queue.path(.log))
      }
      self.log = log
    }
    return Transitions(queue: queue, log: log, configuration: configuration)
  }

  var transitions: Transitions? {
    log.map { Transitions(queue: queue, log: $0, configuration: configuration) }
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
    // Those at work may be of an earlier configuration.
    let working = Array(inHand.values)
    if case .interrupted = end { for slot in slots + working { slot.abandon() } }
    if lanes.count < Self.laneCount { await withCheckedContinuation { drained = $0 } }
    for slot in slots + working { await slot.closed() }
    await sweep?.value
    logger.log(.notice, .stopped, ["done": "\(metrics.count(.done))"])
    report()
    return end
  }

  // MARK: Words

  /// Why nothing is begun; nil when all is well.
  private var pauseReason: String? {
    noRoom ?? backoff.reason.map { "\($0); tried again after \(Int(backoff.until - backoff.since)) s" }
  }

  /// Says how the daemon is: to systemd, to who asks for the spool's status, to monitoring.
  private func report() {
    pauseSaid = pauseReason
    manager.status(statusLine)
    lock.say(statusLine, pause: pauseSaid)
    guard let file = configuration.metricsFile else { return }
    depths.deferred = deferred.count
    depths.inHand = inHand.count
    depths.oldestWaiting = oldest.map { max(0, Timestamp.now().seconds(since: $0)) } ?? 0
    depths.bytesFree = PosixFiles.freeBytes(at: queue.root)
    depths.isPaused = pauseSaid != nil
    do {
      try metrics.write(depths, to: file)
      hasMetricsFault = false
    } catch {
      if !hasMetricsFault { logger.log(.warning, .metricsFault, ["reason": "\(error)"]) }
      hasMetricsFault = true
    }
  }

  private var statusLine: String {
    let ended = [JobState.done, .duplicate, .corrupt, .failed].map { "\(metrics.count($0)) \($0.rawValue)" }
    return (pauseReason.map { "paused, \($0); " } ?? "")
      + "\(inHand.count) in hand, \(ready.count + claiming) waiting, \(deferred.count) deferred; since start "
      + ended.joined(separator: ", ")
  }
}
