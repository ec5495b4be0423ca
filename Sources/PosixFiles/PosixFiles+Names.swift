import CRenaming
import Glibc
package import SystemPackage

/// Names in directories.
extension PosixFiles {
  /// All names in a directory but `.` and `..`, in the order the file system gives them.
  /// - Parameter limit: with more names than that, reading ends: the caller sees that it has too many.
  package static func names(
    in directory: FilePath, limit: Int = .max
  ) throws(FileError) -> [FilePath.Component] {
    var opened: OpaquePointer?
    try attempt(.list, "read the directory", directory) {
      opened = opendir($0)
      return opened == nil ? -1 : 0
    }
    guard let stream = opened else { return [] }
    defer { closedir(stream) }
    var names: [FilePath.Component] = []
    while names.count <= limit {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno == 0 { break }
        throw FileError(cannot: "read the directory", directory.string, Errno(rawValue: errno))
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath.Component(platformString: $0) }
      }
      if let name, name.kind == .regular { names.append(name) }
    }
    return names
  }

  /// Replaces what is called `target`.
  /// - Throws: `missing` when there is no `source`.
  package static func rename(_ source: FilePath, to target: FilePath) throws(FileError) {
    try pair(.rename, source, target) { Glibc.rename($0, $1) }
  }

  /// Renames unless the target exists. False when it does.
  package static func renameWithoutReplacing(
    _ source: FilePath, to target: FilePath
  ) throws(FileError) -> Bool {
    do throws(FileError) {
      // One rename, so that who watches the directory hears of a file that was moved in.
      try pair(.rename, source, target) { exospool_rename_exclusively($0, $1) }
      return true
    } catch {
      if error.code == .exists { return false }
      guard error.cause == .invalidArgument || error.cause == .noFunction else { throw error }
    }
    do {
      // A hard link fails where the target exists, on every file system, which that rename cannot do on some.
      try pair(.link, source, target) { link($0, $1) }
    } catch {
      if error.code == .exists { return false }
      throw error
    }
    try unlink(source)
    return true
  }

  private static func pair(
    _ name: SystemCall.Name, _ source: FilePath, _ target: FilePath,
    _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
  ) throws(FileError) {
    do {
      _ = try attempt(SystemCall(name, source, target: target)) {
        source.withPlatformString { from in target.withPlatformString { body(from, $0) } }
      }
    } catch {
      throw FileError(cannot: "rename \(source.string) to", target.string, error)
    }
  }

  /// No error when there is nothing to remove.
  package static func unlink(_ path: FilePath) throws(FileError) {
    do {
      try attempt(.unlink, "remove", path) { Glibc.unlink($0) }
    } catch {
      if error.code != .missing { throw error }
    }
  }

  /// Removes a directory and all it holds; links are removed, never followed.
  package static func removeTree(_ path: FilePath) throws(FileError) {
    guard let status = try status(path) else { return }
    guard status.kind == .directory else { return try unlink(path) }
    for name in try names(in: path) { try removeTree(path.appending(name)) }
    try attempt(.removeDirectory, "remove", path) { rmdir($0) }
  }

  /// True when the directory is new; what else has that name is not looked at.
  @discardableResult
  package static func makeDirectory(
    _ path: FilePath, mode: FilePermissions = .sharedDirectory
  ) throws(FileError) -> Bool {
    do {
      try attempt(.makeDirectory, "create the directory", path) { mkdir($0, mode.rawValue) }
      return true
    } catch {
      if error.code == .exists { return false }
      throw error
    }
  }

  /// Makes the directory and those above it that are missing.
  package static func makeDirectories(_ path: FilePath) throws(FileError) {
    do {
      try makeDirectory(path)
    } catch {
      let parent = path.removingLastComponent()
      guard error.code == .missing, !parent.isEmpty, parent != path else { throw error }
      try makeDirectories(parent)
      try makeDirectory(path)
    }
  }

  package static func setMode(_ mode: FilePermissions, of path: FilePath) throws(FileError) {
    try attempt(.setMode, "set the mode of", path) { chmod($0, mode.rawValue) }
  }

  /// The names in a directory outlive a power cut from here on.
  package static func synchronizeDirectory(_ path: FilePath) throws(FileError) {
    // An empty path is the directory of a name without one.
    let directory = path.isEmpty ? FilePath(".") : path
    try attempt(.synchronizeDirectory, "make durable", directory) {
      let descriptor = Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { return -1 }
      let status = fsync(descriptor)
      let error = errno
      close(descriptor)
      errno = error
      return status
    }
  }
}

extension FilePermissions {
  /// 0755.
  package static let sharedDirectory: FilePermissions = [
    .ownerReadWriteExecute, .groupReadExecute, .otherReadExecute,
  ]
}
