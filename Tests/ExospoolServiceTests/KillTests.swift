import Glibc
import PosixFiles
import SpoolQueue
import SystemCallRecorder
import SystemPackage
import Testing

@testable import ExospoolService

/// The daemon killed before every system call that changes the disk: nothing is lost, nothing is there twice.
///
/// It is the daemon's own supervisor that lives and dies here, with real workers.
@Suite struct KillTests {
  /// What is submitted; the texts say to the worker what to do.
  private static let files = [
    "corrupt.xml": "corrupt", "done.xml": "one", "failed.xml": "permanent", "twin.xml": "one",
  ]

  private static func submitAll(_ service: TestService) throws {
    for name in files.keys.sorted() {
      _ = try service.queue.submit(Array((files[name] ?? "").utf8), as: FileName(name))
    }
  }

  /// One life of a daemon. What the recorder fails ends it, as a kill would.
  private static func live(_ service: TestService, _ recorder: SystemCallRecorder? = nil) async throws {
    while true {
      do {
        if let recorder {
          try await recorder.watch { _ = try await service.supervisor(["workers=1"]).run(.once) }
        } else {
          _ = try await service.supervisor(["workers=1"]).run(.once)
        }
        break
      } catch let error as SpoolError {
        if recorder?.hasStruck == true { break }
        // A worker of another life, forked and not yet a program of its own, has all that was open when it was: for a moment
        // the lock that was looked for, too.
        guard error.code == .locked else { throw error }
        try await service.waitForTheLock()
      }
    }
    try await service.waitForTheLock()
  }

  private static func check(_ service: TestService, _ step: Int) throws {
    let queue = service.queue
    #expect(
      try queue.count(in: .inbox) + queue.count(in: .active) + queue.count(in: .deferred) == 0, "step \(step)"
    )
    // Side by side, either may be the first.
    #expect(
      try (service.names(.done) + service.names(.duplicate)).sorted() == ["done.xml", "twin.xml"],
      "step \(step)")
    #expect(try service.names(.corrupt) == ["corrupt.xml"], "step \(step)")
    #expect(try service.names(.failed) == ["failed.xml"], "step \(step)")
    #expect(try service.reason(.corrupt).contains("this file says"), "step \(step)")
    let results = try PosixFiles.names(in: queue.path(.results)).filter { !$0.string.hasPrefix(".") }
    #expect(results.count == 1, "step \(step)")
    for result in results {
      #expect(service.read("results/\(result.string)/result.xml") == "result of one", "step \(step)")
    }
    #expect(try PosixFiles.names(in: queue.path(.active)).isEmpty, "step \(step)")
    #expect(service.read("log/results.log").split(separator: "\n").count == 1, "step \(step)")
    #expect(service.read("log/results.jsonl").split(separator: "\n").count == 1, "step \(step)")
  }

  /// - Returns: whether the daemon came to its end before.
  private static func kill(beforeChange step: Int) async throws -> Bool {
    let service = try TestService()
    try submitAll(service)
    let recorder = SystemCallRecorder(.killed(beforeChange: step))
    try await live(service, recorder)
    if !recorder.hasStruck { return true }
    try await live(service)
    try check(service, step)
    return false
  }

  @Test(.timeLimit(.minutes(10))) func killedBeforeEveryChangeOfTheDisk() async throws {
    var step = 1
    while true {
      // Two at a time: most of a life is waiting for a worker to come up.
      let (odd, even) = (step, step + 1)
      async let first = Self.kill(beforeChange: odd)
      async let second = Self.kill(beforeChange: even)
      let (isFirstWhole, isSecondWhole) = try await (first, second)
      step += 2
      if isFirstWhole || isSecondWhole { break }
    }
    #expect(step > 90, "so many steps are tried")
  }

  @Test(.timeLimit(.minutes(10))) func killedAgainAndAgainAlwaysSomeStepsFurther() async throws {
    let service = try TestService()
    try Self.submitAll(service)
    for life in 1...40 {
      let recorder = SystemCallRecorder(.killed(beforeChange: 4 + 3 * life))
      try await Self.live(service, recorder)
      if !recorder.hasStruck { break }
    }
    try await Self.live(service)
    try Self.check(service, 0)
  }

  // MARK: The order on the disk

  /// Every change of the disk for one file, in its order: what a power cut may not find the other way round.
  @Test(.timeLimit(.minutes(10))) func aJobThatIsDoneWritesInThisOrder() async throws {
    let changes = try await changes(for: "one")
    #expect(
      changes == """
        makeDirectory .work
        create active/TEMPORARY
        write active/TEMPORARY
        fsync active/TEMPORARY
        close active/TEMPORARY
        rename active/TEMPORARY -> active/.ID.job
        rename inbox/a.xml -> active/ID,1,a.xml
        synchronizeDirectory active
        synchronizeDirectory inbox
        makeDirectory active/.ID.work
        makeDirectory .work/1
        create active/.ID.work/result.xml
        write active/.ID.work/result.xml
        fsync active/.ID.work/result.xml
        close active/.ID.work/result.xml
        unlink .work/1/result.xml
        create active/.ID.work/.hashes
        write active/.ID.work/.hashes
        fsync active/.ID.work/.hashes
        close active/.ID.work/.hashes
        synchronizeDirectory active/.ID.work
        create active/TEMPORARY
        write active/TEMPORARY
        fsync active/TEMPORARY
        close active/TEMPORARY
        rename active/TEMPORARY -> active/.ID.job
        synchronizeDirectory active
        makeDirectory results/.index
        create results/.index/TEMPORARY
        write results/.index/TEMPORARY
        fsync results/.index/TEMPORARY
        close results/.index/TEMPORARY
        rename results/.index/TEMPORARY -> results/.index/HASHES
        synchronizeDirectory results/.index
        rename active/.ID.work -> results/RESULT
        synchronizeDirectory results
        write log/results.log
        fdatasync log/results.log
        write log/results.jsonl
        fdatasync log/results.jsonl
        create archive/TEMPORARY
        write archive/TEMPORARY
        fsync archive/TEMPORARY
        close archive/TEMPORARY
        rename archive/TEMPORARY -> archive/.ID.job
        rename active/ID,1,a.xml -> archive/ID,1,a.xml
        synchronizeDirectory archive
        unlink active/.ID.job
        synchronizeDirectory active
        """)
  }

  @Test(.timeLimit(.minutes(10))) func aJobThatIsRefusedWritesInThisOrder() async throws {
    let changes = try await changes(for: "corrupt")
    let end = changes.split(separator: "\n").drop { !$0.hasPrefix("makeDirectory active") }
    #expect(
      end.joined(separator: "\n") == """
        makeDirectory active/.ID.work
        makeDirectory .work/1
        removeDirectory active/.ID.work
        create corrupt/TEMPORARY
        write corrupt/TEMPORARY
        fsync corrupt/TEMPORARY
        close corrupt/TEMPORARY
        rename corrupt/TEMPORARY -> corrupt/.ID.job
        create corrupt/TEMPORARY
        write corrupt/TEMPORARY
        fsync corrupt/TEMPORARY
        close corrupt/TEMPORARY
        rename corrupt/TEMPORARY -> corrupt/ID,1,a.xml.reason
        rename active/ID,1,a.xml -> corrupt/ID,1,a.xml
        synchronizeDirectory corrupt
        unlink active/.ID.job
        synchronizeDirectory active
        """)
  }

  /// One file from the inbox to its end; ids and random names are replaced.
  private func changes(for text: String) async throws -> String {
    let service = try TestService()
    _ = try service.queue.submit(Array(text.utf8), as: FileName("a.xml"))
    let recorder = SystemCallRecorder()
    try await Self.live(service, recorder)
    let job = try #require(try service.queue.jobs(at: text == "one" ? .archive : .corrupt).first)
    // What is said of the daemon in the lock's file comes in between, and is made durable by nobody.
    return recorder.changes(below: service.root).filter { $0 != "write .lock" }.map { line in
      line.split(separator: " ").map { word in
        word.split(separator: "/").map { part in
          if part.hasPrefix(PosixFiles.temporaryPrefix) { return "TEMPORARY" }
          if part == job.record.result?.directory ?? "" { return "RESULT" }
          if part.utf8.count > 70 { return "HASHES" }
          return part.split(separator: job.id.text, omittingEmptySubsequences: false).joined(separator: "ID")
        }.joined(separator: "/")
      }.joined(separator: " ")
    }.joined(separator: "\n")
  }

  @Test(arguments: [SystemCall.Name.create, .write, .close])
  func aProductThatIsNotWrittenIsAFault(name: SystemCall.Name) throws {
    let service = try TestService()
    let fault = SystemCallRecorder(.nth(1, name, .fileTooLarge)).watch {
      ProductFile.write(.init(name: "result.xml", bytes: [1, 2]), in: service.root)
    }
    #expect(fault?.reason?.contains("result_size_megabytes") == true)
  }
}
