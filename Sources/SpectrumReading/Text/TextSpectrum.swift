import JobContract
import Observations

/// Reads one spectrum from a text table.
enum TextSpectrum {
  /// Bytes of text taken at most, and rows.
  private static let mostBytes = 64 << 20
  static let mostRows = 1_000_000

  /// True if the bytes are text that is no XML and holds a line of numbers in its first part.
  static func recognizes(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(1 << 16)
    let head = TextDecoding.utf16(start).map { ArraySlice($0.utf8) } ?? start
    if VOTable.recognizes(head) { return true }
    guard let first = head.first(where: { $0 > 32 }), first != UInt8(ascii: "<"), first != UInt8(ascii: "{"),
      !head.contains(where: { $0 < 9 })
    else { return false }
    // Something before the root element does not make a record a table.
    guard
      !head.split(separator: UInt8(ascii: "\n")).contains(where: {
        $0.contains(UInt8(ascii: "<")) && $0.contains(UInt8(ascii: ">"))
      })
    else { return false }
    return head.contains { (48...57).contains($0) }
  }

  /// - Throws: a sentence that names the line.
  static func read(_ bytes: [UInt8], _ statement: UserStatement) throws(SpectrumError) -> Spectrum {
    guard bytes.count <= mostBytes else {
      throw SpectrumError(.tooLarge, "the text has more than \(mostBytes >> 20) MiB")
    }
    let isWide = TextDecoding.utf16(bytes.prefix(2)) != nil
    guard isWide || !bytes.contains(0) else {
      throw SpectrumError(.unrecognised, "the file holds zero bytes: it is no text")
    }
    let text = TextDecoding.text(bytes)
    let isVOTable = VOTable.recognizes(ArraySlice(text.utf8.prefix(4096)))
    let table = try isVOTable ? VOTable.table(text) : TextTableParser(text).parse()
    guard !table.rows.isEmpty else { throw SpectrumError(.noUsablePoints, "the table has no rows") }
    return try SpectrumAssembly.spectrum(of: source(of: table).heeding(statement))
  }

  private static func source(of table: TextTable) throws(SpectrumError) -> SpectrumSource {
    var columns: [SpectrumColumn] = []
    var instruments: [String]?
    var unused: [String] = []
    try TableSubject.check(table)
    for (place, name) in table.names.enumerated() {
      if ["instrument", "instrname", "facility"].contains(name.lowercased()), instruments == nil {
        let words = table.rows.map { $0.cells[place] }
        if words.contains(where: { !TextTable.isMissing($0) }) { instruments = words }
        continue
      }
      guard let role = ColumnNames.role(name) else {
        unused.append(name)
        continue
      }
      let values = role == .quality ? table.flags(place) : table.numbers(place)
      for (row, value) in zip(table.rows, values)
      where !value.isFinite && !TextTable.isMissing(row.cells[place]) {
        throw SpectrumError(
          .malformed, "'\(row.cells[place].prefix(40))' is no number",
          place: "line \(row.line), column \(name)")
      }
      columns.append(SpectrumColumn(name, unit: unit(table.units[place]), values))
    }
    var source = SpectrumSource(
      layout: "text: \(table.format)", columns: columns, keys: table.keys, notes: table.notes,
      instruments: instruments)
    source.remarks.assumptions = table.assumptions
    source.words = table.words
    source.areColumnsNamed = table.areColumnsNamed
    source.unusedColumns = unused
    if let instruments {
      let names = Array(Set(instruments)).sorted()
      source.segments = instruments.map { names.firstIndex(of: $0) ?? 0 }
      if source.keys["INSTRUME"] == nil { source.keys["INSTRUME"] = names.joined(separator: ", ") }
    }
    return source
  }

  private static func unit(_ text: String) -> String { TextTable.isMissing(text) ? "" : text }
}
