import JSONText
import JobContract
import PlainText
import PosixFiles

/// What the supervisor tells a worker before anything else: one line of JSON on its standard input. The worker confines
/// itself to it.
struct WorkerSetup: Sendable, Hashable {
  /// The directory of the inputs.
  var inputs: String
  /// The directory that takes the products of every job.
  var scratch: String
}

extension WorkerSetup {
  var line: [UInt8] {
    Array(JSON.object([.init("inputs", .string(inputs)), .init("scratch", .string(scratch))]).line.utf8)
  }

  /// Nil for a line that is no setup.
  init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line), let inputs = json["inputs"]?.string,
      let scratch = json["scratch"]?.string
    else { return nil }
    self.init(inputs: inputs, scratch: scratch)
  }
}

/// What the supervisor asks of a worker: one line of JSON on its standard input.
struct WorkerRequest: Sendable, Hashable {
  var path: String
  /// Printable.
  var name: String
  var isYoung: Bool
  /// The file may go on: nobody knows that all of it was there when it came, and it was written to a short while ago.
  var mayGrow: Bool
  /// Bytes.
  var sizeLimit: Int
}

extension WorkerRequest {
  var line: [UInt8] {
    let members: [JSON.Member] = [
      .init("path", .string(path)), .init("name", .string(name)), .init("isYoung", .bool(isYoung)),
      .init("mayGrow", .bool(mayGrow)), .init("sizeLimit", .integer(sizeLimit)),
    ]
    return Array(JSON.object(members).line.utf8)
  }

  /// Nil for a line that is no request.
  init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line), let path = json["path"]?.string,
      let name = json["name"]?.string, let isYoung = json["isYoung"]?.bool,
      let mayGrow = json["mayGrow"]?.bool, let sizeLimit = json["sizeLimit"]?.integer
    else { return nil }
    self.init(path: path, name: name, isYoung: isYoung, mayGrow: mayGrow, sizeLimit: sizeLimit)
  }
}

/// What a worker answers: a line with what it read, a line with the content's hash, and after `WorkerDecision.analyze` a
/// line with the outcome. The first two are left out where there is nothing to say.
struct WorkerAnswer: Sendable, Hashable {
  enum Kind: String, Sendable {
    case ready, read, hash, done, corrupt, unsettled, openEnded, failed
  }

  var kind: Kind
  /// The input as it was read.
  var stamp: FileStamp?
  var contentHash: String?
  var modelSetHash: String?
  var reason: String?
  var mayPass: Bool?
  var products: [String]?
  var logLines: [String]?
  var jsonLines: [String]?

  init(_ kind: Kind) { self.kind = kind }

  /// The outcome of a job whose products are written.
  init(_ outcome: JobOutcome<JobResult>) {
    switch outcome {
    case .done(let result):
      kind = .done
      products = result.products.map(\.name)
      logLines = result.logLines
      jsonLines = result.jsonLines
    case .corrupt(let reason):
      kind = .corrupt
      self.reason = reason
    case .unsettled(let reason):
      kind = .unsettled
      self.reason = reason
    case .failed(let reason, let mayPass):
      kind = .failed
      self.reason = reason
      self.mayPass = mayPass
    }
  }

  /// Nil where the answer is none on a job, or results before the hashes were told, or with lines that are none.
  func outcome(after told: WorkerHashes?) -> JobOutcome<WorkerResult>? {
    let reason = PlainText.line(reason ?? "no reason was given", limit: 4000)
    switch kind {
    case .ready, .read, .hash, .openEnded: return nil
    case .done:
      guard let told else { return nil }
      let result = WorkerResult(
        hashes: told, products: products ?? [], logLines: logLines ?? [], jsonLines: jsonLines ?? [])
      return result.hasValidLines ? .done(result) : nil
    case .corrupt: return .corrupt(reason)
    case .unsettled: return .unsettled(reason)
    case .failed: return .failed(reason, mayPass: mayPass ?? false)
    }
  }
}

/// What a worker says of the input and of the models.
struct WorkerHashes: Sendable, Hashable {
  /// SHA-256 of the input, hexadecimal.
  let content: String
  /// The same over all that decides the result besides the input.
  let modelSet: String

  /// Nil where one of them is no SHA-256: folders are named by them.
  init?(content: String, modelSet: String) {
    guard Self.isSHA256(content), Self.isSHA256(modelSet) else { return nil }
    self.content = content
    self.modelSet = modelSet
  }

  static func isSHA256(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { digit in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
      }
  }
}

/// A result with its products' names and what the logs are to say of it.
struct WorkerResult: Sendable, Hashable {
  let hashes: WorkerHashes
  let products: [String]
  let logLines: [String]
  let jsonLines: [String]

  /// A system has tens of planets, each with a line a method.
  private static let mostLines = 10_000
  /// Bytes.
  private static let longestLine = 1 << 20

  /// Whether the lines may stand in the logs: each one line without a control character, and one JSON object where it says
  /// so, without the members that the service adds.
  var hasValidLines: Bool {
    logLines.count <= Self.mostLines && jsonLines.count <= Self.mostLines
      && logLines.allSatisfy { line in
        line.utf8.count <= Self.longestLine && line.unicodeScalars.allSatisfy(PlainText.isPrintable)
      }
      && jsonLines.allSatisfy(Self.isValidObject)
  }

  private static func isValidObject(_ line: String) -> Bool {
    // What the JSON writer leaves as it is and a terminal obeys nevertheless.
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{2028}"
        || scalar == "\u{2029}"
    }
    guard line.utf8.count <= longestLine, !line.unicodeScalars.contains(where: isControl),
      let members = (try? JSON(parsing: Array(line.utf8)))?.members
    else { return false }
    return !members.contains { ["time", "job", "result"].contains($0.key) }
  }
}

/// The supervisor's word on a hash: one line.
enum WorkerDecision: String, Sendable {
  case analyze, skip
}

extension WorkerAnswer {
  var line: [UInt8] {
    let members: [(String, JSON?)] = [
      ("kind", .string(kind.rawValue)), ("stamp", stamp.map { .string($0.description) }),
      ("contentHash", contentHash.map(JSON.string)),
      ("modelSetHash", modelSetHash.map(JSON.string)), ("reason", reason.map(JSON.string)),
      ("mayPass", mayPass.map(JSON.bool)), ("products", products.map(JSON.strings)),
      ("logLines", logLines.map(JSON.strings)),
      ("jsonLines", jsonLines.map(JSON.strings)),
    ]
    return Array(JSON.object(members.compactMap { key, value in value.map { .init(key, $0) } }).line.utf8)
  }

  /// Nil for a line that is no answer.
  init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line), let kind = json["kind"]?.string.flatMap(Kind.init) else {
      return nil
    }
    self.init(kind)
    stamp = json["stamp"]?.string.flatMap { FileStamp($0) }
    contentHash = json["contentHash"]?.string
    modelSetHash = json["modelSetHash"]?.string
    reason = json["reason"]?.string
    mayPass = json["mayPass"]?.bool
    products = json["products"]?.elements?.compactMap(\.string)
    logLines = json["logLines"]?.elements?.compactMap(\.string)
    jsonLines = json["jsonLines"]?.elements?.compactMap(\.string)
  }
}
