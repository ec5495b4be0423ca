extension TextTableParser {
  /// Machine-readable tables of the AAS journals and of CDS: a byte-by-byte description, then lines cut by bytes.
  ///
  /// Source: "Standards for Astronomical Catalogues, Version 2.0", CDS 2000.
  func machineReadable() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "machine-readable")
    var columns: [DescribedColumn] = []
    var place = lines.firstIndex { $0.hasPrefix("Byte-by-byte Description") } ?? 0
    for line in lines[..<place] { table.note(TextLine.trimmed(line)) }
    var rules = 0
    while place + 1 < lines.count, rules < 3 {
      place += 1
      if Self.isRule(lines[place]) {
        rules += 1
      } else if rules == 2, let column = DescribedColumn(lines[place]) {
        columns.append(column)
        table.note(column.explanation)
      } else if rules == 2 {
        table.note(TextLine.trimmed(lines[place]))
      }
    }
    guard !columns.isEmpty else {
      throw SpectrumError(
        .malformed, "the byte-by-byte description names no column", place: "line \(place + 1)")
    }
    // Notes stand between the description and the data, closed by a line of dashes.
    let start = (lines[(place + 1)...].lastIndex(where: Self.isRule) ?? place) + 1
    table.names = columns.map { $0.name(among: columns) }
    table.units = columns.map(\.unit)
    for number in start..<max(start, lines.count) where !lines[number].allSatisfy(\.isWhitespace) {
      guard table.rows.count < TextSpectrum.mostRows else {
        throw SpectrumError(.tooLarge, "the table has more than \(TextSpectrum.mostRows) rows")
      }
      let bytes = Array(lines[number].utf8)
      table.rows.append((number + 1, columns.map { $0.cell(of: bytes) }))
    }
    guard !table.rows.isEmpty else {
      throw SpectrumError(
        .noUsablePoints,
        "this is the description of a table without its data; submit the file that holds both, or the data with a line of "
          + "names")
    }
    table.nulls = columns.map(\.null)
    table.emptyNulls()
    return table
  }

  private static func isRule(_ line: Substring) -> Bool {
    let text = TextLine.trimmed(line)
    return text.utf8.count >= 10 && text.allSatisfy { $0 == "-" || $0 == "=" }
  }
}

/// One line of a byte-by-byte description.
private struct DescribedColumn {
  let bytes: Range<Int>
  let unit: String
  let label: String
  let explanation: String

  /// `?=-9.99`, or `[0/5]?=-9.99`, before the explanation: what stands for a missing value; empty where that is a blank.
  var null: String {
    let word = explanation.prefix { !$0.isWhitespace && $0 != ";" }
    guard let start = word.range(ofWord: "?=") else { return "" }
    return String(word[start...])
  }

  /// ` 10-15  F6.3   nm    e_Wave     Half of the bin`; `nil` for a line that continues another.
  init?(_ line: Substring) {
    let text = TextLine.trimmed(line)
    let start = text.prefix { $0.isASCII && $0.isNumber }
    guard let first = Int(start), first > 0, first < 100_000 else { return nil }
    var rest = Substring(TextLine.trimmed(text.dropFirst(start.count)))
    var last = first
    if rest.first == "-" {
      rest = Substring(TextLine.trimmed(rest.dropFirst()))
      let end = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(end), number >= first, number < 100_000 else { return nil }
      last = number
      rest = rest.dropFirst(end.count)
    }
    let words = TextLine.cells(rest, " ")
    guard words.count >= 3, let format = words[0].first, "AIFE".contains(format) else { return nil }
    bytes = first - 1..<last
    unit = words[1] == "---" ? "" : words[1].hasPrefix("[") ? "" : words[1]
    label = words[2]
    explanation = words.dropFirst(3).joined(separator: " ")
  }

  /// The label; where it is not known, the explanation, if that is.
  func name(among columns: [DescribedColumn]) -> String {
    if ColumnNames.role(label) != nil { return label }
    let words = TextLine.cells(explanation, " ")
    let places = stride(from: min(5, words.count), through: 1, by: -1)
    return places.lazy.map { words.prefix($0).joined(separator: " ") }
      .first { ColumnNames.role($0) != nil } ?? label
  }

  func cell(of line: [UInt8]) -> String {
    guard bytes.lowerBound < line.count else { return "" }
    let cut = line[bytes.lowerBound..<min(bytes.upperBound, line.count)]
    return TextLine.trimmed(String(decoding: cut, as: UTF8.self))
  }
}
