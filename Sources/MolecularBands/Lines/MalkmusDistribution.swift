#if canImport(Glibc)
  import Glibc
#endif

/// The distribution of the cross-section within a bin of many weak lines at random places with Malkmus's distribution
/// of strengths, as shares of its mean at the points of `KQuadrature`.
///
/// The transmission of such a band (Malkmus 1967, J. Opt. Soc. Am. 57, 323) is the Laplace transform of an inverse
/// Gaussian distribution of k (Lacis & Oinas 1991, J. Geophys. Res. 96, 9027, eq. 14): with the mean k' and
/// phi = pi y/2, y the lines' half width over their distance (both pi times it),
/// f(k) = sqrt(phi k'/(2 pi k^3)) exp[-phi (k - k')^2/(2 k' k)]. A large phi is a smooth continuum, a small one
/// single lines far apart.
package struct MalkmusDistribution: Sendable {
  /// phi of the nodes, ascending.
  private static let logShapes = (0...nodeCount).map { log(1e-6) + log(1e8) * Double($0) / Double(nodeCount) }
  private static let nodeCount = 160
  private static let nodes = logShapes.map { classMeans(shape: exp($0)) }

  package static let shapes = exp(logShapes[0])...exp(logShapes[nodeCount])

  /// Means over shares of the bin as wide as the quadrature's weights, in units of the bin's mean.
  /// - Parameter shape: phi, held within `shapes`.
  package static func values(shape: Double) -> [Double] {
    let position = (log(shape) - logShapes[0]) / (logShapes[1] - logShapes[0])
    let index = max(0, min(nodeCount - 1, Int(position)))
    let share = max(0, min(1, position - Double(index)))
    let values = zip(nodes[index], nodes[index + 1]).map { pow($0, 1 - share) * pow($1, share) }
    let mean = zip(values, KQuadrature.weights).reduce(0) { $0 + $1.0 * $1.1 }
    return values.map { $0 / mean }
  }

  private static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// Shares of width and of absorption below k = x k'.
  private static func cumulative(_ x: Double, _ shape: Double) -> (width: Double, absorption: Double) {
    let root = (shape / x).squareRoot()
    let (first, second) = (normal(root * (x - 1)), exp(2 * shape) * normal(-root * (x + 1)))
    return (first + second, first - second)
  }

  private static func classMeans(shape: Double) -> [Double] {
    var means: [Double] = []
    var (edge, below) = (0.0, 0.0)
    for (index, weight) in KQuadrature.weights.enumerated() {
      edge += weight
      var absorption = 1.0
      if index < KQuadrature.weights.count - 1 {
        var (low, high) = (log(shape) - 12, 14.0)
        for _ in 0..<60 {
          let middle = 0.5 * (low + high)
          if cumulative(exp(middle), shape).width < edge { low = middle } else { high = middle }
        }
        absorption = cumulative(exp(low), shape).absorption
      }
      means.append(max(1e-30, (absorption - below) / weight))
      below = absorption
    }
    return means
  }
}

extension KQuadrature {
  /// The distribution of a sum of two absorbers whose lines lie at random to each other.
  package static func randomSum(_ a: some RandomAccessCollection<Double>, _ b: [Double]) -> [Double] {
    var pairs: [(value: Double, width: Double)] = []
    pairs.reserveCapacity(weights.count * weights.count)
    for (x, first) in zip(a, weights) {
      for (y, second) in zip(b, weights) { pairs.append((x + y, first * second)) }
    }
    pairs.sort { $0.value < $1.value }
    var values = [Double](repeating: 0, count: weights.count)
    var share = 0
    var room = weights[0]
    for (value, width) in pairs {
      var left = width
      while share < weights.count - 1, left > room {
        values[share] += room * value
        left -= room
        share += 1
        room = weights[share]
      }
      values[share] += left * value
      room -= left
    }
    return values.indices.map { values[$0] / weights[$0] }
  }
}
