import FITSFiles
import TestSupport
import Testing

/// Headers that our check and cfitsio read differently: cfitsio must not get to read by its own reading, for it would
/// leave the memory it was given. Found by fuzzing.
@Suite struct AmbiguousHeaders {
  private static let values = RawFITS.bigEndian((0..<40).map { Double($0 + 1).bitPattern })

  private static func image(_ extra: [(String, String)]) -> [UInt8] {
    RawFITS.header(
      [("SIMPLE", "T"), ("BITPIX", "-64"), ("NAXIS", "1"), ("NAXIS1", "40"), ("EXTEND", "T")] + extra)
      + RawFITS.padded(values)
  }

  private static func table(_ extra: [(String, String)]) -> [UInt8] {
    RawFITS.primary
      + RawFITS.header(
        [
          ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "8"), ("NAXIS2", "40"),
          ("PCOUNT", "0"), ("GCOUNT", "1"), ("TFIELDS", "1"), ("TTYPE1", "'WAVE    '"),
          ("TFORM1", "'1D      '"),
        ] + extra) + RawFITS.padded(values)
  }

  private func read(_ bytes: [UInt8]) throws -> [Double] {
    let file = try FITSFile(bytes)
    guard let unit = file.units.last(where: { $0.kind != .empty }) else { return [] }
    if case .table = unit.kind { return try file.table(unit).columns[0].doubles ?? [] }
    return try file.image(unit).pixels
  }

  @Test func honestFilesAreRead() throws {
    #expect(try read(Self.image([])) == (1...40).map(Double.init))
    #expect(try read(Self.table([])) == (1...40).map(Double.init))
    #expect(try read(Self.image([("PCOUNT", "0"), ("GCOUNT", "1")])).count == 40)
  }

  @Test(arguments: [
    [("PCOUNT", "65535")], [("PCOUNT", "1")], [("GCOUNT", "1000")], [("NAXIS1", "4000")], [("BITPIX", "64")],
    [("GROUPS", "T"), ("PCOUNT", "3"), ("GCOUNT", "2")],
  ])
  func imagesOfTwoReadings(extra: [(String, String)]) throws {
    do {
      // A second card that cfitsio passes over changes nothing.
      #expect(try read(Self.image(extra)) == (1...40).map(Double.init))
    } catch let error as FITSError {
      #expect(error.sentence.contains("two ways") || error.sentence.contains("cfitsio says"))
      #expect(error.hdu == 1)
    }
  }

  @Test(arguments: [
    [("TFORM1", "'1000D   '")], [("TFORM1", "'1J      '")], [("TFORM1", "'1PD(4)  '")], [("NAXIS2", "4000")],
    [("NAXIS1", "8000")], [("PCOUNT", "99999")], [("TFIELDS", "2"), ("TFORM2", "'4D      '")],
    [("THEAP", "1000000")],
  ])
  func tablesOfTwoReadings(extra: [(String, String)]) throws {
    do {
      #expect(try read(Self.table(extra)) == (1...40).map(Double.init))
    } catch let error as FITSError {
      #expect(error.sentence.contains("two ways") || error.sentence.contains("cfitsio says"))
      #expect(error.hdu == 2)
    }
  }

  /// cfitsio ends a header there; what follows would be data of our header and a header of its data.
  @Test(arguments: [("END", "F"), ("HIERARCH END", "F")]) func secondKindOfEndIsRefused(
    card: (String, String)
  ) {
    let bytes = Self.image([card])
    // `END     = F` is an END card for both.
    let text = String(decoding: bytes, as: UTF8.self).replacing("END     = ", with: "END=      ")
    let error = #expect(throws: FITSError.self) { try read(Array(text.utf8)) }
    #expect(error?.key == "END" && error?.hdu == 1)
  }

  /// By cfitsio's reading the primary data take a block more, and the second header begins where for us data lie: it
  /// must not come to divide by the ZTILE1 there.
  @Test func headerInsideDataIsNotRead() throws {
    let hidden = RawFITS.header([
      ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "8"), ("NAXIS2", "1"),
      ("PCOUNT", "0"), ("GCOUNT", "1"), ("TFIELDS", "1"), ("TTYPE1", "'COMPRESSED_DATA'"),
      ("TFORM1", "'1PB(9)  '"),
      ("ZIMAGE", "T"), ("ZBITPIX", "8"), ("ZNAXIS", "1"), ("ZNAXIS1", "40"), ("ZTILE1", "0"),
      ("ZCMPTYPE", "'GZIP_1  '"),
    ])
    let outer = RawFITS.header([
      ("XTENSION", "'IMAGE   '"), ("BITPIX", "8"), ("NAXIS", "1"), ("NAXIS1", "5760"), ("PCOUNT", "0"),
      ("GCOUNT", "1"),
    ])
    let bytes = Self.image([("PCOUNT", "360")]) + outer + hidden + RawFITS.padded([0])
    let file = try FITSFile(bytes)
    let unit = try #require(file.units.last)
    do {
      _ = try file.image(unit)
      Issue.record("read beside the header in question")
    } catch {
      #expect(error.sentence.contains("two ways") && error.hdu == 1)
    }
  }

  @Test func pixelsBehindGroupParametersAreRefused() {
    let error = #expect(throws: FITSError.self) { try read(Self.image([("PCOUNT", "65535")])) }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains("HDU 1") == true)
  }
}
