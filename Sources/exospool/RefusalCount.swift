import PlainText
import SpoolQueue

/// How often inputs were refused for the same reason.
enum RefusalCount {
  private static let mostReasons = 10

  /// The reason of a job without what differs from file to file: its name, and numbers.
  static func reason(of job: Job) -> String {
    let name = job.record.originalName.display
    let text = job.record.reason ?? "no reason was given"
    let parts =
      name.isEmpty ? [text] : text.split(separator: name, omittingEmptySubsequences: false).map(String.init)
    var reason = ""
    for character in parts.joined(separator: "FILE") {
      if !character.isASCII || !character.isNumber {
        reason.append(character)
      } else if reason.last != "N" {
        reason.append("N")
      }
    }
    return reason
  }

  /// Lines for people, the most frequent first; none where no reason was met twice.
  static func lines(_ reasons: [String]) -> [String] {
    let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
    let frequent = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if frequent.isEmpty { return [] }
    return ["", "refused most often:"]
      + frequent.prefix(mostReasons).map { reason, count in
        PlainText.leftPadded(String(count), to: 7) + "  " + PlainText.line(reason, limit: 100)
      }
  }
}
