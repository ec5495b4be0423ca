import FITSFiles

/// FITS files card by card, for headers that no encoder of sense would write.
package enum RawFITS {
  /// A header block of the cards in their order; strings carry their quotes.
  package static func header(_ cards: [(String, String)]) -> [UInt8] {
    let lines = cards.map { key, value in
      let line = filled(key, 8) + "= " + (value.hasPrefix("'") ? value : blanks(20 - value.count) + value)
      return filled(line, 80)
    }
    return padded(Array((lines.joined() + filled("END", 80)).utf8), with: UInt8(ascii: " "))
  }

  /// An empty primary HDU.
  package static let primary = header([("SIMPLE", "T"), ("BITPIX", "8"), ("NAXIS", "0"), ("EXTEND", "T")])

  package static func padded(_ bytes: [UInt8], with fill: UInt8 = 0) -> [UInt8] {
    let block = FITSStructure.blockLength
    return bytes + [UInt8](repeating: fill, count: (block - bytes.count % block) % block)
  }

  package static func bigEndian(_ values: [some FixedWidthInteger]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.bigEndian) { Array($0) } }
  }

  private static func filled(_ text: String, _ length: Int) -> String { text + blanks(length - text.count) }
  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
