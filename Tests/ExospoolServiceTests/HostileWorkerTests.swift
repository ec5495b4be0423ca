import ExospoolService
import Glibc
import PosixFiles
import SpoolQueue
import SystemPackage
import Testing

/// A worker that a stranger's file has taken over, and that no confinement holds: nothing that it leaves is believed.
@Suite struct HostileWorkerTests {
  let service: TestService

  init() throws { service = try TestService() }

  private func run(_ deed: String, _ settings: [String] = []) async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("m.xml"))
    let command = WorkerCommand(executable: TestService.worker, arguments: ["hostile", deed])
    // Kept by nobody, for the lock goes with it.
    _ = try await service.supervisor(
      ["attempts=1", "workers=1", "result_size_megabytes=1", "young_seconds=0"] + settings, command: command
    ).run(.once)
    try await service.waitForTheLock()
  }

  private var results: [String] {
    get throws {
      try PosixFiles.names(in: service.root.appending("results")).map(\.string).filter { $0 != ".index" }
    }
  }

  @Test(arguments: [
    ("link", "result.xml cannot be opened"), ("pipe", "result.xml is not a regular file"),
    ("directory", "result.xml is not a regular file"), ("absent", "left other files than it named"),
    ("second name", "result.xml has 2 names"), ("second file", "left other files than it named"),
    ("large", "File size limit exceeded"), ("path", "named products that are none"),
    ("twice", "named products that are none"), ("nothing", "named products that are none"),
    ("hash", "told a hash that is none"), ("escape", "none that a worker may give"),
    ("forged job", "none that a worker may give"), ("no JSON", "none that a worker may give"),
    ("two lines", "none that a worker may give"), ("JSON escape", "none that a worker may give"),
    ("silence", "the worker crashed with signal 9"), ("false hash", "the file has another hash than it told"),
    ("false stamp", "it read another file than its own"),
    ("unsettled", "the file that it saw change has stood still"),
    ("no room", "said that the disk has no room, and it has"),
  ])
  func whatIsNoResultIsNotPublished(deed: String, why: String) async throws {
    try await run(deed)
    #expect(try service.names(.failed) == ["m.xml"])
    let reason = try service.reason(.failed)
    #expect(reason.contains(why), "\(reason)")
    #expect(try results.isEmpty)
    #expect(service.read("log/results.log").isEmpty)
    #expect(service.read("log/results.jsonl").isEmpty)
    // The rest of what it left is gone with it.
    #expect(
      try PosixFiles.names(in: service.root.appending(".work")).map(\.string).allSatisfy { $0 == "second" })
  }

  @Test(.enabled(if: geteuid() == 0)) func whatIsNotOursIsNotPublished() async throws {
    try await run("owner")
    #expect(try service.reason(.failed).contains("result.xml belongs to user 12345"))
    #expect(try results.isEmpty)
  }

  /// The worker still has its file open when it gets the next job.
  @Test func whatIsWrittenAfterTheAnswerIsNotPublished() async throws {
    _ = try service.queue.submit(Array("two".utf8), as: FileName("n.xml"))
    try await run("later")
    #expect(try (service.names(.done) + service.names(.duplicate)).sorted() == ["m.xml", "n.xml"])
    let directory = try #require(try results.first)
    #expect(service.read("results/\(directory)/result.xml") == "result")
  }

  /// A false hash would pass a file off as another one's duplicate: it would have no result, and nobody would know.
  @Test func anotherFilesHashMakesNoDuplicate() async throws {
    try await run("another's hash")
    _ = try service.queue.submit(Array("two".utf8), as: FileName("n.xml"))
    try await run("another's hash")
    #expect(try service.names(.done) == ["m.xml"])
    #expect(try service.names(.duplicate) == ["m.xml"])
    #expect(try service.names(.failed) == ["n.xml"])
    let reason = try service.reason(.failed)
    #expect(reason.contains("the file has another hash than it told"), "\(reason)")
  }

  @Test func modesAreNotPublished() async throws {
    try await run("mode")
    let directory = try #require(try results.first)
    let status = try #require(
      try PosixFiles.status(service.root.appending("results/\(directory)/result.xml")))
    #expect(status.mode & 0o7133 == 0)
  }

  /// An idle worker that is stopped heeds no signal but one.
  @Test(.timeLimit(.minutes(10))) func aStoppedWorkerDoesNotHoldTheEnd() async throws {
    try await run("stop", ["stop_timeout_seconds=3600"])
    #expect(try service.names(.done) == ["m.xml"])
  }

  /// Nothing that a worker has started outlives it.
  @Test(.timeLimit(.minutes(10))) func theProcessGroupGoesWithTheWorker() async throws {
    try await run("child")
    let line = service.read("log/results.log")
    let child = try #require(line.split(whereSeparator: \.isWhitespace).last.flatMap { pid_t($0) })
    #expect(child > 0)
    try await service.wait("the program is gone") { kill(child, 0) != 0 || isZombie(child) }
  }

  /// Killed, and not yet waited for by whoever has become its parent.
  private func isZombie(_ process: pid_t) -> Bool {
    let stat = try? OpenFile(FilePath("/proc/\(process)/stat"), .reading(followingLinks: false)).readToEnd(
      limit: 4096)
    return String(decoding: stat ?? [], as: UTF8.self).contains(") Z ")
  }
}
