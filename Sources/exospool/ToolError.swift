import JobContract
import SpoolQueue

/// What the tool cannot do: a sentence that names the file and the cure, and the status to exit with.
struct ToolError: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension ToolError {
  init(_ error: SpoolError) {
    let status: ExitStatus =
      switch error.code {
      case .notASpool, .severalFileSystems: .configuration
      case .locked: .temporary
      case .unusableName: .badData
      case .gone, .wrongState: .unavailable
      case .system: error.mayPass ? .temporary : .inputOutput
      }
    self.init(status, error.message)
  }
}
