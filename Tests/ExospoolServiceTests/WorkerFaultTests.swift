import Glibc
import SpoolQueue
import SystemPackage
import Testing

@testable import ExospoolService

/// A worker's crash, hang or greed costs its job an attempt, and nobody else anything.
@Suite struct WorkerFaultTests {
  let service: TestService

  init() throws { service = try TestService() }

  private static let others = ["a.xml": "one", "b.xml": "two", "z.xml": "three"]

  private func checkOthers() throws {
    #expect(try service.names(.done) == ["a.xml", "b.xml", "z.xml"])
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 3)
  }

  @Test func aCrashCostsOneJobItsAttempts() async throws {
    try await service.drain(Self.others.merging(["m.xml": "crash"]) { a, _ in a }, ["attempts=2"])
    try checkOthers()
    #expect(try service.names(.failed) == ["m.xml"])
    let reason = try service.reason(.failed)
    #expect(reason.contains("crashed with signal 11"))
    #expect(reason.contains("given up after 2 attempts"))
    #expect(service.lines.count("worker ended") == 2)
  }

  @Test func aHangEndsAtTheWallClock() async throws {
    try await service.drain(
      Self.others.merging(["m.xml": "hang"]) { a, _ in a }, ["attempts=1", "job_wall_time_seconds=1.5"])
    try checkOthers()
    #expect(try service.reason(.failed).contains("longer than 1.5 s"))
  }

  @Test func anEndlessLoopEndsAtTheProcessorTime() async throws {
    try await service.drain(["m.xml": "spin"], ["attempts=1", "job_cpu_time_seconds=1"])
    #expect(try service.reason(.failed).contains("more than 1 s of processor time"))
  }

  @Test func greedForMemoryEndsAtTheLimit() async throws {
    try await service.drain(
      Self.others.merging(["m.xml": "eat"]) { a, _ in a }, ["attempts=1", "job_memory_megabytes=768"])
    try checkOthers()
    #expect(try service.reason(.failed).contains("more than 768 MB of memory"))
  }

  @Test func aResultThatIsTooLargeIsNotWritten() async throws {
    try await service.drain(["m.xml": "write"], ["attempts=1", "result_size_megabytes=1"])
    #expect(try service.reason(.failed).contains("result_size_megabytes"))
    #expect(try service.names(.done).isEmpty)
  }

  @Test func whatAWorkerLoadsIsReadWithoutNetwork() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(
      command: WorkerCommand(executable: TestService.worker, arguments: ["network"]))
    _ = try await supervisor.run(.once)
    #expect(service.read("log/results.log").contains("analysed a.xml, socket refused"))
  }

  /// The limits of a job hold while a worker loads, for a catalogue's files are strangers' as well. A worker that does not
  /// come up is not the file's fault.
  @Test(arguments: [
    WorkerCommand(executable: "/nonexistent", arguments: []),
    WorkerCommand(executable: TestService.worker, arguments: ["eat"]),
  ])
  func aWorkerThatDoesNotStartCostsNoAttempt(command: WorkerCommand) async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(["job_memory_megabytes=512"], command: command)
    let run = service.start(supervisor)
    try await service.wait("the worker has ended") {
      // A worker that comes up after all has done the job.
      service.lines.count("worker ended") > 0 || !service.read("log/results.log").isEmpty
    }
    await supervisor.stop()
    try await run.ended()
    let job = try #require(try service.queue.jobs(in: .deferred).first)
    #expect(job.countedAttempts == 0)
  }

  /// No stranger's file is opened by a worker without limits.
  @Test func limitsThatAreRefusedAreNoLimits() {
    let limits = JobLimits(wallSeconds: 1, cpuSeconds: 1, memoryBytes: 1 << 30, resultBytes: 1 << 20)
    let error = #expect(throws: WorkerError.self) { try limits.apply(to: .max) }
    #expect(error?.code == .limitsRefused)
    #expect(error?.cause == .noSuchProcess)
    #expect(error?.sentence.contains("cannot be limited") == true)
  }

  @Test func temporaryFaultsAreTriedAgainAndPermanentOnesAreNot() async throws {
    try await service.drain(["t.xml": "temporary", "p.xml": "permanent", "c.xml": "corrupt"], ["attempts=3"])
    #expect(try service.names(.failed) == ["p.xml", "t.xml"])
    #expect(try service.names(.corrupt) == ["c.xml"])
    #expect(try service.reason(.corrupt).contains("line 1: this file says that it is corrupt"))
    let attempts = try service.queue.jobs(in: .failed).map {
      "\($0.record.originalName.display) \($0.attempt)"
    }
    #expect(Set(attempts) == ["p.xml 1", "t.xml 3"])
  }

  @Test func anUnsettledFileIsWaitedForWhileItIsYoung() async throws {
    _ = try service.queue.submit(Array("unsettled".utf8), as: FileName("u.xml"))
    let supervisor = try service.supervisor(["young_seconds=3600", "attempts=1"])
    let run = service.start(supervisor)
    try await service.wait("the file is waited for") { service.lines.count("promises more") > 0 }
    // It grows old.
    await supervisor.reload(try service.configuration(["young_seconds=0", "attempts=1"]))
    try await service.wait("the file is refused") { try service.queue.count(in: .corrupt) > 0 }
    await supervisor.stop()
    try await run.ended()
    let job = try #require(try service.queue.jobs(in: .corrupt).first)
    #expect(job.attempt >= 2)
    #expect(job.countedAttempts == 1)
    #expect(try service.reason(.corrupt).contains("the file is cut off"))
  }

  @Test func anUnreadableFileIsRefusedWithASentence() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("secret.xml"))
    chmod(service.inbox("secret.xml"), 0)
    if geteuid() == 0 {
      // Root may read all, so the supervisor takes the file; its worker may not.
      let command = WorkerCommand(
        executable: "/usr/bin/setpriv",
        arguments: ["--bounding-set=-dac_override,-dac_read_search", TestService.worker])
      _ = try await service.supervisor(["attempts=1"], command: command).run(.once)
      #expect(try service.reason(.corrupt).contains("not readable"))
    } else {
      #expect(try service.queue.scanInbox().refused.first?.why.contains("not readable") == true)
    }
  }
}
