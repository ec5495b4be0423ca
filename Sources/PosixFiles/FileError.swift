package import SystemPackage

/// What a file or directory refused.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    case missing
    case exists
    case notPermitted
    /// A symbolic link where none is followed.
    case isLink
    case notRegular
    /// More bytes than the limit of the read; `size` is what there is.
    case tooLarge(size: Int)
    /// Its size or time of change was another one after the read.
    case changed
    /// Any other failed system call: see `cause`.
    case system
  }

  package let code: Code
  /// The path, or what a descriptor stands for.
  package let place: String
  /// What was tried, on which path, and why it did not work.
  package let sentence: String
  package let cause: Errno?

  package init(_ code: Code, place: String, sentence: String, cause: Errno? = nil) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.cause = cause
  }

  /// `cannot <action> <path>: <reason>`
  init(cannot action: String, _ place: String, _ cause: Errno) {
    let code: Code =
      switch cause {
      case .noSuchFileOrDirectory: .missing
      case .fileExists: .exists
      case .permissionDenied, .notPermitted: .notPermitted
      case .tooManySymbolicLinkLevels: .isLink
      default: .system
      }
    self.init(code, place: place, sentence: "cannot \(action) \(place): \(cause)", cause: cause)
  }

  /// Whether another attempt may succeed: the disk may be emptied, memory or descriptors become free.
  package var mayPass: Bool {
    guard let cause else { return code == .changed }
    return [
      .noSpace, .diskQuotaExceeded, .ioError, .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noMemory,
      .resourceTemporarilyUnavailable, .interrupted, .resourceBusy, .staleNFSFileHandle,
    ].contains(cause)
  }

  /// The system's word on it, or the sentence where the system has none.
  package var reason: String { cause?.description ?? sentence }

  package var description: String { sentence }
}
