/// Exit statuses as in sysexits.h, which init systems and scripts know.
package enum ExitStatus {
  package static let usage: Int32 = 64
  package static let badData: Int32 = 65
  package static let noInput: Int32 = 66
  package static let unavailable: Int32 = 69
  package static let software: Int32 = 70
  package static let cannotCreate: Int32 = 73
  package static let temporaryFailure: Int32 = 75
  package static let configuration: Int32 = 78
}
