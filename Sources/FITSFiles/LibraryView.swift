import CFITSIO

/// What cfitsio made of an HDU's header, beside what `FITSStructure` allowed.
///
/// cfitsio reads headers in its own way (of a key that stands twice it takes the last, in a primary image it skips
/// PCOUNT values), and where it takes an HDU for longer than it is, it reads beyond the memory it was given. So it is
/// asked for nothing before both agree where everything lies.
struct LibraryView {
  private let file: FITSfile

  /// - Parameter file: open, on the HDU in question.
  init(_ file: UnsafeMutablePointer<fitsfile>) { self.file = file.pointee.Fptr.pointee }

  /// - Parameter column: the one about to be read, of a table.
  /// - Returns: the key and a sentence on the first difference; `nil` when there is none.
  func difference(from unit: FITSStructure.Unit, column: FITSColumnForm?) -> (key: String?, detail: String)? {
    guard file.datastart == unit.dataStart, file.headstart[unit.number - 1] == unit.headerStart,
      file.headstart[unit.number] == unit.dataStart + FITSStructure.padded(unit.dataLength)
    else {
      return (
        nil,
        "the header can be read in two ways: the data end at byte \(unit.dataStart + unit.dataLength) or elsewhere"
      )
    }
    switch unit.kind {
    case .empty: return ("NAXIS", "the HDU holds no data")
    case .image(let axes, let isCompressed): return imageDifference(axes, isCompressed, unit)
    case .table(_, let isBinary): return tableDifference(column.map { [$0] } ?? [], isBinary: isBinary, unit)
    }
  }

  private func imageDifference(
    _ axes: [Int], _ isCompressed: Bool, _ unit: FITSStructure.Unit
  ) -> (key: String?, detail: String)? {
    guard (file.compressimg != 0) == isCompressed else {
      return ("ZIMAGE", "the header can be read in two ways: as a compressed image or not")
    }
    guard isCompressed else {
      // An array is to cfitsio a table of one row with two columns: group parameters and pixels.
      guard file.tableptr[1].tbcol == 0, file.tableptr[1].trepeat == axes.reduce(1, *) else {
        return ("NAXIS1", "the header can be read in two ways: \(file.tableptr[1].trepeat) pixels or fewer")
      }
      return nil
    }
    let theirs = withUnsafeBytes(of: file.znaxis) { $0.bindMemory(to: Int.self).prefix(Int(file.zndim)) }
    guard theirs.elementsEqual(axes) else {
      return ("ZNAXIS1", "the header can be read in two ways: other axes of the compressed image")
    }
    return tableDifference(unit.columns, isBinary: true, unit)
  }

  private func tableDifference(
    _ columns: [FITSColumnForm], isBinary: Bool, _ unit: FITSStructure.Unit
  ) -> (key: String?, detail: String)? {
    guard file.numrows == unit.rowCount, file.rowlength == unit.rowWidth else {
      return ("NAXIS2", "the header can be read in two ways: \(unit.rowCount) rows or \(file.numrows)")
    }
    for column in columns {
      guard column.number <= Int(file.tfield) else { return ("TFIELDS", "the column is not there") }
      let theirs = file.tableptr[column.number - 1]
      guard theirs.tbcol == column.offset,
        isBinary ? isStored(theirs, like: column) : theirs.twidth == column.cellWidth,
        !column.isVariableLength || file.heapstart == unit.heapOffset
      else {
        return (column.label, "the header can be read in two ways: another place or form of the column")
      }
    }
    return nil
  }

  /// The same type and length, so that the same bytes are read.
  private func isStored(_ theirs: tcolumn, like column: FITSColumnForm) -> Bool {
    let code = column.isVariableLength ? -column.storage.code : column.storage.code
    return theirs.tdatatype == code && theirs.trepeat == column.repeatCount
  }
}

extension FITSColumnForm.Storage {
  /// cfitsio's code of the type.
  fileprivate var code: Int32 {
    switch self {
    case .logical: TLOGICAL
    case .bits: TBIT
    case .byte: TBYTE
    case .short: TSHORT
    case .int: TLONG
    case .long: TLONGLONG
    case .float: TFLOAT
    case .double: TDOUBLE
    case .complex: TCOMPLEX
    case .doubleComplex: TDBLCOMPLEX
    case .text: TSTRING
    }
  }
}
