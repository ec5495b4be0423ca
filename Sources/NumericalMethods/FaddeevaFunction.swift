#if canImport(Glibc)
  import Glibc
#endif

/// w(z) = exp(-z^2) erfc(-i z) for Im z >= 0, whose real part is the Voigt function.
///
/// Weideman (1994, SIAM J. Numer. Anal. 31, 1497, eq. 38) with 32 terms: relative error below 1e-11 for moderate z.
package struct FaddeevaFunction: Sendable {
  private let coefficients: [Double]
  private let scale: Double

  package init() {
    let terms = 32
    let count = 4 * terms
    scale = (Double(terms) / 2.0.squareRoot()).squareRoot()
    var coefficients = [Double](repeating: 0, count: terms)
    for n in 1...terms {
      var sum = 0.0
      for k in -(count / 2) + 1..<count / 2 {
        let angle = Double(k) * 2 * Double.pi / Double(count)
        let t = scale * tan(0.5 * angle)
        sum += exp(-t * t) * (scale * scale + t * t) * cos(Double(n) * angle)
      }
      coefficients[n - 1] = sum / Double(count)
    }
    self.coefficients = coefficients
  }

  /// The real part of w(x + i y), y >= 0.
  package func voigt(x: Double, y: Double) -> Double {
    // Far out w(z) = i / sqrt(pi) (1/z + 1/(2 z^3) + ...), Abramowitz & Stegun 1964, eq. 7.1.23.
    if x * x + y * y > 1e4 {
      let (x2, y2) = (x * x, y * y)
      let square = x2 + y2
      let leading = y / square
      let next = 0.5 * y * (3 * x2 - y2) / (square * square * square)
      return (leading + next) / Double.pi.squareRoot()
    }
    // Z = (L + i z)/(L - i z), i z = -y + i x.
    let (numeratorRe, numeratorIm) = (scale - y, x)
    let (denominatorRe, denominatorIm) = (scale + y, -x)
    let square = denominatorRe * denominatorRe + denominatorIm * denominatorIm
    let zRe = (numeratorRe * denominatorRe + numeratorIm * denominatorIm) / square
    let zIm = (numeratorIm * denominatorRe - numeratorRe * denominatorIm) / square
    var (pRe, pIm) = (0.0, 0.0)
    for coefficient in coefficients.reversed() {
      (pRe, pIm) = (pRe * zRe - pIm * zIm + coefficient, pRe * zIm + pIm * zRe)
    }
    // Real part of 2 p/(L - i z)^2 + 1/(sqrt(pi) (L - i z)).
    let (dRe, dIm) = (
      denominatorRe * denominatorRe - denominatorIm * denominatorIm, 2 * denominatorRe * denominatorIm
    )
    let ratio = (pRe * dRe + pIm * dIm) / (dRe * dRe + dIm * dIm)
    return 2 * ratio + denominatorRe / (square * Double.pi.squareRoot())
  }
}
