import FITSFiles
import TestSupport
import Testing

@Suite struct MandatoryCardOrder {
  private static func file(_ cards: [(String, String)]) -> [UInt8] {
    let pixels = (1...40).map { Float($0) }
    return RawFITS.header(cards) + RawFITS.padded(RawFITS.bigEndian(pixels.map(\.bitPattern)))
  }

  @Test(
    "cards out of order are put right in memory",
    arguments: [["SIMPLE", "NAXIS", "BITPIX", "NAXIS1"], ["SIMPLE", "BITPIX", "OBJECT", "NAXIS", "NAXIS1"]])
  func order(keys: [String]) throws {
    let values = ["SIMPLE": "T", "NAXIS": "1", "BITPIX": "-32", "NAXIS1": "40", "OBJECT": "'x'"]
    let file = try FITSFile(Self.file(keys.map { ($0, values[$0] ?? "") }))
    #expect(try file.image(file.units[0]).pixels == (1...40).map(Double.init))
    try file.close()
  }

  @Test("a card that is missing is still told")
  func missing() {
    #expect(throws: FITSError.self) {
      let file = try FITSFile(Self.file([("SIMPLE", "T"), ("BITPIX", "-32"), ("NAXIS1", "40")]))
      try file.close()
    }
  }

  @Test("an apostrophe inside an object's name does not end it")
  func apostrophe() throws {
    let cards = [
      ("SIMPLE", "T"), ("BITPIX", "-32"), ("NAXIS", "1"), ("NAXIS1", "40"),
      ("OBJECT", "'Barnard's star' / a star"),
      ("TARGNAME", "'O''Neill' / it's"),
    ]
    let file = try FITSFile(Self.file(cards))
    #expect(
      file.units[0].header.text("OBJECT") == "Barnard's star"
        && file.units[0].header.text("TARGNAME") == "O'Neill")
    #expect(file.units[0].header["OBJECT"]?.comment == "a star")
    try file.close()
  }
}
