import Glibc
import SpoolQueue
import Synchronization
import SystemPackage
import Testing

/// The daemon killed before every single step in turn: nothing is lost, nothing is there twice.
@Suite struct KillTests {
  /// Stops the world at the n-th step: from then on every step fails, as for a process that is gone.
  private final class Killer: Sendable {
    private let left: Atomic<Int>
    init(after steps: Int) { left = Atomic(steps) }
    var struck: Bool { left.load(ordering: .relaxed) <= 0 }

    func step(_: StaticString) throws(SpoolError) {
      if left.subtract(1, ordering: .relaxed).newValue <= 0 {
        throw SpoolError(.system(errno: EINTR), "killed")
      }
    }
  }

  /// What becomes of an input, by its name.
  private static let fates = [
    "corrupt.xml": "corrupt", "done.xml": "results", "failed.xml": "failed", "twin-a.xml": "results",
    "twin-b.xml": "duplicate",
  ]

  /// One life of a daemon: recovery, then every job to its end.
  private func live(_ spool: TemporarySpool, _ killer: Killer?) throws {
    let queue = try SpoolQueue(
      root: spool.root, beforeStep: { (step) throws(SpoolError) in try killer?.step(step) })
    let log = try ResultLog(directory: queue.path(.log))
    let recovery = try queue.recover()
    for job in recovery.committed {
      try log.append(job, recovering: true)
      try queue.retire(job)
    }
    for job in recovery.interrupted {
      try queue.defer(job, until: .now(), because: "interrupted", excused: true, interrupted: true)
    }
    var jobs: [Job] = []
    for entry in try queue.scanInbox().candidates {
      if let job = try queue.claim(entry) { jobs.append(job) }
    }
    for waiting in try queue.deferred() {
      if let job = try queue.claim(waiting) { jobs.append(job) }
    }
    for job in jobs {
      let name = job.record.originalName.display
      switch Self.fates[name] {
      case "corrupt": try queue.reject(job, as: .corrupt, because: "no planet")
      case "failed": try queue.reject(job, as: .failed, because: "out of memory")
      default:
        let content = name.hasPrefix("twin") ? "2222" : "1111"
        if let holder = try queue.holder(contentHash: content, modelSetHash: "feed") {
          try queue.retire(job, asDuplicateOf: holder)
          continue
        }
        spool.write("result of \(content)", to: try queue.makeWorkDirectory(for: job).appending("result.xml"))
        switch try queue.commit(
          job, contentHash: content, modelSetHash: "feed", logLines: [content + " a", content + " b"],
          jsonLines: ["{\"content\":\"\(content)\"}"])
        {
        case .committed(let next):
          try killer?.step("append the lines")
          try log.append(next, recovering: false)
          try queue.retire(next)
        case .known(let holder): try queue.retire(job, asDuplicateOf: holder)
        }
      }
    }
  }

  private func check(_ spool: TemporarySpool, _ step: Int) throws {
    let queue = try SpoolQueue(root: spool.root)
    #expect(
      try queue.count(in: .inbox) + queue.count(in: .active) + queue.count(in: .deferred) == 0, "step \(step)"
    )
    #expect(try queue.jobs(in: .done).count == 2, "step \(step)")
    #expect(try queue.jobs(in: .duplicate).count == 1, "step \(step)")
    #expect(
      try queue.jobs(in: .corrupt).map(\.record.originalName.display) == ["corrupt.xml"], "step \(step)")
    #expect(try queue.jobs(in: .failed).map(\.record.originalName.display) == ["failed.xml"], "step \(step)")
    #expect(spool.names(.corrupt).count { $0.hasSuffix(".reason") } >= 1, "step \(step)")
    #expect(spool.names(.results).count == 2, "step \(step)")
    for directory in spool.names(.results) {
      #expect(spool.read("results/\(directory)/result.xml")?.hasPrefix("result of") == true, "step \(step)")
    }
    #expect(spool.names(.active, hidden: true).isEmpty, "step \(step)")
    let lines = (spool.read("log/results.log") ?? "").split(separator: "\n").map { String($0.suffix(6)) }
    #expect(lines.sorted() == ["1111 a", "1111 b", "2222 a", "2222 b"], "step \(step)")
    #expect((spool.read("log/results.jsonl") ?? "").split(separator: "\n").count == 2, "step \(step)")
  }

  private func submitAll(_ spool: TemporarySpool) throws {
    let queue = try SpoolQueue(root: spool.root)
    for name in Self.fates.keys.sorted() { _ = try queue.submit(Array(name.utf8), as: FileName(name)) }
  }

  @Test func killedBeforeEveryStepOnce() throws {
    var step = 1
    while true {
      let spool = try TemporarySpool()
      try submitAll(spool)
      let killer = Killer(after: step)
      do { try live(spool, killer) } catch is SpoolError {}
      if !killer.struck { break }
      try live(spool, nil)
      try check(spool, step)
      step += 1
    }
    #expect(step > 30, "so many steps are tried")
  }

  @Test func killedAgainAndAgainAlwaysSomeStepsFurther() throws {
    let spool = try TemporarySpool()
    try submitAll(spool)
    for life in 1...200 {
      let killer = Killer(after: 1 + life / 2)
      do { try live(spool, killer) } catch is SpoolError {}
      if !killer.struck { break }
    }
    try live(spool, nil)
    try check(spool, 0)
  }
}
