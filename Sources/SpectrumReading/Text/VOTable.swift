/// Reads the first table of a VOTable (IVOA Recommendation 1.4) whose cells stand in TABLEDATA: fields with name, unit and
/// description; parameters and infos as keys.
enum VOTable {
  /// Whether the first bytes of a text are those of a VOTable: its root element is named so.
  static func recognizes(_ head: ArraySlice<UInt8>) -> Bool {
    guard head.first(where: { $0 > 32 }) == UInt8(ascii: "<") else { return false }
    var scanner = TagScanner(String(decoding: head.prefix(4096), as: UTF8.self))
    while let event = scanner.next() {
      if case .start(let name, _, _) = event { return name == "VOTABLE" }
    }
    return false
  }

  /// - Throws: `malformed`, `truncated`, `unrecognised` where the cells are packed in another way.
  static func table(_ text: String) throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "VOTable")
    var scanner = TagScanner(text)
    var row: [String] = []
    var cell: String?
    var description: String?
    var (tables, isWhole) = (0, false)
    while let event = scanner.next() {
      switch event {
      case .start("TABLE", _, _):
        tables += 1
      case .start("FIELD", let attributes, _) where tables <= 1:
        table.names.append(attributes["name"] ?? attributes["ID"] ?? "")
        table.units.append(attributes["unit"] ?? "")
        table.nulls.append("")
      case .start("VALUES", let attributes, _) where tables <= 1:
        if let null = attributes["null"], !table.nulls.isEmpty { table.nulls[table.nulls.count - 1] = null }
      case .start("PARAM", let attributes, _), .start("INFO", let attributes, _):
        if let name = attributes["name"], let value = attributes["value"] {
          table.note("\(name) = \(value)" + (attributes["unit"].map { " " + $0 } ?? ""))
        }
      case .start("BINARY", _, _), .start("BINARY2", _, _), .start("FITS", _, _):
        throw SpectrumError(
          .unrecognised,
          "the VOTable holds its cells in binary, which is not read; save it as TABLEDATA, or as FITS or CSV")
      case .start("DESCRIPTION", _, _): description = ""
      case .end("DESCRIPTION"):
        table.note(description ?? "")
        description = nil
      case .start("TR", _, _): row = []
      case .start("TD", _, let isEmpty):
        if isEmpty { row.append("") } else { cell = "" }
      case .text(let text):
        if cell != nil { cell? += text }
        if description != nil { description? += text }
      case .end("TD"):
        row.append(cell ?? "")
        cell = nil
      case .end("TR") where tables <= 1:
        try table.append(row)
      case .end("VOTABLE"): isWhole = true
      default: break
      }
    }
    guard isWhole else {
      throw SpectrumError(.truncated, "the VOTable has no end; was it copied completely?")
    }
    guard !table.names.isEmpty, !table.rows.isEmpty else {
      throw SpectrumError(.noUsablePoints, "the VOTable holds no table with cells (TABLEDATA)")
    }
    if tables > 1 {
      table.assumptions.append("the VOTable holds \(tables) tables: the first was read")
    }
    table.emptyNulls()
    return table
  }
}

extension TextTable {
  fileprivate mutating func append(_ row: [String]) throws(SpectrumError) {
    guard row.count == names.count else {
      throw SpectrumError(
        .malformed, "\(row.count) cells where the table has \(names.count) fields",
        place: "row \(rows.count + 1)")
    }
    guard rows.count < TextSpectrum.mostRows else {
      throw SpectrumError(.tooLarge, "the table has more than \(TextSpectrum.mostRows) rows")
    }
    rows.append((rows.count + 1, row))
  }
}
