/// A column of a FITS table, in memory.
package struct FITSColumn: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    case double([Double])
    case float([Float])
    case integer([Int])
    case logical([Bool])
    case text([String])

    package var count: Int {
      switch self {
      case .double(let values): values.count
      case .float(let values): values.count
      case .integer(let values): values.count
      case .logical(let values): values.count
      case .text(let values): values.count
      }
    }
  }

  package var name: String
  /// As the file writes it; empty where it gives none.
  package var unit: String
  /// Elements a cell: 1 of a scalar column, n of a vector column. Text has one string a cell.
  package var width: Int
  /// Row after row, `width` elements each.
  package var values: Values
  /// Elements of each row's cell where they differ (variable-length columns); `width` is then 0.
  package var rowLengths: [Int]?
  /// What the column holds, for its header comment.
  package var comment: String

  package init(
    _ name: String, unit: String = "", width: Int = 1, values: Values, rowLengths: [Int]? = nil,
    comment: String = ""
  ) {
    self.name = name
    self.unit = unit
    self.width = width
    self.values = values
    self.rowLengths = rowLengths
    self.comment = comment
  }

  /// The numbers as doubles; `nil` for text.
  package var doubles: [Double]? {
    switch values {
    case .double(let values): values
    case .float(let values): values.map(Double.init)
    case .integer(let values): values.map(Double.init)
    case .logical(let values): values.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  package var floats: [Float]? {
    if case .float(let values) = values { return values }
    return doubles?.map { Float($0) }
  }

  package var integers: [Int]? {
    switch values {
    case .integer(let values): values
    default: doubles?.compactMap { Int(exactly: $0) }
    }
  }

  package var strings: [String]? {
    if case .text(let values) = values { return values }
    return nil
  }
}

/// A FITS table, in memory.
package struct FITSTable: Sendable, Hashable {
  /// EXTNAME.
  package var name: String
  /// On reading, the whole header; on writing, the cards to add to those the structure needs.
  package var header: FITSHeader
  package var rowCount: Int
  package var columns: [FITSColumn]

  package init(name: String, header: FITSHeader = FITSHeader(), rowCount: Int, columns: [FITSColumn]) {
    self.name = name
    self.header = header
    self.rowCount = rowCount
    self.columns = columns
  }

  /// The column of a name, case not minded.
  package subscript(name: String) -> FITSColumn? {
    let wanted = name.uppercased()
    return columns.first { $0.name.uppercased() == wanted }
  }
}

/// An image, in memory.
package struct FITSImage: Sendable, Hashable {
  package enum Precision: Sendable, Hashable { case float, double }

  /// EXTNAME; empty for a primary image without one.
  package var name: String
  package var header: FITSHeader
  /// NAXIS1, NAXIS2, ...: the first axis runs fastest.
  package var axes: [Int]
  /// Scaled values; blank pixels are NaN.
  package var pixels: [Double]
  /// How to write the pixels.
  package var precision: Precision

  package init(
    name: String, header: FITSHeader = FITSHeader(), axes: [Int], pixels: [Double],
    precision: Precision = .double
  ) {
    self.name = name
    self.header = header
    self.axes = axes
    self.pixels = pixels
    self.precision = precision
  }
}
