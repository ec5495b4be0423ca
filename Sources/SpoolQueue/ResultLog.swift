import JSONText
import PosixFiles
import Synchronization
package import SystemPackage

/// `log/results.log` and `log/results.jsonl`: each line of each result exactly once, in spite of any kill and any full disk.
///
/// A line is appended after the commit and before the input is retired, so recovery knows whose lines may be
/// missing; what stands in the log already (or in the `.1` it was rotated to) is counted, the rest appended.
package final class ResultLog: Sendable {
  private static let textName = "results.log"
  private static let jsonName = "results.jsonl"

  private struct Logs: Sendable {
    let text: LogFile
    let json: LogFile

    init(_ directory: FilePath) throws(SpoolError) {
      text = try spool { () throws(FileError) in try LogFile(directory.appending(ResultLog.textName)) }
      json = try spool { () throws(FileError) in try LogFile(directory.appending(ResultLog.jsonName)) }
    }
  }

  private let directory: FilePath
  private let logs: Mutex<Logs>

  /// Opens both logs, created where missing, and cuts off a last line that a kill left torn.
  package init(directory: FilePath) throws(SpoolError) {
    self.directory = directory
    logs = Mutex(try Logs(directory))
  }

  /// After the files were rotated away: the next line goes to new ones.
  package func reopen() throws(SpoolError) {
    let next = try Logs(directory)
    logs.withLock { $0 = next }
  }

  /// Appends and makes durable the lines of a committed job. Jobs side by side share the disk's work.
  /// - Parameter recovering: the lines of the job may be there: its daemon was killed, or this failed before.
  package func append(_ job: Job, recovering: Bool, now: Timestamp = .now()) throws(SpoolError) {
    guard let result = job.record.result else { return }
    let time = now.iso8601
    var textLines = result.logLines.map { "\(time) \(job.id) \(Self.oneLine($0))" }
    var jsonLines = result.jsonLines.map { Self.stamped(Self.oneLine($0), time, job.id) }
    if recovering {
      textLines.removeFirst(min(textLines.count, try present(Self.textName) { Self.isText($0, of: job.id) }))
      jsonLines.removeFirst(min(jsonLines.count, try present(Self.jsonName) { Self.isJSON($0, of: job.id) }))
    }
    let logs = logs.withLock { $0 }
    try spool { () throws(FileError) in
      // What is there already may not be durable yet.
      try logs.text.append(textLines)
      try logs.text.synchronize()
      try logs.json.append(jsonLines)
      try logs.json.synchronize()
    }
  }

  /// How many lines near the end of a log, or of the file it was last rotated to, are of the job.
  ///
  /// A daemon has few jobs in hand and appends nothing after it was killed, so their lines are the last.
  private func present(_ name: String, _ isOfJob: (Substring) -> Bool) throws(SpoolError) -> Int {
    var count = 0
    for candidate in [name, name + ".1"] {
      let lines = try spool { () throws(FileError) in
        try LogFile.lastLines(of: directory.appending(candidate))
      }
      count += lines.count(where: isOfJob)
    }
    return count
  }

  /// `<time> <id> ...`
  private static func isText(_ line: Substring, of id: JobID) -> Bool {
    let words = line.split(separator: " ", maxSplits: 2)
    return words.count == 3 && words[1] == id.text
  }

  /// Only a line that is an object of its own: two that ran into each other are of no job.
  private static func isJSON(_ line: Substring, of id: JobID) -> Bool {
    guard line.contains(id.text), let json = try? JSON(parsing: Array(line.utf8)) else { return false }
    return json["job"]?.string == id.text
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// `{"a":1}` -> `{"time":"...","job":"...","a":1}`.
  private static func stamped(_ object: String, _ time: String, _ id: JobID) -> String {
    let body = object.drop { $0 == " " }
    guard body.first == "{" else { return "{\"time\":\"\(time)\",\"job\":\"\(id)\",\"value\":\(object)}" }
    let rest = body.dropFirst().drop { $0 == " " }
    return "{\"time\":\"\(time)\",\"job\":\"\(id)\"" + (rest.first == "}" ? "" : ",") + rest
  }
}
