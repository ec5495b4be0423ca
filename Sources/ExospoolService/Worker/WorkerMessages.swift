import JobContract

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// What the supervisor asks of a worker: one line of JSON on its standard input.
struct WorkerRequest: Codable, Sendable {
  var path: String
  /// Printable.
  var name: String
  var scratch: String
  var isYoung: Bool
  var sizeLimit: Int
}

/// What a worker answers: a line with the content's hash, and after `WorkerDecision.analyze` a line with the outcome.
struct WorkerAnswer: Codable, Sendable {
  enum Kind: String, Codable, Sendable {
    case ready, hash, done, corrupt, unsettled, failed
  }

  var kind: Kind
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

  /// Nil where the answer is none on a job, or one before the content's hash was told.
  func outcome(contentHash: String?, modelSetHash: String) -> JobOutcome<WorkerResult>? {
    let reason = reason ?? "no reason was given"
    switch kind {
    case .ready, .hash: return nil
    case .done:
      guard let contentHash else { return nil }
      return .done(
        WorkerResult(
          contentHash: contentHash, modelSetHash: modelSetHash, logLines: logLines ?? [],
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

extension Encodable {
  /// As one line of JSON.
  var line: [UInt8]? { (try? JSONEncoder().encode(self)).map(Array.init) }
}

extension Decodable {
  /// Nil for a line that is no such message.
  init?(line: [UInt8]) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(line)) else { return nil }
    self = value
  }
}
