import Glibc
import SystemPackage

/// The few system calls the spool stands on, each with its errors turned into a sentence.
/// Every descriptor is opened close-on-exec: a worker process inherits nothing of the spool.
enum FileSystem {
  struct Status {
    let device: UInt64
    let inode: UInt64
    let mode: UInt32
    let size: Int64
    let modified: Timestamp
    let changed: Timestamp

    var isRegular: Bool { mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  }

  /// Nil when there is nothing by that name. Never follows a link in the last component.
  static func status(_ path: FilePath) throws(SpoolError) -> Status? {
    var buffer = stat()
    let result = path.withPlatformString { lstat($0, &buffer) }
    if result != 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("look at", path.string)
    }
    func time(_ value: timespec) -> Timestamp {
      Timestamp(nanoseconds: Int64(value.tv_sec) &* 1_000_000_000 &+ Int64(value.tv_nsec))
    }
    return Status(
      device: UInt64(buffer.st_dev), inode: UInt64(buffer.st_ino), mode: UInt32(buffer.st_mode),
      size: Int64(buffer.st_size), modified: time(buffer.st_mtim), changed: time(buffer.st_ctim))
  }

  /// All names in a directory but `.` and `..`, in the order the file system gives them.
  static func names(in directory: FilePath) throws(SpoolError) -> [FileName] {
    guard let stream = directory.withPlatformString({ opendir($0) }) else {
      throw .system("read the directory", directory.string)
    }
    defer { closedir(stream) }
    var names: [FileName] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { start in
          Array(UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) })
        }
      }
      if bytes == [UInt8(ascii: ".")] || bytes == Array("..".utf8) { continue }
      names.append(FileName(bytes: bytes))
    }
    if errno != 0 { throw .system("read the directory", directory.string) }
    return names
  }

  /// False when the source is gone: somebody else was quicker.
  static func rename(_ source: FilePath, _ target: FilePath) throws(SpoolError) -> Bool {
    let result = source.withPlatformString { from in target.withPlatformString { Glibc.rename(from, $0) } }
    if result == 0 { return true }
    if errno == ENOENT { return false }
    throw .system("rename \(source.string) to", target.string)
  }

  /// Renames unless the target exists. False when it does.
  static func renameWithoutReplacing(_ source: FilePath, _ target: FilePath) throws(SpoolError) -> Bool {
    // A hard link fails where the target exists, on every file system and kernel, which rename does not.
    let result = source.withPlatformString { from in target.withPlatformString { link(from, $0) } }
    if result != 0 {
      if errno == EEXIST { return false }
      throw .system("rename \(source.string) to", target.string)
    }
    try unlink(source)
    return true
  }

  /// No error when there is nothing to remove.
  static func unlink(_ path: FilePath) throws(SpoolError) {
    if path.withPlatformString({ Glibc.unlink($0) }) != 0 && errno != ENOENT {
      throw .system("remove", path.string)
    }
  }

  /// Removes a directory of ours and all it holds; links are removed, never followed.
  static func removeTree(_ path: FilePath) throws(SpoolError) {
    guard let status = try status(path) else { return }
    guard status.isDirectory else { return try unlink(path) }
    for name in try names(in: path) { try removeTree(path.appending(name)) }
    if path.withPlatformString({ rmdir($0) }) != 0 && errno != ENOENT { throw .system("remove", path.string) }
  }

  /// True when the directory is new.
  @discardableResult
  static func makeDirectory(_ path: FilePath, mode: mode_t = 0o755) throws(SpoolError) -> Bool {
    if path.withPlatformString({ mkdir($0, mode) }) == 0 { return true }
    if errno == EEXIST { return false }
    throw .system("create the directory", path.string)
  }

  static func synchronizeDirectory(_ path: FilePath) throws(SpoolError) {
    let descriptor = path.withPlatformString { openReadOnly($0, O_DIRECTORY) }
    guard descriptor >= 0 else { throw .system("open the directory", path.string) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw .system("make durable", path.string) }
  }

  /// Writes under a temporary name, fsyncs, renames: the file is there whole or not at all.
  /// The directory is not yet synced: the caller does so once for several files.
  static func write(_ bytes: [UInt8], to path: FilePath) throws(SpoolError) {
    var temporary = path.removingLastComponent()
    temporary.append(FileName(".writing-\(getpid())-\(UInt32.random(in: 0...UInt32.max))").component)
    do throws(SpoolError) {
      let descriptor = temporary.withPlatformString { createExclusively($0, 0o640) }
      guard descriptor >= 0 else { throw SpoolError.system("create", temporary.string) }
      try writeAll(bytes, to: descriptor, path: temporary)
      if fsync(descriptor) != 0 {
        let error = SpoolError.system("make durable", temporary.string)
        close(descriptor)
        throw error
      }
      // A failed close of a written file is lost data.
      if close(descriptor) != 0 { throw SpoolError.system("close", temporary.string) }
      _ = try rename(temporary, path)
    } catch {
      _ = temporary.withPlatformString { Glibc.unlink($0) }
      throw error
    }
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: FilePath) throws(SpoolError) {
    var offset = 0
    while offset < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .system("write to", path.string)
      }
      offset += written
    }
  }

  /// At most `limit` bytes of a small file of ours; nil when there is none.
  static func read(_ path: FilePath, limit: Int = 16 << 20) throws(SpoolError) -> [UInt8]? {
    let descriptor = path.withPlatformString { openReadOnly($0, O_NOFOLLOW) }
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw .system("open", path.string)
    }
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  static func read(_ descriptor: Int32, path: FilePath, limit: Int) throws(SpoolError) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while result.count < limit {
      let wanted = min(buffer.count, limit - result.count)
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress!, wanted) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw .system("read", path.string)
      }
      result += buffer[..<count]
    }
    return result
  }

  static func openReadOnly(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    open(path, O_RDONLY | O_CLOEXEC | flags)
  }

  static func createExclusively(_ path: UnsafePointer<CChar>, _ mode: mode_t) -> Int32 {
    open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
  }
}

extension FileName {
  /// The name as a path component; names come from a directory, so they hold neither `/` nor NUL.
  var component: FilePath.Component {
    var characters = bytes.map { CChar(bitPattern: $0) }
    characters.append(0)
    guard
      let component = characters.withUnsafeBufferPointer({
        FilePath.Component(platformString: $0.baseAddress!)
      })
    else { preconditionFailure("a file name is one path component") }
    return component
  }
}

extension FilePath {
  func appending(_ name: FileName) -> FilePath { appending(name.component) }
}
