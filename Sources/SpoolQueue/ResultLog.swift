import Glibc
package import SystemPackage

/// `log/results.log` and `log/results.jsonl`: each line of each result exactly once, in spite of any kill.
///
/// A line is appended after the commit and before the input is retired, so recovery knows whose lines may be
/// missing; what stands in the log already (or in the `.1` it was rotated to) is counted, the rest appended.
package struct ResultLog: ~Copyable {
  private let directory: FilePath
  private var text: Int32
  private var json: Int32

  /// Opens both logs, created where missing, and cuts off a last line that a kill left torn.
  package init(directory: FilePath) throws(SpoolError) {
    let opened = try Self.openBoth(directory)
    self.directory = directory
    (text, json) = opened
  }

  deinit {
    close(text)
    close(json)
  }

  /// After the files were rotated away: the next line goes to new ones.
  package mutating func reopen() throws(SpoolError) {
    let opened = try Self.openBoth(directory)
    close(text)
    close(json)
    (text, json) = opened
  }

  private static func openBoth(_ directory: FilePath) throws(SpoolError) -> (Int32, Int32) {
    let text = try open(directory.appending("results.log"))
    do throws(SpoolError) {
      return (text, try open(directory.appending("results.jsonl")))
    } catch {
      close(text)
      throw error
    }
  }

  /// Appends and makes durable the lines of a committed job.
  /// - Parameter recovering: the job was committed by a daemon that was killed since: lines may be there.
  package func append(_ job: Job, recovering: Bool, now: Timestamp = .now()) throws(SpoolError) {
    guard let result = job.record.result else { return }
    let time = now.iso8601
    var textLines = result.logLines.map { "\(time) \(job.id) \(Self.oneLine($0))" }
    var jsonLines = result.jsonLines.map { Self.stamped(Self.oneLine($0), time, job.id) }
    if recovering {
      textLines.removeFirst(min(textLines.count, try present(" \(job.id) ", in: "results.log")))
      jsonLines.removeFirst(min(jsonLines.count, try present("\"job\":\"\(job.id)\"", in: "results.jsonl")))
    }
    try append(textLines, to: text, "results.log")
    try append(jsonLines, to: json, "results.jsonl")
  }

  private func append(_ lines: [String], to descriptor: Int32, _ name: String) throws(SpoolError) {
    guard !lines.isEmpty else { return }
    let path = directory.appending(name)
    try FileSystem.writeAll(Array((lines.joined(separator: "\n") + "\n").utf8), to: descriptor, path: path)
    if fdatasync(descriptor) != 0 { throw .system("make durable", path.string) }
  }

  /// How many lines near the end of a log, or of the file it was last rotated to, hold `mark`.
  ///
  /// A daemon has few jobs in hand and appends nothing after it was killed, so their lines are the last.
  private func present(_ mark: String, in name: String) throws(SpoolError) -> Int {
    var count = 0
    for candidate in [name, name + ".1"] {
      let path = directory.appending(candidate)
      let descriptor = path.withPlatformString { FileSystem.openReadOnly($0, O_NOFOLLOW) }
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      let size = lseek(descriptor, 0, SEEK_END)
      lseek(descriptor, max(0, size - Self.tail), SEEK_SET)
      let bytes = try FileSystem.read(descriptor, path: path, limit: Int(Self.tail))
      count += String(decoding: bytes, as: UTF8.self).split(separator: "\n").count { $0.contains(mark) }
    }
    return count
  }

  /// Bytes looked through at the end of a log.
  private static let tail: off_t = 8 << 20

  private static func open(_ path: FilePath) throws(SpoolError) -> Int32 {
    let descriptor = path.withPlatformString {
      Glibc.open($0, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    guard descriptor >= 0 else { throw .system("open", path.string) }
    do throws(SpoolError) {
      try cutTornLine(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func cutTornLine(_ descriptor: Int32, _ path: FilePath) throws(SpoolError) {
    let size = lseek(descriptor, 0, SEEK_END)
    let start = max(0, size - tail)
    lseek(descriptor, start, SEEK_SET)
    let bytes = try FileSystem.read(descriptor, path: path, limit: Int(tail))
    guard let last = bytes.last, last != UInt8(ascii: "\n") else { return }
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { start + off_t($0) + 1 } ?? start
    if ftruncate(descriptor, end) != 0 { throw .system("cut the torn last line of", path.string) }
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
