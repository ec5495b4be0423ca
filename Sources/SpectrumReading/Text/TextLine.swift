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

  /// What stands between the cells of a line; a blank for any number of blanks and tabs.
  static func delimiter(of line: Substring) -> Character {
    line.contains(",")
      ? "," : line.contains("\t") ? "\t" : line.contains(";") ? ";" : line.contains("|") ? "|" : " "
  }

  static func cells(_ line: some StringProtocol, _ delimiter: Character) -> [String] {
    delimiter == " "
      ? Substring(line).split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).map { String($0) }
      : line.split(separator: delimiter, omittingEmptySubsequences: false).map { trimmed($0) }
  }

  /// Without white space at either end.
  static func trimmed(_ text: some StringProtocol) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}
