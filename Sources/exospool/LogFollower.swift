import PosixFiles
import SpoolQueue
import SystemPackage

/// Reads a growing log by its name: on through rotation (the name belongs to a new file) and truncation.
///
/// It looks rather than listens: a look costs two system calls, and network file systems send no events.
struct LogFollower: ~Copyable {
  private let path: FilePath
  private var log: OpenFile?
  private var identity: FileStatus?
  private var offset: Int64 = 0
  private static let piece = 1 << 16

  init(path: String) { self.path = FilePath(path) }

  /// Places the follower before the last `count` lines and returns whether there is a log at all.
  mutating func seekToLast(lines count: Int) throws(ToolError) -> Bool {
    try follow { (follower: inout LogFollower) throws(FileError) in
      guard try follower.reopen() else { return false }
      follower.offset = try follower.offset(ofLast: count)
      return true
    }
  }

  /// What has come since the last call: the rest of a rotated file first, then the new file from its start.
  mutating func read() throws(ToolError) -> [UInt8] {
    try follow { (follower: inout LogFollower) throws(FileError) in
      var bytes = try follower.readOn()
      // Between rename and the first write of the new file there is nothing by the name; the old one is still open.
      guard let status = try PosixFiles.status(follower.path, followingLinks: true) else { return bytes }
      if let known = follower.identity, known.device == status.device, known.inode == status.inode {
        if status.size < follower.offset {
          follower.offset = 0
          bytes += try follower.readOn()
        }
      } else {
        // The old file may have grown between the look at its content and its rotation.
        bytes += try follower.readOn()
        if try follower.reopen() { bytes += try follower.readOn() }
      }
      return bytes
    }
  }

  private mutating func follow<Result>(
    _ body: (inout LogFollower) throws(FileError) -> Result
  ) throws(ToolError) -> Result {
    do { return try body(&self) } catch { throw ToolError(SpoolError(error)) }
  }

  /// False when there is nothing by the name.
  private mutating func reopen() throws(FileError) -> Bool {
    do {
      let opened = try OpenFile(path, .reading(followingLinks: true))
      identity = try opened.requireRegular()
      log = consume opened
      offset = 0
      return true
    } catch {
      if error.code == .missing { return false }
      throw error
    }
  }

  private mutating func readOn() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let next = try log?.read(upTo: Self.piece, at: offset), !next.isEmpty {
      bytes += next
      offset += Int64(next.count)
    }
    return bytes
  }

  /// Where the last `count` lines begin, read from the end backwards: a log of years costs one block.
  private func offset(ofLast count: Int) throws(FileError) -> Int64 {
    var end = try log?.status().size ?? 0
    guard count > 0 else { return end }
    // The newline that ends the last line begins none.
    var wanted = count + 1
    var isFirst = true
    while end > 0 {
      let start = max(0, end - Int64(Self.piece))
      guard let bytes = try log?.read(upTo: Int(end - start), at: start), let last = bytes.last else {
        return start
      }
      if isFirst, last != UInt8(ascii: "\n") { wanted -= 1 }
      isFirst = false
      for index in bytes.indices.reversed() where bytes[index] == UInt8(ascii: "\n") {
        wanted -= 1
        if wanted == 0 { return start + Int64(index) + 1 }
      }
      end = start
    }
    return 0
  }
}
