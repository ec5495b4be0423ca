extension TextTableParser {
  /// pyratbay: sections that begin with `@`; the names stand in a comment.
  func pyratbay() throws(SpectrumError) -> TextTable {
    var table = TextTable(format: "pyratbay")
    var unit = ""
    var section = ""
    var left = 0
    for (place, line) in lines.enumerated() {
      let text = TextLine.trimmed(line)
      if text.isEmpty { continue }
      if text.hasPrefix("#") {
        table.note(TextLine.trimmed(text.dropFirst()))
        let words = TextLine.cells(text.dropFirst(), " ")
        if words.count >= 4, words.contains("depth") { table.names = words }
      } else if text.hasPrefix("@") {
        section = text
      } else if section == "@DEPTH_UNITS" {
        unit = text
      } else if section == "@DATA" {
        let cells = TextLine.cells(line, " ")
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
}
