/// What a sphere takes from a beam, over its geometrical cross-section.
package struct MieEfficiencies: Sendable, Hashable {
  package var extinction: Double
  package var scattering: Double
  /// 4 pi times the differential scattering cross-section straight back, over the geometrical one.
  package var backscattering: Double
  /// Mean cosine of the scattering angle.
  package var asymmetry: Double
}

/// Scattering by homogeneous spheres: the series of Mie (1908, Ann. Phys. 330, 377) in the form of Bohren & Huffman (1983,
/// Absorption and Scattering of Light by Small Particles, equations 4.61, 4.62, 4.88 and appendix A).
///
/// The logarithmic derivative of the inside is recurred downwards, which is stable whatever the absorption; psi_n upwards
/// while n < x, where it oscillates, and by ratios recurred downwards beyond, where it would lose its digits; chi_n upwards.
/// The number of terms is x + 4.05 x^(1/3) + 2 (Wiscombe 1980, Appl. Opt. 19, 1505, equation 10, widest case).
///
/// Holds room for the series, so that many spheres cost no memory; one for each thread.
package struct MieSphere {
  private var real: [Double] = []
  private var imaginary: [Double] = []
  private var ratios: [Double] = []

  package init() {}

  /// - Parameters:
  ///   - index: of refraction n + i k, k >= 0 absorbing.
  ///   - size: the size parameter x = 2 pi r / wavelength, above 0.
  package mutating func efficiencies(
    index: (n: Double, k: Double), size x: Double
  ) -> MieEfficiencies {
    precondition(x > 0 && index.n > 0 && index.k >= 0)
    let terms = Int(x + 4.05 * pow(x, 1.0 / 3) + 2)
    setLogarithmicDerivatives(index, x, terms)
    setRatios(x, terms)
    // 1/m
    let norm = index.n * index.n + index.k * index.k
    let (inverseN, inverseK) = (index.n / norm, -index.k / norm)

    var (psi, chi) = (sin(x), cos(x))
    var (lastPsi, lastChi) = (cos(x), -sin(x))
    var sums = (extinction: 0.0, scattering: 0.0, asymmetry: 0.0)
    var back = (re: 0.0, im: 0.0)
    var last = (a: (re: 0.0, im: 0.0), b: (re: 0.0, im: 0.0))
    for n in 1...terms {
      let order = Double(n)
      let nextPsi = order < x ? (2 * order - 1) * psi / x - lastPsi : psi / ratios[n]
      let nextChi = (2 * order - 1) * chi / x - lastChi
      (lastPsi, lastChi, psi, chi) = (psi, chi, nextPsi, nextChi)
      let (d, e) = (real[n], imaginary[n])
      let a = Self.coefficient(
        (d * inverseN - e * inverseK + order / x, d * inverseK + e * inverseN), psi, lastPsi, chi, lastChi)
      let b = Self.coefficient(
        (d * index.n - e * index.k + order / x, d * index.k + e * index.n), psi, lastPsi, chi, lastChi)

      let weight = 2 * order + 1
      sums.extinction += weight * (a.re + b.re)
      sums.scattering += weight * (a.re * a.re + a.im * a.im + b.re * b.re + b.im * b.im)
      sums.asymmetry += weight / (order * (order + 1)) * (a.re * b.re + a.im * b.im)
      sums.asymmetry +=
        (order * order - 1) / order
        * (last.a.re * a.re + last.a.im * a.im + last.b.re * b.re + last.b.im * b.im)
      let sign = n.isMultiple(of: 2) ? weight : -weight
      back.re += sign * (a.re - b.re)
      back.im += sign * (a.im - b.im)
      last = (a, b)
    }
    let factor = 2 / (x * x)
    return MieEfficiencies(
      extinction: factor * sums.extinction, scattering: factor * sums.scattering,
      backscattering: (back.re * back.re + back.im * back.im) / (x * x),
      asymmetry: 2 * sums.asymmetry / sums.scattering)
  }

  /// (f psi_n - psi_(n-1)) / (f xi_n - xi_(n-1)), xi = psi - i chi.
  private static func coefficient(
    _ f: (re: Double, im: Double), _ psi: Double, _ lastPsi: Double, _ chi: Double, _ lastChi: Double
  ) -> (re: Double, im: Double) {
    let (p, q) = (f.re * psi - lastPsi, f.im * psi)
    let (r, s) = (p + f.im * chi, q - f.re * chi + lastChi)
    let inverse = 1 / (r * r + s * s)
    return ((p * r + q * s) * inverse, (q * r - p * s) * inverse)
  }

  /// Where downward recurrences of functions of z begin: ratios of neighbours found there are wrong by exp(-1.9 c^1.5) at |z|
  /// for a start c |z|^(1/3) beyond, which is 1e-18 for 8. (Bohren & Huffman's 15 terms leave 1e-5 at |z| = 130.)
  private static func start(_ modulus: Double) -> Int { Int(modulus + 8 * pow(modulus, 1.0 / 3)) + 18 }

  /// D_n(z) of z = m x for n up to `terms`, from D_(n-1) = n/z - 1/(D_n + n/z).
  private mutating func setLogarithmicDerivatives(
    _ index: (n: Double, k: Double), _ x: Double, _ terms: Int
  ) {
    if real.count <= terms {
      real = [Double](repeating: 0, count: terms + 1)
      imaginary = real
    }
    let (zRe, zIm) = (index.n * x, index.k * x)
    let square = zRe * zRe + zIm * zIm
    let (inverseRe, inverseIm) = (zRe / square, -zIm / square)
    var (d, e) = (0.0, 0.0)
    for n in (1...max(terms, Self.start(square.squareRoot()))).reversed() {
      if n <= terms { (real[n], imaginary[n]) = (d, e) }
      let (re, im) = (Double(n) * inverseRe, Double(n) * inverseIm)
      let (u, v) = (d + re, e + im)
      let inverse = 1 / (u * u + v * v)
      (d, e) = (re - u * inverse, im + v * inverse)
    }
  }

  /// psi_(n-1)(x) / psi_n(x) for n from x on.
  private mutating func setRatios(_ x: Double, _ terms: Int) {
    if ratios.count <= terms { ratios = [Double](repeating: 0, count: terms + 1) }
    var ratio = Double.infinity
    for n in (max(1, Int(x))...max(terms, Self.start(x))).reversed() {
      ratio = Double(2 * n + 1) / x - 1 / ratio
      if n <= terms { ratios[n] = ratio }
    }
  }
}
