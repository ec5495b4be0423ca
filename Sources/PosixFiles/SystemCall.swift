package import SystemPackage

/// A system call on the disk, as a witness sees it before it is made.
package struct SystemCall: Sendable, Hashable, CustomStringConvertible {
  package enum Name: String, Sendable {
    case open, create, read, write, fsync, fdatasync, close, truncate, lock
    case rename, link, unlink, removeDirectory, makeDirectory, setMode
    case look, list, synchronizeDirectory
  }

  package let name: Name
  /// Of a rename or link: what is there before.
  package let path: FilePath
  /// Of a rename or link: what is there afterwards.
  package let target: FilePath?

  init(_ name: Name, _ path: FilePath, target: FilePath? = nil) {
    self.name = name
    self.path = path
    self.target = target
  }

  package var description: String {
    "\(name.rawValue) \(path.string)" + (target.map { " -> \($0.string)" } ?? "")
  }

  /// Whether the disk is another one afterwards, or what was written before outlives a power cut.
  package var changesTheDisk: Bool {
    switch name {
    case .open, .read, .look, .list, .lock: false
    default: true
    }
  }
}

/// Sees every system call of `PosixFiles` before it is made, and may have it fail.
///
/// The seam for tests: one records the calls and fails the n-th, or all from the n-th on, as if the process were gone.
package protocol SystemCallWitness: Sendable {
  /// - Throws: the error that the call is to have; it is then not made. Only a close is made all the same.
  func before(_ call: SystemCall) throws(Errno)
  /// How many of `count` bytes a write may write: less is a write cut short, as on a disk that fills up.
  func room(for call: SystemCall, count: Int) -> Int
}

extension SystemCallWitness {
  package func room(for call: SystemCall, count: Int) -> Int { count }
}

package enum SystemCalls {
  /// Nobody, but in tests: bound to a task and those it starts, so that tests side by side do not see each other.
  @TaskLocal package static var witness: (any SystemCallWitness)?
}
