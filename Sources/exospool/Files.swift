import Glibc

/// The few system calls the tool makes itself, with errors as sentences.
enum Files {
  /// Records have kilobytes; what is far beyond is no record, and is not read into memory.
  static let largestInput = 64 << 20

  /// Bytes of a regular file, at most `limit`.
  static func read(_ path: String, limit: Int = largestInput) throws(ToolError) -> [UInt8] {
    // Without O_NONBLOCK the open of a FIFO waits for a writer that may never come.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ToolError(errno == EACCES ? .noPermission : .noInput, "cannot open \(path): \(reason())")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw ToolError(.inputOutput, "cannot look at \(path): \(reason())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ToolError(.noInput, "\(path) is not a regular file; name the files themselves")
    }
    guard status.st_size <= limit else {
      throw ToolError(
        .badData, "\(path) has \(status.st_size) bytes; a planet record is far smaller than \(limit) bytes")
    }
    return try read(descriptor, name: path, limit: limit)
  }

  static func requireRegular(_ path: String) throws(ToolError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ToolError(.noInput, "cannot open \(path): \(reason())") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ToolError(.noInput, "\(path) is not a regular file; name the files themselves")
    }
  }

  static func read(_ descriptor: Int32, name: String, limit: Int) throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw ToolError(.inputOutput, "cannot read \(name): \(reason())")
      }
      bytes += buffer[..<count]
    }
    return bytes
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(ToolError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          // A terminal that another program set to non-blocking.
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, -1)
          continue
        }
        throw ToolError(.inputOutput, "cannot write to \(name): \(reason())")
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes under a temporary name, fsyncs and renames: the file is there whole or not at all.
  static func replace(_ path: String, with bytes: [UInt8]) throws(ToolError) {
    let temporary = path + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw ToolError(.cannotCreate, "cannot create \(temporary): \(reason())") }
    do throws(ToolError) {
      defer { close(descriptor) }
      try write(bytes, to: descriptor, name: temporary)
      guard fsync(descriptor) == 0 else {
        throw ToolError(.inputOutput, "cannot write \(temporary) to the disk: \(reason())")
      }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let failure = ToolError(.cannotCreate, "cannot rename \(temporary) to \(path): \(reason())")
      unlink(temporary)
      throw failure
    }
  }

  /// Creates the directory and those above it.
  static func makeDirectory(_ path: String) throws(ToolError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex {
      try makeDirectory(String(path[..<slash]))
      if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    }
    throw ToolError(.cannotCreate, "cannot create the directory \(path): \(reason())")
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The last component of a path, bytes as they are.
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func reason(_ error: Int32 = errno) -> String { String(cString: strerror(error)) }
}
