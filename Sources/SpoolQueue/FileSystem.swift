import Glibc
import PosixFiles
package import SystemPackage

/// The calls of `PosixFiles` that the spool stands on, with the spool's error.
enum FileSystem {
  /// Bytes of the largest record or index of ours.
  private static let largestRecord = 16 << 20

  /// Nil when there is nothing by that name. Never follows a link in the last component.
  static func status(_ path: FilePath) throws(SpoolError) -> FileStatus? {
    try spool { () throws(FileError) in try PosixFiles.status(path) }
  }

  static func names(in directory: FilePath) throws(SpoolError) -> [FileName] {
    try spool { () throws(FileError) in try PosixFiles.names(in: directory).map(FileName.init) }
  }

  static func forEachName(
    in directory: FilePath, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(SpoolError) {
    try spool { () throws(FileError) in try PosixFiles.forEachName(in: directory, body) }
  }

  /// False when the source is gone: somebody else was quicker.
  static func rename(_ source: FilePath, _ target: FilePath) throws(SpoolError) -> Bool {
    do {
      try PosixFiles.rename(source, to: target)
      return true
    } catch {
      // Or the target's directory is gone, and that is a fault.
      if error.code == .missing, try status(source) == nil { return false }
      throw SpoolError(error)
    }
  }

  /// No error when there is nothing to remove.
  static func unlink(_ path: FilePath) throws(SpoolError) {
    try spool { () throws(FileError) in try PosixFiles.unlink(path) }
  }

  static func removeTree(_ path: FilePath) throws(SpoolError) {
    try spool { () throws(FileError) in try PosixFiles.removeTree(path) }
  }

  /// True when the directory is new.
  @discardableResult
  static func makeDirectory(_ path: FilePath) throws(SpoolError) -> Bool {
    try spool { () throws(FileError) in try PosixFiles.makeDirectory(path) }
  }

  static func synchronizeDirectory(_ path: FilePath) throws(SpoolError) {
    try spool { () throws(FileError) in try PosixFiles.synchronizeDirectory(path) }
  }

  /// The file is there whole or not at all. The directory is not yet synced: the caller does so once for several files.
  static func write(_ bytes: [UInt8], to path: FilePath) throws(SpoolError) {
    try spool { () throws(FileError) in
      try PosixFiles.replace(
        path, with: bytes, mode: [.ownerReadWrite, .groupRead], synchronizingDirectory: false)
    }
  }

  /// A small file of ours; nil when there is none.
  static func read(_ path: FilePath) throws(SpoolError) -> [UInt8]? {
    do {
      return try PosixFiles.read(path, limit: largestRecord)
    } catch {
      if error.code == .missing { return nil }
      throw SpoolError(error)
    }
  }
}

/// Gives a fault of the file system the spool's shape.
func spool<Result: ~Copyable>(_ body: () throws(FileError) -> Result) throws(SpoolError) -> Result {
  do { return try body() } catch { throw SpoolError(error) }
}

extension FileName {
  package init(_ component: FilePath.Component) {
    self.init(
      bytes: component.withPlatformString {
        UnsafeBufferPointer(start: $0, count: strlen($0)).map { UInt8(bitPattern: $0) }
      })
  }

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
