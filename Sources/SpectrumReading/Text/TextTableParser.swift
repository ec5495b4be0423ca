/// Finds the table in a text: ECSV, IPAC, CSV, pyratbay, Eureka!, TauREx or plain columns.
struct TextTableParser {
  let lines: [Substring]
  private let endsInNewline: Bool

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    endsInNewline = text.last?.isNewline ?? false
  }

  func parse() throws(SpectrumError) -> TextTable {
    let head = lines.prefix(500)
    if lines.first?.hasPrefix("# %ECSV") == true { return try ecsv() }
    if head.contains(where: { $0.hasPrefix("Byte-by-byte Description") }) { return try machineReadable() }
    if let bare = withoutBars() { return try bare.columns() }
    if head.contains(where: { $0.hasPrefix("|") }),
      head.allSatisfy({
        $0.hasPrefix("|") || $0.hasPrefix("\\") || $0.hasPrefix(" ") || TextLine.isData($0)
      })
    {
      return try ipac()
    }
    if lines.contains(where: { $0.hasPrefix("@DATA") }) { return try pyratbay() }
    return try columns()
  }

  /// The table without the bars at the ends of its lines, where every line has them (fixed width, Markdown).
  private func withoutBars() -> TextTableParser? {
    let filled = lines.prefix(500).filter { line in
      !line.allSatisfy(\.isWhitespace) && !TextLine.isComment(TextLine.trimmed(line))
    }
    guard filled.count > 2,
      filled.allSatisfy({ $0.hasPrefix("|") || $0.hasPrefix("+-") || $0.hasPrefix("+=") }),
      filled.contains(where: { line in
        line.hasPrefix("|") && TextLine.cells(line, "|").contains { TextTable.isNumber($0) }
      })
    else { return nil }
    return TextTableParser(
      lines: lines.map { line in
        guard line.hasPrefix("|") else { return line.hasPrefix("+") ? "" : line }
        let text = line.dropFirst()
        let end = text.lastIndex { !$0.isWhitespace } ?? text.startIndex
        return end < text.endIndex && text[end] == "|" ? text[..<end] : text
      }, endsInNewline: endsInNewline)
  }

  private init(lines: [Substring], endsInNewline: Bool) {
    self.lines = lines
    self.endsInNewline = endsInNewline
  }

  /// Takes the lines from `start` on as rows.
  /// - Throws: `malformed`, `truncated`, `tooLarge`.
  func readRows(
    from start: Int, dialect: TextDialect, width: Int, into table: inout TextTable
  ) throws(SpectrumError) {
    for place in start..<max(start, lines.count) {
      let text = TextLine.trimmed(lines[place])
      if text.isEmpty { continue }
      if TextLine.isComment(text) {
        // Keys may stand below the table too.
        if let (key, value) = TextTable.key(in: TextLine.trimmed(text.drop { "#;!%/".contains($0) })),
          table.keys[key] == nil
        {
          table.keys[key] = value
        }
        continue
      }
      let line = Self.withoutEnd(lines[place], dialect)
      if dialect.hasDecimalCommas, let cell = dialect.cellWithPoint(line) {
        throw SpectrumError(
          .malformed,
          "'\(cell)' has a decimal point where other numbers have commas: whether those are decimal commas or part thousands cannot "
            + "be told; write all numbers with points and without commas", place: "line \(place + 1)")
      }
      let cells = dialect.cells(line)
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

  /// A line without what LaTeX ends rows with, and without a remark behind the numbers.
  static func withoutEnd(_ line: Substring, _ dialect: TextDialect) -> Substring {
    if dialect.delimiter == "&", let end = line.range(ofWord: "\\\\") {
      return line[..<line.index(end, offsetBy: -2)]
    }
    if dialect.delimiter == " ", line.utf8.contains(UInt8(ascii: "#")), let mark = line.firstIndex(of: "#") {
      return line[..<mark]
    }
    return line
  }
}
