import PosixFiles
import SystemPackage

/// Whole files in and out, with the care that weights and checkpoints need.
extension SafetensorsFile {
  /// Training sets of the laboratory are the largest files of ours, bytes.
  private static let largestFile = 16 << 30

  /// Reads the file at `path`, whole, into memory.
  package static func read(path: String) throws(SafetensorsError) -> SafetensorsFile {
    let bytes = try readBytes(path: path)
    do {
      return try SafetensorsFile(bytes: bytes)
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  /// `path` is the old file or the new one, never half of one, and the new one outlives a power cut.
  package func write(path: String) throws(SafetensorsError) {
    try Self.writeBytes(encoded, path: path)
  }

  package static func readBytes(path: String) throws(SafetensorsError) -> [UInt8] {
    do {
      return try PosixFiles.read(FilePath(path), limit: largestFile, followingLinks: true)
    } catch {
      throw SafetensorsError(
        error.code == .missing ? .missingFile : .cannotRead, path: path, detail: error.reason)
    }
  }

  package static func writeBytes(_ bytes: [UInt8], path: String) throws(SafetensorsError) {
    do {
      try PosixFiles.replace(FilePath(path), with: bytes)
    } catch {
      throw SafetensorsError(.cannotWrite, path: path, detail: error.reason)
    }
  }
}
