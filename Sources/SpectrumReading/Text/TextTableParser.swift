/// Finds the table in a text: ECSV, IPAC, CSV, pyratbay, Eureka!, TauREx or plain columns.
struct TextTableParser {
  let lines: [Substring]
  private let endsInNewline: Bool

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    endsInNewline = text.last?.isNewline ?? false
  }

  func parse() throws(SpectrumError) -> TextTable {
    if lines.first?.hasPrefix("# %ECSV") == true { return try ecsv() }
    if lines.prefix(500).contains(where: { $0.hasPrefix("|") }),
      lines.prefix(500).allSatisfy({
        $0.hasPrefix("|") || $0.hasPrefix("\\") || $0.hasPrefix(" ") || TextLine.isData($0)
      })
    {
      return try ipac()
    }
    if lines.contains(where: { $0.hasPrefix("@DATA") }) { return try pyratbay() }
    return try columns()
  }

  /// Takes the lines from `start` on as rows.
  /// - Throws: `malformed`, `truncated`, `tooLarge`.
  func readRows(from start: Int, delimiter: Character, into table: inout TextTable)
    throws(SpectrumError)
  {
    let width = table.names.count
    for place in start..<max(start, lines.count) {
      let text = TextLine.trimmed(lines[place])
      if text.isEmpty || TextLine.isComment(text) { continue }
      let cells = TextLine.cells(lines[place], delimiter)
      guard cells.count == width else {
        let isLast = place == lines.count - 1 && !endsInNewline
        throw SpectrumError(
          isLast ? .truncated : .malformed,
          "\(cells.count) columns where the table has \(width)"
            + (isLast ? "; the file seems to end in the middle" : ""), place: "line \(place + 1)")
      }
      guard table.rows.count < TextSpectrum.mostRows else {
        throw SpectrumError(.tooLarge, "the table has more than \(TextSpectrum.mostRows) rows")
      }
      table.rows.append((place + 1, cells))
    }
  }
}
