import CCrypto

/// The SHA-256 of content that comes piece by piece, so that it need not lie in memory.
package struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      // libcrypto fails here only without memory or with its algorithms configured away.
      preconditionFailure("libcrypto gave no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: [UInt8]) {
    let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(status == 1, "libcrypto gave no SHA-256")
  }

  /// The digest of all pieces.
  package consuming func digest() -> SHA256Digest {
    SHA256Digest(
      bytes: [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
        let status = EVP_DigestFinal_ex(context, digest.baseAddress, nil)
        precondition(status == 1, "libcrypto gave no SHA-256")
        count = Int(SHA256_DIGEST_LENGTH)
      })
  }
}
