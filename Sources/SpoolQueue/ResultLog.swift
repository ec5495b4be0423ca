import PosixFiles
package import SystemPackage

/// `log/results.log` and `log/results.jsonl`: each line of each result exactly once, in spite of any kill.
///
/// A line is appended after the commit and before the input is retired, so recovery knows whose lines may be
/// missing; what stands in the log already (or in the `.1` it was rotated to) is counted, the rest appended.
package struct ResultLog: ~Copyable {
  private static let textName = "results.log"
  private static let jsonName = "results.jsonl"

  private let directory: FilePath
  private let text: OpenFile
  private let json: OpenFile

  /// Opens both logs, created where missing, and cuts off a last line that a kill left torn.
  package init(directory: FilePath) throws(SpoolError) {
    let text = try Self.open(directory.appending(Self.textName))
    let json = try Self.open(directory.appending(Self.jsonName))
    self.directory = directory
    self.text = text
    self.json = json
  }

  /// After the files were rotated away: the next line goes to new ones.
  package mutating func reopen() throws(SpoolError) { self = try ResultLog(directory: directory) }

  /// Appends and makes durable the lines of a committed job.
  /// - Parameter recovering: the job was committed by a daemon that was killed since: lines may be there.
  package func append(_ job: Job, recovering: Bool, now: Timestamp = .now()) throws(SpoolError) {
    guard let result = job.record.result else { return }
    let time = now.iso8601
    var textLines = result.logLines.map { "\(time) \(job.id) \(Self.oneLine($0))" }
    var jsonLines = result.jsonLines.map { Self.stamped(Self.oneLine($0), time, job.id, result) }
    if recovering {
      textLines.removeFirst(min(textLines.count, try present(" \(job.id) ", in: Self.textName)))
      jsonLines.removeFirst(min(jsonLines.count, try present("\"job\":\"\(job.id)\"", in: Self.jsonName)))
    }
    try spool { () throws(FileError) in
      try Self.append(textLines, to: text)
      try Self.append(jsonLines, to: json)
    }
  }

  private static func append(_ lines: [String], to log: borrowing OpenFile) throws(FileError) {
    guard !lines.isEmpty else { return }
    do {
      try log.write(Array((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      // On a full disk: half a line would be taken for the job's when it is tried again.
      try? cutTornLine(log)
      throw error
    }
    try log.synchronizeContent()
  }

  /// How many lines near the end of a log, or of the file it was last rotated to, hold `mark`.
  ///
  /// A daemon has few jobs in hand and appends nothing after it was killed, so their lines are the last.
  private func present(_ mark: String, in name: String) throws(SpoolError) -> Int {
    var count = 0
    for candidate in [name, name + ".1"] {
      let path = directory.appending(candidate)
      do {
        let (bytes, _) = try Self.end(of: OpenFile(path, .reading(followingLinks: false)))
        count += String(decoding: bytes, as: UTF8.self).split(separator: "\n").count { $0.contains(mark) }
      } catch {
        if error.code != .missing { throw SpoolError(error) }
      }
    }
    return count
  }

  /// Bytes looked through at the end of a log.
  private static let longestEnd: Int64 = 8 << 20

  /// The last bytes of a log, and where they begin.
  private static func end(
    of log: borrowing OpenFile
  ) throws(FileError) -> (bytes: [UInt8], start: Int64) {
    let size = try log.status().size
    let start = max(0, size - longestEnd)
    return (try log.read(upTo: Int(size - start), at: start), start)
  }

  private static func open(_ path: FilePath) throws(SpoolError) -> OpenFile {
    try spool { () throws(FileError) in
      let log = try OpenFile(path, .appending(.sharedForReading))
      try cutTornLine(log)
      return log
    }
  }

  private static func cutTornLine(_ log: borrowing OpenFile) throws(FileError) {
    let (bytes, start) = try end(of: log)
    guard let last = bytes.last, last != UInt8(ascii: "\n") else { return }
    try log.truncate(to: bytes.lastIndex(of: UInt8(ascii: "\n")).map { start + Int64($0) + 1 } ?? start)
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// `{"a":1}` -> `{"time":"...","job":"...","result":"results/...","a":1}`: the result's directory below the spool's.
  private static func stamped(
    _ object: String, _ time: String, _ id: JobID, _ result: CommittedResult
  ) -> String {
    // A result's name is safe: nothing in it has to be escaped.
    let place = "\(SpoolDirectory.results.rawValue)/\(result.directory)"
    let stamp = "{\"time\":\"\(time)\",\"job\":\"\(id)\",\"result\":\"\(place)\""
    let body = object.drop { $0 == " " }
    guard body.first == "{" else { return stamp + ",\"value\":\(object)}" }
    let rest = body.dropFirst().drop { $0 == " " }
    return stamp + (rest.first == "}" ? "" : ",") + rest
  }
}
