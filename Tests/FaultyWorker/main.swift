import ExospoolService
import Glibc
import JobContract
import PosixFiles
import SystemPackage

/// A worker for tests that does what a file's first word says: crash, hang, eat memory and the like.
/// It is built with the tests and installed nowhere.
struct FaultyProcessor: JobProcessor {
  /// What came of the faults that the arguments ask for, while this was made.
  var loading = ""
  var identity = claimedModels

  /// - Parameter fault: what goes wrong before the first job: `eat`, `network`, `sleep`, or nothing.
  init(fault: String?) {
    switch fault {
    case "eat":
      // Not without end: a worker whose limit does not hold comes up, and its test fails.
      var eaten: [[UInt8]] = []
      while eaten.count < 96 { eaten.append([UInt8](repeating: UInt8(eaten.count), count: 16 << 20)) }
    case "sleep": sleep(3600)
    case "network":
      loading = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) < 0 ? ", socket refused" : ", socket opened"
    default: break
    }
  }

  func isOpenEnded(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("table".utf8)) }

  func process(
    _ bytes: [UInt8], name: String, statement: UserStatement, isYoung: Bool,
    isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<JobResult>? {
    isWanted(String(repeating: "feedface", count: 8)) ? process(bytes, name: name, isYoung: isYoung) : nil
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
    case "descriptors":
      let open = (0..<Int32(256)).filter { fcntl($0, F_GETFD) >= 0 }
      return done(text, "descriptors " + open.map(String.init).joined(separator: " "))
    case "probe": return probe(text.split(separator: " ").dropFirst().map(String.init))
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

/// What the worker says that it has found; a daemon with models gives no work to one that says otherwise.
let claimedModels = (getenv("FAULTY_WORKER_MODELS").map { String(cString: $0) } ?? "").split(separator: "\n")
  .map(
    String.init)

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "hostile": HostileWorker(arguments[1]).run()
case "models":
  WorkerLoop.run(reading: [arguments[1]]) {
    var processor = FaultyProcessor(fault: nil)
    let text = (try? PosixFiles.read(FilePath(arguments[1]), limit: 1000)) ?? []
    processor.identity = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    return processor
  }
case "threaded":
  // Comes to its confinement too late.
  startThread { sleep(60) }
  WorkerLoop.run(reading: []) { FaultyProcessor(fault: nil) }
default: WorkerLoop.run(reading: []) { FaultyProcessor(fault: arguments.first) }
}
