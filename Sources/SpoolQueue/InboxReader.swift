import Glibc
import PosixFiles
package import SystemPackage

/// By whose rights a file in the inbox counts as readable.
package enum InboxReader: Sendable {
  /// The effective user's own, with access lists and all: those of the daemon that asks.
  case caller
  /// Those of another user by the permissions alone, as nobody else can ask for them.
  case other(user: UInt32, groups: Set<UInt32>, name: String)

  /// The user whose spool it is, in whose name the daemon runs.
  package init(ownerOf queue: SpoolQueue) {
    guard let status = try? PosixFiles.status(queue.path(.active)), status.owner != geteuid(),
      status.owner != 0
    else {
      self = .caller
      return
    }
    let entry = getpwuid(status.owner)
    let name = entry.map { String(cString: $0.pointee.pw_name) } ?? "user \(status.owner)"
    var groups = [gid_t](repeating: 0, count: 256)
    var count = Int32(groups.count)
    if entry == nil || getgrouplist(name, status.group, &groups, &count) < 0 { count = 0 }
    self = .other(user: status.owner, groups: Set(groups.prefix(Int(count)) + [status.group]), name: name)
  }

  func mayRead(_ path: FilePath, _ status: FileStatus) -> Bool {
    switch self {
    case .caller: PosixFiles.isReadable(path)
    case .other(let user, let groups, _):
      status.mode & (status.owner == user ? 0o400 : groups.contains(status.group) ? 0o040 : 0o004) != 0
    }
  }

  /// Whom sentences name.
  var name: String {
    switch self {
    case .caller: getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "user \(geteuid())"
    case .other(_, _, let name): name
    }
  }
}
