import CProcess
import ContentHash
import Glibc
package import JobContract
import SystemPackage

/// The worker's side: takes jobs from standard input until it closes, one at a time.
///
/// A worker opens strangers' files, so it gives up first what parsing does not need: the network, starting programs,
/// core dumps. It ends when the supervisor does, in the middle of a job too.
package enum WorkerLoop {
  /// - Parameter load: makes the processor when the rights are given up: it may read strangers' files as well.
  package static func run(_ load: () throws -> some JobProcessor) rethrows -> Never {
    signal(SIGPIPE, SIG_IGN)
    // A result larger than the limit is then a failed write with a reason.
    signal(SIGXFSZ, SIG_IGN)
    let refusal = exospool_refuse_network_and_programs()
    if refusal != 0 {
      warn("worker: no seccomp filter (\(String(cString: strerror(refusal)))); the network is not refused\n")
    }
    let processor = try load()
    // Answers go out where standard output was; what anybody prints goes to standard error.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    var channel = LineChannel(input: STDIN_FILENO, output: output)
    endWithSupervisor()
    guard send(WorkerAnswer(.ready), channel) else { exit(0) }
    while case .line(let line) = channel.read(deadline: nil) {
      guard let request = WorkerRequest(line: line) else {
        warn("worker: a request that is none\n")
        exit(ExitStatus.internalFault.rawValue)
      }
      guard let outcome = perform(request, processor, &channel) else { continue }
      guard send(WorkerAnswer(outcome), channel) else { break }
    }
    exit(0)
  }

  /// Nil when the supervisor has the result already.
  private static func perform(
    _ request: WorkerRequest, _ processor: some JobProcessor, _ channel: inout LineChannel
  ) -> JobOutcome<JobResult>? {
    let bytes: [UInt8]
    switch InputFile.read(FilePath(request.path), name: request.name, limit: request.sizeLimit) {
    case .done(let input):
      bytes = input.bytes
      var read = WorkerAnswer(.read)
      read.stamp = input.stamp
      guard send(read, channel) else { exit(0) }
    case .corrupt(let reason): return .corrupt(reason)
    case .unsettled(let reason): return .unsettled(reason)
    case .failed(let reason, let mayPass): return .failed(reason, mayPass: mayPass)
    }
    if request.mayGrow, processor.isOpenEnded(bytes) {
      guard send(WorkerAnswer(.openEnded), channel) else { exit(0) }
      return nil
    }
    let contentHash = SHA256Digest(of: bytes).hexadecimal
    let outcome = processor.process(bytes, name: request.name, isYoung: request.isYoung) { modelSetHash in
      var hash = WorkerAnswer(.hash)
      hash.contentHash = contentHash
      hash.modelSetHash = modelSetHash
      guard send(hash, channel), case .line(let decision) = channel.read(deadline: nil) else { exit(0) }
      return String(decoding: decision, as: UTF8.self) == WorkerDecision.analyze.rawValue
    }
    guard case .done(let result) = outcome else { return outcome }
    for product in result.products {
      if let fault = ProductFile.write(product, in: FilePath(request.scratch)) {
        return .failed(fault, mayPass: true)
      }
    }
    return outcome
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

  private static func warn(_ text: String) {
    text.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
  }
}
