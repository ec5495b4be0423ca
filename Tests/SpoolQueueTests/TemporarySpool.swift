import Glibc
import SpoolQueue
import SystemPackage

/// A spool in a directory of its own, gone when the value is.
final class TemporarySpool {
  let root: FilePath

  init() throws {
    // In memory where there is such a place: thousands of fsyncs on a busy disk take a minute.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/exospool-spool-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SpoolError(.notASpool, at: place, "no temporary directory") }
    root = FilePath(platformString: template)
    try SpoolQueue.create(at: root)
  }

  deinit { remove(root) }

  private func remove(_ path: FilePath) {
    if let stream = opendir(path.string) {
      var names: [String] = []
      while let entry = readdir(stream) {
        names.append(
          withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          })
      }
      closedir(stream)
      for name in names where name != "." && name != ".." { remove(path.appending(name)) }
      rmdir(path.string)
    } else {
      _ = path.withPlatformString { unlink($0) }
    }
  }

  /// The names in a directory, the spool's hidden ones left out unless asked for.
  func names(_ directory: SpoolDirectory, hidden: Bool = false) -> [String] {
    guard let stream = opendir(root.appending(directory.rawValue).string) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." && (hidden || !name.hasPrefix(".")) { names.append(name) }
    }
    return names.sorted()
  }

  func read(_ relative: String) -> String? {
    guard let file = fopen(root.appending(relative).string, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = fgetc(file)
      if byte == EOF { break }
      bytes.append(UInt8(byte))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file of the worker's, as the worker would.
  func write(_ text: String, to path: FilePath) {
    guard let file = fopen(path.string, "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
