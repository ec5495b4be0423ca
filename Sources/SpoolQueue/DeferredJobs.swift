/// The jobs in `deferred/` with the instants from which they may be taken, kept in memory: who waits reads nothing.
///
/// The operator's tool puts jobs there, takes them away and replaces their records; a look finds that out, and reads only
/// records that were not there before. A time in a record is civil time, and that clock may be set: it is turned into
/// seconds to wait when it is read, never more than `longestWait`, and those are counted on a clock that only runs.
package struct DeferredJobs: Sendable {
  private struct Entry: Sendable {
    let name: FileName
    /// Monotonic seconds.
    let due: Double
    let isSuspect: Bool
    /// The record that said so; nil for a job that was noted.
    let record: Record?
  }

  private struct Record: Sendable, Hashable {
    let inode: UInt64
    let changed: Int64
  }

  /// The latest due first.
  private struct Line: Sendable {
    var order: [(due: Double, id: JobID)] = []

    mutating func insert(_ due: Double, _ id: JobID) {
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        if (order[middle].due, order[middle].id) > (due, id) { low = middle + 1 } else { high = middle }
      }
      order.insert((due: due, id: id), at: low)
    }

    mutating func remove(_ id: JobID) {
      if order.last?.id == id { order.removeLast() } else { order.removeAll { $0.id == id } }
    }
  }

  /// Seconds.
  package var longestWait: Double
  private var entries: [JobID: Entry] = [:]
  private var innocent = Line()
  private var suspect = Line()
  private var touched: Set<JobID> = []

  package init(longestWait: Double) { self.longestWait = longestWait }

  package var count: Int { entries.count }

  /// When the next one may be taken that need not be alone, in monotonic seconds; nil when none waits.
  package var nextDue: Double? { innocent.order.last?.due }
  /// The same for one that must be alone.
  package var nextSuspectDue: Double? { suspect.order.last?.due }

  /// Before a look: what is noted or taken while it goes on is kept in mind, for it knows better.
  package mutating func beginLook() { touched = [] }

  /// Looks through the directory. It reads the records that were not there before.
  package func looked(at queue: SpoolQueue, now: Moment) throws(SpoolError) -> DeferredJobs {
    var next = DeferredJobs(longestWait: longestWait)
    for (id, name) in try queue.inputs(in: .deferred) {
      let status = try FileSystem.status(queue.path(.deferred).appending(".\(id.text).job"))
      let record = Record(inode: status?.inode ?? 0, changed: status?.changed ?? 0)
      if let known = entries[id], known.name == name, known.record == record {
        next.entries[id] = known
      } else if let job = try queue.job(named: name, in: .deferred) {
        next.entries[id] = Entry(
          name: name, due: now.monotonic + wait(for: job, now.civil), isSuspect: job.record.isSuspect,
          record: record)
      }
    }
    return next
  }

  /// After a look.
  package mutating func adopt(_ looked: DeferredJobs) {
    var next = looked.entries
    for id in touched { next[id] = entries[id] }
    entries = next
    func line(_ isSuspect: Bool) -> Line {
      Line(
        order: next.filter { $1.isSuspect == isSuspect }.map { (due: $1.due, id: $0) }
          .sorted { ($0.due, $0.id) > ($1.due, $1.id) })
    }
    (innocent, suspect) = (line(false), line(true))
  }

  private func wait(for job: Job, _ now: Timestamp) -> Double {
    min(max(0, job.record.notBefore.map { $0.seconds(since: now) } ?? 0), longestWait)
  }

  /// A job that was put off just now.
  /// - Parameter seconds: until it may be taken, where that is not what its record says.
  package mutating func note(_ job: Job, now: Moment, seconds: Double? = nil) {
    remove(job.id)
    let due = now.monotonic + (seconds ?? wait(for: job, now.civil))
    entries[job.id] = Entry(
      name: FileName(job.fileName), due: due, isSuspect: job.record.isSuspect, record: nil)
    if job.record.isSuspect { suspect.insert(due, job.id) } else { innocent.insert(due, job.id) }
  }

  package mutating func remove(_ id: JobID) {
    touched.insert(id)
    guard let entry = entries.removeValue(forKey: id) else { return }
    if entry.isSuspect { suspect.remove(id) } else { innocent.remove(id) }
  }

  /// The input's name of the longest due job; nil when none is due. It is no longer noted.
  /// - Parameters:
  ///   - monotonic: seconds.
  ///   - isSuspect: whether one that must be alone is asked for.
  package mutating func take(by monotonic: Double, suspect isSuspect: Bool = false) -> FileName? {
    guard let (due, id) = (isSuspect ? suspect : innocent).order.last, due <= monotonic,
      let name = entries[id]?.name
    else { return nil }
    remove(id)
    return name
  }
}
