import Glibc

/// Reads a growing log by its name: on through rotation (the name belongs to a new file) and truncation.
///
/// It looks rather than listens: a look costs two system calls, and network file systems send no events.
struct LogFollower: ~Copyable {
  private let path: String
  private var descriptor: Int32 = -1
  private var identity: (device: UInt, inode: UInt) = (0, 0)
  private var offset = 0

  init(path: String) { self.path = path }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Places the follower before the last `count` lines and returns whether there is a log at all.
  mutating func seekToLast(lines count: Int) throws(ToolError) -> Bool {
    guard try reopen() else { return false }
    offset = try Self.offset(ofLast: count, lines: descriptor, path: path)
    return true
  }

  /// What has come since the last call: the rest of a rotated file first, then the new file from its start.
  mutating func read() throws(ToolError) -> [UInt8] {
    var bytes = descriptor >= 0 ? try readOn() : []
    var status = stat()
    // Between rename and the first write of the new file there is nothing by the name; the old one is still open.
    guard stat(path, &status) == 0 else { return bytes }
    let isSame = descriptor >= 0 && (UInt(status.st_dev), UInt(status.st_ino)) == identity
    if isSame {
      if status.st_size < offset {
        offset = 0
        bytes += try readOn()
      }
    } else {
      // The old file may have grown between the look at its content and its rotation.
      if descriptor >= 0 { bytes += try readOn() }
      if try reopen() { bytes += try readOn() }
    }
    return bytes
  }

  private mutating func reopen() throws(ToolError) -> Bool {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else {
      if errno == ENOENT { return false }
      throw ToolError(errno == EACCES ? .noPermission : .noInput, "cannot open \(path): \(Files.reason())")
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw ToolError(.noInput, "\(path) is not a regular file")
    }
    if descriptor >= 0 { close(descriptor) }
    descriptor = opened
    identity = (UInt(status.st_dev), UInt(status.st_ino))
    offset = 0
    return true
  }

  private mutating func readOn() throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, offset)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw ToolError(.inputOutput, "cannot read \(path): \(Files.reason())")
      }
      bytes += buffer[..<count]
      offset += count
    }
  }

  /// Where the last `count` lines begin, read from the end backwards: a log of years costs one block.
  private static func offset(ofLast count: Int, lines descriptor: Int32, path: String) throws(ToolError)
    -> Int
  {
    var end = lseek(descriptor, 0, SEEK_END)
    guard count > 0, end > 0 else { return max(0, end) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // The newline that ends the last line begins none.
    var wanted = count + 1
    var isFirst = true
    while end > 0 {
      let start = max(0, end - buffer.count)
      let length = pread(descriptor, &buffer, end - start, start)
      guard length > 0 else { throw ToolError(.inputOutput, "cannot read \(path): \(Files.reason())") }
      if isFirst, buffer[length - 1] != UInt8(ascii: "\n") { wanted -= 1 }
      isFirst = false
      for index in stride(from: length - 1, through: 0, by: -1) where buffer[index] == UInt8(ascii: "\n") {
        wanted -= 1
        if wanted == 0 { return start + index + 1 }
      }
      end = start
    }
    return 0
  }
}
