import Tensors

/// How much particles that move still remember of where they began: by coordinate, the correlation over all particles of their places
/// then and now. As long as they spread, they are taken to have begun only now.
struct ParticleMemory {
  private var start: Matrix<Double>
  private var deviations: [Double]

  /// A correlation, and a growth of a coordinate's deviation, that are as good as none.
  private static let (forgotten, still) = (0.35, 1.15)

  init(_ points: Matrix<Double>) {
    start = points
    deviations = Self.deviations(points)
  }

  /// - Returns: whether nothing of it is left in any coordinate, and particles no longer spread.
  mutating func isGone(_ points: Matrix<Double>) -> Bool {
    let now = Self.deviations(points)
    if zip(now, deviations).contains(where: { $0 > Self.still * $1 }) {
      (start, deviations) = (points, now)
      return false
    }
    return correlations(points, now).allSatisfy { $0 < Self.forgotten }
  }

  private func correlations(_ points: Matrix<Double>, _ now: [Double]) -> [Double] {
    let (rows, columns) = (points.rows, points.columns)
    return (0..<columns).map { column in
      var (a, b, ab) = (0.0, 0.0, 0.0)
      for place in stride(from: column, to: rows * columns, by: columns) {
        a += start.elements[place]
        b += points.elements[place]
        ab += start.elements[place] * points.elements[place]
      }
      let count = Double(rows)
      let scale = max(now[column] * deviations[column], 1e-24)
      return (ab / count - a * b / (count * count)) / scale
    }
  }

  /// Standard deviations by coordinate.
  private static func deviations(_ points: Matrix<Double>) -> [Double] {
    let (rows, columns) = (points.rows, points.columns)
    return (0..<columns).map { column in
      var (sum, squares) = (0.0, 0.0)
      for place in stride(from: column, to: rows * columns, by: columns) {
        sum += points.elements[place]
        squares += points.elements[place] * points.elements[place]
      }
      let mean = sum / Double(rows)
      return max(squares / Double(rows) - mean * mean, 0).squareRoot()
    }
  }
}
