/// Exit statuses of all programs as in sysexits.h, which init systems and scripts know.
package enum ExitStatus: Int32, Sendable, Hashable {
  /// The argument parser's own.
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case internalFault = 70
  case cannotCreate = 73
  case inputOutput = 74
  case temporary = 75
  case noPermission = 77
  case configuration = 78
}
