import PosixFiles
import SystemPackage

/// The calls of `PosixFiles` that the tool stands on, with its errors.
enum Files {
  static func replace(_ path: String, with bytes: [UInt8]) throws(ToolError) {
    try replace([(path, bytes)])
  }

  /// Each file is there whole or not at all, and all are durable: the files of one directory.
  static func replace(_ files: [(path: String, bytes: [UInt8])]) throws(ToolError) {
    do {
      for (path, bytes) in files {
        try PosixFiles.replace(FilePath(path), with: bytes, synchronizingDirectory: false)
      }
      guard let last = files.last else { return }
      try PosixFiles.synchronizeDirectory(FilePath(last.path).removingLastComponent())
    } catch {
      throw ToolError(.cannotCreate, at: error.place, error.sentence, cause: error)
    }
  }

  /// Creates the directory and those above it.
  static func makeDirectory(_ path: String) throws(ToolError) {
    do {
      try PosixFiles.makeDirectories(FilePath(path))
    } catch {
      throw ToolError(.cannotCreate, at: error.place, error.sentence, cause: error)
    }
  }

  static func isDirectory(_ path: String) -> Bool {
    let status = try? PosixFiles.status(FilePath(path), followingLinks: true)
    return status?.kind == .directory
  }

  /// The last component of a path, bytes as they are.
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
