extension TextTableParser {
  /// CSV or columns between blanks, with names in a header line, in a comment, or nowhere.
  func columns() throws(SpectrumError) -> TextTable {
    var comments: [Substring] = []
    var firstRow: Int?
    var header: Int?
    for (place, line) in lines.enumerated() {
      let text = TextLine.trimmed(line)
      if text.isEmpty { continue }
      if TextLine.isComment(text) {
        comments.append(text.drop { "#;!%/".contains($0) })
        continue
      }
      let cells = TextLine.cells(line, TextLine.delimiter(of: line))
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
    let delimiter = TextLine.delimiter(of: lines[firstRow])
    var table = TextTable(format: delimiter == "," ? "CSV" : "columns")
    for comment in comments { table.note(TextLine.trimmed(comment)) }
    let width = TextLine.cells(lines[firstRow], delimiter).count
    if let header, TextLine.cells(lines[header], TextLine.delimiter(of: lines[header])).count == width {
      table.names = TextLine.cells(lines[header], TextLine.delimiter(of: lines[header]))
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
          let words = TextLine.cells(part, separator)
          if words.count == width, ColumnNames.areOfSpectrum(words) { return words }
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
}
