import JSONText
import PlainText
import PosixFiles
import SpoolQueue

/// How a spool stands, as one look finds it.
struct SpoolStatus {
  private let spool: String
  private let daemon: Int?
  /// What the daemon that runs says of itself.
  private let report: DaemonReport?
  private let freeBytes: UInt64?
  private let waiting: Int
  /// Seconds for which the oldest file waits, in the inbox or to be tried again.
  private let oldestWaiting: Double?
  /// Things in the inbox that will not be taken, and why.
  private let passedOver: [(name: String, why: String, isUnreadable: Bool)]
  private let archived: Int
  /// What is in work, or did not end well: few enough to list.
  private let jobs: [Job]

  /// States whose jobs are listed, in this order.
  private static let listed: [JobState] = [.claimed, .committed, .deferred, .held, .corrupt, .failed]

  init(of queue: SpoolQueue) throws {
    spool = queue.root.string
    daemon = DaemonProbe.process(of: queue.root)
    let report = DaemonReport(of: queue.root)
    self.report = daemon != nil && report?.process == daemon ? report : nil
    let scan = try queue.scanInbox(for: InboxReader(ownerOf: queue))
    waiting = scan.candidates.count
    passedOver = scan.refused.map { ($0.entry.name.display, $0.why, $0.isUnreadable) }
    archived = try queue.count(in: .archive)
    var jobs: [Job] = []
    for directory in [SpoolDirectory.deferred, .active, .hold, .corrupt, .failed] {
      jobs += try queue.jobs(at: directory)
    }
    self.jobs = jobs
    let since = jobs.filter { $0.state == .deferred }.compactMap(\.record.firstClaimed)
    oldestWaiting = (since + [scan.candidates.first?.changed].compactMap(\.self)).min().map {
      max(0, Timestamp.now().seconds(since: $0))
    }
    freeBytes = PosixFiles.freeBytes(at: queue.root)
  }

  /// Files that the daemon still has to bring to an end. Read in the direction in which jobs move, so that none
  /// slips past between two looks.
  static func unfinished(in queue: SpoolQueue) throws -> Int {
    try queue.scanInbox().candidates.count + queue.count(in: .deferred) + queue.count(in: .active)
  }

  private func jobs(_ state: JobState) -> [Job] { jobs.filter { $0.state == state } }

  // MARK: For people

  var text: String {
    var lines = [
      row("spool", spool),
      row("daemon", daemon.map { "running, process \($0)" } ?? "not running"),
      row("disk", freeBytes.map { "\(Numerals.fixed(Double($0) / 1e9, decimals: 1)) GB free" } ?? "unknown"),
      row(
        "inbox",
        "\(waiting) waiting" + (oldestWaiting.map { ", the oldest job for \(Self.duration($0))" } ?? "")),
      row("active", "\(jobs(.claimed).count + jobs(.committed).count) in work"),
    ]
    lines += [JobState.deferred, .held, .corrupt, .failed].map {
      row($0.directory.rawValue, String(jobs($0).count))
    }
    lines.append(row("archive", "\(archived) done"))
    if let pause = report?.pause { lines.insert(row("paused", pause), at: 2) }
    lines += RefusalCount.lines(passedOver.map(\.why) + jobs(.corrupt).map(RefusalCount.reason(of:)))
    for item in passedOver { lines.append("  inbox/\(PlainText.line(item.name)) \(item.why)") }
    for state in Self.listed where !jobs(state).isEmpty {
      lines += ["", "\(state.rawValue):"]
      lines += jobs(state).map(line)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `45 s`, `12 min`, `3 h`, `5 d`: whole units, rounded down.
  private static func duration(_ seconds: Double) -> String {
    let units = [(86_400.0, "d"), (3600, "h"), (60, "min")]
    let unit = units.first { seconds >= 2 * $0.0 } ?? (1, "s")
    return "\(Int(seconds / unit.0)) \(unit.1)"
  }

  // MARK: For monitoring

  /// One line, and whether all is well.
  /// - Parameter limit: seconds for which a job may wait.
  func verdict(waitingLimit limit: Double) -> (line: String, isWell: Bool) {
    var faults: [String] = []
    if daemon == nil { faults.append("no daemon runs") }
    if let pause = report?.pause { faults.append("paused: \(pause)") }
    let unreadable = passedOver.count(where: \.isUnreadable)
    if unreadable > 0 { faults.append("\(unreadable) in the inbox cannot be read by the daemon") }
    if let oldestWaiting, oldestWaiting > limit {
      faults.append("a job has waited for \(Self.duration(oldestWaiting))")
    }
    let state = [
      "\(waiting) waiting", "\(jobs(.claimed).count + jobs(.committed).count) in work",
      "\(jobs(.deferred).count) deferred", "\(jobs(.failed).count) failed",
    ].joined(separator: ", ")
    let line = (faults.isEmpty ? "exospool OK" : "exospool FAULT: " + faults.joined(separator: "; "))
    return (PlainText.line("\(line); \(state)", limit: 1000), faults.isEmpty)
  }

  private func row(_ label: String, _ value: String) -> String {
    PlainText.padded(label, to: 10) + PlainText.line(value, limit: 4000)
  }

  private func line(_ job: Job) -> String {
    var line = "  \(job.id)  \(PlainText.line(job.record.originalName.display))"
    if let time = job.record.notBefore { line += "  not before \(time.iso8601)" }
    if let reason = job.record.reason { line += "\n    \(PlainText.line(reason, limit: 1000))" }
    return line
  }

  // MARK: For machines

  var json: JSON {
    func count(_ number: Int) -> JSON { .integer(number) }
    return .object([
      .init("spool", .string(spool)),
      .init(
        "daemon",
        .object([
          .init("running", .bool(daemon != nil)), .init("process", daemon.map(count) ?? .null),
          .init("status", report.map { .string($0.status) } ?? .null),
          .init("paused", report?.pause.map(JSON.string) ?? .null),
        ])),
      .init("oldestWaitingSeconds", oldestWaiting.map(JSON.number) ?? .null),
      .init("freeBytes", freeBytes.map { .integer(Int(clamping: $0)) } ?? .null),
      .init(
        "counts",
        .object(
          [.init("submitted", count(waiting)), .init("archived", count(archived))]
            + Self.listed.map { .init($0.rawValue, count(jobs($0).count)) })),
      .init(
        "passedOver",
        .array(passedOver.map { .object([.init("name", .string($0.name)), .init("why", .string($0.why))]) })),
      .init("jobs", .array(Self.listed.flatMap(jobs).map(json))),
    ])
  }

  private func json(_ job: Job) -> JSON {
    .object([
      .init("job", .string(job.id.text)),
      .init("name", .string(job.record.originalName.display)),
      .init("state", .string(job.state.rawValue)),
      .init("attempts", .integer(job.countedAttempts)),
      .init("notBefore", job.record.notBefore.map { .string($0.iso8601) } ?? .null),
      .init("reason", job.record.reason.map(JSON.string) ?? .null),
    ])
  }
}
