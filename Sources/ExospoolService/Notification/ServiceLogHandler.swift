import Glibc
package import Logging
import SpoolQueue

/// Log lines for people on standard error, or fields for the journal where it reads standard error.
package struct ServiceLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  private let journal: String?

  /// - Parameter environment: `JOURNAL_STREAM` says whether standard error is the journal's (systemd.exec(5)).
  package init(environment: [String: String]) {
    var status = stat()
    let isJournal =
      fstat(STDERR_FILENO, &status) == 0
      && environment["JOURNAL_STREAM"] == "\(status.st_dev):\(status.st_ino)"
    journal = isJournal ? "/run/systemd/journal/socket" : nil
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let id = fields.removeValue(forKey: "event.id")
    let text =
      ([event.message.description]
      + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted("\($0.value)"))" })
      .joined(separator: " ")
    if let journal, let socket = DatagramSocket(path: journal) {
      var lines = [
        "MESSAGE=\(text)", "PRIORITY=\(Self.priority(event.level))", "SYSLOG_IDENTIFIER=exospoold",
      ]
      if let id { lines.append("MESSAGE_ID=\(id)") }
      if let job = fields["job.id"] { lines.append("EXOSPOOL_JOB=\(job)") }
      if let state = fields["job.state"] { lines.append("EXOSPOOL_STATE=\(state)") }
      if socket.send(Array((lines.joined(separator: "\n") + "\n").utf8)) { return }
    }
    let line = "\(Timestamp.now().iso8601) \(event.level) \(text)\n"
    line.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
  }

  /// One line, and unmistakable where the value holds blanks.
  private static func quoted(_ value: String) -> String {
    let line = FileName(value).display
    return line.contains(" ") ? "\"\(line)\"" : line
  }

  /// syslog(3) levels.
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
