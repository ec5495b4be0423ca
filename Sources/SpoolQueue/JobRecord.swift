package import PosixFiles

/// What the spool knows of a job beyond its place: a small text file beside the input, `.<id>.job`.
///
/// One `key value` a line; what would break the line is written `%NN`. Unknown keys are kept out, so that a
/// newer record is readable by an older build.
package struct JobRecord: Sendable, Hashable {
  /// As submitted: up to 255 bytes of any kind.
  package var originalName: FileName
  /// Claims that do not count as attempts: the daemon was stopped, or the file was not yet settled.
  package var excusedClaims = 0
  /// How many of the excused claims ended with the daemon itself.
  package var interruptions = 0
  /// The file was moved into the inbox, or had long been there: all of it was there when it was taken.
  package var cameWhole = false
  /// It was put off because somebody writes to it: it is not taken while that goes on.
  package var isGrowing = false
  /// A deferred job is not taken before this instant.
  package var notBefore: Timestamp?
  /// Why the job is where it is: one sentence.
  package var reason: String?
  /// When the job was claimed first and when it came to its present state.
  package var firstClaimed: Timestamp?
  package var lastChanged: Timestamp?
  /// Set before the commit: what the result is called and what the logs say of it.
  package var result: CommittedResult?
  /// The job that has the result of the same content and models.
  package var duplicateOf: JobID?

  package init(originalName: FileName) { self.originalName = originalName }
}

/// The result of a job: its name in `results/` and its lines in the logs.
package struct CommittedResult: Sendable, Hashable {
  /// Name of the directory in `results/`.
  package let directory: String
  /// SHA-256 of the input, hexadecimal.
  package let contentHash: String
  /// Hash of all the models that were loaded, hexadecimal.
  package let modelSetHash: String
  /// Lines for `log/results.log` and `log/results.jsonl`, without time and id.
  package let logLines: [String]
  package let jsonLines: [String]
  /// The input as it was when the worker read it; nil in records of older builds.
  package let input: FileStamp?
}

extension JobRecord {
  private static let firstLine = "exospool-job 1"

  var encoded: [UInt8] {
    var lines = [Array(Self.firstLine.utf8)]
    func add(_ key: String, _ value: [UInt8]) {
      lines.append(Array(key.utf8) + [UInt8(ascii: " ")] + Self.escape(value))
    }
    func add(_ key: String, _ value: String) { add(key, Array(value.utf8)) }
    add("name", originalName.bytes)
    add("excused-claims", String(excusedClaims))
    add("interruptions", String(interruptions))
    if cameWhole { add("came-whole", "yes") }
    if isGrowing { add("growing", "yes") }
    if let notBefore { add("not-before", "\(notBefore.nanoseconds) \(notBefore.iso8601)") }
    if let firstClaimed { add("first-claimed", "\(firstClaimed.nanoseconds) \(firstClaimed.iso8601)") }
    if let lastChanged { add("last-changed", "\(lastChanged.nanoseconds) \(lastChanged.iso8601)") }
    if let reason { add("reason", reason) }
    if let duplicateOf { add("duplicate-of", duplicateOf.text) }
    if let result {
      add("result", result.directory)
      add("content", result.contentHash)
      add("models", result.modelSetHash)
      if let input = result.input { add("input", input.description) }
      for line in result.logLines { add("log-line", line) }
      for line in result.jsonLines { add("json-line", line) }
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
  }

  /// Nil when these bytes are no record of ours.
  init?(encoded: [UInt8]) {
    let lines = encoded.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Self.firstLine.utf8) else { return nil }
    var name: FileName?
    var record = JobRecord(originalName: FileName(""))
    var directory: String?
    var contentHash = ""
    var modelSetHash = ""
    var input: FileStamp?
    var logLines: [String] = []
    var jsonLines: [String] = []
    for line in lines.dropFirst() {
      guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let value = Self.unescape(line[(blank + 1)...])
      let text = String(decoding: value, as: UTF8.self)
      switch String(decoding: line[..<blank], as: UTF8.self) {
      case "name": name = FileName(bytes: value)
      case "excused-claims": record.excusedClaims = Int(text) ?? 0
      case "interruptions": record.interruptions = Int(text) ?? 0
      case "came-whole": record.cameWhole = true
      case "growing": record.isGrowing = true
      case "not-before": record.notBefore = Self.timestamp(text)
      case "first-claimed": record.firstClaimed = Self.timestamp(text)
      case "last-changed": record.lastChanged = Self.timestamp(text)
      case "reason": record.reason = text
      case "duplicate-of": record.duplicateOf = JobID(text)
      case "result": directory = text
      case "content": contentHash = text
      case "models": modelSetHash = text
      case "input": input = FileStamp(text)
      case "log-line": logLines.append(text)
      case "json-line": jsonLines.append(text)
      default: break
      }
    }
    guard let name, !name.bytes.isEmpty else { return nil }
    record.originalName = name
    if let directory {
      record.result = CommittedResult(
        directory: directory, contentHash: contentHash, modelSetHash: modelSetHash, logLines: logLines,
        jsonLines: jsonLines, input: input)
    }
    self = record
  }

  private static func timestamp(_ text: String) -> Timestamp? {
    text.split(separator: " ").first.flatMap { Int64($0) }.map(Timestamp.init(nanoseconds:))
  }

  /// Control characters and `%` become `%NN`; so do bytes beyond ASCII where the value is no UTF-8.
  static func escape(_ value: [UInt8]) -> [UInt8] {
    let isText = String(validating: value, as: UTF8.self) != nil
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in value {
      if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || (byte >= 0x80 && !isText) {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return result
  }

  static func unescape(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = value.startIndex
    while index < value.endIndex {
      if value[index] == UInt8(ascii: "%"), index + 2 < value.endIndex,
        let byte = UInt8(String(decoding: value[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(value[index])
        index += 1
      }
    }
    return result
  }
}
