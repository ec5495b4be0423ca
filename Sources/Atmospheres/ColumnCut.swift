/// Some neighbouring columns of a table whose rows have `width`.
func cutColumns<Value>(_ table: [Value], of width: Int, to columns: Range<Int>) -> [Value] {
  stride(from: 0, to: table.count, by: width).flatMap { row in
    table[row + columns.lowerBound..<row + columns.upperBound]
  }
}
