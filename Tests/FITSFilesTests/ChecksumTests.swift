import FITSFiles
import Testing

/// CHECKSUM and DATASUM (FITS standard 4.0, appendix J) of data whose sums run over 32 bits.
@Suite struct Checksums {
  /// Words of the data, and their ones' complement sum by hand.
  private static let cases: [(rows: [Int], dataSum: String)] = [
    // 0000_0000_0000_0001 in words: 0 + 1.
    ([1], "1"),
    // Every word ffff_ffff: minus zero, however many there are.
    ([-1, -1], "4294967295"),
    // ffff_ffff + ffff_ffff + 1 = 1_ffff_ffff: the carry makes 1_0000_0000, and its carry 1.
    ([-1, 1 << 32], "1"),
    // 8000_0000 + 8000_0000 = 1_0000_0000.
    ([Int.min, Int.min], "1"),
    // 8000_0001 + 0000_0003 + 8000_0000 = 1_0000_0004.
    ([Int(bitPattern: 0x8000_0001_0000_0003), Int.min], "5"),
  ]

  private static func table(_ rows: [Int]) -> FITSTable {
    FITSTable(
      name: "SUMS", rowCount: rows.count, columns: [FITSColumn("WORDS", values: .integer(rows))])
  }

  /// As the standard's own listing adds: halves of 16 bits, their carries brought round.
  private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let all = Array(bytes)
    var (high, low) = (0, 0)
    for word in stride(from: 0, to: all.count, by: 4) {
      high += Int(all[word]) << 8 + Int(all[word + 1])
      low += Int(all[word + 2]) << 8 + Int(all[word + 3])
      while high > 0xffff || low > 0xffff {
        (high, low) = (high & 0xffff + low >> 16, low & 0xffff + high >> 16)
      }
    }
    return UInt32(high) << 16 + UInt32(low)
  }

  @Test(arguments: cases) func carriesComeRound(rows: [Int], dataSum: String) throws {
    let bytes = FITSEncoder.encode([.table(Self.table(rows))])
    let unit = try FITSStructure(bytes).units[1]
    #expect(unit.header.text("DATASUM") == dataSum)
    #expect(Self.sum(bytes[unit.dataStart...]) == UInt32(dataSum))
    // With CHECKSUM set, the sum of a whole HDU is minus zero.
    #expect(Self.sum(bytes[unit.headerStart...]) == 0xffff_ffff)
    let letters = try #require(unit.header.text("CHECKSUM"))
    #expect(letters.count == 16 && letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// The same where the rows come one by one.
  @Test(arguments: cases) func streamedRowsHaveTheSameSums(rows: [Int], dataSum: String) throws {
    var stream = FITSTableStream(
      preceding: [], name: "SUMS", header: FITSHeader(), layout: Self.table([0]).columns,
      rowCount: rows.count)
    for row in rows { _ = stream.append(Self.table([row]).columns, rows: 1) }
    let whole = FITSEncoder.encode([.table(Self.table(rows))])
    #expect(stream.header == Array(whole[2880..<2880 + stream.header.count]))
  }
}
