import Glibc
package import SystemPackage

extension PosixFiles {
  /// Makes `bytes` the content of `path`, durably: the old file is there or the new one, never half of one.
  /// - Parameter synchronizingDirectory: not needed by who puts several files there and syncs the directory once.
  package static func replace(
    _ path: FilePath, with bytes: some Collection<UInt8>, mode: FilePermissions = .sharedForReading,
    synchronizingDirectory: Bool = true
  ) throws(FileError) {
    try replace(path, mode: mode, synchronizingDirectory: synchronizingDirectory) {
      (file: borrowing OpenFile) throws(FileError) in try file.write(bytes)
    }
  }

  /// The same for content that comes piece by piece.
  ///
  /// Temporary name, fsync of the file, checked close, rename, fsync of the directory. What fails leaves nothing behind.
  package static func replace(
    _ path: FilePath, mode: FilePermissions = .sharedForReading, synchronizingDirectory: Bool = true,
    writing write: (borrowing OpenFile) throws(FileError) -> Void
  ) throws(FileError) {
    let directory = path.removingLastComponent()
    let temporary = directory.appending("\(temporaryPrefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    do throws(FileError) {
      try create(temporary, mode: mode, writing: write)
      try rename(temporary, to: path)
    } catch {
      try? unlink(temporary)
      throw error
    }
    if synchronizingDirectory { try synchronizeDirectory(directory) }
  }

  /// Files with such names are nobody's once their writer has gone.
  package static let temporaryPrefix = ".writing-"

  /// A new file with its content durable and closed. Its directory is not yet synced.
  /// - Throws: `exists` when there is one, or a link.
  package static func create(
    _ path: FilePath, mode: FilePermissions = .sharedForReading,
    writing write: (borrowing OpenFile) throws(FileError) -> Void
  ) throws(FileError) {
    let file = try OpenFile(path, .creating(mode))
    try write(file)
    try file.synchronize()
    try file.close()
  }

  /// Writes all bytes to a stream, such as standard output.
  /// - Parameter name: what sentences call it.
  package static func writeStream(
    _ bytes: [UInt8], to stream: FileDescriptor, named name: String
  ) throws(FileError) {
    try write(bytes, stream.rawValue, FilePath(name))
  }

  static func write(
    _ bytes: some Collection<UInt8>, _ descriptor: Int32, _ path: FilePath, at place: Int64? = nil
  ) throws(FileError) {
    let whole = ContiguousArray(bytes)
    var offset = 0
    while offset < whole.count {
      do throws(Errno) {
        let call = SystemCall(.write, path)
        let room = SystemCalls.witness?.room(for: call, count: whole.count - offset) ?? .max
        offset += try attempt(call) {
          whole.withUnsafeBytes {
            let (rest, count) = ($0.baseAddress! + offset, min(room, $0.count - offset))
            guard let place else { return Glibc.write(descriptor, rest, count) }
            return pwrite(descriptor, rest, count, off_t(place) + off_t(offset))
          }
        }
      } catch {
        guard error == .resourceTemporarilyUnavailable else {
          throw FileError(cannot: "write to", path.string, error)
        }
        // A terminal that another program set to non-blocking.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      }
    }
  }
}

extension FilePermissions {
  /// 0644.
  package static let sharedForReading: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
}
