/// Checks that every pointer of a table's variable-length cells stays inside the table's heap
/// (FITS standard 4.0, section 7.3.5).
struct FITSHeapCheck {
  let unit: FITSStructure.Unit

  func check(_ bytes: [UInt8]) throws(FITSError) {
    let columns = unit.columns.filter { $0.pointerWidth != nil && $0.repeatCount == 1 }
    guard !columns.isEmpty, let rowWidth = unit.header.integer("NAXIS1"),
      let rows = unit.header.integer("NAXIS2")
    else { return }
    let heapOffset = unit.header.integer("THEAP") ?? rowWidth * rows
    guard heapOffset >= rowWidth * rows, heapOffset <= unit.dataLength else {
      throw FITSError(
        .malformed, "the heap would begin \(heapOffset) bytes into \(unit.dataLength) bytes of data",
        hdu: unit.number, key: "THEAP")
    }
    let heapLength = unit.dataLength - heapOffset
    for row in 0..<rows {
      for column in columns {
        let place = unit.dataStart + row * rowWidth + column.offset
        let half = (column.pointerWidth ?? 8) / 2
        let count = FITSHeapCheck.integer(bytes[place..<place + half])
        let start = FITSHeapCheck.integer(bytes[place + half..<place + 2 * half])
        guard let count, let start, fits(count, start, column, heapLength) else {
          throw FITSError(
            .malformed, "row \(row + 1) points outside the table's heap of \(heapLength) bytes",
            hdu: unit.number, key: column.name.isEmpty ? "TFORM\(column.number)" : column.name)
        }
      }
    }
  }

  private func fits(_ count: Int, _ start: Int, _ column: FITSColumnForm, _ heapLength: Int) -> Bool {
    if count == 0 { return true }
    guard count <= heapLength * 8 else { return false }
    let length = column.storage == .bits ? (count + 7) / 8 : count * column.storage.width
    return length <= heapLength && start <= heapLength - length
  }

  /// A big-endian count; `nil` when its sign bit is set.
  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
    let word = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let sign = UInt64(1) << (8 * UInt64(bytes.count) - 1)
    return word & sign == 0 ? Int(exactly: word) : nil
  }
}
