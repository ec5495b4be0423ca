import ContentHash
import Glibc
package import JobContract
import SystemPackage

/// The worker's side: takes jobs from standard input until it closes, one at a time.
///
/// A worker opens strangers' files, so it gives up first what parsing does not need (`WorkerConfinement`), and ends where it
/// cannot. It ends when the supervisor does, in the middle of a job too.
package enum WorkerLoop {
  /// To be called while the process has one thread.
  /// - Parameters:
  ///   - resources: files and directories that are read besides the inputs.
  ///   - load: makes the processor when the rights are given up: it may read strangers' files as well.
  package static func run(
    reading resources: [String], _ load: () throws -> some JobProcessor
  ) rethrows -> Never {
    // A result larger than the limit is then a failed write with a reason.
    signal(SIGXFSZ, SIG_IGN)
    // Answers go out where standard output was; what anybody prints goes to standard error.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    var channel = LineChannel(input: STDIN_FILENO, output: output)
    guard case .line(let first) = channel.read(deadline: nil) else { exit(0) }
    guard let setup = WorkerSetup(line: first) else { fail("worker: no setup") }
    do {
      try WorkerConfinement.enter(reading: resources + [setup.inputs], writing: setup.scratch)
    } catch {
      var refusal = WorkerAnswer(.failed)
      refusal.reason = error.sentence
      _ = send(refusal, channel)
      fail("worker: \(error.sentence)")
    }
    let processor = try load()
    endWithSupervisor()
    var ready = WorkerAnswer(.ready)
    ready.models = processor.identity
    guard send(ready, channel) else { exit(0) }
    while case .line(let line) = channel.read(deadline: nil) {
      guard let request = WorkerRequest(line: line) else { fail("worker: a request that is none") }
      guard let answer = perform(request, processor, FilePath(setup.scratch), &channel) else { continue }
      guard send(answer, channel) else { break }
    }
    exit(0)
  }

  /// Nil when the supervisor has the result already.
  private static func perform(
    _ request: WorkerRequest, _ processor: some JobProcessor, _ scratch: FilePath,
    _ channel: inout LineChannel
  ) -> WorkerAnswer? {
    let bytes: [UInt8]
    switch InputFile.read(FilePath(request.path), name: request.name, limit: request.sizeLimit) {
    case .done(let input):
      bytes = input.bytes
      var read = WorkerAnswer(.read)
      read.stamp = input.stamp
      guard send(read, channel) else { exit(0) }
    case .corrupt(let reason): return WorkerAnswer(.corrupt(reason))
    case .unsettled(let reason): return WorkerAnswer(.unsettled(reason))
    case .failed(let reason, let mayPass): return WorkerAnswer(.failed(reason, mayPass: mayPass))
    }
    if request.mayGrow, processor.isOpenEnded(bytes) { return WorkerAnswer(.openEnded) }
    let contentHash = SHA256Digest(of: bytes).hexadecimal
    let outcome = processor.process(
      bytes, name: request.name, statement: request.statement, isYoung: request.isYoung
    ) { modelSetHash in
      var hash = WorkerAnswer(.hash)
      hash.contentHash = contentHash
      hash.modelSetHash = modelSetHash
      guard send(hash, channel), case .line(let decision) = channel.read(deadline: nil) else { exit(0) }
      return String(decoding: decision, as: UTF8.self) == WorkerDecision.analyze.rawValue
    }
    guard let outcome else { return nil }
    var answer = WorkerAnswer(outcome)
    if case .done(let result) = outcome {
      for product in result.products {
        if let fault = ProductFile.write(product, in: scratch) {
          answer = fault
          break
        }
      }
    }
    answer.contentHash = contentHash
    return answer
  }

  private static func send(_ answer: WorkerAnswer, _ channel: borrowing LineChannel) -> Bool {
    channel.write(answer.line)
  }

  /// A thread that waits for the supervisor's end of the pipe to close.
  private static func endWithSupervisor() {
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { _ in
        while true {
          var descriptor = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
          if poll(&descriptor, 1, -1) > 0, descriptor.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
            _exit(0)
          }
        }
      }, nil)
    precondition(status == 0, "no thread could be made")
    pthread_detach(thread)
  }

  private static func fail(_ sentence: String) -> Never {
    (sentence + "\n").withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
    exit(ExitStatus.internalFault.rawValue)
  }
}
