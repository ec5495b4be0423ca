import Glibc
import PosixFiles
import SpoolQueue
import SystemPackage

/// The user whose daemon serves a spool: the owner of its directories.
struct SpoolOwner {
  let user: uid_t
  let group: gid_t

  init?(of path: FilePath) {
    guard let status = try? PosixFiles.status(path, followingLinks: true) else { return nil }
    user = status.owner
    group = status.group
  }

  /// Root acts as this user from now on: what root writes into a spool, the daemon could not read.
  /// - Throws: `noPermission` where the system does not let it.
  static func become(ownerOf queue: SpoolQueue) throws(ToolError) {
    guard geteuid() == 0, let owner = SpoolOwner(of: queue.path(.active)), owner.user != 0 else { return }
    guard setgroups(0, nil) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0 else {
      throw ToolError(
        .noPermission, at: queue.root.string,
        "cannot act as \(owner.name), whose spool \(queue.root.string) is: \(Errno(rawValue: errno))")
    }
  }

  var name: String { getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "user \(user)" }

  private var groupName: String {
    getgrgid(group).map { String(cString: $0.pointee.gr_name) } ?? String(group)
  }

  /// What may be done about a refusal at `place`, a path in a spool.
  static func cure(forRefusalAt place: String) -> String? {
    // What lies nearest above it and can be looked at.
    var path = FilePath(place)
    while !path.isEmpty {
      if let owner = SpoolOwner(of: path) { return owner.cure }
      path.removeLastComponent()
    }
    return nil
  }

  private var cure: String {
    "members of the group \(groupName) may submit files and look at results "
      + "(sudo usermod --append --groups \(groupName) NAME, then log in anew); only \(name) and root may move jobs (sudo)"
  }
}
