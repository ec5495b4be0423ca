import CCrypto

/// The SHA-256 of some bytes (FIPS 180-4), computed by the system's libcrypto.
///
/// It names content: an input in a result's provenance, a network's weights, a job seen before.
package struct SHA256Digest: Sendable, Hashable {
  /// The digest, 32 bytes.
  package let bytes: [UInt8]

  /// - Parameter bytes: 32.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Digests bytes that lie in memory.
  package init(of content: [UInt8]) {
    self = content.withUnsafeBytes { SHA256Digest(of: $0) }
  }

  /// Digests bytes that lie in memory; the pointer is not kept.
  package init(of content: UnsafeRawBufferPointer) {
    bytes = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
      // An empty buffer may have no address, and libcrypto wants one.
      var nothing: UInt8 = 0
      let start = content.baseAddress?.assumingMemoryBound(to: UInt8.self)
      let result = withUnsafePointer(to: &nothing) {
        SHA256(start ?? $0, content.count, digest.baseAddress)
      }
      // libcrypto fails here only without memory or with its algorithms configured away.
      precondition(result != nil, "libcrypto gave no SHA-256")
      count = Int(SHA256_DIGEST_LENGTH)
    }
  }

  /// Digests a text's UTF-8.
  package init(of text: String) { self.init(of: Array(text.utf8)) }

  /// 64 lower-case hexadecimal digits, as `sha256sum` prints them.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The first eight bytes as a number, big-endian: a seed that content alone fixes.
  package var leadingWord: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
