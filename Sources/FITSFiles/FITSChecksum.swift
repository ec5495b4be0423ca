/// The FITS checksum (standard 4.0, appendix J): 32-bit ones' complement sums of big-endian words.
enum FITSChecksum {
  /// What CHECKSUM holds while the sum is taken.
  static let placeholder = "0000000000000000"

  /// The sum over whole words.
  static func sum(_ bytes: [UInt8]) -> UInt32 {
    precondition(bytes.count.isMultiple(of: 4), "a FITS block is a whole number of words")
    var total: UInt64 = 0
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let high = UInt64(bytes[start]) << 24 | UInt64(bytes[start + 1]) << 16
      total += high | UInt64(bytes[start + 2]) << 8 | UInt64(bytes[start + 3])
    }
    while total > 0xffff_ffff { total = (total & 0xffff_ffff) + (total >> 32) }
    return UInt32(total)
  }

  static func add(_ a: UInt32, _ b: UInt32) -> UInt32 {
    let total = UInt64(a) + UInt64(b)
    return UInt32((total & 0xffff_ffff) + (total >> 32))
  }

  /// The 16 letters and digits that stand for a sum, turned by one byte because a card's string begins at
  /// byte 12.
  static func encode(_ value: UInt32) -> [UInt8] {
    var letters = [UInt8](repeating: 0, count: 16)
    for byte in 0..<4 {
      let part = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(byte)))
      var quarter = [UInt8](repeating: part / 4 + UInt8(ascii: "0"), count: 4)
      quarter[0] += part % 4
      // Signs between the digits and the letters are avoided by moving one step between two letters.
      for pair in [0, 2] {
        while isSign(quarter[pair]) || isSign(quarter[pair + 1]) {
          quarter[pair] += 1
          quarter[pair + 1] -= 1
        }
      }
      for place in 0..<4 { letters[4 * place + byte] = quarter[place] }
    }
    return [letters[15]] + letters[0..<15]
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    (0x3a...0x40).contains(byte) || (0x5b...0x60).contains(byte)
  }
}
