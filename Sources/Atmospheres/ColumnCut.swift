/// Some columns of a table whose rows have `width`.
func cutColumns<Value>(_ table: [Value], of width: Int, to columns: [Int]) -> [Value] {
  stride(from: 0, to: table.count, by: width).flatMap { row in columns.map { table[row + $0] } }
}
