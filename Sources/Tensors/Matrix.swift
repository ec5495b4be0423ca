/// A row-major matrix without padding: element (i, j) is `elements[i * columns + j]`.
package struct Matrix<Element: Scalar>: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  package var elements: [Element]

  /// All elements zero.
  @inlinable package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Element](repeating: 0, count: rows * columns))
  }

  /// - Precondition: `elements` has `rows * columns` elements.
  @inlinable package init(rows: Int, columns: Int, elements: [Element]) {
    precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  @inlinable package subscript(row: Int, column: Int) -> Element {
    get {
      precondition((0..<rows).contains(row) && (0..<columns).contains(column))
      return elements[row * columns + column]
    }
    set {
      precondition((0..<rows).contains(row) && (0..<columns).contains(column))
      elements[row * columns + column] = newValue
    }
  }

  @inlinable package var transposed: Self {
    var result = Self(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result.elements[column * rows + row] = elements[row * columns + column] }
    }
    return result
  }

  @inlinable package func row(_ row: Int) -> ArraySlice<Element> {
    elements[row * columns..<(row + 1) * columns]
  }
}
