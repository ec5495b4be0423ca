import ArgumentParser
import FITSFiles
import PosixFiles
import SystemPackage

/// A table of spectra that grows row by row under the name `output`.part, and gets its own name when it is whole.
struct PartialTable: ~Copyable {
  private let output: FilePath
  private let path: FilePath
  private let file: OpenFile
  /// Where the next rows go.
  private var end: Int

  /// A new file with the head written, or one that an earlier run left, behind its last whole row.
  init(_ output: String, stream: inout FITSTableStream) throws {
    let path = FilePath(output + ".part")
    let file = try OpenFile(path, .updating(.sharedForReading))
    let end = try Self.takeUp(file, &stream)
    self.output = FilePath(output)
    self.path = path
    self.end = end
    self.file = file
  }

  /// - Returns: where the next row goes.
  private static func takeUp(_ file: borrowing OpenFile, _ stream: inout FITSTableStream) throws -> Int {
    var end = stream.head.count
    guard try file.status().size > 0 else {
      try file.write(stream.head, at: 0)
      return end
    }
    guard try file.read(upTo: end, at: 0) == stream.head else {
      throw ValidationError(
        "\(file.path.string) was begun with another table, configuration or version. Delete it or choose another "
          + "--output.")
    }
    let width = stream.rowWidth
    while stream.rowsWritten < stream.rowCount {
      let rows = min(1024, stream.rowCount - stream.rowsWritten)
      let bytes = try file.read(upTo: rows * width, at: Int64(end))
      let whole = bytes.count / width * width
      guard whole > 0 else { break }
      stream.count(Array(bytes.prefix(whole)))
      end += whole
    }
    try file.truncate(to: Int64(end))
    return end
  }

  var name: String { path.string }

  mutating func append(_ bytes: [UInt8]) throws(FileError) {
    try file.write(bytes, at: Int64(end))
    end += bytes.count
  }

  /// Keeps the rows for another run.
  consuming func close() throws(FileError) { try file.close() }

  /// Writes what is only known at the end, and gives the table its name, durably.
  consuming func finish(_ stream: FITSTableStream) throws(FileError) {
    try append(stream.padding)
    try file.write(stream.header, at: Int64(stream.headerOffset))
    try file.synchronize()
    let (path, output) = (path, output)
    try close()
    try PosixFiles.rename(path, to: output)
    try PosixFiles.synchronizeDirectory(output.removingLastComponent())
  }
}
