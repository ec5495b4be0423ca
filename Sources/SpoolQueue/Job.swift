import SystemPackage

/// A job where it stands in the spool.
///
/// From the claim on its input is called `<id>,<attempt>,<safe name>` in every directory.
package struct Job: Sendable, Hashable {
  package let id: JobID
  /// Number of claims so far, the present one included.
  package internal(set) var attempt: Int
  package internal(set) var state: JobState
  package internal(set) var record: JobRecord
  /// The original name made safe, as it stands in the directory.
  package let safeName: String

  /// The attempts that count against the limit.
  package var countedAttempts: Int { max(0, attempt - record.excusedClaims) }

  /// Name of the input in its directory.
  package var fileName: String { "\(id.text),\(attempt),\(safeName)" }

  var recordName: String { ".\(id.text).job" }
  var workName: String { ".\(id.text).work" }
  var reasonName: String { fileName + ".reason" }

  /// The parts of `<id>,<attempt>,<safe name>`, or nil for any other name.
  static func parse(_ name: FileName) -> (id: JobID, attempt: Int, safeName: String)? {
    guard let text = String(validating: name.bytes, as: UTF8.self) else { return nil }
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let id = JobID(parts[0]), let attempt = Int(parts[1]), attempt >= 0,
      !parts[2].isEmpty
    else { return nil }
    return (id, attempt, String(parts[2]))
  }
}

/// A name in the inbox as one look found it.
package struct InboxEntry: Sendable, Hashable {
  package let name: FileName
  package let size: Int64
  package let modified: Timestamp
  /// Time of the last change of the inode: when the file came here, whatever modification time it brought.
  package let changed: Timestamp
  package let inode: UInt64
  /// All of the file is known to be there: it was moved in, or has long stood still.
  package var isWhole = false

  package init(name: FileName, size: Int64, modified: Timestamp, changed: Timestamp, inode: UInt64) {
    self.name = name
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }
}

/// What one look at the inbox found.
package struct InboxScan: Sendable {
  /// Regular files that may be taken once settled, the longest waiting first.
  package var candidates: [InboxEntry] = []
  /// What stays where it is, and why.
  package var refused: [(entry: InboxEntry, why: String)] = []
  /// Names that are passed over without a word: files still being written, hidden names.
  package var ignored = 0
}
