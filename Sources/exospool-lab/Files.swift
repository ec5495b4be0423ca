import PosixFiles
import SystemPackage

/// Whole files in and out.
enum Files {
  /// As large as a table of spectra may be, bytes.
  private static let largest = 16 << 30

  static func read(_ path: String) throws(FileError) -> [UInt8] {
    try PosixFiles.read(FilePath(path), limit: largest, followingLinks: true)
  }

  /// The old file is there or the new one, whatever happens.
  static func write(_ bytes: some Collection<UInt8>, to path: String) throws(FileError) {
    do { try PosixFiles.replace(FilePath(path), with: bytes) } catch {
      // The user knows nothing of the name it is first written under.
      throw FileError(
        error.code, place: path, sentence: "cannot write \(path): \(error.reason)", cause: error.cause)
    }
  }

  static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// The last part of a path.
  static func name(_ path: String) -> String { FilePath(path).lastComponent?.string ?? path }
}
