/// Gzip files of one stored block (RFC 1951, 3.2.4), so that tests need no compressor.
package enum StoredGzip {
  /// - Parameter content: at most 65,535 bytes.
  package static func packed(_ content: [UInt8]) -> [UInt8] {
    precondition(content.count <= 65_535, "one stored block holds 65,535 bytes")
    var crc: UInt32 = .max
    for byte in content {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
    let length = UInt32(content.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(length, 2) + little(~length, 2) + content
      + little(~crc, 4) + little(length, 4)
  }
}
