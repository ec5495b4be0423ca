import Glibc
import PosixFiles
import SpoolQueue
import Testing

@testable import ExospoolService

/// What an operator does to a daemon at work.
@Suite struct ReloadTests {
  let service: TestService

  init() throws { service = try TestService() }

  /// Once each reload made slots for all workers, beside those that still were at work: 59 processes where 2 were
  /// configured.
  @Test(.timeLimit(.minutes(10))) func reloadsMakeNoMoreWorkersThanConfigured() async throws {
    for number in 1...30 {
      _ = try service.queue.submit(Array("hang \(number)".utf8), as: FileName("\(number).xml"))
    }
    let supervisor = try service.supervisor(["workers=2", "stop_timeout_seconds=0"])
    let run = service.start(supervisor)
    // Others are claimed already and wait for a worker.
    func working() throws -> Int {
      try PosixFiles.names(in: service.queue.path(.active)).count { $0.string.hasSuffix(".work") }
    }
    try await service.wait("the workers are at work") { try working() == 2 }
    for _ in 1...40 {
      await supervisor.reload(try service.configuration(["workers=2", "stop_timeout_seconds=0"]))
      try await Task.sleep(for: .milliseconds(20))
    }
    // Several more looks at the inbox.
    try await Task.sleep(for: .milliseconds(500))
    #expect(try working() == 2)
    // One more place, one more worker.
    await supervisor.reload(try service.configuration(["workers=3", "stop_timeout_seconds=0"]))
    try await service.wait("the third is at work") { try working() == 3 }
    try await Task.sleep(for: .milliseconds(500))
    #expect(try working() == 3)
    await supervisor.stop()
    try await run.ended()
  }

  /// Workers of an earlier configuration give their places to those of the present one as they end.
  @Test(.timeLimit(.minutes(10))) func afterAReloadTheWorkGoesOn() async throws {
    _ = try service.queue.submit(Array("slow one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(["workers=1"])
    let run = service.start(supervisor)
    try await service.wait("a job is in hand") { try service.queue.count(in: .active) > 0 }
    await supervisor.reload(try service.configuration(["workers=1"]))
    _ = try service.queue.submit(Array("two".utf8), as: FileName("b.xml"))
    try await service.wait("both are done") { service.lines.count("job done") == 2 }
    await supervisor.stop()
    try await run.ended()
  }

  @Test func theDaemonSaysHowItIs() async throws {
    let file = service.root.appending("metrics.prom")
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let settings = ["minimum_free_megabytes=1048576", "metrics_file=\(file.string)"]
    let supervisor = try service.supervisor(settings)
    let run = service.start(supervisor)
    try await service.wait("it has paused") { DaemonReport(of: service.root)?.pause != nil }
    let report = try #require(DaemonReport(of: service.root))
    #expect(report.process == Int(getpid()))
    #expect(report.pause?.contains("minimum_free_megabytes") == true)
    #expect(report.status.hasPrefix("paused, "))
    // Written after the report.
    try await service.wait("the metrics say so") {
      service.read("metrics.prom").contains("exospool_paused 1\n")
    }
    await supervisor.reload(try service.configuration(["metrics_file=\(file.string)"]))
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    await supervisor.stop()
    try await run.ended()
    #expect(try #require(DaemonReport(of: service.root)).pause == nil)
    let metrics = service.read("metrics.prom")
    for line in [
      "exospool_paused 0", "exospool_outcomes_total{outcome=\"done\"} 1", "exospool_worker_starts_total 1",
      "exospool_jobs{state=\"submitted\"} 0", "exospool_job_seconds_count 1",
      "exospool_job_seconds_bucket{le=\"+Inf\"} 1", "exospool_worker_ends_total 0",
    ] {
      #expect(metrics.contains("\n\(line)\n"), "\(line)")
    }
    #expect(metrics.hasSuffix("\n# EOF\n"))
  }

  /// Every family has its type, and every sample belongs to the family before it.
  @Test func metricsAreOpenMetrics() {
    var metrics = ServiceMetrics()
    metrics.note(.done)
    for seconds in [0.05, 2, 1000] { metrics.note(duration: seconds) }
    let lines = metrics.text(.init(bytesFree: 7)).split(separator: "\n").map(String.init)
    var family = ""
    for line in lines.dropLast() {
      let words = line.split(separator: " ").map(String.init)
      if line.hasPrefix("# TYPE ") {
        family = words[2]
      } else if line.hasPrefix("# HELP ") {
        #expect(words[2] == family)
      } else {
        #expect(line.hasPrefix(family))
        #expect(words.count == 2)
        #expect(Double(words[1]) != nil)
      }
    }
    #expect(lines.contains("exospool_job_seconds_bucket{le=\"3.0\"} 2"))
    #expect(lines.contains("exospool_job_seconds_bucket{le=\"300.0\"} 2"))
    #expect(lines.contains("exospool_job_seconds_bucket{le=\"+Inf\"} 3"))
    #expect(lines.contains("exospool_free_bytes 7"))
    #expect(lines.last == "# EOF")
  }
}
