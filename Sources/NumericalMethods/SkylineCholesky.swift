/// The Cholesky factor of a symmetric positive definite matrix whose rows begin with zeros: a = L L^T, with row i of L
/// stored from its first column that is not zero (George & Liu 1981, Computer Solution of Large Sparse Positive Definite
/// Systems, chapter 4). A band costs n b^2 / 2 operations in place of n^3 / 6, and rows that reach far cost only themselves
/// where they come last.
package struct SkylineCholesky: Sendable {
  package let count: Int
  /// By row, the column it begins with.
  private let first: [Int]
  /// By row, where its first element stands in `elements`.
  private let start: [Int]
  private var elements: [Double]

  /// - Parameters:
  ///   - first: by row, the first column that may be other than zero, at most the row itself.
  ///   - element: (row, column) with column from `first[row]` to the row.
  /// - Returns: nil where the matrix is not positive definite to rounding.
  package init?(count: Int, first: [Int], element: (Int, Int) -> Double) {
    precondition(first.count == count)
    self.count = count
    self.first = first
    var start: [Int] = []
    var size = 0
    for row in 0..<count {
      precondition((0...row).contains(first[row]))
      start.append(size)
      size += row - first[row] + 1
    }
    self.start = start
    elements = [Double](repeating: 0, count: size)
    for row in 0..<count {
      for column in first[row]...row {
        var sum = element(row, column)
        let largest = abs(sum)
        let from = max(first[row], first[column])
        for k in from..<max(column, from) {
          sum -= elements[start[row] + k - first[row]] * elements[start[column] + k - first[column]]
        }
        let place = start[row] + column - first[row]
        if column == row {
          guard sum > 1e-14 * largest, sum.isFinite else { return nil }
          elements[place] = sum.squareRoot()
        } else {
          elements[place] = sum / elements[start[column] + column - first[column]]
        }
      }
    }
  }

  /// Of a full matrix.
  /// - Parameter element: (row, column) with column from 0 to the row.
  /// - Returns: nil where the matrix is not positive definite to rounding.
  package init?(count: Int, element: (Int, Int) -> Double) {
    self.init(count: count, first: [Int](repeating: 0, count: count), element: element)
  }

  /// Of a full matrix, row-major, of which the upper half is not looked at.
  package init?(_ matrix: [Double], count: Int) {
    precondition(matrix.count == count * count)
    self.init(count: count) { matrix[$0 * count + $1] }
  }

  /// The inverse of the matrix it is the factor of, row-major.
  package var inverse: [Double] {
    var block = [Double](repeating: 0, count: count * count)
    for i in 0..<count { block[i * count + i] = 1 }
    forward(&block, columns: count)
    backward(&block, columns: count)
    return block
  }

  /// Sum of the logarithms of the diagonal of L: half of ln of the determinant.
  package var halfLogDeterminant: Double {
    (0..<count).reduce(0) { $0 + log(elements[start[$1] + $1 - first[$1]]) }
  }

  /// L times a vector.
  package func product(_ vector: [Double]) -> [Double] {
    precondition(vector.count == count)
    return (0..<count).map { row in
      (first[row]...row).reduce(0) { $0 + elements[start[row] + $1 - first[row]] * vector[$1] }
    }
  }

  /// Replaces each column of `block` (count x columns, row-major) by L^-1 times it.
  package func forward(_ block: inout [Double], columns: Int) {
    precondition(block.count == count * columns)
    block.withUnsafeMutableBufferPointer { block in
      for row in 0..<count {
        for k in first[row]..<row {
          let factor = elements[start[row] + k - first[row]]
          if factor == 0 { continue }
          for j in 0..<columns { block[row * columns + j] -= factor * block[k * columns + j] }
        }
        let scale = 1 / elements[start[row] + row - first[row]]
        for j in 0..<columns { block[row * columns + j] *= scale }
      }
    }
  }

  /// Replaces each column of `block` (count x columns, row-major) by L^-T times it.
  package func backward(_ block: inout [Double], columns: Int) {
    precondition(block.count == count * columns)
    block.withUnsafeMutableBufferPointer { block in
      for row in (0..<count).reversed() {
        let scale = 1 / elements[start[row] + row - first[row]]
        for j in 0..<columns { block[row * columns + j] *= scale }
        for k in first[row]..<row {
          let factor = elements[start[row] + k - first[row]]
          if factor == 0 { continue }
          for j in 0..<columns { block[k * columns + j] -= factor * block[row * columns + j] }
        }
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
