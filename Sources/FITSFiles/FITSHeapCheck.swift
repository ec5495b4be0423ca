/// Checks that every pointer of a table's variable-length cells stays inside the table's heap
/// (FITS standard 4.0, section 7.3.5).
struct FITSHeapCheck {
  let unit: FITSStructure.Unit

  func check(_ bytes: [UInt8]) throws(FITSError) {
    let columns = unit.columns.filter { $0.pointerWidth != nil && $0.repeatCount == 1 }
    guard !columns.isEmpty else { return }
    let (rowWidth, rows, heapOffset) = (unit.rowWidth, unit.rowCount, unit.heapOffset)
    guard heapOffset >= rowWidth * rows, heapOffset <= unit.dataLength else {
      throw FITSError(
        .malformed, "the heap would begin \(heapOffset) bytes into \(unit.dataLength) bytes of data",
        hdu: unit.number, key: "THEAP")
    }
    for row in 0..<rows {
      for column in columns where FITSHeapCheck.cell(column, row: row, of: unit, in: bytes) == nil {
        throw FITSError(
          .malformed,
          "row \(row + 1) points outside the table's heap of \(unit.dataLength - heapOffset) bytes",
          hdu: unit.number, key: column.label)
      }
    }
  }

  /// Where in the file a variable-length cell lies; `nil` when its pointer leaves the heap.
  /// - Parameters:
  ///   - row: from 0.
  ///   - unit: its heap begins inside its data.
  static func cell(
    _ column: FITSColumnForm, row: Int, of unit: FITSStructure.Unit, in bytes: [UInt8]
  ) -> Range<Int>? {
    let place = unit.dataStart + row * unit.rowWidth + column.offset
    let half = (column.pointerWidth ?? 8) / 2
    let heapLength = unit.dataLength - unit.heapOffset
    guard let count = integer(bytes[place..<place + half]),
      let start = integer(bytes[place + half..<place + 2 * half])
    else { return nil }
    let heapStart = unit.dataStart + unit.heapOffset
    if count == 0 { return heapStart..<heapStart }
    guard count <= heapLength * 8 else { return nil }
    let length = column.storage == .bits ? (count + 7) / 8 : count * column.storage.width
    guard length <= heapLength, start <= heapLength - length else { return nil }
    return heapStart + start..<heapStart + start + length
  }

  /// A big-endian count; `nil` when its sign bit is set.
  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
    let word = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let sign = UInt64(1) << (8 * UInt64(bytes.count) - 1)
    return word & sign == 0 ? Int(exactly: word) : nil
  }
}
