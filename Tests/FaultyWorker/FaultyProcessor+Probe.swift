import CSandboxProbe
import Dispatch
import Glibc
import JobContract
import Synchronization

extension FaultyProcessor {
  /// What a worker may still do, call by call, on the thread that serves jobs, on a new one and on one of Dispatch's.
  /// - Parameter words: the supervisor's process, the inputs' folder, the scratch folder, a file elsewhere.
  func probe(_ words: [String]) -> JobOutcome<JobResult> {
    guard words.count == 4, let supervisor = pid_t(words[0]) else {
      return .corrupt("a probe needs four words")
    }
    let lines = Mutex<[String]>([])
    @Sendable func probe(_ thread: String) {
      let found = SandboxProbe.lines(supervisor, words).map { "\(thread) \($0)" }
      lines.withLock { $0 += found }
    }
    probe("main")
    let ended = DispatchSemaphore(value: 0)
    startThread {
      probe("thread")
      ended.signal()
    }
    ended.wait()
    DispatchQueue.global().async {
      probe("dispatch")
      ended.signal()
    }
    ended.wait()
    return .done(
      JobResult(
        products: [JobProduct(name: "result.xml", bytes: Array("probed".utf8))],
        logLines: lines.withLock { $0 }, jsonLines: []))
  }
}

private struct SandboxProbe {
  private var lines: [String] = []

  /// `call: allowed`, or the error that it met.
  static func lines(_ supervisor: pid_t, _ words: [String]) -> [String] {
    var probe = SandboxProbe()
    exospool_probe(
      supervisor, words[1], words[2], words[3],
      { context, name, error in
        guard let context, let name else { return }
        let outcome = error == 0 ? "allowed" : SandboxProbe.errorName(error)
        context.assumingMemoryBound(to: SandboxProbe.self).pointee.lines.append(
          "\(String(cString: name)): \(outcome)")
      }, &probe)
    return probe.lines
  }

  private static func errorName(_ error: Int32) -> String {
    switch error {
    case EPERM: "EPERM"
    case EACCES: "EACCES"
    case ENOSYS: "ENOSYS"
    default: String(cString: strerror(error))
    }
  }
}

/// A thread of its own for a body that is not waited for.
func startThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { context in
      guard let context else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
      return nil
    }, Unmanaged.passRetained(ThreadBody(body)).toOpaque())
  precondition(status == 0, "no thread could be made")
  pthread_detach(thread)
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
