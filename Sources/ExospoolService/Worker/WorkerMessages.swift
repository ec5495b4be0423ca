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

  init(_ kind: Kind, reason: String? = nil) {
    self.kind = kind
    self.reason = reason
  }
}

/// The supervisor's word on a hash: one line.
enum WorkerDecision: String, Sendable {
  case analyze, skip
}
