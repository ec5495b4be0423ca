extension TextTableParser {
  /// IPAC tables (NASA Exoplanet Archive): columns by the bars of the header, which holds names, types, units,
  /// nulls.
  func ipac() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "IPAC")
    var bars: [Int] = []
    var headerRows = 0
    for (place, line) in lines.enumerated() {
      if line.hasPrefix("\\") {
        table.note(TextLine.trimmed(line.dropFirst()))
      } else if line.hasPrefix("|") {
        let cells = TextLine.cells(line.dropFirst(), "|").dropLast(line.hasSuffix("|") ? 1 : 0)
        if headerRows == 0 {
          table.names = Array(cells)
          bars = line.utf8.enumerated().filter { $0.element == 124 }.map(\.offset)
        } else if headerRows == 2 {
          table.units = Array(cells)
        } else if headerRows == 3 {
          table.nulls = Array(cells)
        }
        headerRows += 1
      } else if !TextLine.trimmed(line).isEmpty {
        let bytes = Array(line.utf8)
        var cells: [String] = []
        for (start, end) in zip(bars, bars.dropFirst() + [max(bytes.count, bars.last ?? 0)]) {
          let cut = start < bytes.count ? bytes[start..<min(end, bytes.count)] : []
          cells.append(TextLine.trimmed(Substring(String(decoding: cut, as: UTF8.self))))
        }
        table.rows.append((place + 1, Array(cells.prefix(table.names.count))))
      }
    }
    guard let wrong = table.rows.first(where: { $0.cells.count != table.names.count }) else {
      table.units += [String](repeating: "", count: max(0, table.names.count - table.units.count))
      table.emptyNulls()
      return table
    }
    throw SpectrumError(
      .malformed, "\(wrong.cells.count) columns where the header has \(table.names.count)",
      place: "line \(wrong.line)")
  }
}
