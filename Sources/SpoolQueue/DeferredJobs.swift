/// The jobs in `deferred/` with the instants from which they may be taken, kept in memory: who waits reads nothing.
///
/// The operator's tool puts jobs there, takes them away and replaces their records; a look finds that out, and reads only
/// records that were not there before.
package struct DeferredJobs: Sendable {
  private struct Entry: Sendable {
    let name: FileName
    let due: Timestamp
    /// The record that said so; nil for a job that was noted.
    let record: Record?
  }

  private struct Record: Sendable, Hashable {
    let inode: UInt64
    let changed: Int64
  }

  private var entries: [JobID: Entry] = [:]
  /// The latest due first.
  private var order: [(due: Timestamp, id: JobID)] = []

  package init() {}

  package var count: Int { entries.count }

  /// When the next one may be taken; nil when none waits.
  package var nextDue: Timestamp? { order.last?.due }

  /// Looks through the directory.
  package mutating func look(at queue: SpoolQueue) throws(SpoolError) {
    var next: [JobID: Entry] = [:]
    for (id, name) in try queue.inputs(in: .deferred) {
      let status = try FileSystem.status(queue.path(.deferred).appending(".\(id.text).job"))
      let record = Record(inode: status?.inode ?? 0, changed: status?.changed ?? 0)
      if let known = entries[id], known.name == name, known.record == record {
        next[id] = known
      } else if let job = try queue.job(named: name, in: .deferred) {
        next[id] = Entry(name: name, due: job.due, record: record)
      }
    }
    entries = next
    order = next.map { (due: $1.due, id: $0) }.sorted { ($0.due, $0.id) > ($1.due, $1.id) }
  }

  /// A job that was put off just now.
  /// - Parameter due: another time than its record has.
  package mutating func note(_ job: Job, due: Timestamp? = nil) {
    remove(job.id)
    let due = due ?? job.due
    entries[job.id] = Entry(name: FileName(job.fileName), due: due, record: nil)
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if (order[middle].due, order[middle].id) > (due, job.id) { low = middle + 1 } else { high = middle }
    }
    order.insert((due: due, id: job.id), at: low)
  }

  package mutating func remove(_ id: JobID) {
    guard entries.removeValue(forKey: id) != nil else { return }
    if order.last?.id == id { order.removeLast() } else { order.removeAll { $0.id == id } }
  }

  /// The longest due job, as its record is now; nil when none is due. It stays noted.
  package mutating func due(by now: Timestamp, in queue: SpoolQueue) throws(SpoolError) -> Job? {
    while let (due, id) = order.last, due <= now, let name = entries[id]?.name {
      guard let job = try queue.job(named: name, in: .deferred) else {
        remove(id)
        continue
      }
      if job.due <= now { return job }
      note(job)
    }
    return nil
  }
}

extension Job {
  /// The instant from which a deferred job may be taken.
  var due: Timestamp { record.notBefore ?? Timestamp(nanoseconds: 0) }
}
