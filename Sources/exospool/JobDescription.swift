import JSONText
import PlainText
import SpoolQueue

/// A job in words and in JSON.
struct JobDescription {
  private let rows: [(label: String, key: String, value: String?)]
  private let attempts: Int
  private let logLines: [String]

  init(_ job: Job, in queue: SpoolQueue) {
    let record = job.record
    rows = [
      ("job", "job", job.id.text),
      ("name", "name", record.originalName.display),
      ("state", "state", job.state.rawValue),
      ("you said", "statement", record.statement.isEmpty ? nil : record.statement.joined(separator: "; ")),
      ("claimed", "firstClaimed", record.firstClaimed?.iso8601),
      ("changed", "lastChanged", record.lastChanged?.iso8601),
      ("not before", "notBefore", record.notBefore?.iso8601),
      ("reason", "reason", record.reason),
      ("same as", "duplicateOf", record.duplicateOf?.text),
      ("input", "input", queue.inputPath(of: job).string),
      ("result", "result", job.state.hasResult ? queue.resultPath(of: job)?.string : nil),
      ("content", "inputSHA256", record.result?.contentHash),
      ("models", "modelSetSHA256", record.result?.modelSetHash),
    ]
    attempts = job.countedAttempts
    logLines = job.state.hasResult ? record.result?.logLines ?? [] : []
  }

  var text: String {
    var lines = rows.compactMap { row in row.value.map { Self.line(row.label, $0) } }
    lines.insert(Self.line("attempts", String(attempts)), at: 3)
    lines += logLines.map { "  " + PlainText.line($0, limit: 4000) }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSON {
    var members = rows.map { JSON.Member($0.key, $0.value.map(JSON.string) ?? .null) }
    members.insert(.init("attempts", .integer(attempts)), at: 3)
    members.append(.init("logLines", .strings(logLines)))
    return .object(members)
  }

  private static func line(_ label: String, _ value: String) -> String {
    PlainText.padded(label, to: 12) + PlainText.line(value, limit: 4000)
  }
}
