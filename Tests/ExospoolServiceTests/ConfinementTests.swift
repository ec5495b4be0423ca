import ExospoolService
import Glibc
import PosixFiles
import SpoolQueue
import SystemPackage
import Testing

/// What a worker can do that a stranger's file has taken over: as good as nothing.
@Suite struct ConfinementTests {
  let service: TestService

  init() throws { service = try TestService() }

  /// Each call is tried on the thread that serves jobs, on a new thread and on one of Dispatch's.
  @Test func everyCallThatParsingDoesNotNeedIsDeniedOnEveryThread() async throws {
    let words = [
      "\(getpid())", "\(service.root)/active", "\(service.root)/.work/1", "/etc/hostname",
    ]
    try await service.drain(["m.xml": (["probe"] + words).joined(separator: " ")], ["workers=1"])
    let lines = service.read("log/results.log").split(separator: "\n").map { line in
      line.split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
    }
    #expect(lines.count >= 3 * 70)
    for thread in ["main", "thread", "dispatch"] {
      #expect(lines.count { $0.hasPrefix("\(thread) ") } == lines.count / 3)
    }
    for line in lines {
      if line.contains("allowed: ") {
        #expect(line.hasSuffix(": allowed"))
      } else if line.contains("clone3") {
        #expect(line.hasSuffix(": ENOSYS"))
      } else if line.contains(" open ") || line.contains(" another ") || line.contains("make a file") {
        // Where there is no Landlock, a worker may open what the service may.
        if WorkerConfinement.landlockVersion > 0 { #expect(line.hasSuffix(": EACCES")) }
      } else {
        #expect(line.hasSuffix(": EPERM"))
      }
    }
  }

  /// From outside: the kernel says of each thread that it is filtered, that of the watch over the pipe included.
  @Test func everyThreadIsFiltered() async throws {
    _ = try service.queue.submit(Array("hang".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(
      ["workers=1", "stop_timeout_seconds=0"],
      command: WorkerCommand(executable: TestService.worker, arguments: ["plain", service.root.string]))
    let run = service.start(supervisor)
    var process = ""
    try await service.wait("a worker is at work with its threads") {
      process = Self.worker(toldOf: service.root.string) ?? ""
      return Self.names("/proc/\(process)/task").count >= 2
    }
    for thread in Self.names("/proc/\(process)/task") {
      let status = Self.text("/proc/\(process)/task/\(thread)/status")
      #expect(status.contains("Seccomp:\t2"))
      #expect(status.contains("NoNewPrivs:\t1"))
    }
    await supervisor.stop()
    try await run.ended()
  }

  /// Landlock holds for the thread that asks for it: one that is there already would go free.
  @Test func aWorkerWithASecondThreadDoesNotComeUp() async throws {
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    let supervisor = try service.supervisor(
      command: WorkerCommand(executable: TestService.worker, arguments: ["threaded"]))
    let run = service.start(supervisor)
    try await service.wait("the worker has ended") { service.lines.count("worker ended") > 0 }
    await supervisor.stop()
    try await run.ended()
    #expect(service.lines.count("it has 2 threads already") > 0)
    #expect(service.read("log/results.log").isEmpty)
    #expect(try service.queue.jobs(in: .deferred).first?.countedAttempts == 0)
  }

  /// A descriptor that nobody marked close-on-exec, as libinotifytools' is.
  @Test func aWorkerInheritsNoDescriptor() async throws {
    let descriptor = Glibc.open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    try await service.drain(["m.xml": "descriptors"])
    // The standard ones, and where answers go.
    #expect(service.read("log/results.log").contains("descriptors 0 1 2 3\n"))
  }

  /// The worker of one test's supervisor, by a word of its command.
  private static func worker(toldOf word: String) -> String? {
    names("/proc").first { process in
      Int(process) != nil && text("/proc/\(process)/cmdline").contains("faulty-worker\0plain\0\(word)\0")
    }
  }

  private static func names(_ directory: String) -> [String] {
    ((try? PosixFiles.names(in: FilePath(directory))) ?? []).map(\.string)
  }

  private static func text(_ path: String) -> String {
    let file = try? OpenFile(FilePath(path), .reading(followingLinks: false)).readToEnd(limit: 1 << 16)
    return String(decoding: file ?? [], as: UTF8.self)
  }
}
