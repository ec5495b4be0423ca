import Observations

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
  /// What the header says besides naming the columns.
  var words = HeaderWords()
  var areColumnsNamed = true
  /// What stands for a missing value in a column, where the table says so: cells that equal it are emptied.
  var nulls: [String] = []
  var assumptions: [String] = []

  /// Empties the cells that hold the null of their column, as text or as the same number.
  mutating func emptyNulls() {
    for (column, null) in nulls.enumerated() where !null.isEmpty {
      let number = TextTable.number(null)
      for row in rows.indices where column < rows[row].cells.count {
        let cell = rows[row].cells[column]
        if cell == null || number.isFinite && TextTable.number(cell) == number {
          rows[row].cells[column] = ""
        }
      }
    }
  }

  /// Cells of a column as numbers; what is no number is NaN.
  func numbers(_ column: Int) -> [Double] { rows.map { TextTable.number($0.cells[column]) } }

  /// Cells of a column of flags as numbers; they may be words.
  func flags(_ column: Int) -> [Double] {
    rows.map { row in
      switch row.cells[column].lowercased() {
      case "true", "t", "yes", "y", "masked", "bad": 1
      case "false", "f", "no", "n", "good", "ok": 0
      default: TextTable.number(row.cells[column])
      }
    }
  }

  /// A number as authors write it; words for "no value" and anything else give NaN.
  static func number(_ cell: String) -> Double {
    guard let first = cell.utf8.first, cell.utf8.count <= 64 else { return .nan }
    // The minus sign of typesetters.
    if first == 0xE2, cell.first == "\u{2212}" { return number("-" + cell.dropFirst()) }
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
    ["", "null", "nan", "--", "---", "n/a", "na", "none", "inf", "-inf", "masked", "-", "...", "n.a."]
      .contains(
        cell.lowercased())
  }

  /// Keeps a comment's words, and its keys if it holds any.
  mutating func note(_ body: String) {
    if notes.utf8.count < 10_000 { notes += body + " " }
    for item in TextTable.items(of: body) {
      guard let (key, value) = TextTable.key(in: item), keys[key] == nil else { continue }
      keys[key] = value
    }
  }

  /// The line itself, or what stands in the braces of YAML: `- {OBJECT: WASP-39 b, RSTAR: 0.9}`.
  private static func items(of body: String) -> [String] {
    var text = Substring(body)
    for start in ["meta:", "!!omap", "-"] {
      if text.hasPrefix(start) { text = Substring(TextLine.trimmed(text.dropFirst(start.count))) }
    }
    guard text.first == "{", text.last == "}" else { return text.isEmpty ? [] : [String(text)] }
    return text.dropFirst().dropLast().split(separator: ",").map { TextLine.trimmed($0) }
  }

  /// A key that is heeded, by the name FITS has for it, and its value: of `# TARGET = 'WASP-39 b'`.
  static func key(in body: String) -> (key: String, value: String)? {
    guard let mark = body.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    let name = TextLine.trimmed(body[..<mark]).uppercased()
    guard let key = keyNames[name] else { return nil }
    let value = TextLine.trimmed(body[body.index(after: mark)...]).filter { $0 != "'" && $0 != "\"" }
    return value.isEmpty ? nil : (key, value)
  }

  private static let keyNames: [String: String] = {
    var names = [
      "TARGET": "OBJECT", "PLANET": "OBJECT", "PL_NAME": "OBJECT", "TARGET NAME": "OBJECT",
      "PLANET NAME": "OBJECT",
      "TARGNAME": "OBJECT", "TELESCOPE": "TELESCOP", "INSTRUMENT": "INSTRUME",
    ]
    for key in ["EXOKIND", "OBJECT", "TELESCOP", "INSTRUME"] + StatedContext.keyNames { names[key] = key }
    for key in ["R_STAR", "STAR_RADIUS", "STELLAR_RADIUS", "STAR RADIUS", "STELLAR RADIUS"] {
      names[key] = "RSTAR"
    }
    for key in ["T_STAR", "TEFF", "STAR TEMPERATURE", "STELLAR TEMPERATURE"] { names[key] = "TSTAR" }
    return names
  }()
}
