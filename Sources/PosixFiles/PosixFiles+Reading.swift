import Glibc
package import SystemPackage

extension PosixFiles {
  /// The whole of a regular file.
  ///
  /// It is opened without waiting, so that a pipe in its place cannot hold us.
  /// - Parameter limit: bytes.
  /// - Throws: `missing`, `isLink` (unless links are followed), `notRegular`, `tooLarge`; `changed` when it was another
  ///   one after the read.
  package static func read(
    _ path: FilePath, limit: Int, followingLinks: Bool = false
  ) throws(FileError) -> [UInt8] {
    try OpenFile(path, .reading(followingLinks: followingLinks)).readWhole(limit: limit).bytes
  }

  /// The same with what tells later whether the file still is the one that was read. No link is followed.
  package static func readStamped(
    _ path: FilePath, limit: Int
  ) throws(FileError) -> (bytes: [UInt8], stamp: FileStamp) {
    try OpenFile(path, .reading(followingLinks: false)).readWhole(limit: limit)
  }

  /// All that comes from a stream, such as standard input, until it ends.
  /// - Parameter name: what sentences call it.
  /// - Throws: `tooLarge` when there are more than `limit` bytes.
  package static func readStream(
    _ stream: FileDescriptor, named name: String, limit: Int
  ) throws(FileError) -> [UInt8] {
    try read(stream.rawValue, FilePath(name), limit: limit, expecting: 0)
  }

  /// - Parameter size: bytes that are probably there.
  static func read(
    _ descriptor: Int32, _ path: FilePath, limit: Int, expecting size: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    // One more than expected, so that the end is seen without growing.
    var room = size + 1
    while true {
      var failure: Errno?
      let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        do throws(Errno) {
          filled = try attempt(SystemCall(.read, path)) {
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
          }
        } catch {
          failure = error
        }
      }
      if let failure { throw FileError(cannot: "read", path.string, failure) }
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if bytes.count > limit { throw tooLarge(path, size: bytes.count, limit: limit) }
      room = max(1 << 16, size + 1 - bytes.count)
    }
  }

  static func tooLarge(_ path: FilePath, size: Int, limit: Int) -> FileError {
    FileError(
      .tooLarge(size: size), place: path.string,
      sentence: "\(path.string) holds more than \(limit) bytes, which is the most that is read")
  }
}
