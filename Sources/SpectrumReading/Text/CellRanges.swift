/// Cells that hold both edges of a bin: `1.00-1.07`.
extension TextTable {
  /// The two numbers that a dash stands between, both positive; `nil` for any other cell.
  static func range(_ cell: String) -> (low: String, high: String)? {
    for dash: Character in ["-", "\u{2013}", "\u{2014}"] {
      let ends = cell.split(separator: dash, omittingEmptySubsequences: false).map { TextLine.trimmed($0) }
      guard ends.count == 2, TextTable.number(ends[0]) > 0, TextTable.number(ends[1]) > 0 else { continue }
      return (ends[0], ends[1])
    }
    return nil
  }

  /// Every cell of the column that is not empty is a range.
  func holdsRanges(_ column: Int) -> Bool {
    guard let first = rows.first, Self.range(first.cells[column]) != nil else { return false }
    return rows.allSatisfy { Self.range($0.cells[column]) != nil || Self.isMissing($0.cells[column]) }
  }

  /// Makes two columns, the bins' edges, of each column of ranges that is named one of wavelengths; without names of the first.
  mutating func splitRanges(_ names: inout HeaderLines.Names?) {
    for column in (rows.first?.cells.indices ?? 0..<0).reversed() where holdsRanges(column) {
      guard names.map({ ColumnNames.role($0.names[column]) == .wavelength }) ?? (column == 0) else {
        continue
      }
      for row in rows.indices {
        let ends = Self.range(rows[row].cells[column])
        rows[row].cells.replaceSubrange(column...column, with: [ends?.low ?? "", ends?.high ?? ""])
      }
      names?.splitRange(column)
    }
  }
}

extension HeaderLines.Names {
  fileprivate mutating func splitRange(_ column: Int) {
    let unit = units[column].isEmpty ? ColumnNames.split(names[column]).unit : units[column]
    names.replaceSubrange(column...column, with: ["wave_min", "wave_max"])
    units.replaceSubrange(column...column, with: [unit, unit])
  }
}
