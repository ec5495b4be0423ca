import Logging
import PosixFiles
import SpoolQueue

/// What is looked for, and what is begun when.
extension Supervisor {
  /// Seconds for which a job that must be alone waits for all others; then all others wait for it.
  private static let suspectPatience = 600.0

  private var inFlight: Int { Self.laneCount - lanes.count }

  private var canLaunch: Bool {
    stopBy == nil && !hasSuspect && !lanes.isEmpty && claiming < Self.mostClaiming
      // While the spool is at fault, one job tries whether it still is.
      && (backoff.faults == 0 || inFlight == 0)
  }

  /// Gives work to the lanes that are free.
  func launchDue(_ now: Double) {
    let suspectDue = deferred.nextSuspectDue.map { $0 <= now } ?? false
    let hasPatience = deferred.nextSuspectDue.map { now < $0 + Self.suspectPatience } ?? true
    if hasPatience {
      while canLaunch, let name = deferred.take(by: now) { launch(.deferred(name)) }
      while canLaunch, let entry = ready.popFirst() { launch(.arrived(entry)) }
    }
    let isOtherDue = !ready.isEmpty || (deferred.nextDue.map { $0 <= now } ?? false)
    if suspectDue, inFlight == 0, canLaunch, hasLooked, !isOtherDue || !hasPatience,
      let name = deferred.take(by: now, suspect: true)
    {
      launch(.deferred(name), alone: true)
    }
  }

  /// Nothing waits, and nothing is under way.
  var isDrained: Bool {
    inFlight == 0 && stranded.isEmpty && ready.isEmpty && deferred.count == 0 && isInboxEmpty && !isLooking
      && !isHinted
  }

  /// Nothing is under way, and nothing could be.
  func isIdle(_ now: Double) -> Bool {
    inFlight == 0 && stranded.isEmpty && ready.isEmpty && !isLooking && isSound
      && !(deferred.nextDue.map { $0 <= now } ?? false)
      && !(deferred.nextSuspectDue.map { $0 <= now } ?? false)
  }

  // MARK: Looking

  private static let shortestScanInterval = 0.1
  /// Each look costs a few calls a file: of the time, no more than one part in so many is spent on looking.
  private static let shareOfLooking = 10.0
  static let shortPause = 0.2

  private var earliestLook: Double {
    lookEnded + max(Self.shortestScanInterval, Self.shareOfLooking * lookLength)
  }

  func lookIfDue(_ now: Moment) {
    guard !isLooking, now.monotonic >= earliestLook else { return }
    let isWaiting = settling.isWaiting && ready.isEmpty && now.monotonic >= lookEnded + Self.shortPause
    guard isHinted || isWaiting || now.monotonic >= nextLook else { return }
    let looksAtDeferred = isHinted || now.monotonic >= nextLook
    isLooking = true
    isHinted = false
    launched = claimingNames
    deferred.beginLook()
    let (queue, known, arrivals, configuration) = (queue, deferred, arrivals, configuration)
    let (settling, explained) = (settling, explained)
    Task {
      do throws(SpoolError) {
        let (scan, settled, deferred, explanations) = try await looker.run { () throws(SpoolError) in
          let deferred = looksAtDeferred ? try known.looked(at: queue, now: now) : nil
          let scan = try queue.scanInbox()
          var settling = settling
          let ready = settling.settled(
            scan.candidates,
            marks: arrivals.marks(
              of: scan.candidates.lazy.map(\.name), seenAt: now.monotonic,
              patience: configuration.youngSeconds),
            seconds: configuration.settleSeconds,
            youngSeconds: max(configuration.youngSeconds, configuration.tableSettleSeconds), now: .now(),
            monotonic: monotonicSeconds())
          return (scan, (settling, ready), deferred, Self.explain(scan, explained, in: queue))
        }
        if let deferred { self.deferred.adopt(deferred) }
        self.explained = explanations
        adopt(scan, settled)
        hasLooked = true
        isSound = true
        nextLook = monotonicSeconds() + configuration.rescanIntervalSeconds
      } catch {
        isHinted = true
        fault(error)
      }
      isLooking = false
      lookEnded = monotonicSeconds()
      lookLength = lookEnded - now.monotonic
      waker.yield()
    }
  }

  private func adopt(_ scan: InboxScan, _ settled: (settling: Settling, ready: [InboxEntry])) {
    oldest = scan.candidates.first?.changed
    depths.submitted = scan.candidates.count
    depths.refused = scan.refused.count
    for (entry, why, _) in scan.refused where passedOver.insert(entry.name).inserted {
      logger.log(.warning, .passedOver, ["file": "\(entry.name.display)", "reason": "\(why)"])
    }
    passedOver.formIntersection(scan.refused.map(\.entry.name))
    settling = settled.settling
    // Those that were claimed since the look began may still have been there.
    ready = settled.ready.filter { !launched.contains($0.name) }[...]
    isInboxEmpty = scan.candidates.isEmpty
  }

  /// Has it said beside each file that cannot be read why it waits, and beside no other one.
  /// - Returns: the files beside which it is said.
  private static func explain(
    _ scan: InboxScan, _ explained: Set<FileName>?, in queue: SpoolQueue
  ) -> Set<FileName> {
    let refused = scan.refused.filter(\.isUnreadable)
    var known = explained ?? (try? queue.explainedFiles()) ?? []
    if known.isEmpty && refused.isEmpty { return [] }
    let names = Set(refused.map(\.entry.name))
    // Where the inbox is another user's, say, the log and `exospool status` still say it.
    for name in known where !names.contains(name) {
      guard (try? queue.withdrawExplanation(of: name)) != nil else { break }
      known.remove(name)
    }
    for (entry, why, _) in refused where !known.contains(entry.name) {
      guard (try? queue.explain(entry, because: why)) != nil else { break }
      known.insert(entry.name)
    }
    return known.intersection(names)
  }

  /// Seconds until there is something to do without a hint from outside.
  func pause(_ now: Double, nextKick: Double) -> Double {
    if let stopBy { return max(0, min(stopBy, nextKick) - now) }
    // What stands in the way may go; nobody tells us when.
    if backoff.until > now { return max(0, min(nextKick, backoff.until) - now) }
    if noRoom != nil { return Self.shortPause }
    var next = nextKick
    if !isLooking {
      // Nor does anybody tell us that a file has stood still.
      let wanted =
        isHinted ? now : settling.isWaiting && ready.isEmpty ? lookEnded + Self.shortPause : nextLook
      next = min(next, max(wanted, earliestLook))
    }
    if canLaunch {
      for due in [deferred.nextDue, deferred.nextSuspectDue].compactMap(\.self) where due > now {
        next = min(next, due)
      }
      if let due = deferred.nextSuspectDue, due <= now { next = min(next, due + Self.suspectPatience) }
    }
    return max(0, next - now)
  }

  // MARK: Room

  /// Says once when the disk fills up, and once when there is room again.
  func hasRoom() -> Bool {
    let room = PosixFiles.room(at: queue.root)
    var lacking: String?
    if let room {
      if room.bytes < configuration.minimumFreeBytes {
        lacking =
          "\(room.bytes >> 20) MB free on the spool's disk, and minimum_free_megabytes is "
          + "\(configuration.minimumFreeBytes >> 20)"
      } else if let inodes = room.inodes, inodes < configuration.minimumFreeInodes {
        lacking =
          "\(inodes) inodes free on the spool's disk, and minimum_free_inodes is "
          + "\(configuration.minimumFreeInodes)"
      }
    }
    if (lacking == nil) != (noRoom == nil) {
      logger.log(
        lacking == nil ? .notice : .error, lacking == nil ? .intakeResumed : .intakePaused,
        lacking.map { ["reason": "\($0)"] } ?? [:])
    }
    noRoom = lacking
    return lacking == nil
  }
}
