import Glibc

/// What went wrong with the spool itself.
package struct SpoolError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    /// A system call failed.
    case system(errno: Int32)
    /// The spool or one of its directories is missing or no directory.
    case notASpool
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
  /// The sentence for a person: what was tried, on which path, and what to do.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  static func system(_ action: String, _ path: String, errno error: Int32 = errno) -> SpoolError {
    SpoolError(.system(errno: error), "cannot \(action) \(path): \(String(cString: strerror(error)))")
  }

  /// Whether trying again later may succeed: the disk may be emptied, the lock released.
  package var mayPass: Bool {
    switch code {
    case .system(let error):
      [ENOSPC, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM, EAGAIN, EINTR, EBUSY, ESTALE].contains(error)
    case .locked, .gone: true
    case .notASpool, .severalFileSystems, .unusableName, .wrongState: false
    }
  }

  package var description: String { message }
}
