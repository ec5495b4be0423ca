/// A FITS file open for reading, its headers known and checked, its data read as they are asked for.
///
/// ```
/// let file = try FITSFile(bytes)
/// let table = try file.table("OPACITY")
/// try file.close()
/// ```
package struct FITSFile: ~Copyable {
  package let structure: FITSStructure
  private let handle: FITSHandle
  private let limits: FITSLimits

  /// - Parameter bytes: the file, not compressed by gzip (`Gzip` does that).
  package init(_ bytes: [UInt8], limits: FITSLimits = FITSLimits()) throws(FITSError) {
    let structure = try FITSStructure(bytes, limits: limits)
    let handle = try FITSHandle(MandatoryCards.ordered(bytes, structure), structure)
    self.structure = structure
    self.handle = handle
    self.limits = limits
  }

  package consuming func close() throws(FITSError) { try handle.close() }

  package var units: [FITSStructure.Unit] { structure.units }

  /// Reads all columns of the first table of that EXTNAME.
  package func table(_ name: String) throws(FITSError) -> FITSTable {
    let wanted = name.uppercased()
    for unit in units {
      guard unit.name.uppercased() == wanted, case .table = unit.kind else { continue }
      return try table(unit)
    }
    throw FITSError(.missing, "there is no table named \(name)")
  }

  /// Reads the columns of a table that this program has types for; complex ones are left out.
  package func table(_ unit: FITSStructure.Unit) throws(FITSError) -> FITSTable {
    guard case .table(let rows, _) = unit.kind else {
      throw FITSError(.missing, "the HDU holds no table", hdu: unit.number)
    }
    var columns: [FITSColumn] = []
    for column in unit.columns where column.storage != .complex && column.storage != .doubleComplex {
      columns.append(try self.column(column, of: unit))
    }
    return FITSTable(name: unit.name, header: unit.header, rowCount: rows, columns: columns)
  }

  /// Reads one column.
  package func column(
    _ column: FITSColumnForm, of unit: FITSStructure.Unit
  ) throws(FITSError) -> FITSColumn {
    guard case .table(let rows, let isBinary) = unit.kind else {
      throw FITSError(.missing, "the HDU holds no table", hdu: unit.number)
    }
    if column.isVariableLength { return try variableColumn(column, of: unit, rows: rows) }
    let count = rows * column.repeatCount
    let values: FITSColumn.Values
    switch column.storage {
    case .text:
      let strings = try texts(column, of: unit, rows: rows)
      return FITSColumn(column.name, unit: column.unit, values: .text(strings))
    case .logical:
      values = .logical(try handle.logicals(unit, column: column, row: 1, count: count))
    case .bits:
      throw FITSError(.unsupported, "bit columns are not read", hdu: unit.number, key: column.label)
    case .complex, .doubleComplex:
      throw FITSError(.unsupported, "complex columns are not read", hdu: unit.number, key: column.label)
    case .byte, .short, .int, .long:
      if isBinary, holdsIntegers(column, of: unit) {
        values = .integer(try handle.integers(unit, column: column, row: 1, count: count))
      } else {
        values = .double(try handle.doubles(unit, column: column, row: 1, count: count))
      }
    case .float:
      values = .float(try handle.floats(unit, column: column, row: 1, count: count))
    case .double:
      values = .double(try handle.doubles(unit, column: column, row: 1, count: count))
    }
    return FITSColumn(column.name, unit: column.unit, width: column.repeatCount, values: values)
  }

  /// An integer column may be scaled to reals, or have nulls, which only a NaN can show.
  private func holdsIntegers(_ column: FITSColumnForm, of unit: FITSStructure.Unit) -> Bool {
    let header = unit.header
    let zero = header.number("TZERO\(column.number)") ?? 0
    return (header.number("TSCAL\(column.number)") ?? 1) == 1 && zero.rounded() == zero
      && abs(zero) <= 0x1p31 && header["TNULL\(column.number)"] == nil
  }

  private func variableColumn(
    _ column: FITSColumnForm, of unit: FITSStructure.Unit, rows: Int
  ) throws(FITSError) -> FITSColumn {
    guard column.isNumeric else {
      throw FITSError(
        .unsupported, "variable-length cells are read of numbers only", hdu: unit.number, key: column.label)
    }
    var lengths: [Int] = []
    var values: [Double] = []
    guard column.repeatCount == 1 else {
      return FITSColumn(column.name, unit: column.unit, width: 0, values: .double([]), rowLengths: [])
    }
    for row in 0..<rows {
      let length = try handle.extent(unit, column: column, row: row + 1)
      // Cells may share the heap, so their sum has a limit of its own.
      guard (values.count + length) * 8 <= limits.imageBytes else {
        throw FITSError(
          .tooLarge, "the cells of the column are too many", hdu: unit.number, key: column.label)
      }
      values += try handle.doubles(unit, column: column, row: row + 1, count: length)
      lengths.append(length)
    }
    return FITSColumn(column.name, unit: column.unit, width: 0, values: .double(values), rowLengths: lengths)
  }

  /// Strings are plain bytes of the row, ended by NUL or padded with blanks.
  private func texts(
    _ column: FITSColumnForm, of unit: FITSStructure.Unit, rows: Int
  ) throws(FITSError) -> [String] {
    return handle.withBytes { bytes in
      (0..<rows).map { row in
        let start = unit.dataStart + row * unit.rowWidth + column.offset
        let cell = bytes[start..<start + column.cellWidth].prefix { $0 != 0 }
        return HeaderParser.text(Array(cell)[...]).trimmingBlanksAtEnd
      }
    }
  }

  /// Reads an image.
  package func image(_ unit: FITSStructure.Unit) throws(FITSError) -> FITSImage {
    guard case .image(let axes, _) = unit.kind else {
      throw FITSError(.missing, "the HDU holds no image", hdu: unit.number)
    }
    let count = axes.reduce(1, *)
    guard count * 8 <= limits.imageBytes else {
      throw FITSError(
        .tooLarge, "the image of \(count) pixels takes more than \(limits.imageBytes >> 20) MiB",
        hdu: unit.number)
    }
    let pixels = try handle.pixels(unit, count: count)
    return FITSImage(name: unit.name, header: unit.header, axes: axes, pixels: pixels)
  }
}
