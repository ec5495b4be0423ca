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
    self.file = file
    say(nil)
  }

  /// Bytes of the file, always the same: a full disk has room for what was there before.
  private static let size = 512

  /// Writes down, for the operator's tool, who has the spool and why nothing is begun. What cannot be written is left out.
  package func say(_ pause: String?) {
    var bytes = Array("\(getpid())\n".utf8)
    if let pause {
      // Cut between two characters.
      var line = PlainText.line(pause, limit: Self.size)
      while bytes.count + line.utf8.count + 1 > Self.size { line.removeLast() }
      bytes += Array("\(line)\n".utf8)
    }
    bytes += Array(repeating: UInt8(ascii: "\n"), count: Self.size - bytes.count)
    try? file.write(bytes, at: 0)
  }

  /// Why the daemon that has the spool begins nothing; nil when it does.
  package static func pause(of root: FilePath) -> String? {
    guard let bytes = try? PosixFiles.read(root.appending(".lock"), limit: 1 << 16) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.count > 1 ? String(lines[1]) : nil
  }
}
