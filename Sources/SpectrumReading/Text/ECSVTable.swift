extension TextTableParser {
  /// ECSV (Astropy): a YAML header in comments, then a line of names.
  func ecsv() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "ECSV")
    var delimiter: Character = " "
    var start = lines.count
    // A long description is broken into several lines.
    var open = ""
    for (place, line) in lines.enumerated() {
      guard line.hasPrefix("#") else {
        start = place
        break
      }
      var body = TextLine.trimmed(line.dropFirst())
      if !open.isEmpty { body = open + " " + body }
      open = body.hasPrefix("- {") && !body.hasSuffix("}") && body.utf8.count < 10_000 ? body : ""
      if !open.isEmpty { continue }
      table.note(body)
      if body.hasPrefix("delimiter:"), body.contains(",") { delimiter = "," }
      guard body.hasPrefix("- {name:") else { continue }
      table.names.append(field("name", body) ?? "")
      table.units.append(field("unit", body) ?? "")
    }
    guard start < lines.count else {
      throw SpectrumError(.malformed, "the ECSV header is followed by no table")
    }
    let header = TextLine.cells(lines[start], delimiter)
    // `- {name: null}` also stands in the free part of the header.
    let units = Dictionary(zip(table.names, table.units)) { first, _ in first }
    table.names = header
    table.units = header.map { units[$0] ?? "" }
    try readRows(
      from: start + 1, dialect: TextDialect(delimiter: delimiter), width: header.count, into: &table)
    return table
  }

  /// The value of a key in `{name: wave, unit: um}`.
  private func field(_ key: String, _ body: String) -> String? {
    guard let open = body.firstIndex(of: "{"), let close = body.lastIndex(of: "}"), open < close else {
      return nil
    }
    for part in body[body.index(after: open)..<close].split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1)
      if pair.count == 2, TextLine.trimmed(pair[0]) == key {
        return TextLine.trimmed(pair[1]).filter { $0 != "'" && $0 != "\"" }
      }
    }
    return nil
  }
}
