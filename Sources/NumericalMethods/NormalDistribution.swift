/// The standard normal law.
package enum NormalDistribution {
  /// The probability below x.
  package static func probability(below x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// Inverse of `probability(below:)`, to rounding: Newton's steps with the second derivative from a rational guess (Abramowitz &
  /// Stegun 1964, 26.2.23, off by less than 4.5e-4).
  /// - Parameter probability: between 0 and 1; the ends are infinite.
  package static func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability))
    guard probability > 0, probability < 1 else { return probability > 0 ? .infinity : -.infinity }
    let tail = min(probability, 1 - probability)
    let t = (-2 * log(tail)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<3 {
      let step = (self.probability(below: x) - tail) * (2 * Double.pi).squareRoot() * exp(0.5 * x * x)
      x -= step / (1 + 0.5 * x * step)
    }
    return probability < 0.5 ? x : -x
  }
}

#if canImport(Glibc)
  import Glibc
#endif
