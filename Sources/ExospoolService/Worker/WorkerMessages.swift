import JSONText
import JobContract
import PosixFiles

/// What the supervisor asks of a worker: one line of JSON on its standard input.
struct WorkerRequest: Sendable, Hashable {
  var path: String
  /// Printable.
  var name: String
  var scratch: String
  var isYoung: Bool
  /// The file may go on: nobody knows that all of it was there when it came, and it was written to a short while ago.
  var mayGrow: Bool
  /// Bytes.
  var sizeLimit: Int
}

extension WorkerRequest {
  var line: [UInt8] {
    let members: [JSON.Member] = [
      .init("path", .string(path)), .init("name", .string(name)), .init("scratch", .string(scratch)),
      .init("isYoung", .bool(isYoung)), .init("mayGrow", .bool(mayGrow)),
      .init("sizeLimit", .integer(sizeLimit)),
    ]
    return Array(JSON.object(members).line.utf8)
  }

  /// Nil for a line that is no request.
  init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line), let path = json["path"]?.string,
      let name = json["name"]?.string, let scratch = json["scratch"]?.string,
      let isYoung = json["isYoung"]?.bool, let mayGrow = json["mayGrow"]?.bool,
      let sizeLimit = json["sizeLimit"]?.integer
    else { return nil }
    self.init(
      path: path, name: name, scratch: scratch, isYoung: isYoung, mayGrow: mayGrow, sizeLimit: sizeLimit)
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
  var logLines: [String]?
  var jsonLines: [String]?

  init(_ kind: Kind) { self.kind = kind }

  /// The outcome of a job whose products are written.
  init(_ outcome: JobOutcome<JobResult>) {
    switch outcome {
    case .done(let result):
      kind = .done
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

  /// Nil where the answer is none on a job, or results before the hashes were told.
  func outcome(after told: (contentHash: String, modelSetHash: String)?) -> JobOutcome<WorkerResult>? {
    let reason = reason ?? "no reason was given"
    switch kind {
    case .ready, .read, .hash, .openEnded: return nil
    case .done:
      guard let told else { return nil }
      return .done(
        WorkerResult(
          contentHash: told.contentHash, modelSetHash: told.modelSetHash, logLines: logLines ?? [],
          jsonLines: jsonLines ?? []))
    case .corrupt: return .corrupt(reason)
    case .unsettled: return .unsettled(reason)
    case .failed: return .failed(reason, mayPass: mayPass ?? false)
    }
  }
}

/// A result whose products stand in the job's work directory.
struct WorkerResult: Sendable, Hashable {
  let contentHash: String
  let modelSetHash: String
  let logLines: [String]
  let jsonLines: [String]
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
      ("mayPass", mayPass.map(JSON.bool)), ("logLines", logLines.map(JSON.strings)),
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
    logLines = json["logLines"]?.elements?.compactMap(\.string)
    jsonLines = json["jsonLines"]?.elements?.compactMap(\.string)
  }
}
