import Foundation
import Gzip
import Testing

/// Compressed by Python's gzip module (`gzip.compress(text, mtime=0)`).
@Suite("gzip")
struct GunzipTests {
  /// "<system><name>Ember</name></system>\n" twenty times.
  static let packed = Array(
    Data(
      base64Encoded: "H4sIAAAAAAACA7MpriwuSc21s8lLzE21c81NSi2y0QezbfShUlw2o2pG1QwRNQDA5bfD0AIAAA==") ?? Data()
  )
  /// `packed` again.
  static let packedTwice = Array(
    Data(
      base64Encoded:
        "H4sIAAAAAAACA5Pv5mAAASbmzZrrdPQ8z27dfNL7jO/W4rO+XrqbLrJvzv2yMCjGbHGW21UeQVOGA0+3H77AxMAAAGjjmZQ3AAAA"
    ) ?? Data())
  static let text = String(repeating: "<system><name>Ember</name></system>\n", count: 20)

  static func content(_ bytes: [UInt8], limit: Int = 1 << 20) -> Result<String, GzipError> {
    do {
      return .success(String(decoding: try Gunzip.content(of: bytes, limit: limit), as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }

  @Test("content comes back whole, members one after the other, padding passed over")
  func content() {
    #expect(Gunzip.recognizes(Self.packed))
    #expect(Self.content(Self.packed) == .success(Self.text))
    #expect(Self.content(Self.packed + Self.packed) == .success(Self.text + Self.text))
    #expect(Self.content(Self.packed + [0, 0, 0]) == .success(Self.text))
  }

  @Test("a file that is not packed is its own content, and one packed twice is refused")
  func unpacked() throws {
    #expect(try Gunzip.unpacked(Self.packed) == Array(Self.text.utf8))
    #expect(try Gunzip.unpacked(Array(Self.text.utf8)) == Array(Self.text.utf8))
    let error = #expect(throws: GzipError.self) { try Gunzip.unpacked(Self.packedTwice) }
    #expect(error?.code == .packedTwice)
  }

  @Test("a file cut anywhere is truncated")
  func truncated() {
    for count in 0..<Self.packed.count {
      guard case .failure(let error) = Self.content(Array(Self.packed[..<count])) else {
        Issue.record("\(count) bytes were enough")
        continue
      }
      #expect(error.code == .truncated && error.mayStillGrow, "\(count)")
    }
  }

  @Test("content beyond the limit is refused, and to the byte")
  func limit() {
    #expect(Self.content(Self.packed, limit: Self.text.utf8.count) == .success(Self.text))
    guard case .failure(let error) = Self.content(Self.packed, limit: Self.text.utf8.count - 1) else {
      Issue.record("not refused")
      return
    }
    #expect(error.code == .tooLarge(limit: Self.text.utf8.count - 1))
  }

  /// The header's time and system (before byte 10) may change and the content stay, and so may the bits that fill
  /// the last byte of the compressed data; anything else shows.
  @Test("a flipped bit never gives other content, and nearly always an error")
  func damage() {
    var passed = 0
    for index in 10..<Self.packed.count {
      for bit in 0..<8 {
        var bytes = Self.packed
        bytes[index] ^= 1 << UInt8(bit)
        guard case .success(let text) = Self.content(bytes) else { continue }
        #expect(text == Self.text, "byte \(index) bit \(bit)")
        passed += 1
      }
    }
    #expect(passed < 8)
  }
}
