import Glibc
package import SystemPackage

/// An open file. It closes itself when it goes; who has written to it calls `close()`, for a failed close is lost data.
package struct OpenFile: ~Copyable, Sendable {
  package enum Access: Sendable {
    /// Without waiting at a pipe or a terminal.
    case reading(followingLinks: Bool)
    /// A new file: `exists` when there is one, or a link.
    case creating(FilePermissions)
    /// Every write goes to the end; made where missing; no link is followed.
    case appending(FilePermissions)
    /// Reading and writing at any place; made where missing; no link is followed.
    case updating(FilePermissions)

    fileprivate var flags: Int32 {
      switch self {
      case .reading(let followingLinks):
        O_RDONLY | O_NONBLOCK | O_NOCTTY | (followingLinks ? 0 : O_NOFOLLOW)
      case .creating: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      case .appending: O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW
      case .updating: O_RDWR | O_CREAT | O_NOFOLLOW
      }
    }

    fileprivate var mode: mode_t {
      switch self {
      case .reading: 0
      case .creating(let permissions), .appending(let permissions), .updating(let permissions):
        permissions.rawValue
      }
    }
  }

  package let path: FilePath
  private var descriptor: Int32

  package init(_ path: FilePath, _ access: Access) throws(FileError) {
    let isNew = if case .creating = access { true } else { false }
    descriptor = try PosixFiles.attempt(isNew ? .create : .open, isNew ? "create" : "open", path) {
      Glibc.open($0, access.flags | O_CLOEXEC, access.mode)
    }
    self.path = path
  }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  package consuming func close() throws(FileError) {
    let open = descriptor
    descriptor = -1
    var refusal: Errno?
    // What the witness refuses fails, but a descriptor is never lost.
    do { try SystemCalls.witness?.before(SystemCall(.close, path)) } catch { refusal = error }
    let status = Glibc.close(open)
    if let error = refusal ?? (status == 0 ? nil : Errno(rawValue: errno)) {
      throw FileError(cannot: "close", path.string, error)
    }
  }

  package func status() throws(FileError) -> FileStatus {
    var buffer = stat()
    try attempt(.look, "look at") { fstat(descriptor, &buffer) }
    return FileStatus(buffer)
  }

  /// - Throws: `notRegular` for a pipe, a directory and the like.
  @discardableResult
  package func requireRegular() throws(FileError) -> FileStatus {
    let status = try status()
    guard status.kind == .regular else {
      throw FileError(.notRegular, place: path.string, sentence: "\(path.string) is not a regular file")
    }
    return status
  }

  // MARK: Reading

  /// The rest of the file from where it stands.
  /// - Throws: `tooLarge` when there are more than `limit` bytes.
  package func readToEnd(limit: Int) throws(FileError) -> [UInt8] {
    try PosixFiles.read(descriptor, path, limit: limit, expecting: 0)
  }

  /// The next bytes, at most `count`; none at the end of the file.
  package func read(upTo count: Int) throws(FileError) -> [UInt8] {
    try bytes(upTo: count) { Glibc.read(descriptor, $0, count) }
  }

  /// The bytes from `offset` on, at most `count`; where the file stands stays as it is.
  package func read(upTo count: Int, at offset: Int64) throws(FileError) -> [UInt8] {
    try bytes(upTo: count) { pread(descriptor, $0, count, off_t(offset)) }
  }

  private func bytes(
    upTo count: Int, _ body: (UnsafeMutableRawPointer?) -> Int
  ) throws(FileError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let filled = try attempt(.read, "read") { buffer.withUnsafeMutableBytes { body($0.baseAddress) } }
    buffer.removeLast(count - filled)
    return buffer
  }

  /// Reads the whole of a regular file that nobody writes to.
  func readWhole(limit: Int) throws(FileError) -> (bytes: [UInt8], stamp: FileStamp) {
    let before = try requireRegular()
    guard before.size <= limit else {
      throw PosixFiles.tooLarge(path, size: Int(before.size), limit: limit)
    }
    let bytes: [UInt8]
    do {
      bytes = try PosixFiles.read(descriptor, path, limit: limit, expecting: Int(before.size))
    } catch {
      // It was small enough a moment ago.
      if case .tooLarge = error.code { throw changed }
      throw error
    }
    let after = try status()
    guard bytes.count == before.size, after.stamp == before.stamp else { throw changed }
    return (bytes, after.stamp)
  }

  private var changed: FileError {
    FileError(.changed, place: path.string, sentence: "\(path.string) changed while it was read")
  }

  // MARK: Writing

  package func write(_ bytes: some Collection<UInt8>) throws(FileError) {
    try PosixFiles.write(bytes, descriptor, path)
  }

  /// From `offset` on; where the file stands stays as it is.
  package func write(_ bytes: some Collection<UInt8>, at offset: Int64) throws(FileError) {
    try PosixFiles.write(bytes, descriptor, path, at: offset)
  }

  /// Content and size outlive a power cut from here on.
  package func synchronize() throws(FileError) {
    try attempt(.fsync, "make durable") { fsync(descriptor) }
  }

  /// The same without the times, for a file that only grows.
  package func synchronizeContent() throws(FileError) {
    try attempt(.fdatasync, "make durable") { fdatasync(descriptor) }
  }

  package func truncate(to size: Int64) throws(FileError) {
    try attempt(.truncate, "truncate") { ftruncate(descriptor, off_t(size)) }
  }

  /// Takes the lock that goes with this open file; false when another open file has it.
  package func lock() throws(FileError) -> Bool {
    do {
      try attempt(.lock, "lock") { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.cause == .wouldBlock { return false }
      throw error
    }
  }

  @discardableResult
  private func attempt<Result: SignedInteger>(
    _ name: SystemCall.Name, _ action: String, _ body: () -> Result
  ) throws(FileError) -> Result {
    do {
      return try PosixFiles.attempt(SystemCall(name, path), body)
    } catch {
      throw FileError(cannot: action, path.string, error)
    }
  }
}
