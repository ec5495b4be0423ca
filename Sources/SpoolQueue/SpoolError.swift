package import PosixFiles
import SystemPackage

/// What went wrong with the spool itself.
package struct SpoolError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// A file or directory refused: see `cause`.
    case system
    /// The spool or one of its directories is missing or no directory.
    case notASpool
    /// A directory of the spool is missing that was there: unmounted, or moved away for a while.
    case incomplete
    /// Faults that may pass have not passed for a long time.
    case lasting
    /// The spool's directories lie on more than one file system.
    case severalFileSystems
    /// Another daemon has the spool.
    case locked
    /// A name the intake would ignore or that cannot stand in the inbox.
    case unusableName
    /// The job is no longer where it was: somebody else moved it, or it has ended.
    case gone
    /// The job is in a state that does not allow what was asked.
    case wrongState
  }

  package let code: Code
  /// The path, the file's name or the job.
  package let place: String
  /// For a person: what was tried, on which path, and what to do.
  package let sentence: String
  package let cause: FileError?

  package init(_ code: Code, at place: String, _ sentence: String, cause: FileError? = nil) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.cause = cause
  }

  package init(_ error: FileError) {
    self.init(.system, at: error.place, error.sentence, cause: error)
  }

  /// Whether trying again later may succeed: the disk may be emptied, the lock released.
  package var mayPass: Bool {
    switch code {
    // Directories of ours that are missing, read-only or another file system's now may be mounted again.
    case .system: (cause?.mayPass ?? false) || cause?.cause.map(Self.passing.contains) ?? false
    case .locked, .gone, .incomplete, .severalFileSystems, .lasting: true
    case .notASpool, .unusableName, .wrongState: false
    }
  }

  private static let passing: [Errno] = [
    .noSuchFileOrDirectory, .notDirectory, .directoryNotEmpty, .readOnlyFileSystem, .permissionDenied,
    .notPermitted, .improperLink, .noSuchAddressOrDevice, .operationNotSupportedByDevice,
    .tooManySymbolicLinkLevels,
  ]

  package var description: String { sentence }
}
