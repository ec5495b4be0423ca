import PosixFiles
import SystemPackage

/// What a daemon finds when it starts: the one before it may have been killed between any two steps.
extension SpoolQueue {
  package struct Recovery: Sendable {
    /// Claimed jobs that the daemon before us had in hand: to be deferred or given up.
    package var interrupted: [Job] = []
    /// Those of them that workers had.
    package var suspects: Set<JobID> = []
    /// Jobs whose result stands: what is missing of their log lines is appended, then they are retired.
    package var committed: [Job] = []
    /// Leftovers of unfinished steps that were cleared away.
    package var removed = 0
  }

  /// Seconds for which a record without its input may belong to an operator's move still under way.
  private static let grace = 60.0

  /// Clears away what unfinished steps left behind and reports the jobs that were in hand. The archive and the results,
  /// which may be very many, are left to `sweep`.
  /// Only the daemon that holds the spool's lock may call this.
  package func recover(now: Timestamp = .now()) throws(SpoolError) -> Recovery {
    var recovery = Recovery()
    let worked = try names(in: .active).filter { $0.hasPrefix(".") && $0.hasSuffix(".work") }
      .compactMap { JobID($0.dropFirst().dropLast(5)) }
    for job in try jobs(at: .active) {
      if job.state == .committed {
        recovery.committed.append(job)
      } else {
        recovery.interrupted.append(job)
        // A result that was about to be committed was no danger to anybody.
        if worked.contains(job.id), job.record.result == nil { recovery.suspects.insert(job.id) }
        // Its step to the archive may have begun.
        try FileSystem.unlink(path(.archive).appending(job.recordName))
      }
    }
    recovery.removed += try removeStatementsLeftOver(now: now)
    for directory in [SpoolDirectory.active, .deferred, .hold, .corrupt, .failed] {
      recovery.removed += try clearUp(directory, now)
    }
    return recovery
  }

  private func names(in directory: SpoolDirectory) throws(SpoolError) -> [String] {
    try FileSystem.names(in: path(directory)).map(\.display)
  }

  private func clearUp(_ directory: SpoolDirectory, _ now: Timestamp) throws(SpoolError) -> Int {
    let place = path(directory)
    let names = try FileSystem.names(in: place)
    let inputs = Set(names.compactMap { Job.parse($0)?.id })
    let texts = Set(names.map(\.display))
    var removed = 0
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
      if directory != .active, try !isOld(place.appending(name), now) { continue }
      try FileSystem.removeTree(place.appending(name))
      removed += 1
    }
    return removed
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

  /// Whether nobody can be at work on it any more; what is gone is not.
  private func isOld(_ file: FilePath, _ now: Timestamp) throws(SpoolError) -> Bool {
    guard let status = try FileSystem.status(file) else { return false }
    return abs(now.seconds(since: Timestamp(nanoseconds: status.changed))) >= Self.grace
  }

  /// Clears up the archive and the results: temporary files, and records whose inputs were taken away.
  package func sweep(now: Timestamp = .now()) throws(SpoolError) {
    for place in [path(.archive), path(.results), indexDirectory] {
      var temporary: [FileName] = []
      // Ids as two numbers, for there may be hundreds of thousands.
      var inputs: Set<PackedID> = []
      var records: [PackedID] = []
      do {
        try FileSystem.forEachName(in: place) { name in
          if name.starts(with: PosixFiles.temporaryPrefix.utf8) {
            temporary.append(FileName(bytes: Array(name)))
          } else if name[0] != UInt8(ascii: ".") {
            if let id = PackedID(name[...]) { inputs.insert(id) }
          } else if name.count == JobID.length + 5, name.suffix(4).elementsEqual(".job".utf8) {
            if let id = PackedID(name.dropFirst()) { records.append(id) }
          }
        }
      } catch {
        // The index is made with the first result.
        if error.cause?.code == .missing { continue }
        throw error
      }
      let orphans = records.filter { !inputs.contains($0) }.map { FileName(".\($0.text).job") }
      for name in temporary + orphans {
        let file = place.appending(name)
        if try isOld(file, now) { try FileSystem.unlink(file) }
      }
    }
  }
}

/// The bytes of an id.
private struct PackedID: Hashable {
  private let head: UInt64
  private let tail: UInt64

  /// Of the first bytes of a name; nil where it is too short.
  init?(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
    guard name.count >= JobID.length else { return nil }
    func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    head = number(name.prefix(8))
    tail = number(name.dropFirst(8).prefix(JobID.length - 8))
  }

  var text: String {
    func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }
    return String(decoding: bytes(head, 8) + bytes(tail, JobID.length - 8), as: UTF8.self)
  }
}
