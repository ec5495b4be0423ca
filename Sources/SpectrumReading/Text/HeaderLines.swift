import Units

/// The lines above a table's first row of numbers, comments or not: the names, units and words in them.
struct HeaderLines {
  struct Line {
    /// From 1.
    var number: Int
    /// Without the sign of a comment.
    var text: String
    var isComment: Bool
  }

  /// The names of the columns with their units.
  struct Names {
    var names: [String]
    var units: [String]
    /// Lines that are used up by them, by number.
    var lines: Set<Int>

    /// Of some columns alone, by their places.
    func keeping(_ columns: [Int]) -> Names {
      Names(names: columns.map { names[$0] }, units: columns.map { units[$0] }, lines: lines)
    }
  }

  let lines: [Line]

  init(_ lines: ArraySlice<Substring>) {
    self.lines = zip(lines.indices, lines).compactMap { place, line in
      // LaTeX ends its lines so.
      let text = TextLine.trimmed(TextLine.trimmed(TextLine.trimmed(line), of: "\\"))
      guard !text.isEmpty else { return nil }
      let isComment = TextLine.isComment(text)
      // Blanks at the start are kept: they stand where the first column of a comment is narrow.
      return Line(
        number: place + 1, text: isComment ? String(text.drop { "#;!%/".contains($0) }) : text,
        isComment: isComment)
    }
  }

  /// Lines besides those that named the columns.
  func words(besides used: Set<Int>) -> HeaderWords {
    HeaderWords(
      lines.filter { !used.contains($0.number) && TextTable.key(in: $0.text) == nil }
        .map { ($0.number, $0.text) })
  }

  /// What the table's numbers say of names that a line may give.
  struct Columns {
    /// Of each, whether its numbers climb or fall as an axis does.
    var climb: [Bool]
    /// Of each, whether its cells are ranges such as `1.00-1.07`.
    var areRanges: [Bool]
    /// The first counts the rows, so that it may have no name.
    var firstIsIndex: Bool

    /// Ranges named `bin` or `range` are of wavelengths, whatever else they are called.
    func named(_ cells: [String]) -> [String] {
      guard areRanges.contains(true), cells.count == areRanges.count else { return cells }
      return zip(cells, areRanges).map { cell, isRange in
        let words = NameWords(ColumnNames.split(cell).stem)
        guard isRange,
          words.has(NameWords.waves) || words.has(NameWords.bins) || words.has(["range", "interval"])
        else { return cell }
        let unit = ColumnNames.split(cell).unit
        return unit.isEmpty ? "wavelength" : "wavelength (\(unit))"
      }
    }

    /// False where the column that is named a wavelength is none, and another is: the line was prose.
    func agree(with names: [String]) -> Bool {
      let axes: [ColumnRole] = [.wavelength, .lowerEdge, .upperEdge, .logWavelength]
      let named = names.indices.filter { column in ColumnNames.role(names[column]).map(axes.contains) ?? false
      }
      return named.contains { climb[$0] } || !(climb.indices.contains { climb[$0] && !named.contains($0) })
    }
  }

  /// One name for each column, from the last line that gives them.
  func names(of columns: Columns, dialect: TextDialect) -> Names? {
    let width = columns.climb.count
    if let listed = listedNames(width: width) { return listed }
    for (place, line) in lines.enumerated().reversed() {
      for part in Self.parts(of: line) {
        for cells in Self.splittings(of: part, dialect) {
          let names = columns.named(columns.firstIsIndex && cells.count == width - 1 ? [""] + cells : cells)
          if names.count == width, ColumnNames.areOfSpectrum(names), columns.agree(with: names),
            !line.isComment || !Self.areProse(names, isIndexed: columns.firstIsIndex)
          {
            return withUnits(names, at: place, dialect)
          }
        }
        if let names = Self.grouped(part, width: width), columns.agree(with: names) {
          return withUnits(names, at: place, dialect)
        }
      }
    }
    // Names that tell no spectrum: the refusal then lists them.
    for (place, line) in lines.enumerated().reversed() {
      let cells = dialect.cells(line.text).map { $0.filter { $0 != "\"" } }
      guard cells.count == width, !cells.contains(where: TextTable.isNumber) else { continue }
      let isPlain = !line.isComment && (dialect.delimiter != " " || cells.allSatisfy { !Self.isRemark($0) })
      let isList =
        dialect.delimiter != " " && cells.allSatisfy { !$0.isEmpty && TextLine.cells($0, " ").count <= 4 }
      if isPlain || isList { return withUnits(cells, at: place, dialect) }
    }
    // `# lam Tb err`: wavelengths beside what is not known.
    for (place, line) in lines.enumerated().reversed() {
      for cells in Self.parts(of: line).flatMap({ Self.splittings(of: $0, dialect) })
      where cells.count == width && !ColumnNames.areOfSpectrum(cells) && columns.agree(with: cells)
        && !Self.areProse(cells, isIndexed: false)
      {
        if cells.contains(where: { ColumnNames.role($0) == .wavelength }) {
          return withUnits(cells, at: place, dialect)
        }
      }
    }
    return nil
  }

  private static func isRemark(_ cell: String) -> Bool {
    TextTable.isNumber(cell) || cell.allSatisfy { "-=~_:+".contains($0) }
  }

  // MARK: One line of names

  /// The whole line, and what stands behind a colon, an equals sign or a semicolon.
  private static func parts(of line: Line) -> [String] {
    var parts = [line.text]
    if line.isComment {
      let pieces = line.text.split(separator: ";")
      if pieces.count > 1 { parts = pieces.reversed().map(String.init) + parts }
    }
    if let mark = line.text.firstIndex(where: { $0 == ":" || $0 == "=" }) {
      parts.append(String(line.text[line.text.index(after: mark)...]))
    }
    return parts
  }

  /// The line taken apart in each way that authors do, the table's own first.
  static func splittings(of text: String, _ dialect: TextDialect) -> [[String]] {
    var splittings: [[String]] = []
    if dialect.delimiter != " " { splittings.append(TextLine.cells(text, dialect.delimiter)) }
    if text.contains("\t") { splittings.append(TextLine.cells(text, "\t")) }
    splittings.append(wideCells(text))
    for delimiter: Character in [",", ";", "|", "&"] where text.contains(delimiter) {
      splittings.append(TextLine.cells(text, delimiter))
    }
    splittings.append(balanced(TextLine.cells(text, " ")))
    return splittings.flatMap { cells in
      let items = cells.compactMap { item($0)?.text }
      // `Col 1: wave (um), Col 2: depth (ppm)`
      let plain = items.count == cells.count ? items : cells.map { $0.filter { $0 != "\"" } }
      let trimmed = Array(plain.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed())
      return trimmed.count == plain.count
        ? [withBrackets(plain)] : [withBrackets(plain), withBrackets(trimmed)]
    }
  }

  /// Cells between tabs or two and more blanks.
  private static func wideCells(_ text: String) -> [String] {
    var cells = [""]
    var blanks = 0
    for sign in text {
      if sign == " " || sign == "\t" {
        blanks += sign == "\t" ? 2 : 1
      } else {
        if blanks >= 2 { cells.append("") } else if blanks == 1 { cells[cells.count - 1].append(" ") }
        blanks = 0
        cells[cells.count - 1].append(sign)
      }
    }
    return cells.map { TextLine.trimmed($0) }.filter { !$0.isEmpty }
  }

  /// Words joined to what stands in one pair of brackets: `(erg s-1)`.
  private static func balanced(_ words: [String]) -> [String] {
    var result: [String] = []
    var open = 0
    for word in words {
      if open > 0 { result[result.count - 1] += " " + word } else { result.append(word) }
      open = max(0, open + word.count { "([".contains($0) } - word.count { ")]".contains($0) })
    }
    return result
  }

  /// A cell that is a unit in brackets belongs to the name before.
  private static func withBrackets(_ cells: [String]) -> [String] {
    cells.reduce(into: []) { result, cell in
      if let last = cell.last, let first = cell.first,
        first == "(" && last == ")" || first == "[" && last == "]",
        let name = result.last, !name.isEmpty, ColumnNames.role(cell)?.isOrdinate != true
      {
        result[result.count - 1] = name + " " + cell
      } else {
        result.append(cell)
      }
    }
  }

  /// Words between single blanks grouped into names, a remark behind the last let aside: `WL(nm) transit depth err second visit`.
  private static func grouped(_ text: String, width: Int) -> [String]? {
    let words = withBrackets(balanced(TextLine.cells(text, " ")))
    guard words.count > width, (2...24).contains(width), words.count <= 60 else { return nil }
    // Of all groupings those that use the most words; they must agree on what each column is.
    var best: [(names: [String], used: Int)] = []
    func extend(_ names: [String], from start: Int) {
      guard best.count < 200 else { return }
      if names.count == width {
        best.append((names, start))
        return
      }
      for length in stride(from: 4, through: 1, by: -1) where start + length <= words.count {
        let name = words[start..<start + length].joined(separator: " ")
        if ColumnNames.role(name) != nil { extend(names + [name], from: start + length) }
      }
    }
    extend([], from: 0)
    guard let most = best.map(\.used).max() else { return nil }
    let chosen = best.filter { $0.used == most }.map(\.names)
    let roles = Set(chosen.map { $0.map { ColumnNames.role($0) } })
    guard roles.count == 1, let names = chosen.first, ColumnNames.areOfSpectrum(names) else { return nil }
    // A sentence is no line of names, and what stands behind them must say nothing of units or quantities.
    let used = words.prefix(most).map { $0.lowercased() }
    let remark = HeaderWords([(0, words.dropFirst(most).joined(separator: " "))])
    // `Transit radius (R_J)` is no transit depth with a remark.
    let isOpen = words.dropFirst(most).contains { word in
      let bare = TextLine.trimmed(word.lowercased(), of: ".,;:")
      return word.first == "(" || word.first == "[" || ColumnNames.role(word) != nil
        || NameWords.strange.contains(bare)
        || ["radius", "radii", "height", "heights", "ratio", "squared"].contains(bare) || bare.last == ")"
    }
    return used.contains(where: proseWords.contains) || remark.isTelling || isOpen ? nil : names
  }

  /// Cells of a comment that are parts of a sentence: small words, or a first one that names nothing.
  private static func areProse(_ names: [String], isIndexed: Bool) -> Bool {
    names.contains { proseWords.contains($0.lowercased()) }
      || !isIndexed && ColumnNames.role(names[0]) == nil && TextLine.cells(names[0], " ").count > 1
  }

  /// Words of sentences that stand alone in no name.
  private static let proseWords: Set = [
    "the", "and", "are", "is", "was", "were", "of", "from", "with", "for", "we", "this", "that", "a", "as",
    "by", "to",
    "at", "spectrum,", "spectra",
  ]

  // MARK: Units below the names

  private func withUnits(_ names: [String], at place: Int, _ dialect: TextDialect) -> Names {
    var result = Names(
      names: names, units: [String](repeating: "", count: names.count), lines: [lines[place].number])
    for line in lines[(place + 1)...] {
      guard
        let units = Self.unitCells(of: line.text, dialect).first(where: {
          $0.count == names.count && Self.areUnits($0)
        })
      else { continue }
      result.lines.insert(line.number)
      for (column, unit) in units.enumerated() where result.units[column].isEmpty {
        let word = TextLine.withoutBrackets(unit)
        if !Self.isType(unit), !Self.isRule(unit), ColumnNames.isUnit(word) { result.units[column] = word }
      }
    }
    for line in lines {
      guard let (column, unit) = Self.described(line.text, among: names), result.units[column].isEmpty,
        ColumnNames.split(names[column]).unit.isEmpty
      else { continue }
      result.units[column] = unit
      result.lines.insert(line.number)
    }
    return result
  }

  /// The unit that a line gives to one column: `COLUMN PL_TRANDEP: Transit depth [%]`, `wave: wavelength in micron`.
  private static func described(_ text: String, among names: [String]) -> (column: Int, unit: String)? {
    guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
    let words = TextLine.cells(text[..<mark], " ")
    guard let name = words.last, words.count <= 2, let column = names.firstIndex(of: name) else { return nil }
    let rest = TextLine.trimmed(text[text.index(after: mark)...])
    let last = TextLine.cells(rest, " ").last ?? ""
    let isIn = TextLine.cells(rest, " ").dropLast().last == "in" || last == rest
    let candidates = [ColumnNames.split(rest).unit, isIn ? TextLine.trimmed(last, of: ".,") : ""]
    return candidates.first { !$0.isEmpty && ColumnNames.isUnit($0) }.map { (column, $0) }
  }

  /// As names are split, but a cell in brackets stands for itself.
  private static func unitCells(of text: String, _ dialect: TextDialect) -> [[String]] {
    [
      TextLine.cells(text, dialect.delimiter), TextLine.cells(text, "\t"), wideCells(text),
      TextLine.cells(text, ","),
      balanced(TextLine.cells(text, " ")),
    ]
  }

  private static func areUnits(_ cells: [String]) -> Bool {
    cells.allSatisfy { isType($0) || isRule($0) || ColumnNames.isUnit(TextLine.withoutBrackets($0)) }
  }

  /// Lines, and cells left empty.
  private static func isRule(_ cell: String) -> Bool { cell.allSatisfy { "-=~_:+".contains($0) } }

  /// `N`, `10N`, `S` (RDB), `double`, `float64`.
  private static func isType(_ cell: String) -> Bool {
    let word = cell.lowercased().filter { !$0.isNumber }
    return [
      "n", "s", "d", "double", "float", "int", "integer", "char", "string", "str", "real", "long", "bool",
      "f", "i",
    ].contains(word)
  }

  // MARK: A line a column

  /// `#   1 WAVELENGTH   Central wavelength   [um]` (SExtractor), `# Column 2: depth (ppm)`, `# (3) error`.
  private func listedNames(width: Int) -> Names? {
    var found: [(number: Int, text: String, line: Int)] = []
    for line in lines {
      guard let item = Self.item(line.text) else { continue }
      // A list begins anew where it counts from the start.
      if item.number <= (found.last?.number ?? -1) { found = [] }
      found.append((item.number, item.text, line.number))
    }
    guard found.count == width, width >= 2, let first = found.first?.number, first <= 1,
      zip(found, found.indices).allSatisfy({ $0.number == first + $1 })
    else { return nil }
    let columns = found.map { Self.named($0.text) }
    guard ColumnNames.areOfSpectrum(columns.map(\.name)) else { return nil }
    return Names(names: columns.map(\.name), units: columns.map(\.unit), lines: Set(found.map(\.line)))
  }

  private static func item(_ text: String) -> (number: Int, text: String)? {
    var rest = Substring(TextLine.trimmed(text)).drop { $0 == "(" || $0 == "[" }
    for word in ["columns", "column", "col."] + ["col"] where rest.lowercased().hasPrefix(word) {
      rest = rest.dropFirst(word.count).drop { " \t#".contains($0) }
      break
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number < 1000 else { return nil }
    let behind = rest.dropFirst(digits.count)
    guard let sign = behind.first, " \t:)].-=".contains(sign),
      !(sign == "." && behind.dropFirst().first?.isNumber == true)
    else { return nil }
    return (number, TextLine.trimmed(behind.drop { " \t:)].-=".contains($0) }))
  }

  /// The name is the first word, or the whole where that alone tells what it is; the unit stands in the last brackets.
  private static func named(_ text: String) -> (name: String, unit: String) {
    let parts = ColumnNames.split(text)
    let unit = parts.unit
    let first = TextLine.cells(parts.stem, " ").first ?? ""
    let bare = TextLine.trimmed(first, of: ":,")
    return ColumnNames.role(bare) == nil ? (parts.stem, unit) : (bare, unit)
  }
}
