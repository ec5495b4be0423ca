/// Limits on what a file may ask of us.
package struct FITSLimits: Sendable {
  /// HDUs in a file. Instruments' products hold up to a few hundred.
  package var units = 1000
  /// Axes of an image.
  package var axes = 16
  /// Bytes an image may take once decompressed.
  package var imageBytes = 1 << 30
  /// Cards in one header.
  package var cards = 36 * 4000

  package init() {}
}

/// The skeleton of a FITS file, read from the headers alone and checked against the bytes that are there.
///
/// It stands before cfitsio, which believes what headers declare: no size, row count or heap pointer
/// reaches it that does not fit in the file.
package struct FITSStructure: Sendable {
  /// One header and the data under it.
  package struct Unit: Sendable {
    package enum Kind: Sendable, Hashable {
      /// No data.
      case empty
      /// An image; axes as NAXIS1, NAXIS2, ... (the first runs fastest). Tile-compressed ones included.
      case image(axes: [Int], isCompressed: Bool)
      case table(rows: Int, isBinary: Bool)
    }

    package var number: Int
    package var header: FITSHeader
    package var kind: Kind
    /// The columns' declarations, of tables.
    package var columns: [FITSColumnForm]
    package var headerStart: Int
    package var dataStart: Int
    /// Bytes of data without padding.
    package var dataLength: Int

    /// EXTNAME; empty where there is none.
    package var name: String { header.text("EXTNAME") ?? "" }

    /// Of a table, compressed images included: bytes of a row, rows, bytes from the data's start to the heap.
    var rowWidth: Int { header.integer("NAXIS1") ?? 0 }
    var rowCount: Int { header.integer("NAXIS2") ?? 0 }
    var heapOffset: Int { header.integer("THEAP") ?? rowWidth * rowCount }
  }

  package private(set) var units: [Unit] = []
  /// What was odd but could be lived with, each a sentence.
  package private(set) var warnings: [String] = []
  /// Bytes from the start to the end of the last HDU, padding included; may exceed the file's by padding.
  package private(set) var length = 0

  /// Padding is missing at the end: the file can be read, but may still be growing.
  package private(set) var isShort = false

  /// A header block, and every HDU, fills a multiple of this many bytes.
  package static let blockLength = 2880
  static let cardLength = 80

  /// - Throws: `notFITS`, `truncated`, `malformed`, `tooLarge` or `unsupported`, with the HDU and the key.
  package init(_ bytes: [UInt8], limits: FITSLimits = FITSLimits()) throws(FITSError) {
    guard FITSStructure.looksLikeFITS(bytes) else {
      if bytes.count < FITSStructure.cardLength, Array("SIMPLE  =".utf8).starts(with: bytes.prefix(9)) {
        throw FITSError(
          .truncated,
          "the FITS file is truncated: it ends inside its first header card, after \(bytes.count) bytes",
          hdu: 1)
      }
      throw FITSError(.notFITS, "a FITS file begins with `SIMPLE  =                    T`; this one does not")
    }
    var start = 0
    while start < bytes.count {
      if !units.isEmpty, !bytes[start...].starts(with: Array("XTENSION".utf8)) {
        let rest = bytes.count - start
        if Array("XTENSION".utf8).starts(with: bytes[start...]) {
          throw FITSError(
            .truncated,
            "the FITS file is truncated: it ends after \(bytes.count) bytes, inside the first card of a header",
            hdu: units.count + 1)
        }
        if !bytes[start...].allSatisfy({ $0 == 0 || $0 == UInt8(ascii: " ") }) {
          warnings.append("\(rest) bytes after the last HDU belong to none and were not read")
        }
        break
      }
      guard units.count < limits.units else {
        throw FITSError(.tooLarge, "the file holds more than \(limits.units) HDUs")
      }
      start = try appendUnit(bytes, at: start, limits: limits)
    }
    length = start
    if length > bytes.count {
      isShort = true
      warnings.append(
        "the file is \(length - bytes.count) bytes short of a whole number of 2880-byte blocks; "
          + "only padding is missing, so it was read")
    }
  }

  /// True if the first card is SIMPLE with a logical value.
  package static func looksLikeFITS(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= cardLength, bytes.starts(with: Array("SIMPLE  =".utf8)) else { return false }
    let value = bytes[9..<cardLength].first { $0 != UInt8(ascii: " ") }
    return value == UInt8(ascii: "T") || value == UInt8(ascii: "F")
  }

  private mutating func appendUnit(
    _ bytes: [UInt8], at start: Int, limits: FITSLimits
  ) throws(FITSError) -> Int {
    let number = units.count + 1
    let (header, headerEnd) = try FITSStructure.header(bytes, at: start, number: number, limits: limits)
    let dataStart = start + FITSStructure.padded(headerEnd - start)
    var declaration = FITSDeclaration(header: header, number: number, limits: limits)
    let length = try declaration.dataLength()
    try CompressionCards(number: number).check(bytes[start..<headerEnd], parsed: header)
    let (end, overflows) = dataStart.addingReportingOverflow(length)
    // A header cut inside its padding holds no data: only data may lack their padding.
    guard !overflows, end <= bytes.count else {
      let needed = overflows ? "more than the address space" : "at least \(end) bytes"
      throw FITSError(
        .truncated,
        "the FITS file is truncated: its headers declare \(needed), it has \(bytes.count); fetch it again",
        hdu: number)
    }
    let unit = Unit(
      number: number, header: header, kind: declaration.kind, columns: declaration.columns,
      headerStart: start, dataStart: dataStart, dataLength: length)
    try FITSHeapCheck(unit: unit).check(bytes)
    try FITSTileCheck(unit: unit)?.check(bytes)
    units.append(unit)
    return dataStart + FITSStructure.padded(length)
  }

  /// Reads cards up to END; returns them and the place after the END card.
  private static func header(
    _ bytes: [UInt8], at start: Int, number: Int, limits: FITSLimits
  ) throws(FITSError) -> (FITSHeader, Int) {
    let endKey = Array("END     ".utf8)
    var parser = HeaderParser()
    var place = start
    while true {
      let next = place + cardLength
      guard next <= bytes.count else {
        throw FITSError(
          .truncated,
          "the FITS file is truncated: it ends after \(bytes.count) bytes, inside a header that has no END card",
          hdu: number)
      }
      guard (place - start) / cardLength < limits.cards else {
        throw FITSError(.malformed, "the header has no END card in \(limits.cards) cards", hdu: number)
      }
      let card = bytes[place..<next]
      place = next
      if card.starts(with: endKey) { return (FITSHeader(parser.cards), place) }
      // cfitsio ends the header at `END=` or `HIERARCH END =` as well.
      if card.first == endKey[0] || card.first == UInt8(ascii: "H"), CompressionCards.name(of: card) == "END"
      {
        throw FITSError(.malformed, "an END card must hold nothing else", hdu: number, key: "END")
      }
      parser.take(card)
    }
  }

  /// The next multiple of the block length.
  static func padded(_ length: Int) -> Int {
    (length + blockLength - 1) / blockLength * blockLength
  }
}
