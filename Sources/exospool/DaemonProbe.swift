import PosixFiles
import SystemPackage

/// Whether a daemon has the spool, without touching its lock: to try the lock would take it for a moment.
enum DaemonProbe {
  /// The daemon's process, or `nil` when none holds the lock of the spool.
  static func process(of spool: FilePath) -> Int? {
    guard let lock = try? PosixFiles.status(spool.appending(".lock"), followingLinks: true),
      let locks = try? OpenFile("/proc/locks", .reading(followingLinks: false)).readToEnd(limit: 1 << 24)
    else { return nil }
    return process(holding: lock.inode, in: String(decoding: locks, as: UTF8.self))
  }

  /// proc(5): `1: FLOCK  ADVISORY  WRITE 708 08:01:786443 0 EOF`, the inode last in the sixth column. The
  /// device is left out: some file systems show another one here than `stat` does.
  static func process(holding inode: UInt64, in locks: String) -> Int? {
    for line in locks.split(separator: "\n") {
      let columns = line.split(separator: " ")
      guard columns.count >= 6, columns[1] == "FLOCK", let process = Int(columns[4]) else { continue }
      if columns[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode { return process }
    }
    return nil
  }
}
