import Glibc
import SystemPackage

/// Bytes an unprivileged process may still write on the file system of `path`; nil when it cannot be asked.
func freeDiskSpace(_ path: FilePath) -> UInt64? {
  var status = statvfs()
  let result: Int32 = path.withPlatformString { statvfs($0, &status) }
  return result == 0 ? UInt64(status.f_bavail) * UInt64(status.f_frsize) : nil
}
