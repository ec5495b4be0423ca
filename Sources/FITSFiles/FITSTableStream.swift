/// A binary table that is written as its rows come, so that it may be larger than memory.
///
/// The bytes of a file are: `head`; what `append` returns, block after block; `padding`. Last of all `header`, which then knows
/// both checksums, replaces what stands at `headerOffset`.
package struct FITSTableStream: Sendable {
  package let rowCount: Int
  /// Bytes a row.
  package let rowWidth: Int
  /// What stands before the rows: whole HDUs, and the table's header with sums still to come.
  package let head: [UInt8]
  package let headerOffset: Int
  package private(set) var rowsWritten = 0
  private let cards: [FITSCard]
  private let layout: [String]
  /// Bytes a cell of each column.
  private let widths: [Int]
  private var sum: UInt32 = 0
  /// Bytes behind the last whole word, which wait for the next block.
  private var remainder: [UInt8] = []

  /// - Parameters:
  ///   - preceding: what `FITSEncoder` wrote: primary HDU and extensions before this one.
  ///   - layout: the columns with any rows: names, units, widths and types count, and the longest text of a text column.
  package init(
    preceding: [UInt8], name: String, header: FITSHeader, layout: [FITSColumn], rowCount: Int
  ) {
    let columns = layout.map { FITSEncoder.Column($0, rows: $0.values.count / max($0.width, 1)) }
    self.rowCount = rowCount
    rowWidth = FITSEncoder.rowWidth(columns)
    widths = columns.map(\.cellWidth)
    self.layout = columns.map { "\($0.source.name) \($0.form)" }
    cards = FITSEncoder.cards(of: columns, name: name, header: header, rowCount: rowCount)
    headerOffset = preceding.count
    head = preceding + FITSEncoder.header(cards, dataSum: 0)
  }

  /// The bytes of the next rows.
  /// - Precondition: the columns are those of the layout, and no more rows come than were announced.
  package mutating func append(_ columns: [FITSColumn], rows: Int) -> [UInt8] {
    let cells = zip(columns, widths).map { FITSEncoder.Column($0, rows: rows, textWidth: $1) }
    precondition(cells.map { "\($0.source.name) \($0.form)" } == layout, "columns are not as announced")
    let bytes = FITSEncoder.cells(cells, rows: rows)
    count(bytes)
    return bytes
  }

  /// Takes note of rows that stand in the file already.
  /// - Precondition: whole rows.
  package mutating func count(_ bytes: [UInt8]) {
    precondition(bytes.count.isMultiple(of: rowWidth))
    rowsWritten += bytes.count / rowWidth
    precondition(rowsWritten <= rowCount, "more rows than announced")
    add(bytes)
  }

  private mutating func add(_ bytes: [UInt8]) {
    let all = remainder + bytes
    let whole = all.count / 4 * 4
    sum = FITSChecksum.add(sum, FITSChecksum.sum(Array(all[..<whole])))
    remainder = Array(all[whole...])
  }

  /// What follows the last row: zeros up to the end of a block.
  package var padding: [UInt8] {
    let length = rowWidth * rowCount
    return [UInt8](repeating: 0, count: FITSStructure.padded(length) - length)
  }

  /// The table's header with both sums; of the same length as that in `head`.
  /// - Precondition: all rows were written.
  package var header: [UInt8] {
    precondition(rowsWritten == rowCount, "rows are missing")
    var finished = self
    finished.add(padding)
    return FITSEncoder.header(cards, dataSum: finished.sum)
  }
}
