import PosixFiles
import SystemPackage

/// What a daemon finds when it starts: the one before it may have been killed between any two steps.
extension SpoolQueue {
  package struct Recovery: Sendable {
    /// Claimed jobs that the daemon before us had in hand: to be deferred or given up.
    package var interrupted: [Job] = []
    /// Jobs whose result stands: what is missing of their log lines is appended, then they are retired.
    package var committed: [Job] = []
    /// Leftovers of unfinished steps that were cleared away.
    package var removed = 0
  }

  /// Seconds for which a record without its input may belong to an operator's move still under way.
  private static let grace = 60.0

  /// Clears away what unfinished steps left behind and reports the jobs that were in hand.
  /// Only the daemon that holds the spool's lock may call this.
  package func recover(now: Timestamp = .now()) throws(SpoolError) -> Recovery {
    var recovery = Recovery()
    for directory in SpoolDirectory.allCases where directory != .inbox && directory != .log {
      let place = path(directory)
      let names = try FileSystem.names(in: place)
      let inputs = Set(names.compactMap { Job.parse($0)?.id })
      let texts = Set(names.map(\.display))
      for name in names {
        let text = name.display
        let isOrphan: Bool
        if text.hasPrefix(PosixFiles.temporaryPrefix) {
          isOrphan = true
        } else if text.hasPrefix("."), text.hasSuffix(".job"), let id = JobID(text.dropFirst().dropLast(4)) {
          isOrphan = !inputs.contains(id)
        } else if text.hasPrefix("."), text.hasSuffix(".work"), JobID(text.dropFirst().dropLast(5)) != nil {
          // What a worker of a killed daemon wrote is never trusted; a commit starts anew.
          isOrphan = true
        } else if text.hasSuffix(".reason"), Job.parse(name) != nil {
          isOrphan = !texts.contains(String(text.dropLast(".reason".count)))
        } else {
          isOrphan = false
        }
        guard isOrphan else { continue }
        let file = place.appending(name)
        if directory != .active, let status = try FileSystem.status(file),
          now.seconds(since: Timestamp(nanoseconds: status.changed)) < Self.grace
        {
          continue
        }
        try FileSystem.removeTree(file)
        recovery.removed += 1
      }
    }
    recovery.removed += try removeStatementsLeftOver(now: now)
    for job in try jobs(at: .active) {
      if job.state == .committed { recovery.committed.append(job) } else { recovery.interrupted.append(job) }
    }
    return recovery
  }

  /// Statements in the inbox whose file has been claimed or removed.
  private func removeStatementsLeftOver(now: Timestamp) throws(SpoolError) -> Int {
    let inbox = path(.inbox)
    var removed = 0
    let names = try FileSystem.names(in: inbox)
    let suffix = Array(SubmittedStatement.suffix.utf8)
    let statements = names.filter { $0.bytes.first == UInt8(ascii: ".") && $0.bytes.hasSuffix(suffix) }
    if statements.isEmpty { return 0 }
    var owned: Set<FilePath> = []
    for name in names {
      guard let status = try FileSystem.status(inbox.appending(name)) else { continue }
      owned.insert(SubmittedStatement(of: status, in: inbox).path)
    }
    for name in statements where !owned.contains(inbox.appending(name)) {
      guard let status = try FileSystem.status(inbox.appending(name)),
        now.seconds(since: Timestamp(nanoseconds: status.changed)) >= Self.grace
      else { continue }
      try FileSystem.unlink(inbox.appending(name))
      removed += 1
    }
    return removed
  }
}
