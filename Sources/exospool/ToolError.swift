import SpoolQueue

/// What the tool cannot do: a sentence that names the file and the cure, and the status to exit with.
struct ToolError: Error {
  /// The statuses of sysexits(3) in use here. 64, wrong usage, is the argument parser's own.
  enum Status: Int32 {
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case internalFault = 70
    case systemFault = 71
    case cannotCreate = 73
    case inputOutput = 74
    case temporary = 75
    case noPermission = 77
    case configuration = 78
  }

  let status: Status
  let message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension ToolError {
  init(_ error: SpoolError) {
    let status: Status =
      switch error.code {
      case .notASpool, .severalFileSystems: .configuration
      case .locked: .temporary
      case .unusableName: .badData
      case .gone, .wrongState: .unavailable
      case .system: error.isTemporary ? .temporary : .inputOutput
      }
    self.init(status, error.message)
  }
}
