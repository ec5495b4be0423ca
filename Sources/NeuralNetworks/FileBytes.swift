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
      return try file.closeAfter {
        let size = try file.seek(offset: 0, from: .end)
        try file.seek(offset: 0, from: .start)
        return try [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
          while count < buffer.count {
            let read = try file.read(
              into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
            if read == 0 { break }
            count += read
          }
        }
      }
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
