import ContentHash
import JSONText
import PlainText
import PosixFiles
import SpoolQueue
import SystemPackage

/// A job in words and in JSON.
struct JobDescription {
  private let rows: [(label: String, key: String, value: String?)]
  private let attempts: Int
  private let change: Change
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
      ("content", "inputSHA256", Self.inputHash(of: job)),
      ("models", "modelSetSHA256", record.result?.modelSetHash),
    ]
    attempts = job.countedAttempts
    change = Change(of: queue.inputPath(of: job), since: Self.inputHash(of: job))
    logLines = job.state.hasResult ? record.result?.logLines ?? [] : []
  }

  var text: String {
    var lines = rows.compactMap { row in row.value.map { Self.line(row.label, $0) } }
    lines.insert(Self.line("attempts", String(attempts)), at: 3)
    if let sentence = change.sentence { lines.append(Self.line("differs", sentence)) }
    lines += logLines.map { "  " + PlainText.line($0, limit: 4000) }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSON {
    var members = rows.map { JSON.Member($0.key, $0.value.map(JSON.string) ?? .null) }
    members.insert(.init("attempts", .integer(attempts)), at: 3)
    members.append(.init("inputChanged", change.isChanged.map(JSON.bool) ?? .null))
    members.append(.init("logLines", .strings(logLines)))
    return .object(members)
  }

  private static func inputHash(of job: Job) -> String? {
    job.record.inputHash ?? job.record.result?.contentHash
  }

  /// Whether an input is what was read once: it stays its owner's, who may change it where it lies.
  private enum Change {
    /// Nothing is known to compare, or nothing was read.
    case unknown(String?)
    case none
    case changed(now: String)

    init(of path: FilePath, since hash: String?) {
      guard let hash else {
        self = .unknown(nil)
        return
      }
      do {
        let now = SHA256Digest(of: try PosixFiles.read(path, limit: Input.limit)).hexadecimal
        self = now == hash ? .none : .changed(now: now)
      } catch {
        self = .unknown("cannot be compared with what was read: \(error.reason)")
      }
    }

    var isChanged: Bool? {
      switch self {
      case .unknown: nil
      case .none: false
      case .changed: true
      }
    }

    var sentence: String? {
      switch self {
      case .unknown(let why): why
      case .none: nil
      case .changed(let now): "the input is no longer what was read; its SHA-256 is now \(now)"
      }
    }
  }

  private static func line(_ label: String, _ value: String) -> String {
    PlainText.padded(label, to: 12) + PlainText.line(value, limit: 4000)
  }
}
