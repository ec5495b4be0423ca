#if canImport(Glibc)
  import Glibc
#endif

/// Why directories cannot be watched. The periodic scan works without events, so this is never fatal to a service.
package struct DirectoryEventsError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// libinotifytools keeps its state in globals: one watcher a process.
    case alreadyWatching
    /// The kernel gives no inotify instance.
    case noInstance
    /// The directory cannot be watched.
    case cannotWatch
  }

  package let code: Code
  package let path: String
  package let errorNumber: Int32

  package var description: String {
    switch code {
    case .alreadyWatching:
      return "this process watches directories already, and libinotifytools allows one watcher a process"
    case .noInstance where errorNumber == EMFILE:
      return "no inotify instance is left for this user: raise fs.inotify.max_user_instances"
    case .noInstance:
      return "inotify is not available: \(reason)"
    case .cannotWatch where errorNumber == ENOSPC:
      return "\(path) cannot be watched: the limit of inotify watches is reached (the disk is not full): "
        + "raise fs.inotify.max_user_watches"
    case .cannotWatch:
      return "\(path) cannot be watched: \(reason)"
    }
  }

  private var reason: String { String(cString: strerror(errorNumber)) }
}
