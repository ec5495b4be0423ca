import Glibc
import PlainText
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
    // A full disk keeps nobody from working.
    try? file.write(Self.block("\(getpid())"), at: 0)
    self.file = file
  }

  /// Bytes; the file keeps this size, so that on a full disk, too, there is room for what is said.
  private static let blockSize = 1024

  /// Says beside the process's number how the daemon is, for `DaemonReport`. Where it cannot be said, nothing is.
  /// - Parameter pause: why nothing is taken, a sentence; nil where the daemon works.
  package func say(_ status: String, pause: String?) {
    let lines = ["\(getpid())", pause ?? "", status].map { PlainText.line($0, limit: 300) }
    try? file.write(Self.block(lines.joined(separator: "\n")), at: 0)
  }

  private static func block(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8.prefix(blockSize - 1))
    bytes.append(UInt8(ascii: "\n"))
    return bytes + [UInt8](repeating: UInt8(ascii: " "), count: blockSize - bytes.count)
  }
}

/// What the daemon of a spool said last of how it is.
package struct DaemonReport: Sendable, Hashable {
  package let process: Int
  /// Why nothing is taken; nil where the daemon works.
  package let pause: String?
  package let status: String

  /// Nil where no daemon ever said anything.
  package init?(of root: FilePath) {
    guard let bytes = try? PosixFiles.read(root.appending(".lock"), limit: 1 << 16) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2, let process = Int(lines[0]) else { return nil }
    self.process = process
    pause = lines[1].isEmpty ? nil : String(lines[1])
    status = String(lines[2])
  }
}
