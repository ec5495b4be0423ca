import FITSFiles
import TestSupport
import Testing

/// Tile-compressed images (FITS standard 4.0, chapter 10), with tiles that need no compressor.
@Suite struct CompressedImages {
  private static let pixels = (0..<40).map { Float(1 + $0) }
  private static let bytes = RawFITS.bigEndian(pixels.map(\.bitPattern))

  /// One image of 40 floats; `tiles` are the streams of its rows in the column named.
  private static func file(
    _ tiles: [[UInt8]], method: String = "GZIP_1", tile: Int = 40, column: String = "COMPRESSED_DATA",
    form: String = "1PB(999)", changes: [String: String] = [:], extra: [(String, String)] = []
  ) -> [UInt8] {
    let isLossless = column != "COMPRESSED_DATA"
    var cards = [
      ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", isLossless ? "16" : "8"),
      ("NAXIS2", "\(tiles.count)"), ("PCOUNT", "\(tiles.joined().count)"), ("GCOUNT", "1"),
      ("TFIELDS", isLossless ? "2" : "1"), ("TTYPE1", "'COMPRESSED_DATA'"), ("TFORM1", "'\(form)'"),
    ]
    if isLossless { cards += [("TTYPE2", "'\(column)'"), ("TFORM2", "'\(form)'")] }
    cards += [
      ("ZIMAGE", "T"), ("ZBITPIX", "-32"), ("ZNAXIS", "1"), ("ZNAXIS1", "40"), ("ZTILE1", "\(tile)"),
      ("ZCMPTYPE", "'\(method)'"), ("ZNAME1", "'BLOCKSIZE'"), ("ZVAL1", "32"), ("CTYPE1", "'WAVE    '"),
      ("CUNIT1", "'nm      '"), ("CRVAL1", "500."), ("CDELT1", "1."),
    ]
    cards = cards.map { ($0.0, changes[$0.0] ?? $0.1) } + extra
    var place = 0
    let pointers = tiles.map { tile -> [UInt8] in
      defer { place += tile.count }
      return RawFITS.bigEndian([UInt32](repeating: 0, count: isLossless ? 2 : 0))
        + RawFITS.bigEndian([UInt32(tile.count), UInt32(place)])
    }
    return RawFITS.primary + RawFITS.header(cards)
      + RawFITS.padded(Array(pointers.joined()) + Array(tiles.joined()))
  }

  private func read(_ bytes: [UInt8]) throws -> [Double] {
    let file = try FITSFile(bytes)
    return try file.image(file.units[1]).pixels
  }

  @Test(arguments: ["COMPRESSED_DATA", "GZIP_COMPRESSED_DATA"]) func gzipTilesAreRead(column: String) throws {
    let method = column == "COMPRESSED_DATA" ? "GZIP_1" : "RICE_1"
    let whole = Self.file([StoredGzip.packed(Self.bytes)], method: method, column: column)
    #expect(try read(whole) == Self.pixels.map(Double.init))
    let halves = [Self.bytes.prefix(80), Self.bytes.suffix(80)].map { StoredGzip.packed(Array($0)) }
    let tiled = Self.file(halves, method: method, tile: 20, column: column)
    #expect(try read(tiled) == Self.pixels.map(Double.init))
  }

  /// cfitsio would ask for more and more memory for the rest of the stream.
  @Test(arguments: ["COMPRESSED_DATA", "GZIP_COMPRESSED_DATA"])
  func gzipTilesCutShortAreRefused(column: String) throws {
    let method = column == "COMPRESSED_DATA" ? "GZIP_1" : "RICE_1"
    let stream = StoredGzip.packed(Self.bytes)
    for length in stride(from: 1, to: stream.count, by: 7) {
      let file = Self.file([Array(stream.prefix(length))], method: method, column: column)
      let error = #expect(throws: FITSError.self) { try read(file) }
      #expect(error?.hdu == 2 && error?.sentence.isEmpty == false)
      if column == "COMPRESSED_DATA" { #expect(error?.sentence.contains("row 1") == true) }
    }
    var damaged = stream
    damaged[30] ^= 1
    #expect(throws: FITSError.self) { try read(Self.file([damaged], method: method, column: column)) }
  }

  @Test func gzipTileLargerThanDeclaredIsRefused() {
    let error = #expect(throws: FITSError.self) {
      try read(Self.file([StoredGzip.packed([UInt8](repeating: 0, count: 40 * 8 + 1))]))
    }
    #expect(error?.sentence.contains("larger than a tile") == true)
  }

  @Test func tileMayBeLargerThanTheImage() throws {
    for tile in [41, 1000] {
      let file = Self.file([StoredGzip.packed(Self.bytes)], tile: tile)
      #expect(try read(file) == Self.pixels.map(Double.init))
    }
  }

  @Test(
    arguments: [
      (["ZTILE1": "0"], "ZTILE1"), (["ZTILE1": "-4"], "ZTILE1"), (["ZNAXIS1": "0"], "ZTILE1"),
      (["ZTILE1": "9999999999"], "ZTILEn"), (["ZNAXIS1": "9999999999"], "ZNAXISn"),
      (["ZTILE1": "9223372036854775807"], "ZTILEn"), (["ZNAXIS": "0"], "ZNAXIS"),
      (["ZBITPIX": "7"], "ZBITPIX"),
      (["ZCMPTYPE": "'PLIO_1  '"], "ZCMPTYPE"), (["ZCMPTYPE": "'HCOMPRESS_1'"], "ZCMPTYPE"),
      (["ZCMPTYPE": "'BZIP2_1 '"], "ZCMPTYPE"), (["ZCMPTYPE": "'       '"], "ZCMPTYPE"),
      (["TFORM1": "'0PB     '", "NAXIS1": "0"], "COMPRESSED_DATA"),
      (["TFORM1": "'8B      '"], "COMPRESSED_DATA"),
      (["TFORM1": "'1PI(999)'"], "COMPRESSED_DATA"),
    ] as [([String: String], String)])
  func lyingHeadersAreRefused(changes: [String: String], key: String) {
    let error = #expect(throws: FITSError.self) {
      // 160 bytes + 23 of gzip make an odd length, so that 16-bit cells of that count leave the heap.
      try read(Self.file([StoredGzip.packed(Self.bytes)], changes: changes))
    }
    #expect(error?.key == key && error?.hdu == 2)
  }

  /// Cards at which cfitsio divides by zero, or leaves a buffer, on its way to the HDU.
  @Test(
    arguments: [
      [("ZTILE1", "'LINEAR  '")], [("ZTILE1", "0")], [("ZTILE1", "40")], [("ZNAXIS1", "0")],
      [("ZIMAGE", "T")],
      [("ZCMPTYPE", "64")], [("ZBITPIX", "8")], [("ZNAXIS", "2")], [("HIERARCH ZTILE1", "0")],
      [("ztile1", "0")],
      [("TTYPE1", "'UNCOMPRESSED_DATA'")], [("TFORM1", "'1PD(4)  '")], [("ZDITHER0", "0")],
      [("ZDITHER0", "-2147483648")], [("ZDITHER0", "10001")],
      [("ZBLANK", "'a long value that is no integer at all'")], [("BLANK", "1.5")],
      [("ZBLANK", "000000000000000000001")], [("ZBLANK", "12 LINEAR")], [("ZQUANTIZ", "NONE")],
      [("ZQUANTIZ", "'" + String(repeating: "Z", count: 69))], [("ZNAME2", "2")],
    ] as [[(String, String)]])
  func cardsThatCfitsioTrustsAreRefused(extra: [(String, String)]) {
    let error = #expect(throws: FITSError.self) {
      try read(Self.file([StoredGzip.packed(Self.bytes)], extra: extra))
    }
    #expect(error?.hdu == 2 && error?.code == .malformed)
    #expect(error?.key == extra[0].0.split(separator: " ").last.map { $0.uppercased() })
  }

  /// The same cards instead of the sound ones.
  @Test(
    arguments: [
      (["ZTILE1": "'40      '"], "ZTILE1"), (["ZTILE1": "40.0"], "ZTILE1"), (["ZNAXIS": "7"], "ZNAXIS"),
      (["ZIMAGE": "TRUE"], "ZIMAGE"),
      (["ZBITPIX": "'no integer, and longer than thirty characters'"], "ZBITPIX"),
      (["XTENSION": "'IMAGE   '", "NAXIS1": "8"], "ZIMAGE"),
    ] as [([String: String], String)])
  func valuesThatCfitsioTrustsAreRefused(changes: [String: String], key: String) {
    let error = #expect(throws: FITSError.self) {
      try read(Self.file([StoredGzip.packed(Self.bytes)], changes: changes))
    }
    #expect(error?.key == key && error?.hdu == 2 && error?.code == .malformed)
  }

  /// Keys that only begin like those of compression.
  @Test func otherKeysMayStandAnywhere() throws {
    let extra = [("ZENITH", "12.5"), ("ZENITH", "13.5"), ("HIERARCH ZEUS ZTILE1", "0"), ("ZHECKSUM", "'0'")]
    #expect(
      try read(Self.file([StoredGzip.packed(Self.bytes)], extra: extra)) == Self.pixels.map(Double.init))
  }

  @Test(arguments: ["0", "-1", "3", "64", "1.5", "'32      '"]) func riceBlocksAreChecked(size: String) {
    let error = #expect(throws: FITSError.self) {
      try read(Self.file([], method: "RICE_1", changes: ["ZVAL1": size]))
    }
    #expect(error?.key == "ZVAL1" && error?.code == .malformed)
  }

  /// cfitsio would write as many pixels as there are into the room for one tile.
  @Test(arguments: [39, 40, 41, 400]) func uncompressedTileMustHaveItsLength(count: Int) throws {
    let file = Self.file([[UInt8](repeating: 3, count: count)], column: "UNCOMPRESSED_DATA")
    if count == 40 {
      #expect(try read(file) == [Double](repeating: 3, count: 40))
    } else {
      let error = #expect(throws: FITSError.self) { try read(file) }
      #expect(error?.key == "UNCOMPRESSED_DATA" && error?.sentence.contains("40 pixels") == true)
    }
  }

  @Test(arguments: [20, 80, 320]) func gzipTileOfAnotherLengthIsRefused(length: Int) {
    let tile = StoredGzip.packed([UInt8](repeating: 0, count: length))
    let error = #expect(throws: FITSError.self) { try read(Self.file([tile])) }
    #expect(error?.sentence.contains("40 pixels") == true)
  }

  @Test func tableOfTooManyTilesIsRefused() {
    let tile = StoredGzip.packed(Self.bytes)
    let error = #expect(throws: FITSError.self) { try read(Self.file([tile, tile])) }
    #expect(error?.key == "NAXIS2")
  }

  /// One Rice block of 40 equal pixels: the first in 16 bits, then the code 0 of 4 bits for "no differences".
  private static func rice(_ stream: [UInt8]) -> [UInt8] {
    file(
      [stream], method: "RICE_1", changes: ["ZBITPIX": "16", "ZVAL1": "32"],
      extra: [("ZNAME2", "'BYTEPIX '"), ("ZVAL2", "2")])
  }

  /// Code 15: 32 differences as they are, 16 bits each; 2 stands for +1.
  private static let plainRice: [UInt8] =
    [0, 0, 0xF0] + (0..<64).map { $0 % 2 == 0 ? 0x00 : 0x20 } + [0]

  @Test func riceTileIsRead() throws {
    #expect(try read(Self.rice([0x01, 0x02, 0x00])) == [Double](repeating: 258, count: 40))
    // Code 1: no bits behind the unary part; 32 differences of 0 are 32 ones. The second block is as above.
    let ones = [0x00, 0x07, 0x1F, 0xFF, 0xFF, 0xFF, 0xF0] as [UInt8]
    #expect(try read(Self.rice(ones)) == [Double](repeating: 7, count: 40))
    #expect(try read(Self.rice(Self.plainRice)) == (0..<40).map { Double(min($0 + 1, 32)) })
  }

  @Test func riceTileCutShortIsRefused() {
    let ones = [0x00, 0x07, 0x1F, 0xFF, 0xFF, 0xFF, 0xF0] as [UInt8]
    let endless = [0x00, 0x07, 0x10] + [UInt8](repeating: 0, count: 50)
    let cut = (1...2).map { Array(Self.plainRice.prefix($0 * 30)) } + (1...6).map { Array(ones.prefix($0)) }
    for stream in cut + [endless] {
      let error = #expect(throws: FITSError.self) { try read(Self.rice(stream)) }
      #expect(error?.sentence.contains("damaged or cut short") == true)
    }
  }

  @Test func streamThatIsNoRiceIsRefused() {
    for length in [0, 1, 10] {
      let noise = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 197) }
      #expect(throws: FITSError.self) {
        try read(Self.file([noise], method: "RICE_1", changes: ["ZBITPIX": "16"]))
      }
    }
  }
}
