import Foundation
import PosixFiles
import SpoolQueue
import TestSupport
import Testing

@testable import exospool

@Suite struct SpoolCommandTests {
  let directory: TemporaryDirectory
  let spool: String
  let queue: SpoolQueue

  init() throws {
    directory = try TemporaryDirectory()
    spool = directory.path("spool")
    try SpoolQueue.create(at: .init(spool))
    queue = try SpoolQueue(root: .init(spool))
  }

  private func tool(_ arguments: String..., input: String? = nil) throws -> Tool.Run {
    try Tool.run(arguments, environment: ["EXOSPOOL_SPOOL_DIRECTORY": spool], input: input)
  }

  private func claimed(_ name: String) throws -> Job {
    _ = try queue.submit(Array("x".utf8), as: FileName(name))
    let entry = try #require(try queue.scanInbox().candidates.first { $0.name == FileName(name) })
    return try #require(try queue.claim(entry))
  }

  @Test func submitCopiesWholeFilesUnderTheirNames() throws {
    let a = try directory.write("a.xml", "<a/>")
    let b = try directory.write("b.xml", "<b/>")
    let run = try tool("submit", a, b, a)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(
      run.output == "\(a) -> inbox/a.xml\n\(b) -> inbox/b.xml\n\(a) -> inbox/a-2.xml\n"
        + "spool \(spool): no daemon is running there; 'exospoold run --spool \(spool)' starts one\n")
    #expect(try directory.names(in: "spool/inbox") == ["a-2.xml", "a.xml", "b.xml"])
    #expect(try String(contentsOfFile: directory.path("spool/inbox/a.xml"), encoding: .utf8) == "<a/>")
  }

  @Test func submitSendsWhatTheUserSaysAlong() throws {
    let a = try directory.write("a.csv", "1 2\n")
    let run = try tool(
      "submit", "--object", "WASP-39 b", "--kind", "eclipse", "--planet-mass", "0.28:0.03", a)
    #expect(run.status == 0, "\(run.complaint)")
    let entry = try #require(try queue.scanInbox().candidates.first)
    let job = try #require(try queue.claim(entry))
    let said = "EXOKIND = eclipse; MPLAN = 0.28 +- 0.03 Mjup; OBJECT = WASP-39 b"
    #expect(job.record.statement.joined(separator: "; ") == said)
    #expect(try tool("show", job.id.text).output.contains(said))
    let wrong = try tool("submit", "--star-radius", "0.9 parsec", a)
    #expect(wrong.status == 64 && wrong.complaint.contains("--star-radius 0.9 parsec"), "\(wrong.complaint)")
  }

  @Test func submitTakesStandardInputUnderAName() throws {
    #expect(try tool("submit", "-", input: "x").status == 64)
    let run = try tool("submit", "--name", "c.xml", "-", input: "<c/>")
    #expect(run.output.hasPrefix("- -> inbox/c.xml\nspool \(spool): "))
    #expect(try tool("submit", "--quiet", "--name", "d.xml", "-", input: "<d/>").output == "")
    #expect(try String(contentsOfFile: directory.path("spool/inbox/c.xml"), encoding: .utf8) == "<c/>")
  }

  /// Once it was cut at 64 MiB, and nobody was told.
  @Test func submitTakesStandardInputWholeOrNotAtAll() throws {
    let variables = ["EXOSPOOL_SPOOL_DIRECTORY": spool]
    let whole = try Tool.shell(
      "head -c 68157440 /dev/zero | $exospool submit --name big.xml -", environment: variables)
    #expect(whole.status == 0, "\(whole.complaint)")
    let size = try FileManager.default.attributesOfItem(atPath: spool + "/inbox/big.xml")[.size] as? Int
    #expect(size == 68_157_440)
    for command in [
      "head -c 3145728 /dev/zero | $exospool submit --name more.xml -", "$exospool submit more",
    ] {
      let refused = try Tool.shell(
        "cd \(directory.path); head -c 3145728 /dev/zero > more; \(command)",
        environment: variables.merging(["EXOSPOOL_INPUT_SIZE_MEGABYTES": "2"]) { a, _ in a })
      #expect(refused.status == 65)
      #expect(refused.complaint.contains("and at most 2 MB are read"))
      #expect(refused.complaint.contains("input_size_megabytes"))
    }
    #expect(try directory.names(in: "spool/inbox") == ["big.xml"])
  }

  @Test(arguments: ["missing.xml", ".", "fifo", "part.part"]) func submitNamesWhatItCannotTake(name: String)
    throws
  {
    if name == "fifo" { #expect(mkfifo(directory.path(name), 0o600) == 0) }
    if name == "part.part" { try directory.write(name, "x") }
    let good = try directory.write("good.xml", "x")
    let run = try tool("submit", directory.path(name), good)
    #expect(run.status == (name == "part.part" ? 65 : 66))
    #expect(run.complaint.contains(name))
    #expect(try directory.names(in: "spool/inbox") == ["good.xml"])
  }

  @Test func statusCountsAndNamesWhatDidNotEndWell() throws {
    _ = try queue.submit([1], as: FileName("waits.xml"))
    try FileManager.default.createDirectory(
      atPath: spool + "/inbox/folder", withIntermediateDirectories: false)
    let bad = try claimed("bad\n.xml")
    _ = try queue.reject(bad, as: .corrupt, because: "line 3: no end tag")
    _ = try claimed("in work.xml")
    let run = try tool("status")
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.contains("daemon    not running\n"))
    #expect(run.output.contains("inbox     1 waiting, the oldest job for "))
    #expect(run.output.contains("active    1 in work\n"))
    #expect(run.output.contains("corrupt   1\n"))
    #expect(run.output.contains("inbox/folder is a directory"))
    #expect(run.output.contains("bad\\x0A.xml\n    line 3: no end tag\n"))
    let json = try tool("status", "--json").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(
      counts == [
        "submitted": 1, "archived": 0, "claimed": 1, "committed": 0, "deferred": 0, "held": 0, "corrupt": 1,
        "failed": 0,
      ])
    #expect((object["jobs"] as? [[String: Any]])?.count == 2)
  }

  @Test func statusCountsReasons() throws {
    for number in 1...12 {
      let job = try claimed("file \(number).xml")
      _ = try queue.reject(job, as: .corrupt, because: "file \(number).xml, line \(number): no end tag")
    }
    let run = try tool("status")
    #expect(run.output.contains("\nrefused most often:\n     12  FILE, line N: no end tag\n"))
  }

  /// As another process would say it: what runs here holds the lock.
  @Test func monitoringGetsOneLine() throws {
    #expect(try tool("status", "--check").status == 69)
    #expect(try tool("status", "--check").output.hasPrefix("exospool FAULT: no daemon runs; 0 waiting,"))
    let lock = try SpoolLock(root: .init(spool))
    lock.say("at work", pause: nil)
    let well = try tool("status", "--check")
    #expect(well.status == 0)
    #expect(well.output == "exospool OK; 0 waiting, 0 in work, 0 deferred, 0 failed\n")
    _ = try queue.submit([1], as: FileName("a.xml"))
    #expect(try tool("status", "--check").status == 0)
    let late = try tool("status", "--check", "--oldest", "0")
    #expect(late.status == 69)
    #expect(late.output.hasPrefix("exospool FAULT: a job has waited for 0 s; 1 waiting"))
    lock.say("at work", pause: "the disk is full")
    #expect(try tool("status", "--check").output.hasPrefix("exospool FAULT: paused: the disk is full; "))
    #expect(try tool("status").output.contains("\npaused    the disk is full\n"))
    #expect(try tool("status").output.contains("inbox     1 waiting, the oldest job for 0 s\n"))
    withExtendedLifetime(lock) {}
  }

  @Test func waitingWithoutADaemonFails() throws {
    #expect(try tool("status", "--wait").status == 0)
    _ = try queue.submit([1], as: FileName("waits.xml"))
    let run = try tool("status", "--wait")
    #expect(run.status == 69)
    #expect(run.complaint.contains("no exospoold runs"))
  }

  @Test func statusSeesTheDaemonByItsLock() throws {
    let lock = try SpoolLock(root: .init(spool))
    #expect(DaemonProbe.process(of: .init(spool)) == Int(getpid()))
    withExtendedLifetime(lock) {}
  }

  @Test func locksAreReadAsTheKernelWritesThem() {
    let locks = """
      1: POSIX  ADVISORY  READ  5433 08:01:7864448 128 128
      2: FLOCK  ADVISORY  WRITE 2001 00:1a:7864554 0 EOF
      2: -> FLOCK  ADVISORY  WRITE 2002 00:1a:7864554 0 EOF
      """
    #expect(DaemonProbe.process(holding: 7_864_554, in: locks) == 2001)
    #expect(DaemonProbe.process(holding: 7_864_448, in: locks) == nil)
    #expect(DaemonProbe.process(holding: 1, in: locks) == nil)
  }

  @Test func showFindsAJobByIDAndByName() throws {
    let job = try claimed("GJ 1.xml")
    _ = try queue.reject(job, as: .corrupt, because: "line 3: no end tag")
    for text in [job.id.text, String(job.id.text.prefix(12)), "GJ 1.xml"] {
      let run = try tool("show", text)
      #expect(run.status == 0, "\(run.complaint)")
      #expect(
        run.output.contains(
          "job         \(job.id)\nname        GJ 1.xml\nstate       corrupt\nattempts    1\n"))
      #expect(run.output.contains("reason      line 3: no end tag\n"))
    }
    let json = try tool("show", "--json", "GJ 1.xml").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["state"] as? String == "corrupt")
    let unknown = try tool("show", "nothing")
    #expect(unknown.status == 66)
    #expect(unknown.complaint.contains("no job has the id or the name nothing"))
  }

  @Test func retryGivesFailedJobsTheirAttemptsBack() throws {
    let failed = try queue.reject(try claimed("a.xml"), as: .failed, because: "it crashed")
    let corrupt = try queue.reject(try claimed("b.xml"), as: .corrupt, because: "no XML")
    #expect(try tool("retry", "--all").output == "\(failed.id) a.xml: will be tried again\n")
    #expect(try queue.jobs(in: .deferred).map(\.id) == [failed.id])
    #expect(try queue.jobs(in: .deferred).first?.countedAttempts == 0)
    #expect(try tool("retry", corrupt.id.text).status == 0)
    #expect(try queue.jobs(in: .corrupt).isEmpty)
  }

  /// The archive is its owners', and evidence.
  @Test func showSaysWhereAnInputWasChanged() throws {
    let hash = String(repeating: "0", count: 64)
    let job = try queue.reject(try claimed("a.xml").read(hash), as: .corrupt, because: "no XML")
    let run = try tool("show", job.id.text)
    #expect(run.output.contains("content     \(hash)\n"))
    #expect(
      run.output.contains("differs     the input is no longer what was read; its SHA-256 is now 2d711642b726")
    )
    #expect(try tool("show", "--json", job.id.text).output.contains("\"inputChanged\": true"))
    // The hash of `x`.
    let digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    let same = try queue.reject(try claimed("b.xml").read(digest), as: .corrupt, because: "no XML")
    #expect(try !tool("show", same.id.text).output.contains("differs "))
    #expect(try tool("show", "--json", same.id.text).output.contains("\"inputChanged\": false"))
  }

  @Test func tailPrintsNothingThatATerminalObeys() throws {
    try directory.write("spool/log/results.log", "\u{1B}]0;owned\u{07} \u{9B}2J \u{202E}planet\nnext")
    let run = try tool("tail")
    #expect(run.output == "?]0;owned? ?2J ?planet\nnext")
    try directory.write("spool/log/results.jsonl", "{\"a\":\"\u{9B}\"}\n")
    #expect(try tool("tail", "--json").output == "{\"a\":\"?\"}\n")
  }

  /// What root wrote into a spool, its daemon could not read.
  @Test(.enabled(if: geteuid() == 0)) func rootMovesJobsAsTheSpoolsOwner() throws {
    let job = try queue.reject(try claimed("a.xml"), as: .failed, because: "it crashed")
    let open = try Tool.shell("chmod 755 \(directory.path); chown -R 4242:4243 \(spool)")
    #expect(open.status == 0, "\(open.complaint)")
    let run = try tool("retry", "--all")
    #expect(run.status == 0, "\(run.complaint)")
    let record = try #require(try PosixFiles.status(queue.path(.deferred).appending(".\(job.id).job")))
    #expect(record.owner == 4242)
    #expect(record.group == 4243)
  }

  @Test(.enabled(if: geteuid() == 0)) func whoMayNotIsToldWhoMay() throws {
    _ = try queue.reject(try claimed("a.xml"), as: .failed, because: "it crashed")
    let run = try Tool.shell(
      "chmod 755 \(directory.path); chown -R 4242:0 \(spool); chmod 750 \(spool)/failed; "
        + "cp $exospool \(directory.path)/exospool; cd /; "
        + "setpriv --reuid 4299 --regid 4299 --clear-groups \(directory.path)/exospool retry --all --spool \(spool)"
    )
    #expect(run.status == 77)
    #expect(run.complaint.contains("members of the group root may submit files and look at results"))
    #expect(run.complaint.contains("only user 4242 and root may move jobs"))
  }

  @Test func retryOfAJobInWorkIsRefused() throws {
    let job = try claimed("a.xml")
    let run = try tool("retry", job.id.text)
    #expect(run.status == 69)
    #expect(run.complaint.contains("only failed, corrupt and deferred jobs"))
  }

  @Test func holdAndReleaseMoveAJobThereAndBack() throws {
    _ = try queue.submit([1], as: FileName("a.xml"))
    let run = try tool("hold", "a.xml")
    #expect(run.status == 0, "\(run.complaint)")
    let held = try #require(try queue.jobs(in: .held).first)
    #expect(run.output == "\(held.id) a.xml: held\n")
    #expect(try tool("release", "--all").output == "\(held.id) a.xml: released\n")
    #expect(try queue.jobs(in: .deferred).map(\.id) == [held.id])
    #expect(try tool("hold", held.id.text).status == 0)
    #expect(try tool("release", held.id.text).status == 0)
    #expect(try tool("hold", "unknown").status == 66)
  }

  @Test func aDirectoryThatIsNoSpoolIsNamed() throws {
    let run = try Tool.run(["status", "--spool", directory.path])
    #expect(run.status == 78)
    #expect(run.complaint.contains("is no spool"))
  }
}
