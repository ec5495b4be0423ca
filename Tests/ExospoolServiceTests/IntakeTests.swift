import DirectoryEvents
import Dispatch
import Glibc
import PosixFiles
import SpoolQueue
import SystemCallRecorder
import SystemPackage
import Testing

@testable import ExospoolService

@Suite struct IntakeTests {
  let service: TestService

  init() throws { service = try TestService() }

  @Test func namesOfAnyKindGoThrough() async throws {
    let longest = String(repeating: "x", count: 251) + ".xml"
    let names = ["two words.xml", "line\nbreak.xml", longest, "-rf.xml", "Čapek;$(x).xml"]
    try await service.drain(Dictionary(uniqueKeysWithValues: names.map { ($0, "content of \($0)") }))
    #expect(try service.names(.done) == names.map { FileName($0).display }.sorted())
    #expect(service.read("log/results.log").split(separator: "\n").count == names.count)
  }

  @Test func theSameContentIsArchivedQuietlyAndNamesTheJob() async throws {
    try await service.drain(["a.xml": "same"])
    try await service.drain(["b.xml": "same", "c.xml": "other"])
    #expect(try service.names(.done) == ["a.xml", "c.xml"])
    #expect(try service.names(.duplicate) == ["b.xml"])
    let holder = try #require(
      try service.queue.jobs(in: .done).first { $0.record.originalName == FileName("a.xml") })
    #expect(service.lines.count("job is a duplicate") == 1)
    #expect(service.lines.count("result-of=\(holder.id)") == 1)
    #expect(service.read("log/results.log").split(separator: "\n").count == 2)
  }

  @Test func anEarlierFailureBlocksNobody() async throws {
    try await service.drain(["a.xml": "permanent"])
    try await service.drain(["b.xml": "permanent"])
    #expect(try service.names(.failed) == ["a.xml", "b.xml"])
    #expect(try service.names(.duplicate).isEmpty)
  }

  @Test func whatIsNoRegularFileStaysWithOneLogLine() async throws {
    mkdir(service.inbox("@eaDir"), 0o755)
    symlink("/etc/hostname", service.inbox("link.xml"))
    mkfifo(service.inbox("pipe.xml"), 0o644)
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor()
    let run = service.start(supervisor)
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    // Several more looks at the inbox.
    try await Task.sleep(for: .milliseconds(700))
    await supervisor.stop()
    try await run.ended()
    #expect(service.lines.count("left in the inbox") == 3)
    for name in ["@eaDir", "link.xml", "pipe.xml"] {
      #expect(service.lines.count("file=\(name)") == 1)
      #expect(access(service.inbox(name), F_OK) == 0)
    }
  }

  @Test func aHugeFileIsRefusedUnread() async throws {
    let descriptor = open(service.inbox("huge.fits"), O_WRONLY | O_CREAT, 0o644)
    #expect(ftruncate(descriptor, 1 << 30) == 0)
    close(descriptor)
    _ = try await service.supervisor(["job_memory_megabytes=512"]).run(.once)
    #expect(try service.names(.corrupt) == ["huge.fits"])
    #expect(try service.reason(.corrupt).contains("1024 MB, and at most 256 MB are read"))
  }

  @Test func intakePausesWhileTheDiskIsNearlyFull() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(["minimum_free_megabytes=1048576"])
    let run = service.start(supervisor)
    try await service.wait("intake paused") { service.lines.count("intake paused") > 0 }
    // Several more looks: it says so once and takes nothing.
    try await Task.sleep(for: .milliseconds(500))
    #expect(service.lines.count("intake paused") == 1)
    #expect(try service.queue.count(in: .inbox) == 1)
    await supervisor.reload(try service.configuration())
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    await supervisor.stop()
    try await run.ended()
    #expect(service.lines.count("intake resumed") == 1)
    #expect(try service.names(.done) == ["a.xml"])
  }

  @Test func aFileThatGrowsWhileItIsReadEndsWhole() async throws {
    let path = service.inbox("growing.xml")
    let ended = DispatchGroup()
    // A thread of its own: other tests may hold all of the pool's, and its pauses would be long.
    DispatchQueue(label: "writer").async(group: ended) {
      for _ in 0..<40 {
        guard let file = fopen(path, "a") else { return }
        fputs(String(repeating: "x", count: 10_000), file)
        fclose(file)
        usleep(20_000)
      }
    }
    // A settling time longer than the pauses of the writer: never taken before it has ended.
    let supervisor = try service.supervisor(["settle_seconds=0.4"])
    let run = service.start(supervisor)
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    await supervisor.stop()
    try await run.ended()
    await withCheckedContinuation { end in ended.notify(queue: .global()) { end.resume() } }
    #expect(service.read("log/results.jsonl").contains("\"bytes\":400000"))
    #expect(service.lines.count("job done") == 1)
  }

  @Test func twoDaemonsDoNotShareASpool() async throws {
    let first = try service.supervisor()
    let error = #expect(throws: SpoolError.self) { _ = try service.supervisor() }
    #expect(error?.code == .locked)
    _ = try await first.run(.once)
  }

  @Test func stoppingFinishesTheJobInHand() async throws {
    _ = try service.queue.submit(Array("slow one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor()
    let run = service.start(supervisor)
    try await service.wait("a job is in hand") { try service.queue.count(in: .active) > 0 }
    await supervisor.stop()
    guard case .stopped = try await run.ended() else {
      Issue.record("the job in hand was cut off")
      return
    }
    #expect(try service.names(.done) == ["a.xml"])
  }

  @Test(.timeLimit(.minutes(10))) func stoppingDoesNotWaitForEver() async throws {
    _ = try service.queue.submit(Array("hang".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(["stop_timeout_seconds=0.3"])
    let run = service.start(supervisor)
    try await service.wait("a job is in hand") { try service.queue.count(in: .active) > 0 }
    await supervisor.stop()
    guard case .interrupted(let jobs) = try await run.ended() else {
      Issue.record("a hanging job cannot have ended")
      return
    }
    #expect(jobs == 1)
    // The next daemon finds it and does not count the interruption as an attempt, nor as a suspicion.
    let job = try #require(try service.queue.jobs(in: .deferred).first)
    #expect(job.countedAttempts == 0)
    #expect(!job.record.isSuspect)
  }

  /// Once it waited until the worker had come up, or for a minute.
  @Test(.timeLimit(.minutes(10))) func stoppingDoesNotWaitForAWorkerToComeUp() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(
      ["stop_timeout_seconds=0.3"],
      command: WorkerCommand(executable: TestService.worker, arguments: ["sleep"]))
    let run = service.start(supervisor)
    try await service.wait("a job is in hand") { try service.queue.count(in: .active) > 0 }
    // The worker sleeps for an hour before it says that it is ready.
    try await Task.sleep(for: .milliseconds(200))
    await supervisor.stop()
    guard case .interrupted(let jobs) = try await run.ended() else {
      Issue.record("a job without a worker cannot have ended")
      return
    }
    #expect(jobs == 1)
    #expect(try service.queue.jobs(in: .deferred).map(\.countedAttempts) == [0])
  }

  /// Once every record in deferred/ was read at each wake, five times a second.
  @Test(.timeLimit(.minutes(10))) func jobsThatWaitAreNotReadAgainAndAgain() async throws {
    let later = Timestamp.now().adding(seconds: 3600)
    for number in 1...20 {
      _ = try service.queue.submit([UInt8(number)], as: FileName("\(number).xml"))
      let entry = try #require(try service.queue.scanInbox().candidates.first)
      let job = try #require(try service.queue.claim(entry))
      try service.queue.defer(job, until: later, because: "later", excused: false)
    }
    let recorder = SystemCallRecorder()
    try await recorder.watch {
      let supervisor = try service.supervisor(["rescan_interval_seconds=0.2"])
      let run = service.start(supervisor)
      try await Task.sleep(for: .seconds(2))
      await supervisor.stop()
      try await run.ended()
    }
    let opened = recorder.calls.count { $0.name == .open && $0.path.string.hasSuffix(".job") }
    #expect(opened == 20)
  }

  /// Neither a hint nor a scan is needed.
  @Test(.timeLimit(.minutes(10))) func aDeferredJobIsTakenWhenItIsDue() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let entry = try #require(try service.queue.scanInbox().candidates.first)
    let job = try #require(try service.queue.claim(entry))
    let due = Timestamp.now().adding(seconds: 1)
    try service.queue.defer(job, until: due, because: "later", excused: false)
    let supervisor = try service.supervisor(["rescan_interval_seconds=3600"])
    let run = service.start(supervisor)
    try await service.wait("the job is done") { service.lines.count("job done") > 0 }
    #expect(Timestamp.now().seconds(since: due) >= 0)
    await supervisor.stop()
    try await run.ended()
  }

  /// Without its time in mind the daemon would come by for the status line alone.
  @Test(.timeLimit(.minutes(10))) func aPauseEndsWhenADeferredJobIsDue() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let entry = try #require(try service.queue.scanInbox().candidates.first)
    let job = try #require(try service.queue.claim(entry))
    try service.queue.defer(
      job, until: Timestamp.now().adding(seconds: 600), because: "later", excused: false)
    let supervisor = try service.supervisor(["rescan_interval_seconds=3600"])
    let run = service.start(supervisor)
    var due: Double?
    for _ in 0..<6_000 where due == nil {
      try await Task.sleep(for: .milliseconds(10))
      // Looks have ended: nothing else is to be waited for.
      if await !supervisor.isLooking, await !supervisor.isHinted { due = await supervisor.deferred.nextDue }
    }
    let moment = try #require(due)
    for seconds in [1.0, 5] {
      let pause = await supervisor.pause(moment - seconds, nextKick: moment + 60)
      #expect(abs(pause - seconds) < 1e-6)
    }
    await supervisor.stop()
    try await run.ended()
  }

  // MARK: Files that grow

  /// One who writes to a file in place, wherever it is moved.
  private final class Writer {
    private let descriptor: Int32

    init(_ path: String) { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644) }
    deinit { close(descriptor) }

    func append(_ text: String) { #expect(write(descriptor, text, text.utf8.count) == text.utf8.count) }
  }

  private func checkWhole(_ bytes: Int) throws {
    let job = try #require(try service.queue.jobs(in: .done).first)
    #expect(service.read("archive/\(job.fileName)").utf8.count == bytes)
    #expect(service.read("log/results.jsonl").contains("\"bytes\":\(bytes)"))
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 1)
    let results = try PosixFiles.names(in: service.queue.path(.results)).filter { !$0.string.hasPrefix(".") }
    #expect(results.count == 1)
    #expect(job.countedAttempts == 1)
  }

  @Test(.timeLimit(.minutes(10))) func aFileThatGrowsWhileItIsAnalysedIsAnalysedAgain() async throws {
    let writer = Writer(service.inbox("a.xml"))
    writer.append("slow one")
    var size = 8
    let supervisor = try service.supervisor()
    let run = service.start(supervisor)
    // Shorter pauses than an analysis takes.
    try await service.wait("it was seen") {
      writer.append(" more")
      size += 5
      return service.lines.count("written to while it was analysed") > 0
    }
    try await service.wait("it is done") { try !service.queue.jobs(at: .archive).isEmpty }
    await supervisor.stop()
    try await run.ended()
    try checkWhole(size)
  }

  /// The daemon was killed after the commit, and the file has grown since.
  @Test func aResultOfHalfAFileIsWithdrawn() async throws {
    let writer = Writer(service.inbox("a.xml"))
    writer.append("one")
    let entry = try #require(try service.queue.scanInbox().candidates.first)
    let job = try #require(try service.queue.claim(entry))
    try PosixFiles.create(try service.queue.makeWorkDirectory(for: job).appending("result.xml")) { _ in }
    _ = try service.queue.commit(
      job, contentHash: "abc", modelSetHash: "feedfacefeedface", logLines: ["half"], jsonLines: ["{}"],
      input: try service.queue.stamp(of: job))
    writer.append(" and more")
    _ = try await service.supervisor().run(.once)
    try checkWhole(12)
  }

  /// A table says nowhere that it is whole.
  @Test func aTableThatIsWrittenInPlaceWaits() async throws {
    let supervisor = try service.supervisor(["table_settle_seconds=6"])
    let run = service.start(supervisor)
    let clock = ContinuousClock()
    let writer = Writer(service.inbox("a.dat"))
    writer.append("table")
    var (size, last) = (5, clock.now)
    // It grows until it was looked into, and where it waits.
    try await service.wait("it was looked into") {
      writer.append(" more")
      (size, last) = (size + 5, clock.now)
      // On a busy machine every look meets a write.
      return service.lines.count("written in place") + service.lines.count("written to while it was analysed")
        > 0
    }
    try await service.wait("it is done") { try !service.queue.jobs(at: .archive).isEmpty }
    #expect(clock.now - last > .seconds(5.9))
    await supervisor.stop()
    try await run.ended()
    try checkWhole(size)
  }

  @Test func aTableThatIsMovedInIsTakenAtOnce() async throws {
    let supervisor = try service.supervisor(["table_settle_seconds=3600", "settle_seconds=3600"])
    supervisor.arrivals.hear(
      NameEvent(.movedIn, directory: "inbox", name: Array("a.dat".utf8)), monotonic: monotonicSeconds())
    Writer(service.inbox("a.dat")).append("table")
    _ = try await supervisor.run(.once)
    try checkWhole(5)
  }
}
