/// Why a checkpoint cannot be resumed from, or a training set not be used.
package struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case badCheckpoint, otherSettings, noTrainingSet, badTrainingSet, notFinite, cannotWrite
  }

  package let code: Code
  package let path: String
  package let detail: String

  package init(_ code: Code, path: String, detail: String) {
    self.code = code
    self.path = path
    self.detail = detail
  }

  package var description: String { "\(path): \(detail)" }
}
