/// Writes FITS files into memory: tables and images with headers, CHECKSUM and DATASUM.
///
/// Written here rather than by cfitsio, whose checksum cards carry the time of day: the same tables give the
/// same bytes. What is written passes `fitsverify`.
package enum FITSEncoder {
  package enum Unit: Sendable {
    case table(FITSTable)
    case image(FITSImage)
  }

  /// - Parameters:
  ///   - primary: cards of the primary header, which holds no data.
  ///   - units: the extensions in order.
  package static func encode(primary: FITSHeader = FITSHeader(), _ units: [Unit]) -> [UInt8] {
    var cards = [
      FITSCard("SIMPLE", .logical(true), "conforms to the FITS standard 4.0"),
      FITSCard("BITPIX", .integer(8), "no data in this HDU"),
      FITSCard("NAXIS", .integer(0), "no data in this HDU"),
      FITSCard("EXTEND", .logical(true), "extensions follow"),
    ]
    cards += primary.cards
    var bytes = unit(cards, data: [], fill: 0)
    for each in units {
      switch each {
      case .table(let table): bytes += encode(table)
      case .image(let image): bytes += encode(image)
      }
    }
    return bytes
  }

  private static func encode(_ table: FITSTable) -> [UInt8] {
    let columns = table.columns.map { Column($0, rows: table.rowCount) }
    return unit(
      cards(of: columns, name: table.name, header: table.header, rowCount: table.rowCount),
      data: cells(columns, rows: table.rowCount), fill: 0)
  }

  static func rowWidth(_ columns: [Column]) -> Int { columns.reduce(0) { $0 + $1.cellWidth } }

  static func cards(
    of columns: [Column], name: String, header: FITSHeader, rowCount: Int
  ) -> [FITSCard] {
    var cards = [
      FITSCard("XTENSION", .text("BINTABLE"), "binary table"),
      FITSCard("BITPIX", .integer(8), "bytes"),
      FITSCard("NAXIS", .integer(2), "a table has two axes"),
      FITSCard("NAXIS1", .integer(rowWidth(columns)), "bytes a row"),
      FITSCard("NAXIS2", .integer(rowCount), "rows"),
      FITSCard("PCOUNT", .integer(0), "no heap"),
      FITSCard("GCOUNT", .integer(1), "one group"),
      FITSCard("TFIELDS", .integer(columns.count), "columns"),
    ]
    if !name.isEmpty { cards.append(FITSCard("EXTNAME", .text(name))) }
    for (place, column) in columns.enumerated() {
      cards.append(FITSCard("TTYPE\(place + 1)", .text(column.source.name), column.source.comment))
      cards.append(FITSCard("TFORM\(place + 1)", .text(column.form)))
      if !column.source.unit.isEmpty {
        cards.append(FITSCard("TUNIT\(place + 1)", .text(column.source.unit)))
      }
    }
    return cards + header.cards
  }

  static func cells(_ columns: [Column], rows: Int) -> [UInt8] {
    var data: [UInt8] = []
    data.reserveCapacity(rowWidth(columns) * rows)
    for row in 0..<rows {
      for column in columns { column.appendCell(row, to: &data) }
    }
    return data
  }

  private static func encode(_ image: FITSImage) -> [UInt8] {
    precondition(image.pixels.count == image.axes.reduce(1, *), "an image's pixels must fill its axes")
    let isFloat = image.precision == .float
    var cards = [
      FITSCard("XTENSION", .text("IMAGE"), "image"),
      FITSCard("BITPIX", .integer(isFloat ? -32 : -64), "IEEE floating point"),
      FITSCard("NAXIS", .integer(image.axes.count), "axes"),
    ]
    for (place, length) in image.axes.enumerated() {
      cards.append(FITSCard("NAXIS\(place + 1)", .integer(length)))
    }
    cards += [FITSCard("PCOUNT", .integer(0)), FITSCard("GCOUNT", .integer(1))]
    if !image.name.isEmpty { cards.append(FITSCard("EXTNAME", .text(image.name))) }
    cards += image.header.cards
    var data: [UInt8] = []
    data.reserveCapacity(image.pixels.count * (isFloat ? 4 : 8))
    for pixel in image.pixels {
      if isFloat { append(Float(pixel).bitPattern, to: &data) } else { append(pixel.bitPattern, to: &data) }
    }
    return unit(cards, data: data, fill: 0)
  }

  /// Header and data in whole blocks, with both sums set.
  private static func unit(_ cards: [FITSCard], data: [UInt8], fill: UInt8) -> [UInt8] {
    var data = data
    data += [UInt8](repeating: fill, count: FITSStructure.padded(data.count) - data.count)
    return header(cards, dataSum: FITSChecksum.sum(data)) + data
  }

  /// A header in whole blocks, with both sums set.
  static func header(_ cards: [FITSCard], dataSum: UInt32) -> [UInt8] {
    var lines: [[UInt8]] = cards.flatMap { CardWriter.lines($0) }
    if lines.contains(where: { $0.starts(with: Array("CONTINUE".utf8)) }) {
      // Older readers look for this before they join strings.
      lines += CardWriter.lines(
        FITSCard("LONGSTRN", .text("OGIP 1.0"), "long strings go on in CONTINUE cards"))
    }
    let place = lines.count
    lines += CardWriter.lines(
      FITSCard("CHECKSUM", .text(FITSChecksum.placeholder), "of the whole HDU"))
    lines += CardWriter.lines(FITSCard("DATASUM", .text(String(dataSum)), "of the data"))
    lines.append(CardWriter.padded(Array("END".utf8)))
    var header = lines.flatMap { $0 }
    header += [UInt8](
      repeating: UInt8(ascii: " "), count: FITSStructure.padded(header.count) - header.count)
    let checksum = FITSChecksum.encode(~FITSChecksum.add(FITSChecksum.sum(header), dataSum))
    // The value stands between the quotes that begin at the card's eleventh byte.
    let start = place * FITSStructure.cardLength + 11
    header.replaceSubrange(start..<start + checksum.count, with: checksum)
    return header
  }

  static func append<Word: FixedWidthInteger>(_ word: Word, to data: inout [UInt8]) {
    withUnsafeBytes(of: word.bigEndian) { data.append(contentsOf: $0) }
  }

  /// A column with what its cells look like on disk.
  struct Column {
    let source: FITSColumn
    let form: String
    let cellWidth: Int

    /// - Parameter textWidth: of a text column's cells, where these rows are not all.
    init(_ source: FITSColumn, rows: Int, textWidth: Int? = nil) {
      precondition(source.rowLengths == nil, "variable-length columns are not written")
      precondition(
        source.values.count == rows * source.width, "column \(source.name) does not fill its rows")
      self.source = source
      let width = source.width
      switch source.values {
      case .double: (form, cellWidth) = ("\(width)D", width * 8)
      case .float: (form, cellWidth) = ("\(width)E", width * 4)
      case .integer: (form, cellWidth) = ("\(width)K", width * 8)
      case .logical: (form, cellWidth) = ("\(width)L", width)
      case .text(let texts):
        precondition(width == 1, "a text column has one string a cell")
        let longest = textWidth ?? max(texts.map { $0.unicodeScalars.count }.max() ?? 1, 1)
        (form, cellWidth) = ("\(longest)A", longest)
      }
    }

    func appendCell(_ row: Int, to data: inout [UInt8]) {
      let cell = row * source.width..<(row + 1) * source.width
      switch source.values {
      case .double(let values): for value in values[cell] { append(value.bitPattern, to: &data) }
      case .float(let values): for value in values[cell] { append(value.bitPattern, to: &data) }
      case .integer(let values): for value in values[cell] { append(Int64(value), to: &data) }
      case .logical(let values):
        for value in values[cell] { data.append(UInt8(ascii: value ? "T" : "F")) }
      case .text(let values):
        let text = CardWriter.ascii(values[row])
        data += text
        data += [UInt8](repeating: UInt8(ascii: " "), count: cellWidth - text.count)
      }
    }
  }
}
