import CZlib

/// Unpacks gzip (RFC 1952) in memory.
package enum Gunzip {
  /// Whether the bytes start as gzip does.
  package static func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// What a packed file may hold: more than any reader accepts, so that the reader says what is too large.
  private static let mostContent = 128 << 20

  /// A file's content: of one packed with gzip what is in it, else the file itself.
  /// - Throws: `packedTwice` where the content is packed again; `truncated`, `damaged`, `tooLarge` above 128 MiB.
  package static func unpacked(_ bytes: [UInt8]) throws(GzipError) -> [UInt8] {
    guard recognizes(bytes) else { return bytes }
    let content = try content(of: bytes, limit: mostContent)
    guard !recognizes(content) else { throw GzipError(.packedTwice, offset: 0) }
    return content
  }

  /// The content of all members, one after the other, as `gunzip` gives it; zeros that pad the end are passed over.
  /// - Parameters:
  ///   - bytes: a whole gzip file.
  ///   - limit: the most bytes the content may have: a small file can claim gigabytes.
  package static func content(of bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    let result = bytes.withUnsafeBufferPointer { input -> Result<[UInt8], GzipError> in
      var stream = InflateStream(over: input)
      return stream.content(limit: limit)
    }
    return try result.get()
  }
}

/// A zlib stream over bytes that outlive it.
private struct InflateStream: ~Copyable {
  /// On the heap: zlib's state points back at it, so it must never move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeBufferPointer<UInt8>

  init(over input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = uInt(input.count)
    // 15 + 16: the largest window, and gzip's header and checksum.
    let status = inflateInit2_(stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib gave no stream: out of memory, or another version than built against")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  private var offset: Int { input.count - Int(stream.pointee.avail_in) }

  mutating func content(limit: Int) -> Result<[UInt8], GzipError> {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let (status, produced) = chunk.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = uInt(buffer.count)
        let status = inflate(stream, Z_NO_FLUSH)
        return (status, buffer.count - Int(stream.pointee.avail_out))
      }
      guard content.count + produced <= limit else {
        return .failure(GzipError(.tooLarge(limit: limit), offset: offset))
      }
      content.append(contentsOf: chunk[..<produced])
      switch status {
      case Z_OK: continue
      case Z_STREAM_END:
        guard input[offset...].contains(where: { $0 != 0 }) else { return .success(content) }
        // Another member follows.
        inflateReset(stream)
      case Z_BUF_ERROR: return .failure(GzipError(.truncated, offset: offset))
      default: return .failure(GzipError(.damaged, offset: offset))
      }
    }
  }
}
