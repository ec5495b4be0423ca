import Glibc
import JobContract
import Logging
import PosixFiles
import SpoolQueue
import Synchronization
import SystemCallRecorder
import SystemPackage
import Testing

@testable import ExospoolService

/// A disk that fills up, directories that vanish, a daemon that dies: the service waits, and no file pays for it.
@Suite struct SpoolFaultTests {
  let service: TestService

  init() throws { service = try TestService() }

  private func submit(_ files: [String: String]) throws {
    for name in files.keys.sorted() {
      _ = try service.queue.submit(Array((files[name] ?? "").utf8), as: FileName(name))
    }
  }

  @Test func faultsAreWaitedOutLongerAndLonger() {
    var backoff = Backoff()
    var now = 100.0
    var waits: [Double] = []
    for _ in 0..<8 {
      waits.append(backoff.fail("full", monotonic: now))
      // Jobs side by side meet the same fault.
      #expect(backoff.fail("full", monotonic: now + 0.5) == waits.last.map { $0 - 0.5 })
      now = backoff.until
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60])
    backoff.reset()
    #expect(backoff.reason == nil && backoff.fail("again", monotonic: now) == 1)
  }

  /// Once: a hot loop of analyses, or the end of the daemon.
  @Test(.timeLimit(.minutes(10))) func aDirectoryThatVanishesIsWaitedFor() async throws {
    let results = service.queue.path(.results)
    try submit(["a.xml": "one", "b.xml": "two"])
    let supervisor = try service.supervisor()
    try PosixFiles.rename(results, to: service.root.appending("elsewhere"))
    let run = service.start(supervisor)
    try await service.wait("it says so") { service.lines.count("results/ missing") > 0 }
    try await Task.sleep(for: .seconds(2))
    #expect(service.lines.count("spool fault") <= 3)
    #expect(DaemonReport(of: service.root)?.pause?.contains("results/ missing") == true)
    try PosixFiles.rename(service.root.appending("elsewhere"), to: results)
    try await service.wait("both are done") { try service.names(.done).count == 2 }
    // Now in the middle of the work.
    try PosixFiles.rename(results, to: service.root.appending("elsewhere"))
    try submit(["c.xml": "three", "d.xml": "four"])
    try await service.wait("a commit has failed") { service.lines.count("spool fault") > 1 }
    let before = service.lines.count("job claimed")
    try await Task.sleep(for: .seconds(2))
    #expect(service.lines.count("job claimed") - before <= 2)
    try PosixFiles.rename(service.root.appending("elsewhere"), to: results)
    try await service.wait("all are done") { try service.names(.done).count == 4 }
    await supervisor.stop()
    try await run.ended()
    #expect(DaemonReport(of: service.root)?.pause == nil)
    #expect(try service.queue.jobs(in: .done).allSatisfy { $0.countedAttempts == 1 })
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 4)
  }

  /// Once each job that ended without the directory began the waiting anew: nine lines a second.
  @Test(.timeLimit(.minutes(10))) func jobsThatEndWithoutTheDirectoryDoNotEndTheWaiting() async throws {
    let deferred = service.queue.path(.deferred)
    // Every fourth one needs it.
    let files = (100..<180).map { ("\($0).xml", $0 % 4 == 0 ? "temporary" : "slow \($0)") }
    try submit(Dictionary(uniqueKeysWithValues: files))
    let supervisor = try service.supervisor(["workers=4"])
    let run = service.start(supervisor)
    try await service.wait("jobs are under way") { service.lines.count("job done") > 0 }
    try PosixFiles.rename(deferred, to: service.root.appending("elsewhere"))
    try await service.wait("it says so") { service.lines.count("spool fault", from: .error) > 0 }
    let before = service.lines.count("job done")
    try await service.wait("jobs end all the same") { service.lines.count("job done") > before + 4 }
    try await Task.sleep(for: .seconds(2))
    // After 0, 1, 3, 7 s.
    #expect(service.lines.count("spool fault", from: .error) <= 4)
    try PosixFiles.rename(service.root.appending("elsewhere"), to: deferred)
    try await service.wait("all that can be are done") { try service.names(.done).count == 60 }
    await supervisor.stop()
    try await run.ended()
  }

  /// Once it ended the supervisor for good.
  @Test(.timeLimit(.minutes(10))) func aSpoolThatVanishesIsWaitedFor() async throws {
    let elsewhere = FilePath(service.root.string + "-elsewhere")
    let supervisor = try service.supervisor()
    let run = service.start(supervisor)
    try submit(["a.xml": "one"])
    try await service.wait("it is done") { service.lines.count("job done") == 1 }
    try PosixFiles.rename(service.root, to: elsewhere)
    try await service.wait("it says so") { service.lines.count("is no spool") > 0 }
    try PosixFiles.rename(elsewhere, to: service.root)
    try submit(["b.xml": "two"])
    try await service.wait("both are done") { service.lines.count("job done") == 2 }
    await supervisor.stop()
    try await run.ended()
    #expect(try service.names(.done) == ["a.xml", "b.xml"])
  }

  /// Once it never ended, and used up a processor, when another service had failed.
  @Test(.timeLimit(.minutes(10))) func hintsEndWhereTheyAreCalledOff() async throws {
    let lines = service.lines
    var logger = Logger(label: "test") { _ in CollectingHandler(lines: lines) }
    logger.logLevel = .debug
    let hints = HintService(
      try service.supervisor(), directories: [service.root.appending("missing").string], logger: logger)
    let ended = Mutex(false)
    let task = Task {
      try? await hints.run()
      ended.withLock { $0 = true }
    }
    try await service.wait("it cannot watch") { service.lines.count("not watching") > 0 }
    task.cancel()
    try await service.wait("it has ended") { ended.withLock { $0 } }
  }

  /// The disk is full for what the supervisor writes, in the work and in the recovery.
  @Test(.timeLimit(.minutes(10)), arguments: [0, 1, 600, 3000])
  func aFullDiskIsWaitedOut(bytes: Int) async throws {
    try submit(["a.xml": "one", "b.xml": "two"])
    let recorder = SystemCallRecorder(.full(afterBytes: bytes))
    try await recorder.watch {
      let supervisor = try service.supervisor()
      let run = service.start(supervisor)
      try await service.wait("it says so") { service.lines.count("spool fault") > 0 }
      try await Task.sleep(for: .milliseconds(300))
      recorder.makeRoom()
      try await service.wait("both are done") { try service.names(.done).count == 2 }
      await supervisor.stop()
      try await run.ended()
    }
    #expect(try service.queue.jobs(in: .done).allSatisfy { $0.countedAttempts == 1 })
    #expect(service.read("log/results.log").split(separator: "\n").count == 2)
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 2)
  }

  @Test func tooFewInodesPauseTheIntake() async throws {
    try submit(["a.xml": "one"])
    let supervisor = try service.supervisor(["minimum_free_inodes=1000000000"])
    let run = service.start(supervisor)
    try await service.wait("intake paused") { service.lines.count("minimum_free_inodes") > 0 }
    #expect(try service.queue.count(in: .inbox) == 1)
    #expect(DaemonReport(of: service.root)?.pause?.contains("inodes free") == true)
    await supervisor.reload(try service.configuration())
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    await supervisor.stop()
    try await run.ended()
  }

  @Test func aWorkerWithoutRoomCostsNoAttempt() async throws {
    try submit(["a.xml": "one"])
    let supervisor = try service.supervisor(
      ["attempts=1", "retry_delay_seconds=0"],
      command: WorkerCommand(executable: TestService.worker, arguments: ["hostile", "no room"]))
    // The supervisor has no room, either.
    try await SystemCallRecorder(.every(.write, named: ".room", .noSpace)).watch {
      let run = service.start(supervisor)
      try await service.wait("it was tried twice") {
        service.lines.count("result.xml could not be written") > 2
      }
      await supervisor.stop()
      try await run.ended()
    }
    #expect(try service.names(.failed).isEmpty)
    #expect(try service.queue.jobs(in: .deferred).map(\.countedAttempts) == [0])
  }

  @Test(arguments: [(Errno.noSpace, true), (.diskQuotaExceeded, true), (.ioError, false)])
  func onlyAWantOfRoomIsNobodysFault(error: Errno, isHindered: Bool) {
    let answer = SystemCallRecorder(.nth(1, .write, error)).watch {
      ProductFile.write(.init(name: "result.xml", bytes: [1, 2]), in: service.root)
    }
    #expect(answer?.kind == (isHindered ? .hindered : .failed))
  }

  // MARK: Deaths

  /// Leaves jobs as a daemon that was killed does: claimed, and handed to workers.
  private func die(with names: [String]) throws {
    for name in names {
      let file = FileName(name)
      let job =
        if let waiting = try service.queue.jobs(in: .deferred).first(where: { $0.record.originalName == file }
        ) {
          try service.queue.claim(waiting)
        } else {
          try service.queue.claim(
            try #require(try service.queue.scanInbox().candidates.first { $0.name == file }))
        }
      _ = try service.queue.makeWorkDirectory(for: try #require(job))
    }
  }

  /// A daemon that is stopped at once; kept by nobody afterwards, for the lock goes with it.
  private func liveUntil(_ condition: () throws -> Bool) async throws {
    let supervisor = try service.supervisor(["stop_timeout_seconds=0"])
    let run = service.start(supervisor)
    try await service.wait("it has come so far", until: condition)
    await supervisor.stop()
    try await run.ended()
  }

  @Test(.timeLimit(.minutes(10))) func aFileThatWasNeverAloneIsInnocent() async throws {
    try submit(["a.xml": "hang", "b.xml": "one"])
    for death in 1...25 {
      try die(with: ["a.xml", "b.xml"])
      try await liveUntil { service.lines.count("job recovered") >= 2 * death }
      try await service.waitForTheLock()
      if try !service.names(.done).isEmpty { break }
    }
    #expect(try service.names(.failed).isEmpty)
  }

  @Test(.timeLimit(.minutes(10))) func aFileThatWasAloneAtEachDeathIsFailed() async throws {
    try submit(["a.xml": "one"])
    for _ in 1..<20 {
      try die(with: ["a.xml"])
      let recovery = try service.queue.recover()
      try service.queue.defer(
        try #require(recovery.interrupted.first), until: .now(), because: "", excused: true,
        interrupted: true,
        isSuspect: true)
    }
    try die(with: ["a.xml"])
    _ = try await service.supervisor().run(.once)
    #expect(try service.reason(.failed).contains("20 times with this file, and no other"))
  }

  @Test(.timeLimit(.minutes(10))) func suspectsRunLastAndAlone() async throws {
    try submit(["a.xml": "slow one", "b.xml": "slow two"])
    try die(with: ["a.xml", "b.xml"])
    try submit(["c.xml": "three", "d.xml": "slow four"])
    _ = try await service.supervisor(["workers=4"]).run(.once)
    let order = service.lines.all.compactMap { line -> String? in
      let event = line.hasPrefix("job claimed") ? "+" : line.hasPrefix("job done") ? "-" : nil
      return event.map { $0 + (line.split(separator: "file=").last?.prefix(1).description ?? "") }
    }
    #expect(Set(order.prefix(4)) == ["+c", "+d", "-c", "-d"])
    #expect(order.count == 8)
    #expect(
      order[4].dropFirst() == order[5].dropFirst() && order[4].hasPrefix("+") && order[5].hasPrefix("-"))
    #expect(try service.names(.done).count == 4)
  }

  // MARK: Models

  @Test func workersHaveTheModelsOfTheDaemonsStart() {
    let hash = String(repeating: "ab", count: 32)
    let pin = ModelPin(["a \(hash)", "b \(hash)"])
    #expect(pin.objection(to: ["a \(hash)"])?.contains("(without b abababababab)") == true)
    #expect(pin.objection(to: ["a \(hash)", "b \(hash)", "catalogue 1"]) == nil)
    #expect(pin.objection(to: ["a \(hash)", "b \(hash)"])?.contains("(without catalogue 1)") == true)
    #expect(
      pin.objection(to: ["a \(hash)", "b \(hash)", "catalogue 2"])?
        .contains("without catalogue 1, with catalogue 2") == true)
    let first = ModelPin([])
    #expect(first.objection(to: ["a 1"]) == nil)
    #expect(first.objection(to: ["a 2"]) != nil)
  }

  /// Once: results by a part of the models, without a word.
  @Test(.timeLimit(.minutes(10))) func aWorkerWithOtherModelsDoesNotWork() async throws {
    let models = service.root.appending("models")
    func have(_ text: String) throws { try PosixFiles.replace(models, with: Array(text.utf8)) }
    try have("a 1\nb 2")
    try submit(["a.xml": "one"])
    let supervisor = try service.supervisor(
      ["workers=1", "attempts=1", "retry_delay_seconds=0"],
      command: WorkerCommand(
        executable: TestService.worker, arguments: ["models", models.string], models: ["a 1", "b 2"]))
    let run = service.start(supervisor)
    try await service.wait("one is done") { try service.names(.done).count == 1 }
    try have("a 1")
    try submit(["b.xml": "crash"])
    try await service.wait("the worker is gone") { try service.names(.failed).count == 1 }
    try submit(["c.xml": "two"])
    try await service.wait("the next does not work") { service.lines.count("(without b 2)") > 0 }
    #expect(try service.names(.done).count == 1)
    try have("a 1\nb 2")
    try await service.wait("two is done") { try service.names(.done).count == 2 }
    await supervisor.stop()
    try await run.ended()
    #expect(try service.queue.jobs(in: .done).allSatisfy { $0.countedAttempts == 1 })
  }

  // MARK: Side by side

  /// Jobs of the same content, of which several are under way at once.
  @Test(.timeLimit(.minutes(10))) func twinsHaveOneResult() async throws {
    var files: [String: String] = [:]
    for number in 10..<50 { files["\(number).xml"] = "content \(number % 3)" }
    try submit(files)
    _ = try await service.supervisor(["workers=4"]).run(.once)
    #expect(try service.names(.done).count == 3)
    #expect(try service.names(.duplicate).count == 37)
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 3)
    #expect(try PosixFiles.names(in: service.queue.path(.results)).count == 4)
  }

  /// While one waits for the disk, others go on.
  @Test(.timeLimit(.minutes(10))) func transitionsOfDifferentJobsGoSideBySide() async throws {
    var files: [String: String] = [:]
    for number in 10..<40 { files["\(number).xml"] = "content \(number)" }
    try submit(files)
    let disk = SlowDisk()
    try await SystemCalls.$witness.withValue(disk) { _ = try await service.supervisor().run(.once) }
    #expect(try service.names(.done).count == 30)
    #expect(disk.most > 4, "at most \(disk.most) at a time")
  }
}

/// Each sync takes 5 ms.
private final class SlowDisk: SystemCallWitness {
  private let state = Mutex((now: 0, most: 0))

  /// Syncs that were under way at once.
  var most: Int { state.withLock(\.most) }

  func before(_ call: SystemCall) throws(Errno) {
    guard [.fsync, .fdatasync, .synchronizeDirectory].contains(call.name) else { return }
    state.withLock { state in
      state.now += 1
      state.most = max(state.most, state.now)
    }
    usleep(5_000)
    state.withLock { $0.now -= 1 }
  }
}
