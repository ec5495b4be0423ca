import ExospoolService
import Glibc
import JobContract

/// A worker for tests that does what a file's first word says: crash, hang, eat memory and the like.
/// It is built with the tests and installed nowhere.
struct FaultyProcessor: JobProcessor {
  /// What came of the faults that the arguments ask for, while this was made.
  var loading = ""

  /// - Parameter fault: what goes wrong before the first job: `eat`, `network`, `sleep`, or nothing.
  init(fault: String?) {
    switch fault {
    case "eat":
      // Not without end: a worker whose limit does not hold comes up, and its test fails.
      var eaten: [[UInt8]] = []
      while eaten.count < 96 { eaten.append([UInt8](repeating: UInt8(eaten.count), count: 16 << 20)) }
    case "sleep": sleep(45)
    case "network":
      loading = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) < 0 ? ", socket refused" : ", socket opened"
    default: break
    }
  }

  func isOpenEnded(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("table".utf8)) }

  func process(
    _ bytes: [UInt8], name: String, isYoung: Bool, isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<JobResult>? {
    isWanted("feedfacefeedface") ? process(bytes, name: name, isYoung: isYoung) : nil
  }

  private func process(_ bytes: [UInt8], name: String, isYoung: Bool) -> JobOutcome<JobResult> {
    let text = String(decoding: bytes, as: UTF8.self)
    switch text.split(separator: " ").first ?? "" {
    case "crash":
      // A real fault, which no handler can step over.
      UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
      return .failed("survived a segmentation fault", mayPass: false)
    case "hang":
      while true { sleep(1) }
    case "spin":
      while true {}
    case "eat":
      var eaten: [[UInt8]] = []
      while true { eaten.append([UInt8](repeating: UInt8(truncatingIfNeeded: eaten.count), count: 16 << 20)) }
    case "write":
      let product = JobProduct(name: "result.xml", bytes: [UInt8](repeating: 65, count: 3 << 20))
      return .done(JobResult(products: [product], logLines: [], jsonLines: []))
    case "corrupt": return .corrupt("line 1: this file says that it is corrupt")
    case "temporary": return .failed("the stars are not right", mayPass: true)
    case "permanent": return .failed("the method has no answer", mayPass: false)
    case "unsettled":
      return isYoung ? .unsettled("the file promises more than it holds") : .corrupt("the file is cut off")
    case "slow":
      usleep(300_000)
    case "network":
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      return done(text, "socket \(descriptor < 0 ? "refused" : "opened")")
    default: break
    }
    return done(text, "analysed \(name)\(loading)")
  }

  private func done(_ text: String, _ line: String) -> JobOutcome<JobResult> {
    .done(
      JobResult(
        products: [JobProduct(name: "result.xml", bytes: Array("result of \(text)".utf8))], logLines: [line],
        jsonLines: ["{\"bytes\":\(text.utf8.count)}"]))
  }
}

WorkerLoop.run { FaultyProcessor(fault: CommandLine.arguments.dropFirst().first) }
