import Glibc
import PosixFiles
import SpoolQueue
import SystemCallRecorder
import SystemPackage
import Testing

@Suite struct SpoolQueueTests {
  let spool: TemporarySpool
  let queue: SpoolQueue

  init() throws {
    spool = try TemporarySpool()
    queue = try SpoolQueue(root: spool.root)
  }

  /// Submits and claims one file.
  func claimed(_ name: FileName = FileName("Earth.xml"), _ text: String = "earth") throws -> Job {
    _ = try queue.submit(Array(text.utf8), as: name)
    let entry = try #require(try queue.scanInbox().candidates.first)
    return try #require(try queue.claim(entry))
  }

  /// Writes a result and commits it.
  func committed(_ job: Job, content: String, models: String = "feed") throws -> SpoolQueue.Commit {
    let work = try queue.makeWorkDirectory(for: job)
    try spool.write("result", to: work.appending("result.xml"))
    return try queue.commit(
      job, contentHash: content, modelSetHash: models, logLines: ["one", "two"],
      jsonLines: ["{\"a\":1}", "{}"])
  }

  @Test func aClaimGivesAnIdAndTheFirstAttemptAndKeepsTheNameWhole() throws {
    let longest = FileName(bytes: Array(repeating: UInt8(ascii: "x"), count: 251) + Array(".xml".utf8))
    for name in [
      FileName("Earth.xml"), FileName("two words\nand a line.xml"), FileName(bytes: [0xFF, 0xFE, 0x41]),
      longest,
      FileName("-rf"), FileName("100%25.xml"), FileName("a.reason"),
    ] {
      let job = try claimed(name)
      #expect(job.attempt == 1)
      #expect(job.state == .claimed)
      #expect(spool.names(.inbox).isEmpty)
      #expect(spool.names(.active) == [job.fileName])
      let found = try #require(try queue.find(job.id.text).first)
      #expect(found.record.originalName == name)
      try queue.reject(found, as: .corrupt, because: "no planet in it")
    }
    #expect(try queue.count(in: .corrupt) == 7)
    #expect(try queue.jobs(in: .corrupt).count == 7)
  }

  @Test func namesOfUnfinishedFilesAreIgnoredAndCannotBeSubmitted() throws {
    for name in [".hidden", "a.part", "a.tmp", "a.xml~", "a.crdownload"] {
      try spool.write("x", to: spool.root.appending("inbox").appending(name))
      #expect(throws: SpoolError.self) { try queue.submit([1], as: FileName(name)) }
    }
    let scan = try queue.scanInbox()
    #expect(scan.candidates.isEmpty)
    #expect(scan.ignored == 5)
  }

  @Test func whatIsNoRegularFileStaysWithAReason() throws {
    let inbox = spool.root.appending("inbox")
    mkdir(inbox.appending("@eaDir").string, 0o755)
    symlink("/etc/hostname", inbox.appending("link.xml").string)
    mkfifo(inbox.appending("pipe.xml").string, 0o644)
    let scan = try queue.scanInbox()
    #expect(scan.candidates.isEmpty)
    let reasons = Dictionary(uniqueKeysWithValues: scan.refused.map { ($0.entry.name.display, $0.why) })
    #expect(reasons["@eaDir"]?.contains("directory") == true)
    #expect(reasons["link.xml"]?.contains("symbolic link") == true)
    #expect(reasons["pipe.xml"]?.contains("named pipe") == true)
  }

  @Test func aTakenNameGetsANumber() throws {
    #expect(try queue.submit([1], as: FileName("a.xml")) == FileName("a.xml"))
    #expect(try queue.submit([2], as: FileName("a.xml")) == FileName("a-2.xml"))
    #expect(try queue.submit([3], as: FileName("a.xml")) == FileName("a-3.xml"))
    #expect(try queue.scanInbox().candidates.count == 3)
  }

  @Test func aCommittedJobIsRetiredWithItsLines() throws {
    let job = try claimed()
    guard case .committed(let next) = try committed(job, content: "abc") else {
      Issue.record("not committed")
      return
    }
    #expect(spool.names(.results) == ["Earth-abc-feed"])
    #expect(try queue.jobs(in: .committed).map(\.id) == [job.id])
    let log = try ResultLog(directory: queue.path(.log))
    try log.append(next, recovering: false, now: Timestamp(seconds: 0))
    let done = try queue.retire(next)
    #expect(done.state == .done)
    #expect(spool.names(.active, hidden: true).isEmpty)
    #expect(spool.names(.archive) == [done.fileName])
    #expect(
      spool.read("log/results.log")
        == "1970-01-01T00:00:00Z \(job.id) one\n1970-01-01T00:00:00Z \(job.id) two\n")
    #expect(
      spool.read("log/results.jsonl")
        == "{\"time\":\"1970-01-01T00:00:00Z\",\"job\":\"\(job.id)\",\"a\":1}\n"
        + "{\"time\":\"1970-01-01T00:00:00Z\",\"job\":\"\(job.id)\"}\n")
    let found = try #require(try queue.find(job.id.text).first)
    #expect(found.state == .done)
    #expect(found.record.result?.logLines == ["one", "two"])
  }

  @Test func theSameContentAndModelsAreKnownUnlessTheResultIsGone() throws {
    let first = try claimed(FileName("a.xml"))
    guard case .committed = try committed(first, content: "abc") else {
      Issue.record("not committed")
      return
    }
    let second = try claimed(FileName("b.xml"))
    #expect(try queue.holder(contentHash: "abc", modelSetHash: "feed") == first.id)
    #expect(try queue.holder(contentHash: "abc", modelSetHash: "other") == nil)
    guard case .known(let holder) = try committed(second, content: "abc") else {
      Issue.record("the second result was committed as well")
      return
    }
    #expect(holder == first.id)
    let duplicate = try queue.retire(second, asDuplicateOf: holder)
    #expect(try queue.jobs(in: .duplicate) == [duplicate])
    #expect(spool.names(.results) == ["a-abc-feed"])

    // A result removed by the operator blocks nobody, and neither does a failure.
    try PosixFiles.removeTree(spool.root.appending("results/a-abc-feed"))
    #expect(try queue.holder(contentHash: "abc", modelSetHash: "feed") == nil)
  }

  /// A name has 48 bits of the content, for which two contents that agree are found in a minute.
  @Test func twoContentsWhoseNamesAgreeHaveAFolderEach() throws {
    let contents = [
      "0123456789ab", "0123456789abcdef01234567", String(repeating: "0123456789abcdef", count: 4),
    ]
    .enumerated().map { $1 + String(repeating: "\($0)", count: 64 - $1.utf8.count) }
    var holders: [JobID] = []
    for content in contents {
      let job = try claimed()
      guard case .committed(let next) = try committed(job, content: content) else {
        Issue.record("\(content) is taken for another")
        continue
      }
      try queue.retire(next)
      holders.append(job.id)
    }
    #expect(Set(spool.names(.results)).count == 3)
    #expect(spool.names(.results).contains("Earth-0123456789ab-feed"))
    #expect(try contents.map { try queue.holder(contentHash: $0, modelSetHash: "feed") } == holders)
    for content in contents {
      guard case .known = try committed(try claimed(), content: content) else {
        Issue.record("the same content is not known")
        return
      }
    }
    // A folder that has come to be another's is nobody's.
    try PosixFiles.removeTree(spool.root.appending("results/Earth-0123456789ab-feed"))
    try PosixFiles.rename(
      spool.root.appending("results").appending("Earth-0123456789abcdef01234567-feed"),
      to: spool.root.appending("results/Earth-0123456789ab-feed"))
    #expect(try queue.holder(contentHash: contents[0], modelSetHash: "feed") == nil)
  }

  @Test func aResultIsWithdrawnBeforeItsLinesAreLogged() throws {
    let job = try claimed()
    guard case .committed(let next) = try committed(job, content: "abc") else {
      Issue.record("not committed")
      return
    }
    let again = try queue.withdraw(next)
    #expect(spool.names(.results).isEmpty)
    #expect(try queue.jobs(at: .active).map(\.state) == [.claimed])
    #expect(try queue.holder(contentHash: "abc", modelSetHash: "feed") == nil)
    let deferred = try queue.defer(
      again, until: Timestamp(seconds: 1), because: "it grew", excused: true, isGrowing: true)
    #expect(try queue.jobs(in: .deferred) == [deferred])
    #expect(deferred.record.isGrowing)
    #expect(spool.names(.active, hidden: true).isEmpty)
  }

  @Test func whatIsKnownOfAnInputIsKept() throws {
    _ = try queue.submit(Array("earth".utf8), as: FileName("Earth.xml"))
    var entry = try #require(try queue.scanInbox().candidates.first)
    entry.isWhole = true
    let job = try #require(try queue.claim(entry))
    let stamp = try #require(try queue.stamp(of: job))
    #expect(FileStamp(stamp.description) == stamp)
    #expect(FileStamp("1 2 3") == nil)
    _ = try queue.makeWorkDirectory(for: job)
    _ = try queue.commit(
      job, contentHash: "abc", modelSetHash: "feed", logLines: [], jsonLines: [], input: stamp)
    let found = try #require(try queue.find(job.id.text).first)
    #expect(found.record.cameWhole)
    #expect(found.record.result?.input == stamp)
    try PosixFiles.setMode(.sharedForReading, of: queue.inputPath(of: found))
    #expect(try queue.stamp(of: found) != stamp)
  }

  @Test func aRejectedJobHasAReasonAPersonUnderstandsAndCanBeRetried() throws {
    let job = try claimed(FileName("a b.xml"))
    let corrupt = try queue.reject(
      job, as: .corrupt, because: "line 3: no <system>", now: Timestamp(seconds: 0))
    let reason = try #require(spool.read("corrupt/\(corrupt.fileName).reason"))
    #expect(reason.contains("File:     a b.xml"))
    #expect(reason.contains("line 3: no <system>"))
    #expect(try queue.jobs(in: .corrupt) == [corrupt])

    let waiting = try queue.retry(corrupt, now: Timestamp(seconds: 5))
    #expect(waiting.state == .deferred)
    #expect(spool.names(.corrupt, hidden: true).isEmpty)
    let again = try #require(try queue.claim(waiting))
    #expect(again.attempt == 2)
    #expect(again.countedAttempts == 1)
  }

  @Test func deferredJobsWaitAndCountOnlyWhatIsTheirs() throws {
    let job = try claimed()
    let later = Timestamp(seconds: 4_000_000_000)
    let deferred = try queue.defer(job, until: later, because: "the disk is full", excused: false)
    #expect(try queue.jobs(in: .deferred).map(\.record.notBefore) == [later])
    let second = try #require(try queue.claim(deferred))
    #expect(second.countedAttempts == 2)
    let excused = try queue.defer(second, until: later, because: "still growing", excused: true)
    let third = try #require(try queue.claim(excused))
    #expect(third.attempt == 3)
    #expect(third.countedAttempts == 2)
    #expect(try queue.claim(excused) == nil, "who comes second finds it gone")
  }

  @Test func deferredJobsAreKnownWithoutBeingReadAgain() throws {
    func put(_ name: String, _ due: Int64) throws -> Job {
      try queue.defer(
        try claimed(FileName(name)), until: Timestamp(seconds: due), because: "", excused: false)
    }
    let late = try put("late.xml", 300)
    let early = try put("early.xml", 100)
    var jobs = DeferredJobs()
    let first = SystemCallRecorder()
    try first.watch { try jobs.look(at: queue) }
    #expect(first.calls.count { $0.name == .open } == 2)
    #expect(jobs.count == 2)
    #expect(jobs.nextDue == Timestamp(seconds: 100))
    #expect(try jobs.due(by: Timestamp(seconds: 99), in: queue) == nil)
    #expect(try jobs.due(by: Timestamp(seconds: 400), in: queue) == early)

    let middle = try put("middle.xml", 200)
    jobs.note(middle)
    jobs.remove(early.id)
    #expect(try jobs.due(by: Timestamp(seconds: 400), in: queue) == middle)
    _ = try queue.claim(early)

    // The operator's tool replaces one record; a look reads that one and the noted one.
    let retried = try queue.retry(late, now: Timestamp(seconds: 50))
    let second = SystemCallRecorder()
    try second.watch { try jobs.look(at: queue) }
    #expect(second.calls.count { $0.name == .open } == 2)
    #expect(jobs.count == 2)
    #expect(try jobs.due(by: Timestamp(seconds: 400), in: queue) == retried)

    // What is put off anew since is not due, whatever was noted.
    let again = try #require(try queue.claim(retried))
    _ = try queue.defer(again, until: Timestamp(seconds: 500), because: "", excused: false)
    try jobs.look(at: queue)
    #expect(try jobs.due(by: Timestamp(seconds: 400), in: queue) == middle)
    #expect(jobs.count == 2)
  }

  @Test(arguments: [SystemCall.Name.rename, .fsync, .close, .write, .create])
  func aRecordThatIsNotWrittenIsAnError(name: SystemCall.Name) throws {
    let job = try claimed()
    let recorder = SystemCallRecorder(.nth(1, name, .noSpace))
    let error = #expect(throws: SpoolError.self) {
      try recorder.watch { try queue.reject(job, as: .corrupt, because: "no planet") }
    }
    #expect(error?.cause?.cause == .noSpace)
    #expect(error?.mayPass == true)
    #expect(try queue.jobs(in: .claimed).map(\.id) == [job.id])
    #expect(spool.names(.corrupt, hidden: true).isEmpty)
  }

  @Test func aResultThatIsGoneIsNotCommitted() throws {
    let job = try claimed()
    _ = try queue.makeWorkDirectory(for: job)
    // Somebody clears it away after it was synced.
    let recorder = SystemCallRecorder(.nth(3, .rename, .noSuchFileOrDirectory))
    let error = #expect(throws: SpoolError.self) {
      try recorder.watch {
        try queue.commit(job, contentHash: "abc", modelSetHash: "feed", logLines: [], jsonLines: [])
      }
    }
    #expect(error?.code == .gone)
  }

  @Test func aLineThatIsNotWrittenIsCutAndWrittenWhenItIsTriedAgain() throws {
    let job = try claimed()
    guard case .committed(let next) = try committed(job, content: "abc") else {
      Issue.record("not committed")
      return
    }
    let log = try ResultLog(directory: queue.path(.log))
    #expect(throws: SpoolError.self) {
      try SystemCallRecorder(.nth(1, .fdatasync, .ioError)).watch {
        try log.append(next, recovering: false, now: Timestamp(seconds: 0))
      }
    }
    try log.append(next, recovering: true, now: Timestamp(seconds: 0))
    #expect((spool.read("log/results.log") ?? "").split(separator: "\n").count == 2)
    #expect((spool.read("log/results.jsonl") ?? "").split(separator: "\n").count == 2)
  }

  /// The disk fills up after each possible number of bytes, and has room again when it is tried again.
  @Test func aFullDiskLeavesWholeLinesOnly() throws {
    let first = try claimed(FileName("a.xml"))
    guard case .committed(let one) = try committed(first, content: "abc") else { return }
    guard case .committed(let two) = try committed(try claimed(FileName("b.xml")), content: "abd") else {
      return
    }
    let path = spool.root.appending("log")
    let whole = 400
    for bytes in 0..<whole {
      try PosixFiles.removeTree(path)
      try PosixFiles.makeDirectory(path)
      let log = try ResultLog(directory: path)
      let recorder = SystemCallRecorder(.full(afterBytes: bytes))
      recorder.watch {
        for job in [one, two, one] { try? log.append(job, recovering: true, now: Timestamp(seconds: 0)) }
        recorder.makeRoom()
        for job in [two, one] { try? log.append(job, recovering: true, now: Timestamp(seconds: 0)) }
      }
      for (name, end) in [("results.log", ["one", "two"]), ("results.jsonl", [",\"a\":1}", "\"}"])] {
        let lines = (spool.read("log/\(name)") ?? "").split(separator: "\n")
        #expect(lines.count == 4, "\(bytes) bytes: \(lines)")
        for job in [one, two] {
          #expect(lines.filter { $0.contains(job.id.text) }.count == 2)
        }
        for line in lines { #expect(end.contains { line.hasSuffix($0) }, "\(bytes) bytes: \(line)") }
      }
    }
  }

  /// A disk that refuses even to take back what was cut off.
  @Test func halfALineIsTakenBackBeforeTheNextOne() throws {
    guard case .committed(let job) = try committed(try claimed(), content: "abc") else { return }
    let log = try ResultLog(directory: queue.path(.log))
    let refusal = TruncationRefusal(after: 10)
    SystemCalls.$witness.withValue(refusal) {
      #expect(throws: SpoolError.self) { try log.append(job, recovering: false, now: Timestamp(seconds: 0)) }
    }
    #expect(spool.read("log/results.log") == "1970-01-01")
    try log.append(job, recovering: true, now: Timestamp(seconds: 0))
    #expect(
      (spool.read("log/results.log") ?? "")
        == "1970-01-01T00:00:00Z \(job.id) one\n1970-01-01T00:00:00Z \(job.id) two\n")
  }

  @Test func onlyWholeLinesCountAsWritten() throws {
    guard case .committed(let job) = try committed(try claimed(), content: "abc") else { return }
    // Two lines that an older build let run into each other, and one that a remark names the job in.
    let merged = "{\"time\":\"1\",\"job\":\"\(job.id)\",\"a{\"time\":\"1\",\"job\":\"x\"}\n"
    let remark = "{\"time\":\"1\",\"job\":\"x\",\"remark\":\"like \(job.id) \"}\n"
    try spool.write(merged + remark, to: spool.root.appending("log/results.jsonl"))
    try spool.write("1 x like \(job.id) one\n", to: spool.root.appending("log/results.log"))
    let log = try ResultLog(directory: queue.path(.log))
    try log.append(job, recovering: true, now: Timestamp(seconds: 0))
    #expect((spool.read("log/results.log") ?? "").split(separator: "\n").count == 3)
    #expect((spool.read("log/results.jsonl") ?? "").split(separator: "\n").count == 4)
  }

  @Test func heldJobsWaitForTheOperator() throws {
    _ = try queue.submit([1], as: FileName("a.xml"))
    let held = try #require(try queue.hold(FileName("a.xml")))
    #expect(try queue.scanInbox().candidates.isEmpty)
    #expect(try queue.jobs(in: .held) == [held])
    let released = try queue.release(held)
    #expect(released.state == .deferred)
    let again = try #require(try queue.claim(released))
    #expect(again.attempt == 1)
    #expect(throws: SpoolError.self) { try queue.release(again) }
  }

  @Test func oneDaemonHasTheSpool() throws {
    do {
      let lock = try SpoolLock(root: spool.root)
      let error = #expect(throws: SpoolError.self) { _ = try SpoolLock(root: spool.root) }
      #expect(error?.code == .locked)
      #expect(error?.sentence.contains("\(getpid())") == true)
      _ = consume lock
    }
    _ = try SpoolLock(root: spool.root)
  }

  @Test func aTornLineIsCutAndOnlyMissingLinesAreAppended() throws {
    let job = try claimed()
    guard case .committed(let next) = try committed(job, content: "abc") else {
      Issue.record("not committed")
      return
    }
    try spool.write("2026 \(job.id) one\n2026 \(job.id) tw", to: spool.root.appending("log/results.log"))
    do {
      let log = try ResultLog(directory: queue.path(.log))
      try log.append(next, recovering: true, now: Timestamp(seconds: 0))
      try log.append(next, recovering: true, now: Timestamp(seconds: 0))
    }
    #expect(spool.read("log/results.log") == "2026 \(job.id) one\n1970-01-01T00:00:00Z \(job.id) two\n")
  }
}

@Suite struct NameTests {
  @Test func timesAreWrittenAsISO8601() {
    #expect(Timestamp(seconds: 0).iso8601 == "1970-01-01T00:00:00Z")
    #expect(Timestamp(seconds: 951_827_696).iso8601 == "2000-02-29T12:34:56Z")
    #expect(Timestamp(seconds: -1).iso8601 == "1969-12-31T23:59:59Z")
    #expect(Timestamp(seconds: 4_102_444_800).iso8601 == "2100-01-01T00:00:00Z")
  }

  @Test func idsSortByTime() throws {
    let early = JobID(claimedAt: Timestamp(seconds: 1_000_000_000), salt: .max)
    let late = JobID(claimedAt: Timestamp(nanoseconds: 1_000_000_000_001_000_000), salt: 0)
    #expect(early < late)
    #expect(JobID(early.text) == early)
    #expect(JobID("too short") == nil)
    #expect(JobID("0123456789abu") == nil)
  }

  @Test func safeNamesAreHarmlessAndRecognisable() {
    #expect(FileName("Earth.xml").safe() == "Earth.xml")
    #expect(FileName("a b\n;c.xml").safe() == "a_b__c.xml")
    #expect(FileName("../../etc").safe() == "_._.._etc")
    #expect(FileName("-rf").safe() == "_rf")
    #expect(FileName("Čapek.xml").safe() == "Čapek.xml")
    #expect(FileName(bytes: [0xFF]).safe() == "_")
    let long = FileName(String(repeating: "é", count: 120) + ".xml").safe()
    #expect(long.utf8.count <= 160)
    #expect(long.hasSuffix("é.xml"))
    #expect(FileName("a\\b\n\u{202E}").display == "a\\\\b\\x0A\\xE2\\x80\\xAE")
    #expect(FileName("system.v2.xml").safeStem() == "system.v2")
  }
}

/// Writes end after some bytes, and nothing can be truncated.
private struct TruncationRefusal: SystemCallWitness {
  private let recorder: SystemCallRecorder

  init(after bytes: Int) { recorder = SystemCallRecorder(.full(afterBytes: bytes)) }

  func before(_ call: SystemCall) throws(Errno) {
    if call.name == .truncate { throw .ioError }
    try recorder.before(call)
  }

  func room(for call: SystemCall, count: Int) -> Int { recorder.room(for: call, count: count) }
}
