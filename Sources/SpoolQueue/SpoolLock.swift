import Glibc
import PosixFiles
package import SystemPackage

/// The right to run the spool. One daemon has it; the kernel takes it back when that daemon ends, however.
///
/// The lock belongs to an open file that no worker process inherits.
package struct SpoolLock: ~Copyable, Sendable {
  private let file: OpenFile

  /// - Throws: `locked`, naming the process that has the spool.
  package init(root: FilePath) throws(SpoolError) {
    let path = root.appending(".lock")
    let file = try spool { () throws(FileError) in try OpenFile(path, .updating(.sharedForReading)) }
    let isOurs = try spool { () throws(FileError) in try file.lock() }
    guard isOurs else {
      let holder = try spool { () throws(FileError) in try file.read(upTo: 32) }
      let process = String(decoding: holder.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      throw SpoolError(
        .locked, at: root.string,
        "another exospoold (process \(process)) already runs the spool \(root.string)")
    }
    try spool { () throws(FileError) in
      try file.truncate(to: 0)
      try file.write(Array("\(getpid())\n".utf8))
    }
    self.file = file
  }
}
