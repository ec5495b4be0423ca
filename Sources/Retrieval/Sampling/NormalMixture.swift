import NumericalMethods
import Tensors

/// A mixture of normal laws of the logits of points in the unit box, fitted to points by expectation and maximisation (Dempster, Laird &
/// Rubin 1977, J. R. Stat. Soc. B 39, 1).
struct NormalMixture: Sendable {
  private struct Part: Sendable {
    var logWeight: Double
    var mean: [Double]
    var factor: SkylineCholesky
  }

  private let dimension: Int
  private let parts: [Part]

  private static let mostParts = 8
  /// Points to learn from: more cost time and tell little.
  private static let mostPoints = 2000
  private static let passes = 10
  /// Points, times the dimension, that a part must stand for.
  private static let leastShare = 2.0

  /// - Parameter points: of the unit box, points x coordinates.
  /// - Returns: nil where they are too few, or all the same in a coordinate.
  init?(_ points: Matrix<Double>, _ random: inout SeededRandom) {
    let width = points.columns
    dimension = width
    let stride = max(points.rows / Self.mostPoints, 1)
    let logits = Matrix(
      rows: points.rows / stride, columns: width,
      elements: (0..<points.rows / stride).flatMap { points.row($0 * stride).map(Logit.of) })
    let least = Self.leastShare * Double(width)
    let count = min(Self.mostParts, Int(Double(logits.rows) / (2 * least)))
    guard count > 0, let whole = Self.part(logits, [Double](repeating: 1, count: logits.rows), least) else {
      return nil
    }
    var parts = Self.centres(logits, whole, count, &random).map {
      Part(logWeight: -log(Double(count)), mean: $0, factor: whole.factor)
    }
    for _ in 0..<Self.passes {
      let shares = Self.shares(logits, parts)
      let next = shares.compactMap { Self.part(logits, $0, least) }
      guard !next.isEmpty else { break }
      parts = next
    }
    let total = LogWeights(parts.map(\.logWeight)).logSum
    self.parts = parts.map { Part(logWeight: $0.logWeight - total, mean: $0.mean, factor: $0.factor) }
  }

  func sample(_ count: Int, _ random: inout SeededRandom) -> Matrix<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(count * dimension)
    for _ in 0..<count {
      var choice = random.uniform()
      let part =
        parts.first { part in
          choice -= exp(part.logWeight)
          return choice < 0
        } ?? parts[parts.count - 1]
      let step = part.factor.product((0..<dimension).map { _ in random.normal() })
      for (mean, added) in zip(part.mean, step) { elements.append(Logit.value(mean + added)) }
    }
    return Matrix(rows: count, columns: dimension, elements: elements)
  }

  /// In the box.
  func logDensities(_ points: Matrix<Double>) -> [Double] {
    let logits = Matrix(rows: points.rows, columns: dimension, elements: points.elements.map(Logit.of))
    let ofParts = parts.map { Self.logDensities(logits, $0) }
    return (0..<points.rows).map { row in
      var logJacobian = 0.0
      for value in points.row(row) { logJacobian -= Logit.logSlope(value) }
      return LogWeights(ofParts.map { $0[row] }).logSum + logJacobian
    }
  }

  // MARK: The fit

  /// Far from each other, as k-means++ chooses (Arthur & Vassilvitskii 2007, Proc. 18th ACM-SIAM Symp. Discrete Algorithms, 1027), in the
  /// metric of all points.
  private static func centres(
    _ logits: Matrix<Double>, _ whole: Part, _ count: Int, _ random: inout SeededRandom
  ) -> [[Double]] {
    var block = logits.transposed.elements
    whole.factor.forward(&block, columns: logits.rows)
    var distances = [Double](repeating: .infinity, count: logits.rows)
    var chosen = [Int(random.uniform() * Double(logits.rows))]
    while true {
      let last = chosen[chosen.count - 1]
      for row in distances.indices {
        var sum = 0.0
        for j in 0..<logits.columns {
          let difference = block[j * logits.rows + row] - block[j * logits.rows + last]
          sum += difference * difference
        }
        distances[row] = min(distances[row], sum)
      }
      guard chosen.count < count else { break }
      var choice = random.uniform() * distances.reduce(0, +)
      chosen.append(
        distances.firstIndex { distance in
          choice -= distance
          return choice < 0
        } ?? 0)
    }
    return chosen.map { Array(logits.row($0)) }
  }

  /// By part, the share that it has in each point.
  private static func shares(_ logits: Matrix<Double>, _ parts: [Part]) -> [[Double]] {
    var shares = parts.map { logDensities(logits, $0) }
    for row in 0..<logits.rows {
      let normalised = LogWeights(shares.map { $0[row] }).normalised
      for part in parts.indices { shares[part][row] = normalised[part] }
    }
    return shares
  }

  private static func logDensities(_ logits: Matrix<Double>, _ part: Part) -> [Double] {
    let (rows, width) = (logits.rows, logits.columns)
    var block = [Double](repeating: 0, count: rows * width)
    for row in 0..<rows {
      for j in 0..<width { block[j * rows + row] = logits.elements[row * width + j] - part.mean[j] }
    }
    part.factor.forward(&block, columns: rows)
    let logScale =
      part.logWeight - part.factor.halfLogDeterminant
      - 0.5 * Double(width) * log(2 * Double.pi)
    return (0..<rows).map { row in
      var sum = 0.0
      for j in 0..<width { sum += block[j * rows + row] * block[j * rows + row] }
      return logScale - 0.5 * sum
    }
  }

  /// The normal law of weighted points; correlations are held back where points are few.
  private static func part(_ logits: Matrix<Double>, _ shares: [Double], _ least: Double) -> Part? {
    let (rows, width) = (logits.rows, logits.columns)
    let total = shares.reduce(0, +)
    guard total >= least else { return nil }
    var mean = [Double](repeating: 0, count: width)
    for row in 0..<rows {
      for j in 0..<width { mean[j] += shares[row] / total * logits.elements[row * width + j] }
    }
    var scaled = logits
    for row in 0..<rows {
      let root = (shares[row] / total).squareRoot()
      for j in 0..<width {
        scaled.elements[row * width + j] = root * (logits.elements[row * width + j] - mean[j])
      }
    }
    let covariance = product(scaled, scaled, aIsTransposed: true)
    let held = total / (total + Double(width))
    guard
      let factor = SkylineCholesky(
        count: width,
        element: { ($0 == $1 ? 1 : held) * covariance.elements[$0 * width + $1] + ($0 == $1 ? 1e-12 : 0) })
    else { return nil }
    return Part(logWeight: log(total), mean: mean, factor: factor)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
