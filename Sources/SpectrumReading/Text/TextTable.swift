/// A table in text: names, units, cells, and the words around it.
struct TextTable {
  var format: String
  var names: [String] = []
  var units: [String] = []
  /// Rows of cells as text, with the line each stands on (from 1).
  var rows: [(line: Int, cells: [String])] = []
  /// `# KEY = value` of comments, keys in upper case.
  var keys: [String: String] = [:]
  /// All comments in one line.
  var notes = ""
  var assumptions: [String] = []

  /// Cells of a column as numbers; what is no number is NaN.
  func numbers(_ column: Int) -> [Double] { rows.map { TextTable.number($0.cells[column]) } }

  /// A number as authors write it; words for "no value" and anything else give NaN.
  static func number(_ cell: String) -> Double {
    guard let first = cell.utf8.first, cell.utf8.count <= 64 else { return .nan }
    // Swift would take hexadecimal, `nan` and `infinity` too.
    let isStart = (48...57).contains(first) || first == 43 || first == 45 || first == 46
    guard isStart,
      cell.utf8.allSatisfy({ (43...46).contains($0) || (48...57).contains($0) || "eEdD".utf8.contains($0) })
    else { return .nan }
    // Exponents as Fortran writes them are rare, and replacing costs ten times what reading does.
    return Double(cell) ?? Double(cell.replacing("d", with: "e").replacing("D", with: "e")) ?? .nan
  }

  static func isNumber(_ cell: String) -> Bool { number(cell).isFinite }

  /// Words that stand for a missing value.
  static func isMissing(_ cell: String) -> Bool {
    ["", "null", "nan", "--", "---", "n/a", "na", "none", "inf", "-inf", "masked", "-"].contains(
      cell.lowercased())
  }

  /// Keeps a comment's words, and its key if it is one.
  mutating func note(_ body: String) {
    if notes.utf8.count < 10_000 { notes += body + " " }
    guard let mark = body.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return }
    let key = TextLine.trimmed(body[..<mark]).uppercased()
    guard
      [
        "EXOKIND", "OBJECT", "TARGET", "PLANET", "PL_NAME", "TELESCOPE", "TELESCOP", "INSTRUMENT", "INSTRUME",
        "RSTAR",
      ].contains(key)
    else { return }
    let names = [
      "TARGET": "OBJECT", "PLANET": "OBJECT", "PL_NAME": "OBJECT", "TELESCOPE": "TELESCOP",
      "INSTRUMENT": "INSTRUME",
    ]
    keys[names[key] ?? key] = TextLine.trimmed(body[body.index(after: mark)...]).filter {
      $0 != "'" && $0 != "\""
    }
  }
}
