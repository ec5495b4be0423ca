/// Gauss-Legendre quadrature on [0, 1]: exact for polynomials of degree `2 count - 1`.
package struct GaussLegendreRule: Sendable, Hashable {
  /// Ascending, inside 0...1.
  package let nodes: [Double]
  /// Adding up to 1.
  package let weights: [Double]

  /// Roots of the Legendre polynomial by Newton's method from the guess cos(pi (i + 3/4) / (n + 1/2))
  /// (Abramowitz & Stegun 1964, 22.16.6), weights 2 / ((1 - x^2) P'(x)^2) (25.4.29), mapped from [-1, 1].
  /// - Precondition: `count` is in 1...1000.
  package init(count: Int) {
    precondition((1...1000).contains(count))
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for i in 0..<count {
      var x = cosine(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      var derivative = 1.0
      for _ in 0..<100 {
        let (value, slope) = Self.legendre(count, x)
        derivative = slope
        let step = value / slope
        x -= step
        if abs(step) < 1e-15 { break }
      }
      // The roots come out descending.
      nodes[count - 1 - i] = (x + 1) / 2
      weights[count - 1 - i] = 1 / ((1 - x * x) * derivative * derivative)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// P_n and its derivative at x.
  private static func legendre(_ n: Int, _ x: Double) -> (Double, Double) {
    var previous = 1.0
    var value = x
    if n == 1 { return (x, 1) }
    for k in 2...n {
      (previous, value) = (value, ((2 * Double(k) - 1) * x * value - (Double(k) - 1) * previous) / Double(k))
    }
    return (value, Double(n) * (x * value - previous) / (x * x - 1))
  }
}

#if canImport(Glibc)
  import Glibc
#endif

private func cosine(_ x: Double) -> Double { cos(x) }
