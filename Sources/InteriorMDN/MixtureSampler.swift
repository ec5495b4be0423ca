package import NeuralNetworks
package import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// Draws from one mixture after another and knows their marginal distributions; keeps its memory in between.
package struct MixtureSampler {
  private let density: MixtureDensity
  /// Components that matter: their weights, and mean and marginal standard deviation of each coordinate, component-major.
  private var weights: [Double] = []
  private var means: [Double] = []
  private var sds: [Double] = []
  /// Factors of draws: e^(-a_i) and l_ij.
  private var scales: [Double] = []
  private var couplings: [Double] = []
  private var inverse: [Double]

  /// Components of smaller weight are left out: together they are less than 20 in 1e6.
  private static let leastWeight = 1e-6

  package init(_ density: MixtureDensity) {
    self.density = density
    inverse = [Double](repeating: 0, count: density.dimensions * density.dimensions)
  }

  /// Takes up the mixture of one row of outputs.
  package mutating func prepare(_ output: ArraySlice<Float>) {
    precondition(output.count == density.width)
    let (count, d) = (density.components, density.dimensions)
    let start = output.startIndex
    let limit = density.maximumLogPrecision
    weights.removeAll(keepingCapacity: true)
    means.removeAll(keepingCapacity: true)
    sds.removeAll(keepingCapacity: true)
    scales.removeAll(keepingCapacity: true)
    couplings.removeAll(keepingCapacity: true)
    var largest = -Double.infinity
    for k in 0..<count { largest = max(largest, Double(output[start + k])) }
    var sum = 0.0
    for k in 0..<count { sum += exp(Double(output[start + k]) - largest) }
    var kept = 0.0
    for k in 0..<count {
      let weight = exp(Double(output[start + k]) - largest) / sum
      guard weight >= Self.leastWeight else { continue }
      kept += weight
      weights.append(weight)
      for i in 0..<d {
        means.append(Double(output[start + (1 + i) * count + k]))
        scales.append(exp(-min(max(Double(output[start + (1 + d + i) * count + k]), -limit), limit)))
      }
      for pair in 0..<density.couplings {
        couplings.append(Double(output[start + (1 + 2 * d + pair) * count + k]))
      }
      appendDeviations(component: weights.count - 1)
    }
    for i in weights.indices { weights[i] /= kept }
  }

  /// u = B z with B = L^-1 diag(e^-a), row by row; a marginal variance is the sum of a row's squares.
  private mutating func appendDeviations(component: Int) {
    let d = density.dimensions
    let pairs = density.couplings
    for i in 0..<d {
      for j in 0..<i { inverse[i * d + j] = 0 }
      inverse[i * d + i] = scales[component * d + i]
      if pairs > 0 {
        for j in 0..<i {
          let l = couplings[component * pairs + i * (i - 1) / 2 + j]
          for k in 0...j { inverse[i * d + k] -= l * inverse[j * d + k] }
        }
      }
      var variance = 0.0
      for j in 0...i { variance += inverse[i * d + j] * inverse[i * d + j] }
      sds.append(variance.squareRoot())
    }
  }

  /// One draw, recalibrated where there is a recalibration.
  package func draw(_ recalibration: Recalibration?, random: inout SeededRandom) -> [Double] {
    let d = density.dimensions
    let pairs = density.couplings
    var left = random.uniform()
    var chosen = weights.count - 1
    for (k, weight) in weights.enumerated() {
      left -= weight
      if left < 0 {
        chosen = k
        break
      }
    }
    var y = [Double](repeating: 0, count: d)
    for i in 0..<d {
      y[i] = scales[chosen * d + i] * random.normal()
      if pairs > 0 {
        for j in 0..<i { y[i] -= couplings[chosen * pairs + i * (i - 1) / 2 + j] * y[j] }
      }
    }
    for i in 0..<d { y[i] += means[chosen * d + i] }
    guard let recalibration else { return y }
    for i in 0..<d {
      y[i] = quantile(
        coordinate: i, recalibration.recalibrated(rank(coordinate: i, y[i]), coordinate: i), near: y[i])
    }
    return y
  }

  /// The probability that the coordinate is below `y`.
  package func rank(coordinate: Int, _ y: Double) -> Double { distribution(coordinate, y).rank }

  private func distribution(_ coordinate: Int, _ y: Double) -> (rank: Double, density: Double) {
    let d = density.dimensions
    var rank = 0.0
    var slope = 0.0
    for (k, weight) in weights.enumerated() {
      let sd = sds[k * d + coordinate]
      let z = (y - means[k * d + coordinate]) / sd
      // Beyond 8 sigma a component adds less than 1e-15.
      if z > 8 {
        rank += weight
      } else if z > -8 {
        rank += weight * erfc(-z * 0.707_106_781_186_547_5) / 2
        slope += weight * exp(-z * z / 2) * 0.398_942_280_401_432_7 / sd
      }
    }
    return (rank, slope)
  }

  /// The value of that rank: Newton's method from `near`, with bisection where it leaves the bracket.
  func quantile(coordinate: Int, _ probability: Double, near start: Double) -> Double {
    let d = density.dimensions
    let target = min(max(probability, 1e-9), 1 - 1e-9)
    var low = Double.infinity
    var high = -Double.infinity
    for k in weights.indices {
      let (mean, sd) = (means[k * d + coordinate], sds[k * d + coordinate])
      low = min(low, mean - 8 * sd)
      high = max(high, mean + 8 * sd)
    }
    var x = min(max(start, low), high)
    for _ in 0..<80 {
      let (rank, slope) = distribution(coordinate, x)
      let excess = rank - target
      if abs(excess) < 1e-7 { return x }
      if excess > 0 { high = x } else { low = x }
      let next = x - excess / slope
      x = next > low && next < high ? next : (low + high) / 2
    }
    return x
  }
}

/// Marginal quantile recalibration (Kuleshov, Fenner & Ermon 2018, ICML): one monotone map a coordinate.
///
/// Were the mixtures right, the truth's rank in its marginal distribution would be uniform over many planets. Where
/// validation planets show another distribution G of ranks, the recalibrated distribution is G(F(y)), so a draw of rank
/// u moves to the rank G^-1(u) of the same mixture. Coordinates keep their ranks, and so their dependence.
package struct Recalibration: Sendable, Hashable {
  /// G^-1 at 0, 1/n ... 1, for each coordinate.
  package let quantiles: [[Double]]

  /// - Precondition: each row ascends within 0...1 and has at least two values.
  package init(quantiles: [[Double]]) {
    precondition(quantiles.allSatisfy(Self.isValid))
    self.quantiles = quantiles
  }

  package static func isValid(_ row: [Double]) -> Bool {
    row.count >= 2 && row.allSatisfy { (0...1).contains($0) }
      && zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// Learns from the ranks of validation planets.
  /// - Parameter bins: with 30,000 planets, 64 bins are known to 0.3 points each.
  package init(ranks: [[Double]], bins: Int = 64) {
    self.init(
      quantiles: ranks.map { ranks in
        let sorted = ranks.sorted()
        return (0...bins).map { i in
          i == 0 ? 0 : i == bins ? 1 : NumericalMethods.quantile(ofSorted: sorted, Double(i) / Double(bins))
        }
      })
  }

  package func recalibrated(_ rank: Double, coordinate: Int) -> Double {
    let row = quantiles[coordinate]
    let position = min(max(rank, 0), 1) * Double(row.count - 1)
    let below = min(Int(position), row.count - 2)
    return row[below] + (position - Double(below)) * (row[below + 1] - row[below])
  }
}
