extension TextTableParser {
  /// CSV or columns between blanks, with names in a header line, in a comment, a line a column, or nowhere.
  func columns() throws(SpectrumError) -> TextTable {
    guard let (first, dialect) = firstRow() else {
      throw SpectrumError(
        .unrecognised, "the text holds no line of two or more numbers: it is no table of a spectrum")
    }
    var table = TextTable(format: dialect.delimiter == "," ? "CSV" : "columns")
    let header = HeaderLines(lines[..<first])
    for line in header.lines where line.isComment || TextTable.key(in: line.text) != nil {
      table.note(TextLine.trimmed(line.text))
    }
    let width = dialect.cells(Self.withoutEnd(lines[first], dialect)).count
    try readRows(from: first, dialect: dialect, width: width, into: &table)
    var names = header.names(of: table.shape, dialect: dialect)
    if let kept = table.filledColumns(names: names?.names), kept.count < width {
      for row in table.rows.indices { table.rows[row].cells = kept.map { table.rows[row].cells[$0] } }
      names =
        names?.keeping(kept)
        ?? header.names(of: table.shape, dialect: dialect)
    }
    table.splitRanges(&names)
    table.words = header.words(besides: names?.lines ?? [])
    for line in header.lines where !line.isComment && names?.lines.contains(line.number) != true {
      table.note(TextLine.trimmed(line.text))
    }
    if let names {
      (table.names, table.units) = (names.names, names.units)
      // `x y yerr`: what y is may stand in another line.
      if let place = table.names.firstIndex(where: { $0.lowercased() == "y" }),
        !table.words.quantities.isEmpty
      {
        table.names[place] = try table.words.ordinateName()
      }
    } else {
      try nameByValues(&table)
    }
    return table
  }

  /// The first line of numbers, with the dialect that it is written in.
  private func firstRow() -> (place: Int, dialect: TextDialect)? {
    var others = 0
    for (place, line) in lines.enumerated() {
      let text = TextLine.trimmed(line)
      if text.isEmpty || TextLine.isComment(text) { continue }
      if let dialect = TextDialect(ofData: line), isRow(place, dialect) { return (place, dialect) }
      others += 1
      if others > 1000 { break }
    }
    return nil
  }

  /// A line of prose may hold two numbers, and a line above the table may count its rows, but no like line follows them.
  private func isRow(_ place: Int, _ dialect: TextDialect) -> Bool {
    let cells = dialect.cells(Self.withoutEnd(lines[place], dialect))
    var next: [Int] = []
    for line in lines[(place + 1)...] where next.count < 2 {
      let text = TextLine.trimmed(line)
      if text.isEmpty || TextLine.isComment(text) { continue }
      next.append((TextDialect(ofData: line) ?? dialect).cells(line).count)
    }
    let isLoner = next.count == 2 && next[0] == next[1] && next[0] > cells.count
    let numbers = cells.count { TextTable.isNumber($0) || TextTable.isMissing($0) }
    return 2 * numbers >= cells.count ? !isLoner : next.first == cells.count
  }

  /// What no line names is told by its values, if they and the header's words allow it.
  private func nameByValues(_ table: inout TextTable) throws(SpectrumError) {
    let width = table.rows.first?.cells.count ?? 0
    guard !table.columnCountsRows else {
      throw SpectrumError(
        .noWavelength,
        "the columns have no names, and the first counts the rows: whether it is a number of rows or wavelengths cannot be told; "
          + UnnamedColumns.cure, place: table.rows.first.map { "line \($0.line)" })
    }
    // Words in each row, of a few kinds: the instruments.
    let texts = (0..<width).filter { column in
      table.rows.allSatisfy {
        !TextTable.isNumber($0.cells[column]) && !TextTable.isMissing($0.cells[column])
      }
    }
    // Signs between numbers (`±`) are no instruments.
    let signs = texts.filter { column in
      table.rows.allSatisfy { !$0.cells[column].contains(where: \.isLetter) }
    }
    let numeric = (0..<width).filter { !texts.contains($0) }
    for column in numeric {
      let wrong = table.rows.first { row in
        !TextTable.isNumber(row.cells[column]) && !TextTable.isMissing(row.cells[column])
      }
      if let wrong {
        throw SpectrumError(
          .malformed, "'\(wrong.cells[column].prefix(40))' is no number",
          place: "line \(wrong.line), column \(column + 1)")
      }
    }
    guard numeric.count >= 2, texts.count < 2 + signs.count,
      !texts.contains(where: { table.rows[0].cells[$0].first?.isNumber == true })
    else {
      let word = texts.first.flatMap { column in
        table.rows.first.map { "'\($0.cells[column].prefix(40))' is no number, and " }
      }
      throw SpectrumError(
        .noWavelength, "\(word ?? "")the \(width) columns have no names; \(UnnamedColumns.cure)",
        place: table.rows.first.map { "line \($0.line)" })
    }
    let ordinate = try table.words.ordinateName()
    let found = try UnnamedColumns(numeric.map { table.numbers($0) }).names(
      ordinate: ordinate, hasUnit: !table.words.wavelengthUnits.isEmpty)
    var names = [String](repeating: "instrument", count: width)
    for (column, name) in zip(numeric, found) { names[column] = name }
    for column in signs { names[column] = "" }
    table.names = names
    table.units = [String](repeating: "", count: width)
    table.areColumnsNamed = false
    table.assumptions.append(
      "the columns have no names: read as \(names.filter { !$0.isEmpty }.joined(separator: ", "))")
  }
}

extension TextTable {
  /// Told from the first rows.
  fileprivate var shape: HeaderLines.Columns {
    let head = rows.prefix(1000)
    let climb = (rows.first?.cells.indices ?? 0..<0).map { column in
      let isRange = holdsRanges(column)
      return UnnamedColumns.isAxis(
        head.map {
          TextTable.number((isRange ? TextTable.range($0.cells[column])?.low : nil) ?? $0.cells[column])
        })
    }
    return HeaderLines.Columns(
      climb: climb, areRanges: climb.indices.map(holdsRanges), firstIsIndex: columnCountsRows)
  }

  /// The first column is 0, 1, 2 ... or 1, 2, 3 ..., as programs number rows that they write.
  fileprivate var columnCountsRows: Bool {
    guard rows.count > 2, let first = rows.first.map({ TextTable.number($0.cells[0]) }),
      first == 0 || first == 1
    else {
      return false
    }
    return rows.enumerated().allSatisfy { TextTable.number($1.cells[0]) == first + Double($0) }
  }

  /// The columns that hold anything, or have a name: several tabs between two numbers make none.
  fileprivate func filledColumns(names: [String]?) -> [Int]? {
    guard let width = rows.first?.cells.count else { return nil }
    return (0..<width).filter { column in
      names?[column].isEmpty == false || rows.contains { !$0.cells[column].isEmpty }
    }
  }
}
