import FITSFiles
import TestSupport
import Testing

/// A file whose headers lie, card by card.
private func liar(_ changes: [String: String], dataBlocks: Int = 1) -> [UInt8] {
  var cards = [
    ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "8"), ("NAXIS2", "3"),
    ("PCOUNT", "0"), ("GCOUNT", "1"), ("TFIELDS", "1"), ("TTYPE1", "'WAVE    '"), ("TFORM1", "'1D'"),
  ]
  for (key, value) in changes {
    if let place = cards.firstIndex(where: { $0.0 == key }) {
      cards[place].1 = value
    } else {
      cards.append((key, value))
    }
  }
  return RawFITS.primary + RawFITS.header(cards) + [UInt8](repeating: 0, count: 2880 * dataBlocks)
}

@Suite struct FITSStructureGuards {
  @Test func honestFileIsTaken() throws {
    let structure = try FITSStructure(liar([:]))
    #expect(structure.units.count == 2)
    #expect(structure.units[1].kind == .table(rows: 3, isBinary: true))
  }

  @Test(
    arguments: [
      (["BITPIX": "7"], FITSError.Code.malformed, "BITPIX"),
      (["NAXIS": "-1"], .malformed, "NAXIS"),
      (["NAXIS": "'two'"], .malformed, "NAXIS"),
      (["NAXIS2": "-3"], .malformed, "NAXIS2"),
      (["NAXIS1": "9"], .malformed, "NAXIS1"),
      (["TFORM1": "'1Z'"], .malformed, "TFORM1"),
      (["TFORM1": "''"], .malformed, "TFORM1"),
      (["TFORM1": "'2D'"], .malformed, "TFORM1"),
      (["TFORM1": "'99999999999999999999D'"], .malformed, "TFORM1"),
      (["TFIELDS": "1000"], .malformed, "TFIELDS"),
      (["TFIELDS": "2"], .malformed, "TFORM2"),
      (["NAXIS2": "9223372036854775807"], .malformed, "NAXISn"),
      (["GCOUNT": "9223372036854775807"], .malformed, "GCOUNT"),
      (["NAXIS2": "1000000000"], .truncated, nil),
      (["PCOUNT": "9000000000000000000"], .truncated, nil),
    ] as [([String: String], FITSError.Code, String?)])
  func lyingHeaderIsRefused(changes: [String: String], code: FITSError.Code, key: String?) {
    let error = #expect(throws: FITSError.self) { try FITSStructure(liar(changes)) }
    #expect(error?.code == code)
    #expect(error?.key == key)
    #expect(error?.hdu == 2)
    #expect(error?.mayStillGrow == (code == .truncated))
  }

  @Test func heapPointersStayInside() throws {
    // One cell of 4 doubles at heap offset 0: a heap of 32 bytes holds it, one of 31 does not.
    var bytes = liar(["TFORM1": "'1PD(4)'", "NAXIS2": "1", "PCOUNT": "32"])
    bytes[2880 * 2 + 3] = 4
    #expect(throws: Never.self) { try FITSStructure(bytes) }
    let file = try FITSFile(bytes)
    #expect(try file.table(file.units[1]).columns[0].rowLengths == [4])
    try file.close()
    bytes[2880 * 2 + 7] = 1
    #expect(throws: FITSError.self) { try FITSStructure(bytes) }
    bytes[2880 * 2 + 7] = 0
    bytes[2880 * 2] = 0x80
    let error = #expect(throws: FITSError.self) { try FITSStructure(bytes) }
    #expect(error?.sentence.contains("outside the table's heap") == true)
  }

  @Test func truncationNamesTheLength() throws {
    let bytes = liar([:])
    let error = #expect(throws: FITSError.self) { try FITSStructure(Array(bytes.prefix(5760 + 10))) }
    #expect(error?.mayStillGrow == true)
    #expect(error?.sentence.contains("5784 bytes") == true)
    #expect(error?.sentence.contains("5770") == true)
    let header = #expect(throws: FITSError.self) { try FITSStructure(Array(bytes.prefix(2880 + 90))) }
    #expect(header?.mayStillGrow == true)
  }

  @Test func missingPaddingOnlyWarns() throws {
    let file = try FITSFile(Array(liar([:]).prefix(5760 + 24)))
    #expect(file.structure.warnings.count == 1)
    #expect(try file.table(file.units[1]).rowCount == 3)
    try file.close()
  }

  @Test func everyPrefixEndsClearly() {
    let bytes = liar([:])
    for length in stride(from: 0, to: bytes.count, by: 40) {
      do {
        let structure = try FITSStructure(Array(bytes.prefix(length)))
        #expect(length >= 5784 || length == 2880 && structure.units.count == 1, "\(length)")
      } catch {
        #expect(error.mayStillGrow || length < 9)
      }
    }
  }

  @Test func tooManyUnitsAreRefused() {
    var limits = FITSLimits()
    limits.units = 1
    let error = #expect(throws: FITSError.self) { try FITSStructure(liar([:]), limits: limits) }
    #expect(error?.code == .tooLarge)
  }

  @Test func aThousandUnitsAreReadAndOneMoreIsRefused() throws {
    let unit = RawFITS.header([
      ("XTENSION", "'IMAGE   '"), ("BITPIX", "8"), ("NAXIS", "0"), ("PCOUNT", "0"), ("GCOUNT", "1"),
    ])
    let most = RawFITS.primary + Array([[UInt8]](repeating: unit, count: 999).joined())
    #expect(try FITSStructure(most).units.count == 1000)
    let error = #expect(throws: FITSError.self) { try FITSStructure(most + unit) }
    #expect(error?.code == .tooLarge && error?.sentence.contains("1000 HDUs") == true)
  }

  @Test func otherFilesAreNotFITS() {
    for text in ["", "<?xml version='1.0'?>", "SIMPLE  = 1", "wavelength,depth"] {
      let error = #expect(throws: FITSError.self) {
        try FITSStructure(Array(text.utf8) + [UInt8](repeating: 32, count: 100))
      }
      #expect(error?.code == .notFITS)
    }
  }
}
