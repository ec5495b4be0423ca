import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// A normal law cut off at the walls of the unit box: density proportional to exp(g.(x - c) - (x - c)^T H (x - c) / 2) inside, H at least
/// semidefinite.
struct TruncatedNormal {
  /// c
  let centre: [Double]
  /// H, row-major.
  let precision: [Double]
  /// g, the slope of ln of the density at the centre.
  let slope: [Double]

  /// The mean, by a chain that begins at the centre, which is to be a draw of the law itself: then every state is one.
  ///
  /// Steps go along the directions in which the law without walls falls apart into independent numbers, each drawn from its own
  /// law between the walls (a Gibbs sampler in the whitened coordinates of H plus the curvature of a uniform prior), and, in every fourth sweep,
  /// along the axes.
  func mean(sweeps: Int, _ random: inout SeededRandom) -> [Double] {
    let count = centre.count
    let directions = whitened
    var (x, sum) = (centre, [Double](repeating: 0, count: count))
    // The slope at x.
    var gradient = slope
    for sweep in 0..<sweeps {
      for number in 0..<count {
        var direction = directions[number]
        if sweep % 4 == 3 {
          direction = [Double](repeating: 0, count: count)
          direction[number] = 1
        }
        var image = [Double](repeating: 0, count: count)
        for i in 0..<count {
          var value = 0.0
          for j in 0..<count { value += precision[i * count + j] * direction[j] }
          image[i] = value
        }
        var (curvature, rise, low, high) = (0.0, 0.0, -Double.infinity, Double.infinity)
        for i in 0..<count {
          curvature += direction[i] * image[i]
          rise += direction[i] * gradient[i]
          guard direction[i] != 0 else { continue }
          let (a, b) = (-x[i] / direction[i], (1 - x[i]) / direction[i])
          low = max(low, min(a, b))
          high = min(high, max(a, b))
        }
        guard high > low else { continue }
        let length = random.cutNormal(curvature: max(curvature, 0), slope: rise, between: low, high)
        for i in 0..<count {
          x[i] = min(max(x[i] + length * direction[i], 0), 1)
          gradient[i] -= length * image[i]
        }
      }
      for i in 0..<count { sum[i] += x[i] }
    }
    return sum.map { $0 / Double(sweeps) }
  }

  /// Columns of L^-T, L L^T = H + 12: 1 / 12 is the variance of a uniform number.
  private var whitened: [[Double]] {
    let count = centre.count
    func axis(_ number: Int) -> [Double] { (0..<count).map { $0 == number ? 1 : 0 } }
    let factor = SkylineCholesky(count: count) { row, column in
      precision[row * count + column] + (row == column ? 12 : 0)
    }
    return (0..<count).map { number in
      var direction = axis(number)
      factor?.backward(&direction, columns: 1)
      return direction
    }
  }
}

extension SeededRandom {
  /// A number between two ends whose density there is proportional to exp(slope x - curvature x^2 / 2).
  mutating func cutNormal(curvature: Double, slope: Double, between low: Double, _ high: Double) -> Double {
    let deviation = 1 / max(curvature, .leastNormalMagnitude).squareRoot()
    // In deviations from the summit; where the law is as good as straight between the ends it has none.
    guard high - low > 1e-6 * deviation || abs(slope) * (high - low) > 1e-6 else { return uniform(low, high) }
    let summit = slope / max(curvature, .leastNormalMagnitude)
    let value = cutNormal((low - summit) / deviation, (high - summit) / deviation)
    return min(max(summit + deviation * value, low), high)
  }

  /// A standard normal number between two ends, by rejection (Robert 1995, Stat. Comput. 5, 121).
  private mutating func cutNormal(_ low: Double, _ high: Double) -> Double {
    if high < 0 { return -cutNormal(-high, -low) }
    if low <= 0 {
      // The summit is inside.
      while true {
        if high - low > 2.5 {
          let value = normal()
          if value > low, value < high { return value }
        } else {
          let value = uniform(low, high)
          if uniform() < exp(-0.5 * value * value) { return value }
        }
      }
    }
    // From the near end on the law falls at least as fast as an exponential one of this rate.
    let width = high - low
    while true {
      let reached = -expm1(-low * width)
      let step = low * width < 1e-9 ? width * uniform() : -log1p(-reached * uniform()) / low
      if uniform() < exp(-0.5 * step * step) { return low + step }
    }
  }
}
