import NumericalMethods
package import SpectralPrior
package import Tensors

/// A coordinate whose law given all others can be told, at the cost of a density each: data that fix it to a hair, given the others,
/// would hold these where they are if they were moved without it.
package struct FollowingAxis: Sendable {
  /// A density where all coordinates but the axis are given.
  package struct Conditional: Sendable {
    /// Nearly its law of the axis, but for a factor; nil: none.
    package let law: NormalLaw?
    /// By the axis.
    package let logDensity: @Sendable (Double) -> Double

    package init(law: NormalLaw?, logDensity: @escaping @Sendable (Double) -> Double) {
      self.law = law
      self.logDensity = logDensity
    }

    package static let nowhere = Conditional(law: nil) { _ in -.infinity }
  }

  /// Of points whose own value of the axis does not matter.
  package typealias Conditionals = @Sendable (Matrix<Double>) -> [Conditional]

  /// At both ends of a path from density to density.
  package struct Ends: Sendable {
    package var from: Conditionals?
    package var to: Conditionals?

    package init(from: Conditionals? = nil, to: Conditionals? = nil) {
      self.from = from
      self.to = to
    }

    package static let none = Ends()
  }

  let column: Int
  private let threads: Int
  /// One a particle.
  var laws: [NormalLaw?] = []
  private var ends = Ends.none
  private var position = 1.0

  /// What is drawn from is to reach farther than what is drawn for.
  private static let widening = 1.2
  /// Points that laws are asked for at once.
  private static let slice = 256
  /// Of a law where nothing is known.
  private static let widest = 0.5

  package init(_ column: Int, threads: Int) {
    self.column = column
    self.threads = threads
  }

  /// Whether anything is known at the path's end.
  var isKnown: Bool { ends.to != nil }

  /// - Parameter position: between the ends of the path.
  mutating func begin(_ points: Matrix<Double>, _ ends: Ends, position: Double) {
    self.ends = ends
    self.position = position
    guard isKnown else { return }
    // Conditionals hold a spectrum each, and laws two numbers.
    laws = stride(from: 0, to: points.rows, by: Self.slice).flatMap { start in
      let end = min(start + Self.slice, points.rows)
      let part = Matrix(
        rows: end - start, columns: points.columns,
        elements: Array(points.elements[start * points.columns..<end * points.columns]))
      return conditionals(part).map { law($0.from, $0.to) }
    }
  }

  /// Of each point, at both ends of the path.
  func conditionals(_ points: Matrix<Double>) -> [(from: Conditional?, to: Conditional?)] {
    let from = position < 1 ? ends.from?(points) : nil
    let to = ends.to?(points)
    return (0..<points.rows).map { (from?[$0], to?[$0]) }
  }

  /// At the path's position.
  func law(_ from: Conditional?, _ to: Conditional?) -> NormalLaw? {
    var precision = 1 / (Self.widest * Self.widest)
    var sum = 0.5 * precision
    for (conditional, share) in [(from, 1 - position), (to, position)] {
      guard share > 0, let conditional else { continue }
      guard let law = conditional.law else { return nil }
      precision += share / (law.deviation * law.deviation)
      sum += share / (law.deviation * law.deviation) * law.mean
    }
    return NormalLaw(mean: sum / precision, deviation: Self.widening / precision.squareRoot())
  }

  /// One a point.
  func logDensities(_ conditionals: [Conditional], _ points: Matrix<Double>) -> [Double] {
    concurrentMap(Array(conditionals.indices), threads: threads) { row in
      conditionals[row].logDensity(points.elements[row * points.columns + column])
    }
  }

  func without(_ points: Matrix<Double>) -> Matrix<Double> {
    Matrix(
      rows: points.rows, columns: points.columns - 1,
      elements: (0..<points.rows).flatMap { row in
        points.row(row).enumerated().filter { $0.offset != column }.map(\.element)
      })
  }

  func with(_ points: Matrix<Double>) -> Matrix<Double> {
    Matrix(
      rows: points.rows, columns: points.columns + 1,
      elements: (0..<points.rows).flatMap { row in
        var point = Array(points.row(row))
        point.insert(0.5, at: column)
        return point
      })
  }
}

extension NormalLaw {
  func logDensity(_ value: Double) -> Double {
    let z = (value - mean) / deviation
    return -0.5 * z * z - log(deviation * (2 * Double.pi).squareRoot())
  }
}

#if canImport(Glibc)
  import Glibc
#endif
