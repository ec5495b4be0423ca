import Glibc

/// The folder that holds a catalogue's records, one `.xml` file a system; folders below it are not looked into.
package struct CatalogueFolder: Sendable {
  package let path: String
  /// Names of the records' files, sorted by their bytes.
  package let fileNames: [String]

  /// Real catalogues have 7,000 files of at most 20 kB.
  static let mostFiles = 100_000
  static let largestFile = 1 << 20
  static let largestCatalogue = 1 << 30

  /// Lists the folder; opens none of its files.
  package init(path: String) throws(CatalogueError) {
    self.path = path
    fileNames = try Self.names(in: path).filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard !fileNames.isEmpty else {
      let systems = access("\(path)/systems", F_OK) == 0 ? "; is \(path)/systems meant?" : ""
      throw CatalogueError(
        .noRecords, directory: path,
        detail:
          "there is no .xml file in it; name the folder that holds the records of the Open Exoplanet Catalogue\(systems)"
      )
    }
  }

  private static func names(in path: String) throws(CatalogueError) -> [String] {
    guard let directory = opendir(path) else {
      throw CatalogueError(
        .cannotOpen, directory: path,
        detail: "the folder cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
      guard names.count <= mostFiles else {
        throw CatalogueError(
          .tooLarge, directory: path, detail: "it holds more than \(mostFiles) files; is it the right folder?"
        )
      }
    }
    return names
  }

  enum Content {
    case bytes([UInt8])
    /// Left out; a sentence without its full stop.
    case refused(String)
  }

  /// One file, whole. Links are not followed, and nothing but a regular file is read.
  func content(of name: String) -> Content {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      return .refused(
        errno == ELOOP
          ? "it is a symbolic link, which is not followed; put the file itself there"
          : "it cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .refused("it is not a regular file")
    }
    // Read to the end and not to the size of a moment ago: the file may grow.
    var bytes = [UInt8](repeating: 0, count: min(max(status.st_size, 0), Self.largestFile) + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return .refused("it cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      filled += count
    }
    guard filled < bytes.count else {
      return .refused(
        filled > Self.largestFile
          ? "it has more than \(Self.largestFile >> 10) kB; a record has at most 20"
          : "it grew while it was read")
    }
    bytes.removeLast(bytes.count - filled)
    return .bytes(bytes)
  }
}
