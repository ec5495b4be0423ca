/// How a line of a text table is taken apart.
enum TextLine {
  /// Data begin with a number, or there are none.
  static func isData(_ line: Substring) -> Bool {
    line.first.map { $0.isNumber || $0 == "-" || $0 == "+" || $0 == "." } ?? true
  }

  static func isComment(_ text: String) -> Bool {
    text.hasPrefix("#") || text.hasPrefix(";") || text.hasPrefix("!") || text.hasPrefix("%")
      || text.hasPrefix("//")
  }

  /// The cells of a line; a blank stands for any number of blanks and tabs. Quotes may hold the delimiter (RFC 4180).
  static func cells(_ line: some StringProtocol, _ delimiter: Character) -> [String] {
    if line.utf8.contains(UInt8(ascii: "\"")), let cells = quotedCells(Substring(line), delimiter) {
      return cells
    }
    return delimiter == " "
      ? Substring(line).split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).map { String($0) }
      : line.split(separator: delimiter, omittingEmptySubsequences: false).map { trimmed($0) }
  }

  /// `nil` where a quote stands open: then it is a sign like any other.
  private static func quotedCells(_ line: Substring, _ delimiter: Character) -> [String]? {
    var cells: [String] = []
    var cell = ""
    var (isOpen, wasQuoted) = (false, false)
    func isEnd(_ sign: Character) -> Bool {
      sign == delimiter || delimiter == " " && (sign == "\t" || sign.isNewline)
    }
    var place = line.startIndex
    while place < line.endIndex {
      let sign = line[place]
      let next = line.index(after: place)
      if sign == "\"" {
        if isOpen, next < line.endIndex, line[next] == "\"" {
          cell.append(sign)
          place = line.index(after: next)
          continue
        }
        guard isOpen || trimmed(cell).isEmpty else { return nil }
        if !isOpen { cell = "" }
        (isOpen, wasQuoted) = (!isOpen, true)
      } else if !isOpen, isEnd(sign) {
        if delimiter != " " || !cell.isEmpty || wasQuoted { cells.append(wasQuoted ? cell : trimmed(cell)) }
        (cell, wasQuoted) = ("", false)
      } else if isOpen || !wasQuoted {
        cell.append(sign)
      } else if !sign.isWhitespace {
        return nil
      }
      place = next
    }
    guard !isOpen else { return nil }
    if delimiter != " " || !cell.isEmpty || wasQuoted { cells.append(wasQuoted ? cell : trimmed(cell)) }
    return cells
  }

  /// `(um)` and `[um]` to `um`.
  static func withoutBrackets(_ text: String) -> String {
    guard let first = text.first, let last = text.last, text.count > 2,
      first == "(" && last == ")" || first == "[" && last == "]"
    else { return text }
    return trimmed(text.dropFirst().dropLast())
  }

  /// Without some signs at the end.
  static func trimmed(_ text: String, of signs: String) -> String {
    var text = Substring(text)
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return String(text)
  }

  /// Without white space at either end.
  static func trimmed(_ text: some StringProtocol) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}
