/// Every state a job can be in, and the directories that show it. The README of `Spool/` prints this table.
package enum JobState: String, Sendable, CaseIterable {
  /// Dropped into the inbox; it has no id yet.
  case submitted
  /// Taken: the claiming rename gave the id and raised the attempt, before anybody opened the file.
  case claimed
  /// The result is durable, the input is not yet retired.
  case committed
  /// The result and the log lines are durable, the input is in the archive.
  case done
  /// The same content was analysed with the same models before; the record names the job that has the result.
  case duplicate
  /// Waits for a time kept in its record, never in the input's own modification time.
  case deferred
  /// Set aside by the operator.
  case held
  /// The input's fault; a reason stands beside it.
  case corrupt
  /// Our fault, or no success in the attempts allowed; a reason stands beside it.
  case failed

  /// Where the input is.
  package var directory: SpoolDirectory {
    switch self {
    case .submitted: .inbox
    case .claimed, .committed: .active
    case .done, .duplicate: .archive
    case .deferred: .deferred
    case .held: .hold
    case .corrupt: .corrupt
    case .failed: .failed
    }
  }

  package var hasResult: Bool { self == .committed || self == .done }

  /// One sentence for the state table.
  var meaning: String {
    switch self {
    case .submitted: "dropped in; no id yet"
    case .claimed: "the claiming rename gives the id and raises the attempt"
    case .committed: "result durable, input not yet retired"
    case .done: "result, log lines and input in their places"
    case .duplicate: "same content and models seen before: the record names the job that has the result"
    case .deferred: "not before a time kept beside it"
    case .held: "by the operator only"
    case .corrupt: "the input's fault, + reason"
    case .failed: "ours, or no success in the attempts allowed, + reason"
    }
  }

  /// The state table as text: one row a state, one column a directory, `+` where the job shows.
  package static var table: String {
    let columns = SpoolDirectory.allCases.filter { $0 != .log }
    let width = 10
    func cell(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    var lines = [cell("", width + 1) + columns.map { cell($0.rawValue, $0.rawValue.count + 2) }.joined()]
    for state in allCases {
      let marks = columns.map { column in
        let shows = column == state.directory || (column == .results && state.hasResult)
        return cell("  " + (shows ? "+" : "-"), column.rawValue.count + 2)
      }
      lines.append(cell(state.rawValue, width + 1) + marks.joined() + state.meaning)
    }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n") + "\n"
  }
}

/// The directories of a spool; all on one file system, or no transition would be atomic.
package enum SpoolDirectory: String, Sendable, CaseIterable {
  case inbox, active, results, archive, deferred, hold, corrupt, failed, log
}
