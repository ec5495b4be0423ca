import PosixFiles
import Synchronization
import SystemPackage

/// A log that only grows, by whole lines: what a kill or a full disk cut off is taken back.
final class LogFile: Sendable {
  private let file: OpenFile
  /// Whether half a line may stand at the end, which could not be taken back yet.
  private let isTorn = Mutex(true)

  /// Created where missing.
  init(_ path: FilePath) throws(FileError) {
    file = try OpenFile(path, .appending(.sharedForReading))
    try append([])
  }

  /// All lines or none. They are not yet durable.
  func append(_ lines: [String]) throws(FileError) {
    try isTorn.withLock { isTorn throws(FileError) in
      if isTorn { try cutTornLine() }
      isTorn = false
      if lines.isEmpty { return }
      let size = try file.status().size
      do throws(FileError) {
        try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
      } catch {
        isTorn = true
        if (try? file.truncate(to: size)) != nil { isTorn = false }
        throw error
      }
    }
  }

  /// All lines so far outlive a power cut from here on.
  func synchronize() throws(FileError) { try file.synchronizeContent() }

  /// Bytes looked through at the end of a log.
  private static let longestEnd: Int64 = 8 << 20

  /// The last bytes of a log, and where they begin.
  private static func end(
    of log: borrowing OpenFile
  ) throws(FileError) -> (bytes: [UInt8], start: Int64) {
    let size = try log.status().size
    let start = max(0, size - longestEnd)
    return (try log.read(upTo: Int(size - start), at: start), start)
  }

  private func cutTornLine() throws(FileError) {
    let (bytes, start) = try Self.end(of: file)
    guard let last = bytes.last, last != UInt8(ascii: "\n") else { return }
    try file.truncate(to: bytes.lastIndex(of: UInt8(ascii: "\n")).map { start + Int64($0) + 1 } ?? start)
  }

  /// The whole lines near the end of a log; none where there is no such file.
  static func lastLines(of path: FilePath) throws(FileError) -> [Substring] {
    do {
      let (bytes, start) = try end(of: OpenFile(path, .reading(followingLinks: false)))
      var lines = String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      // Behind the last line break is nothing, or half a line; before the first one is half a line, if it is not the file's.
      lines.removeLast()
      if start > 0, !lines.isEmpty { lines.removeFirst() }
      return lines
    } catch {
      if error.code == .missing { return [] }
      throw error
    }
  }
}
