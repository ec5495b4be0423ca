/// The normal law of mean 0 and standard deviation 1.
package enum StandardNormal {
  /// The probability of lying below a value.
  package static func rank(of value: Double) -> Double { 0.5 * erfc(-value * 0.707_106_781_186_547_5) }

  /// The inverse of `rank`, to 1e-13 of the rank: Abramowitz & Stegun 1964, eq. 26.2.23, then Halley's method.
  /// - Parameter rank: ranks beyond 1e-300 and 1 - 1.2e-16 are taken as these.
  package static func value(atRank rank: Double) -> Double {
    let rank = min(max(rank, 1e-300), 1 - 1.2e-16)
    let t = (-2 * log(min(rank, 1 - rank))).squareRoot()
    let size =
      t - (2.515_517 + t * (0.802_853 + t * 0.010_328))
      / (1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)))
    var x = rank < 0.5 ? -size : size
    for _ in 0..<2 {
      let step = (self.rank(of: x) - rank) * (2 * Double.pi).squareRoot() * exp(x * x / 2)
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}

#if canImport(Glibc)
  import Glibc
#endif
