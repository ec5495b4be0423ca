import Glibc
package import SystemPackage

/// Files and directories: read whole, written whole, replaced durably. The only place of the project with these calls.
///
/// Each call goes by `SystemCalls.witness`, begins anew when a signal interrupted it, and has its error as a
/// sentence. Every descriptor is opened close-on-exec: no worker process inherits it.
package enum PosixFiles {
  /// Makes a call that returns less than 0 and sets errno when it fails.
  static func attempt<Result: SignedInteger>(
    _ call: SystemCall, _ body: () -> Result
  ) throws(Errno) -> Result {
    try SystemCalls.witness?.before(call)
    while true {
      let result = body()
      if result >= 0 { return result }
      let error = Errno(rawValue: errno)
      if error != .interrupted { throw error }
    }
  }

  /// The same for a call on a path, its error as a sentence that begins `cannot <action>`.
  @discardableResult
  static func attempt(
    _ name: SystemCall.Name, _ action: String, _ path: FilePath, _ body: (UnsafePointer<CChar>) -> Int32
  ) throws(FileError) -> Int32 {
    do {
      return try attempt(SystemCall(name, path)) { path.withPlatformString(body) }
    } catch {
      throw FileError(cannot: action, path.string, error)
    }
  }
}

/// What tells whether a file is as it was: whoever writes to it, or puts another one in its place, changes one of these.
package struct FileStamp: Sendable, Hashable, CustomStringConvertible {
  /// Bytes.
  package let size: Int64
  /// Nanoseconds since 1970-01-01T00:00:00Z: of the content, and of the inode, which no program can set back.
  package let modified: Int64
  package let changed: Int64
  package let inode: UInt64

  /// Four numbers with blanks between them.
  package var description: String { "\(size) \(modified) \(changed) \(inode)" }

  /// Nil for a text that is no `description`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: " ")
    guard parts.count == 4, let size = Int64(parts[0]), let modified = Int64(parts[1]),
      let changed = Int64(parts[2]), let inode = UInt64(parts[3])
    else { return nil }
    (self.size, self.modified, self.changed, self.inode) = (size, modified, changed, inode)
  }

  fileprivate init(_ status: FileStatus) {
    (size, modified, changed, inode) = (status.size, status.modified, status.changed, status.inode)
  }
}

/// What the file system says of a name.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case regular, directory, link, pipe, socket, device
  }

  package let device: UInt64
  package let inode: UInt64
  package let kind: Kind
  /// Bytes.
  package let size: Int64
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  package let modified: Int64
  /// The same for the last change of the inode, which no copying program can set back.
  package let changed: Int64

  init(_ status: stat) {
    func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    size = Int64(status.st_size)
    modified = nanoseconds(status.st_mtim)
    changed = nanoseconds(status.st_ctim)
  }

  package var stamp: FileStamp { FileStamp(self) }
}

extension PosixFiles {
  /// Nil when there is nothing by that name.
  package static func status(
    _ path: FilePath, followingLinks: Bool = false
  ) throws(FileError) -> FileStatus? {
    var buffer = stat()
    do {
      try attempt(.look, "look at", path) { followingLinks ? stat($0, &buffer) : lstat($0, &buffer) }
      return FileStatus(buffer)
    } catch {
      if error.code == .missing || error.cause == .notDirectory { return nil }
      throw error
    }
  }

  /// Whether the effective user may read the file.
  package static func isReadable(_ path: FilePath) -> Bool {
    path.withPlatformString { faccessat(AT_FDCWD, $0, R_OK, AT_EACCESS) } == 0
  }

  /// Bytes an unprivileged process may still write on the file system of `path`; nil when it cannot be asked.
  package static func freeBytes(at path: FilePath) -> UInt64? {
    var status = statvfs()
    let result: Int32 = path.withPlatformString { statvfs($0, &status) }
    return result == 0 ? UInt64(status.f_bavail) * UInt64(status.f_frsize) : nil
  }
}
