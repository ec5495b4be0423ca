import JobContract
import PosixFiles
import SpoolQueue

/// What the tool cannot do; the code is the status to exit with.
struct ToolError: Error {
  let code: ExitStatus
  /// A path, a job or a name, where the fault has a place.
  let place: String?
  /// Names the file and the cure.
  let sentence: String
  let cause: (any Error)?

  init(_ code: ExitStatus, at place: String? = nil, _ sentence: String, cause: (any Error)? = nil) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.cause = cause
  }
}

extension ToolError {
  init(_ error: SpoolError) {
    let code: ExitStatus =
      switch error.code {
      case .notASpool, .severalFileSystems, .incomplete: .configuration
      case .lasting, .locked: .temporary
      case .unusableName: .badData
      case .gone, .wrongState: .unavailable
      // What the daemon waits out is for who asks to mend.
      case .system:
        error.cause?.mayPass == true ? .temporary : error.cause.map(Self.code) ?? .inputOutput
      }
    let cure = error.cause?.code == .notPermitted ? SpoolOwner.cure(forRefusalAt: error.place) : nil
    self.init(code, at: error.place, error.sentence + (cure.map { "; \($0)" } ?? ""), cause: error)
  }

  init(_ error: FileError) {
    let cure = error.code == .notRegular ? "; name the files themselves" : ""
    self.init(Self.code(of: error), at: error.place, error.sentence + cure, cause: error)
  }

  private static func code(of error: FileError) -> ExitStatus {
    switch error.code {
    case .missing, .isLink, .notRegular: .noInput
    case .notPermitted: .noPermission
    case .tooLarge: .badData
    case .changed: .temporary
    case .exists, .system: .inputOutput
    }
  }
}
