import SpoolQueue

/// What an earlier daemon, or a transition that failed, left in `active/`.
extension Supervisor {
  /// Finishes what a failed transition left in `active/`: a committed job is logged and retired, any other one
  /// is put off, with nothing counted.
  func resolveStranded(_ transitions: Transitions) async throws(SpoolError) {
    while let job = stranded.last {
      let queue = queue
      let ending = try await looker.run { () throws(SpoolError) -> Transitions.Ending? in
        // A job that is no longer there was moved by the operator.
        guard let now = try queue.activeJob(job.id) else { return nil }
        return now.state == .committed
          ? try transitions.conclude(now, recovering: true)
          : try transitions.putOff(now, 0, "a step of the spool failed", .info, excused: true)
      }
      stranded.removeAll { $0.id == job.id }
      if let ending { note(ending, recovering: true) }
    }
  }

  /// A daemon that dies again and again with the same job in hand, and no other, is stopped by this limit.
  private static let interruptionLimit = 20

  func recover(_ transitions: Transitions) async throws(SpoolError) {
    let queue = queue
    let recovery = try await looker.run { () throws(SpoolError) in try queue.recover() }
    for job in recovery.committed {
      note(
        try await looker.run { () throws(SpoolError) in try transitions.conclude(job, recovering: true) },
        recovering: true)
    }
    for job in recovery.interrupted {
      let isSuspect = recovery.suspects.contains(job.id)
      // Of several, nobody knows which one it was: each is alone the next time.
      let isAlone = isSuspect && recovery.suspects.count == 1
      if isAlone, job.record.interruptions + 1 >= Self.interruptionLimit {
        let reason = "the daemon ended \(Self.interruptionLimit) times with this file, and no other, in hand"
        note(
          .failed(
            try await looker.run { () throws(SpoolError) in
              try queue.reject(job, as: .failed, because: reason)
            }, reason: reason))
      } else {
        let next = try await looker.run { () throws(SpoolError) in
          try queue.defer(
            job, until: .now(), because: "the daemon ended with this file in hand", excused: true,
            interrupted: isAlone, isSuspect: isSuspect)
        }
        deferred.note(next, now: .now(), seconds: 0)
        logger.log(.notice, .recovered, metadata(next))
      }
    }
    let (known, now) = (deferred, Moment.now())
    deferred.beginLook()
    deferred.adopt(try await looker.run { () throws(SpoolError) in try known.looked(at: queue, now: now) })
    sweep = Task { [sweeper] in
      // What is left lying is cleared away at the next start.
      try? await sweeper.run { () throws(SpoolError) in try queue.sweep() }
    }
  }
}
