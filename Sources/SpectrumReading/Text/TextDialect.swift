/// How the lines of one text table are taken apart: what stands between cells, and how numbers are written.
struct TextDialect: Sendable, Hashable {
  var delimiter: Character
  /// `1,035` is a number.
  var hasDecimalCommas = false

  /// The cells of a line as numbers are read.
  func cells(_ line: some StringProtocol) -> [String] {
    let cells = TextLine.cells(line, delimiter)
    return hasDecimalCommas ? cells.map { Self.isDecimal($0) ? $0.replacing(",", with: ".") : $0 } : cells
  }

  /// A number written with a decimal point, which a table of decimal commas does not hold.
  func cellWithPoint(_ line: some StringProtocol) -> String? {
    TextLine.cells(line, delimiter).first { $0.contains(".") && TextTable.isNumber($0) }
  }

  /// The dialect in which a line holds numbers, if there is one.
  init?(ofData line: Substring) {
    // A decimal comma is looked for before a comma is a delimiter.
    if line.contains(",") {
      let delimiters: [Character] = [";", "\t", "|"] + (line.contains("\"") ? [","] : []) + [" "]
      for delimiter in delimiters where delimiter == " " || line.contains(delimiter) {
        let cells = TextLine.cells(line, delimiter).filter { !$0.isEmpty }
        let decimals = cells.count { Self.isDecimal($0) }
        guard decimals >= 1, cells.count >= 2,
          decimals >= 2 || cells.allSatisfy({ Self.isDecimal($0) || TextTable.isNumber($0) }),
          cells.allSatisfy({ Self.isDecimal($0) || !$0.contains(",") })
        else { continue }
        self.init(delimiter: delimiter, hasDecimalCommas: true)
        return
      }
    }
    for delimiter: Character in [",", "\t", ";", "|", "&"] where line.contains(delimiter) {
      if Self.holdNumbers(TextLine.cells(line, delimiter)) {
        self.init(delimiter: delimiter)
        return
      }
    }
    guard Self.holdNumbers(TextLine.cells(line, " ")) else { return nil }
    self.init(delimiter: " ")
  }

  init(delimiter: Character, hasDecimalCommas: Bool = false) {
    self.delimiter = delimiter
    self.hasDecimalCommas = hasDecimalCommas
  }

  private static func holdNumbers(_ cells: [String]) -> Bool {
    let numbers = cells.count { TextTable.isNumber($0) }
    return numbers >= 2 || numbers == 1 && cells.count <= 2
  }

  /// `1,035`, `-2,5E-05`: one comma between digits.
  private static func isDecimal(_ cell: String) -> Bool {
    guard cell.utf8.count { $0 == 44 } == 1, let comma = cell.firstIndex(of: ","),
      cell[..<comma].last?.isNumber == true, cell[cell.index(after: comma)...].first?.isNumber == true
    else { return false }
    return TextTable.isNumber(cell.replacing(",", with: "."))
  }
}
