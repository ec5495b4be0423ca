import CZlib

/// Why gzip data could not be inflated.
package struct GzipError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// The data end inside a member.
    case truncated
    case malformed
    /// Inflated it would pass the limit.
    case tooLarge
  }

  package var code: Code
  package var detail: String

  /// The file may still be growing.
  package var isUnsettled: Bool { code == .truncated }
  package var description: String { detail }
}

/// Inflates gzip files (RFC 1952) with a cap, so that a small file cannot fill the memory.
package enum Gzip {
  /// True if the bytes begin as a gzip member.
  package static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b, 8]) }

  /// - Parameters:
  ///   - bytes: one gzip member or several behind each other.
  ///   - limit: the most bytes to inflate to.
  package static func inflated(_ bytes: [UInt8], limit: Int = 1 << 29) throws(GzipError) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    repeat {
      start = try inflateMember(bytes, from: start, into: &result, limit: limit)
      // Zeros may pad a member's end.
      while start < bytes.count, bytes[start] == 0 { start += 1 }
    } while start < bytes.count && bytes[start...].starts(with: [0x1f, 0x8b])
    return result
  }

  /// Inflates one member and returns the place after it.
  private static func inflateMember(
    _ bytes: [UInt8], from start: Int, into result: inout [UInt8], limit: Int
  ) throws(GzipError) -> Int {
    var stream = z_stream()
    // 15 bits of window, and 16 to ask for the gzip header and its checks.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw GzipError(code: .malformed, detail: "zlib could not start")
    }
    defer { inflateEnd(&stream) }
    var used = start
    var status = Z_OK
    let chunk = 1 << 16
    while status != Z_STREAM_END {
      let room = [UInt8](unsafeUninitializedCapacity: chunk) { output, count in
        bytes.withUnsafeBufferPointer { input in
          let available = min(input.count - used, chunk)
          // zlib's pointer is not const, but it does not write through it.
          stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + used) }
          stream.avail_in = UInt32(available)
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(chunk)
          status = inflate(&stream, Z_NO_FLUSH)
          used += available - Int(stream.avail_in)
          count = chunk - Int(stream.avail_out)
        }
      }
      result += room
      guard result.count <= limit else {
        throw GzipError(code: .tooLarge, detail: "the gzip file inflates to more than \(limit >> 20) MiB")
      }
      switch status {
      case Z_OK, Z_STREAM_END: break
      case Z_BUF_ERROR where used < bytes.count: break
      case Z_BUF_ERROR:
        throw GzipError(
          code: .truncated,
          detail: "the gzip file is truncated: it ends after \(bytes.count) bytes, inside compressed data")
      default:
        let message = stream.msg.map { String(cString: $0) } ?? "status \(status)"
        throw GzipError(code: .malformed, detail: "the gzip file is damaged near byte \(used): \(message)")
      }
    }
    return used
  }
}
