import ContentHash
import Testing

/// Expected values: the examples of FIPS 180-4 (NIST, "SHA256.pdf" of the example algorithms) and `sha256sum`.
@Suite("SHA-256")
struct SHA256DigestTests {
  @Test(
    "known digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func knownDigests(text: String, expected: String) {
    #expect(SHA256Digest(of: text).hexadecimal == expected)
    #expect(SHA256Digest(of: Array(text.utf8)).hexadecimal == expected)
  }

  @Test("a million times 'a', past any block boundary")
  func longInput() {
    #expect(
      SHA256Digest(of: [UInt8](repeating: 0x61, count: 1_000_000)).hexadecimal
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("pieces of any length have the digest of the whole", arguments: [0, 1, 63, 64, 65, 1000])
  func pieces(length: Int) {
    let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * $0) }
    var stream = SHA256Stream()
    stream.update(Array(content.prefix(length)))
    stream.update(Array(content.dropFirst(length)))
    #expect(stream.digest() == SHA256Digest(of: content))
  }

  @Test("the leading word is the first sixteen digits")
  func leadingWord() {
    #expect(SHA256Digest(of: "abc").leadingWord == 0xba78_16bf_8f01_cfea)
  }
}
