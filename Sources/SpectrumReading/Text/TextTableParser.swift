/// Finds the table in a text: ECSV, IPAC, CSV, pyratbay, Eureka!, TauREx or plain columns.
struct TextTableParser {
  private let lines: [Substring]
  private let endsInNewline: Bool

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    endsInNewline = text.last?.isNewline ?? false
  }

  func parse() throws(SpectrumError) -> TextTable {
    if lines.first?.hasPrefix("# %ECSV") == true { return try ecsv() }
    if lines.prefix(500).contains(where: { $0.hasPrefix("|") }),
      lines.prefix(500).allSatisfy({
        $0.hasPrefix("|") || $0.hasPrefix("\\") || $0.hasPrefix(" ") || isData($0)
      })
    {
      return try ipac()
    }
    if lines.contains(where: { $0.hasPrefix("@DATA") }) { return try pyratbay() }
    return try columns()
  }

  private func isData(_ line: Substring) -> Bool {
    line.first.map { $0.isNumber || $0 == "-" || $0 == "+" || $0 == "." } ?? true
  }

  // MARK: Formats

  private func ecsv() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "ECSV")
    var delimiter: Character = " "
    var start = lines.count
    for (place, line) in lines.enumerated() {
      guard line.hasPrefix("#") else {
        start = place
        break
      }
      let body = trimmed(line.dropFirst())
      note(body, &table)
      if body.hasPrefix("delimiter:"), body.contains(",") { delimiter = "," }
      guard body.hasPrefix("- {name:") else { continue }
      table.names.append(field("name", body) ?? "")
      table.units.append(field("unit", body) ?? "")
    }
    guard start < lines.count else {
      throw SpectrumError(.malformed, "the ECSV header is followed by no table")
    }
    let header = split(lines[start], delimiter)
    // `- {name: null}` also stands in the free part of the header.
    let units = Dictionary(zip(table.names, table.units)) { first, _ in first }
    table.names = header
    table.units = header.map { units[$0] ?? "" }
    try readRows(from: start + 1, delimiter: delimiter, into: &table)
    return table
  }

  /// The value of a key in `{name: wave, unit: um}`.
  private func field(_ key: String, _ body: String) -> String? {
    guard let open = body.firstIndex(of: "{"), let close = body.lastIndex(of: "}"), open < close else {
      return nil
    }
    for part in body[body.index(after: open)..<close].split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1)
      if pair.count == 2, trimmed(pair[0]) == key {
        return trimmed(pair[1]).filter { $0 != "'" && $0 != "\"" }
      }
    }
    return nil
  }

  /// IPAC tables (NASA Exoplanet Archive): columns by the bars of the header, which holds names, types, units,
  /// nulls.
  private func ipac() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "IPAC")
    var bars: [Int] = []
    var headerRows = 0
    for (place, line) in lines.enumerated() {
      if line.hasPrefix("\\") {
        note(trimmed(line.dropFirst()), &table)
      } else if line.hasPrefix("|") {
        let cells = split(line.dropFirst(), "|").dropLast(line.hasSuffix("|") ? 1 : 0)
        if headerRows == 0 {
          table.names = Array(cells)
          bars = line.utf8.enumerated().filter { $0.element == 124 }.map(\.offset)
        } else if headerRows == 2 {
          table.units = Array(cells)
        }
        headerRows += 1
      } else if !trimmed(line).isEmpty {
        let bytes = Array(line.utf8)
        var cells: [String] = []
        for (start, end) in zip(bars, bars.dropFirst() + [max(bytes.count, bars.last ?? 0)]) {
          let cut = start < bytes.count ? bytes[start..<min(end, bytes.count)] : []
          cells.append(trimmed(Substring(String(decoding: cut, as: UTF8.self))))
        }
        table.rows.append((place + 1, Array(cells.prefix(table.names.count))))
      }
    }
    guard let wrong = table.rows.first(where: { $0.cells.count != table.names.count }) else {
      table.units += [String](repeating: "", count: max(0, table.names.count - table.units.count))
      return table
    }
    throw SpectrumError(
      .malformed, "line \(wrong.line): \(wrong.cells.count) columns where the header has \(table.names.count)"
    )
  }

  private func pyratbay() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "pyratbay")
    var unit = ""
    var section = ""
    var left = 0
    for (place, line) in lines.enumerated() {
      let text = trimmed(line)
      if text.isEmpty { continue }
      if text.hasPrefix("#") {
        note(trimmed(text.dropFirst()), &table)
        let words = split(text.dropFirst(), " ")
        if words.count >= 4, words.contains("depth") { table.names = words }
      } else if text.hasPrefix("@") {
        section = text
      } else if section == "@DEPTH_UNITS" {
        unit = text
      } else if section == "@DATA" {
        let cells = split(line, " ")
        // A band named by a filter file has no edges here.
        if cells.count > 2, TextTable.isNumber(cells[2]) {
          table.rows.append((place + 1, cells))
        } else {
          left += 1
        }
      }
    }
    if left > 0 {
      table.assumptions.append("\(left) bands given only as the name of a filter file were left out")
    }
    if table.names.isEmpty { table.names = ["depth", "depth_err", "wl", "half_width", "instrument"] }
    let width = table.rows.map(\.cells.count).min() ?? 0
    table.names = Array(table.names.prefix(width))
    table.rows = table.rows.map { ($0.line, Array($0.cells.prefix(width))) }
    table.units = table.names.map {
      $0.hasPrefix("depth") ? unit : $0 == "wl" || $0.contains("width") ? "um" : ""
    }
    return table
  }

  /// CSV or columns between blanks, with names in a header line, in a comment, or nowhere.
  private func columns() throws(SpectrumError) -> TextTable {
    var comments: [Substring] = []
    var firstRow: Int?
    var header: Int?
    for (place, line) in lines.enumerated() {
      let text = trimmed(line)
      if text.isEmpty { continue }
      if isComment(text) {
        comments.append(text.drop { "#;!%/".contains($0) })
        continue
      }
      let cells = split(line, delimiter(of: line))
      let numbers = cells.count { TextTable.isNumber($0) }
      if numbers >= 2 || numbers == 1 && cells.count <= 2 {
        firstRow = place
        break
      }
      header = place
      if place > 1000 { break }
    }
    guard let firstRow else {
      throw SpectrumError(
        .unrecognised, "the text holds no line of two or more numbers: it is no table of a spectrum")
    }
    let delimiter = delimiter(of: lines[firstRow])
    var table = TextTable(format: delimiter == "," ? "CSV" : "columns")
    for comment in comments { note(trimmed(comment), &table) }
    let width = split(lines[firstRow], delimiter).count
    if let header, split(lines[header], self.delimiter(of: lines[header])).count == width {
      table.names = split(lines[header], self.delimiter(of: lines[header]))
    } else {
      table.names = namesInComments(comments, width: width, delimiter: delimiter) ?? []
    }
    table.names = table.names.map { $0.filter { $0 != "\"" } }
    if table.names.isEmpty { table.names = [String](repeating: "", count: width) }
    table.units = [String](repeating: "", count: width)
    try readRows(from: firstRow, delimiter: delimiter, into: &table)
    if table.names.allSatisfy(\.isEmpty) { try nameByPosition(&table) }
    return table
  }

  /// The last comment, or part of one after a semicolon, that has as many words as the table columns and
  /// names a wavelength.
  private func namesInComments(_ comments: [Substring], width: Int, delimiter: Character) -> [String]? {
    for comment in comments.reversed() {
      for part in comment.split(separator: ";").reversed() {
        for separator in [delimiter, " ", ","] {
          let words = split(part, separator)
          if words.count == width, SpectrumAssembly.isSpectrum(words) { return words }
        }
      }
    }
    return nil
  }

  /// Without names: lower and upper edge, depth, error; or TauREx's wavelength, depth, error and bin width.
  private func nameByPosition(_ table: inout TextTable) throws(SpectrumError) {
    let width = table.names.count
    let first = table.numbers(0)
    guard width >= 2, width <= 8 else {
      throw SpectrumError(
        .noWavelength,
        "the \(width) columns have no names; add a first line such as `wavelength,depth,depth_err`")
    }
    let second = table.numbers(1)
    let areEdges =
      width >= 3 && zip(first, second).allSatisfy { $0 < $1 && $1 < 1.5 * $0 } && first.count > 1
    var names =
      areEdges ? ["wave_min", "wave_max", "depth", "error"] : ["wavelength", "depth", "error", "bin_width"]
    if width > 4 { names += (5...width).map { "column\($0)" } }
    table.names = Array(names.prefix(width))
    table.assumptions.append("the columns have no names: read as \(table.names.joined(separator: ", "))")
  }

  // MARK: Lines

  private func readRows(from start: Int, delimiter: Character, into table: inout TextTable)
    throws(SpectrumError)
  {
    let width = table.names.count
    for place in start..<max(start, lines.count) {
      let text = trimmed(lines[place])
      if text.isEmpty || isComment(text) { continue }
      let cells = split(lines[place], delimiter)
      guard cells.count == width else {
        let isLast = place == lines.count - 1 && !endsInNewline
        throw SpectrumError(
          isLast ? .truncated : .malformed,
          "line \(place + 1): \(cells.count) columns where the table has \(width)"
            + (isLast ? "; the file seems to end in the middle" : ""))
      }
      guard table.rows.count < SpectrumTextFile.mostRows else {
        throw SpectrumError(.tooLarge, "the table has more than \(SpectrumTextFile.mostRows) rows")
      }
      table.rows.append((place + 1, cells))
    }
  }

  private func isComment(_ text: String) -> Bool {
    text.hasPrefix("#") || text.hasPrefix(";") || text.hasPrefix("!") || text.hasPrefix("%")
      || text.hasPrefix("//")
  }

  private func delimiter(of line: Substring) -> Character {
    line.contains(",")
      ? "," : line.contains("\t") ? "\t" : line.contains(";") ? ";" : line.contains("|") ? "|" : " "
  }

  private func split(_ line: some StringProtocol, _ delimiter: Character) -> [String] {
    delimiter == " "
      ? Substring(line).split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).map { String($0) }
      : line.split(separator: delimiter, omittingEmptySubsequences: false).map { trimmed($0) }
  }

  /// Keeps a comment's words, and its key if it is one.
  private func note(_ body: String, _ table: inout TextTable) {
    if table.notes.utf8.count < 10_000 { table.notes += body + " " }
    guard let mark = body.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return }
    let key = trimmed(body[..<mark]).uppercased()
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
    table.keys[names[key] ?? key] = trimmed(body[body.index(after: mark)...]).filter {
      $0 != "'" && $0 != "\""
    }
  }

  private func trimmed(_ text: some StringProtocol) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }
}
