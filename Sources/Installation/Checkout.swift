import Glibc
import PosixFiles
import SystemPackage

/// A checkout that the program runs from, if it does.
package enum Checkout {
  /// `relative` below the nearest checkout above the program that has it.
  package static func directory(_ relative: String, above program: String? = Self.program) -> String? {
    guard var path = program else { return nil }
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      let candidate = path + "/" + relative
      if isDirectory(candidate) && PosixFiles.isReadable(FilePath(path + "/Package.swift")) {
        return candidate
      }
    }
    return nil
  }

  /// The executable's own path, links resolved.
  package static var program: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}

func isDirectory(_ path: String) -> Bool {
  let status = try? PosixFiles.status(FilePath(path), followingLinks: true)
  return status?.kind == .directory
}
