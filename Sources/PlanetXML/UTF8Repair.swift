/// Bytes with each that is no part of well-formed UTF-8 replaced by U+FFFD, in one pass.
///
/// The standard library repairs too, but takes minutes over some megabytes of stray bytes.
struct UTF8Repair {
  private(set) var repaired: [UInt8] = []
  private(set) var faultCount = 0
  /// Index of the first stray byte; `nil` where the text is well-formed, and `repaired` is then empty.
  private(set) var firstFault: Int?

  init(of bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let length = Self.sequenceLength(bytes, at: index)
        if length == 0 {
          if firstFault == nil {
            firstFault = index
            repaired.reserveCapacity(bytes.count + 64)
            repaired.append(contentsOf: bytes[..<index])
          }
          faultCount += 1
          repaired.append(contentsOf: [0xEF, 0xBF, 0xBD])
        } else if firstFault != nil {
          repaired.append(contentsOf: bytes[index..<index + length])
        }
        index += max(1, length)
      }
    }
  }

  /// Length of the well-formed sequence that starts at `index`, 0 where there is none
  /// (The Unicode Standard 15, table 3-7).
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0...0)
      }
    guard length > 0, index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[index + offset]) { return 0 }
    return length
  }
}
