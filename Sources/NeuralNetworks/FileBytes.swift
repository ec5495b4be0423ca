import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Whole files in and out, with the care that weights and checkpoints need.
extension SafetensorsFile {
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

  /// Writes under a temporary name beside `path`, syncs, then renames: `path` is the old file or the new one,
  /// never half of one.
  package func write(path: String) throws(SafetensorsError) {
    try Self.writeBytes(encoded, path: path)
  }

  package static func readBytes(path: String) throws(SafetensorsError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      // Piece by piece, for the size that seeking tells is no use where the path is no regular file.
      return try file.closeAfter {
        var bytes: [UInt8] = []
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        while true {
          let count = try file.read(into: piece)
          if count == 0 { return bytes }
          bytes.append(contentsOf: piece[..<count])
        }
      }
    } catch let error as Errno where error == .noSuchFileOrDirectory {
      throw SafetensorsError(.missingFile, path: path, detail: "\(error)")
    } catch {
      throw SafetensorsError(.cannotRead, path: path, detail: "\(error)")
    }
  }

  package static func writeBytes(_ bytes: [UInt8], path: String) throws(SafetensorsError) {
    let temporary = FilePath(path + ".part")
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter {
        _ = try file.writeAll(bytes)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard rename(temporary.string, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      throw SafetensorsError(.cannotWrite, path: path, detail: "\(error)")
    }
  }
}
