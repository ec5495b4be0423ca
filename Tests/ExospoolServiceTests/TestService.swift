import ExospoolService
import Glibc
import Logging
import PosixFiles
import SpoolQueue
import Synchronization
import SystemPackage
import Testing

/// A spool of its own with a supervisor whose workers misbehave as their input says.
final class TestService: Sendable {
  let root: FilePath
  let queue: SpoolQueue
  let lines = LogLines()

  init() throws {
    // In memory where there is such a place: thousands of fsyncs on a busy disk take long.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/exospool-service-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SpoolError(.notASpool, at: place, "no temporary directory") }
    root = FilePath(platformString: template)
    try SpoolQueue.create(at: root)
    queue = try SpoolQueue(root: root)
  }

  deinit { try? PosixFiles.removeTree(root) }

  static let worker: String = {
    let program = realpath("/proc/self/exe", nil).map { path in
      defer { free(path) }
      return String(cString: path)
    }
    return (program ?? "").split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/faulty-worker"
  }()

  /// Settings that make a test quick; later ones go before earlier ones.
  func configuration(_ settings: [String] = []) throws -> Configuration {
    try ConfigurationReader.read(
      file: nil, environment: [:],
      settings: [
        "spool_directory=\(root.string)", "settle_seconds=0", "retry_delay_seconds=0.05",
        "rescan_interval_seconds=0.1", "job_memory_megabytes=1024", "minimum_free_megabytes=0",
        "table_settle_seconds=0",
      ] + settings)
  }

  func supervisor(
    _ settings: [String] = [], manager: [String: String] = [:],
    command: WorkerCommand = WorkerCommand(executable: TestService.worker, arguments: [])
  ) throws -> Supervisor {
    let lines = lines
    var logger = Logger(label: "test") { _ in CollectingHandler(lines: lines) }
    logger.logLevel = .debug
    return try Supervisor(
      queue: queue, configuration: try configuration(settings), command: command, logger: logger,
      manager: ServiceManager(environment: manager))
  }

  /// Lets a supervisor run until it is told to stop.
  func start(_ supervisor: Supervisor) -> Run { Run(supervisor, service: self) }

  /// A run whose end is not waited for without a limit.
  final class Run: Sendable {
    private let service: TestService
    private let end = Mutex<Result<Supervisor.End, any Error>?>(nil)

    init(_ supervisor: Supervisor, service: TestService) {
      self.service = service
      Task {
        do {
          let value = try await supervisor.run(.forever)
          end.withLock { $0 = .success(value) }
        } catch {
          end.withLock { $0 = .failure(error) }
        }
      }
    }

    @discardableResult
    func ended() async throws -> Supervisor.End {
      try await service.wait("the run has ended") { end.withLock { $0 != nil } }
      return try #require(end.withLock { $0 }).get()
    }
  }

  /// Submits texts by name and drains the spool.
  func drain(_ files: [String: String], _ settings: [String] = []) async throws {
    for name in files.keys.sorted() {
      _ = try queue.submit(Array((files[name] ?? "").utf8), as: FileName(name))
    }
    _ = try await supervisor(settings).run(.once)
    try await waitForTheLock()
  }

  /// The lock goes with the supervisor, which ends on a thread of its own.
  func waitForTheLock() async throws {
    try await wait("the lock is free") {
      do {
        _ = try SpoolLock(root: root)
        return true
      } catch let error as SpoolError where error.code == .locked {
        return false
      }
    }
  }

  /// Counts looks, not minutes: while other tests hold all threads, no time is lost here.
  /// - Throws: when 6,000 looks, a minute where nothing else runs, were not enough.
  func wait(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, until condition: () throws -> Bool
  ) async throws {
    var looks = 0
    while try !condition() {
      looks += 1
      try #require(looks < 6_000, what, sourceLocation: sourceLocation)
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// The original names of the jobs in a state.
  func names(_ state: JobState) throws -> [String] {
    try queue.jobs(in: state).map(\.record.originalName.display).sorted()
  }

  /// What the `.reason` file of the only job in a state says.
  func reason(_ state: JobState) throws -> String {
    guard let job = try queue.jobs(in: state).first else { return "" }
    return read("\(state.directory.rawValue)/\(job.fileName).reason")
  }

  /// Nothing where there is no such file.
  func read(_ relative: String) -> String {
    let bytes = try? PosixFiles.read(root.appending(relative), limit: 1 << 24)
    return String(decoding: bytes ?? [], as: UTF8.self)
  }

  func inbox(_ name: String) -> String { root.appending("inbox").appending(name).string }
}

/// What was logged, as `message key=value ...`.
final class LogLines: Sendable {
  private let lines = Mutex<[(level: Logger.Level, text: String)]>([])
  func append(_ text: String, _ level: Logger.Level) { lines.withLock { $0.append((level, text)) } }
  var all: [String] { lines.withLock { $0.map(\.text) } }
  func count(_ text: String, from level: Logger.Level = .trace) -> Int {
    lines.withLock { $0.count { $0.level >= level && $0.text.contains(text) } }
  }
}

struct CollectingHandler: LogHandler {
  let lines: LogLines
  var logLevel: Logger.Level = .debug
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let data = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    lines.append(([event.message.description] + data).joined(separator: " "), event.level)
  }
}
