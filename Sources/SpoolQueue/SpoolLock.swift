import Glibc
package import SystemPackage

/// The right to run the spool. One daemon has it; the kernel takes it back when that daemon ends, however.
///
/// The lock belongs to an open file that no worker process inherits.
package struct SpoolLock: ~Copyable, Sendable {
  private let descriptor: Int32

  /// - Throws: `locked`, naming the process that has the spool.
  package init(root: FilePath) throws(SpoolError) {
    descriptor = try Self.lock(root.appending(".lock"), root)
  }

  private static func lock(_ path: FilePath, _ root: FilePath) throws(SpoolError) -> Int32 {
    let descriptor = path.withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644) }
    guard descriptor >= 0 else { throw .system("open", path.string) }
    do throws(SpoolError) {
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK else { throw SpoolError.system("lock", path.string) }
        let holder = try FileSystem.read(descriptor, path: path, limit: 32)
        let process = String(decoding: holder.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        throw SpoolError(
          .locked, "another exospoold (process \(process)) already runs the spool \(root.string)")
      }
      if ftruncate(descriptor, 0) != 0 { throw SpoolError.system("write to", path.string) }
      try FileSystem.writeAll(Array("\(getpid())\n".utf8), to: descriptor, path: path)
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}
