import SpoolQueue

/// What an earlier daemon, or a transition that failed, left in `active/`.
extension Supervisor {
  /// Finishes what a failed transition left in `active/`: a committed job is logged and retired, any other one
  /// is put off, with nothing counted.
  func resolveStranded() throws(SpoolError) {
    guard !stranded.isEmpty else { return }
    let active = try queue.jobs(at: .active)
    while let job = stranded.last {
      // A job that is no longer there was moved by the operator.
      if let now = active.first(where: { $0.id == job.id }) {
        if now.state == .committed {
          try conclude(now, .recovered)
        } else {
          try putOff(now, 0, "a step of the spool failed", excused: true)
        }
      }
      stranded.removeLast()
    }
  }

  /// A daemon that dies again and again with the same job in hand is stopped by this limit.
  private static let interruptionLimit = 20

  func recover() throws(SpoolError) {
    let recovery = try queue.recover()
    for job in recovery.committed { try conclude(job, .recovered) }
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
    try deferred.look(at: queue)
  }
}
