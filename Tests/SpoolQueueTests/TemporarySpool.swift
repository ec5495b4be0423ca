import Glibc
import PosixFiles
import SpoolQueue
import SystemPackage

/// A spool in a directory of its own, gone when the value is.
final class TemporarySpool {
  let root: FilePath

  init() throws {
    // In memory where there is such a place: thousands of fsyncs on a busy disk take a minute.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/exospool-spool-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SpoolError(.notASpool, at: place, "no temporary directory")
    }
    root = FilePath(platformString: template)
    try SpoolQueue.create(at: root)
  }

  deinit { try? PosixFiles.removeTree(root) }

  /// The names in a directory, the spool's hidden ones left out unless asked for.
  func names(_ directory: SpoolDirectory, hidden: Bool = false) -> [String] {
    let names = (try? PosixFiles.names(in: root.appending(directory.rawValue))) ?? []
    return names.map(\.string).filter { hidden || !$0.hasPrefix(".") }.sorted()
  }

  func read(_ relative: String) -> String? {
    let bytes = try? PosixFiles.read(root.appending(relative), limit: 1 << 20)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file of the worker's, as the worker would.
  func write(_ text: String, to path: FilePath) throws {
    try PosixFiles.replace(path, with: Array(text.utf8), synchronizingDirectory: false)
  }
}
