#if canImport(Glibc)
  import Glibc
#endif

/// The ideal non-relativistic electron gas at any degeneracy.
///
/// With chi = mu/kT and F_k the Fermi-Dirac integrals (without the 1/Gamma factor): n lambda^3 = 4/sqrt(pi)
/// F_1/2(chi) (two spins), P/nkT = (2/3) F_3/2/F_1/2, free energy per electron F/NkT = chi - P/nkT.
struct ElectronGas: Sendable {
  /// The table runs over chi with this step; classical below, Sommerfeld above.
  private static let step = 0.125
  private static let lowest = -12.0
  private static let highest = 40.0
  /// ln F_1/2, F_3/2/F_1/2 and d ln F_1/2 / d chi at each chi.
  private let rows: [SIMD4<Double>]

  static let shared = ElectronGas()

  init() {
    let count = Int((Self.highest - Self.lowest) / Self.step) + 1
    rows = (0..<count).map { i in
      let chi = Self.lowest + Double(i) * Self.step
      let f = Self.integral(1, chi)
      let g = Self.integral(3, chi)
      // F'_1/2 = F_-1/2 / 2
      let slope = 0.5 * Self.integral(-1, chi) / f
      return SIMD4(log(f), g / f, slope, 0)
    }
  }

  /// Integral of x^(n/2)/(e^(x - chi) + 1) from 0 to infinity, by the substitution x = u^2 and Simpson's
  /// rule. At 400 intervals the error is below 1e-9 for chi under 40.
  static func integral(_ n: Int, _ chi: Double) -> Double {
    let top = (max(chi, 0) + 36).squareRoot()
    let intervals = 400
    let h = top / Double(intervals)
    var sum = 0.0
    for i in 0...intervals {
      let u = Double(i) * h
      var term = 2 / (exp(u * u - chi) + 1)
      switch n {
      case -1: break
      case 1: term *= u * u
      default: term *= u * u * u * u
      }
      sum += (i == 0 || i == intervals ? 1 : (i % 2 == 1 ? 4 : 2)) * term
    }
    return sum * h / 3
  }

  /// Free energy per electron over kT for n lambda^3 sqrt(pi)/4 = F_1/2, as a function of y = ln F_1/2:
  /// the value and its first two derivatives. dF/dy = P/nkT (call p); d2F/dy2 = dp/dy = 1/(d ln F/d chi) - p.
  func freeEnergy(_ y: Double) -> (value: Double, first: Double, second: Double) {
    let chi: Double
    let ratio: Double
    let slope: Double
    if y < rows[0].x {
      // Classical with the first quantum correction: F_1/2 = sqrt(pi)/2 (z - z^2/2^1.5), F_3/2 = 3
      // sqrt(pi)/4 (z - z^2/2^2.5)
      let w = exp(y) * 2 / Double.pi.squareRoot()
      let z = w * (1 + w / 2.828_427_124_746_19)
      chi = log(z)
      ratio = 1.5 * (1 + w / 5.656_854_249_492_38)
      slope = 1 - w / 2.828_427_124_746_19
    } else if y < rows[rows.count - 1].x {
      var low = 0
      var high = rows.count - 1
      while high - low > 1 {
        let middle = (low + high) / 2
        if rows[middle].x <= y { low = middle } else { high = middle }
      }
      let a = rows[low]
      let b = rows[low + 1]
      let h = b.x - a.x
      let s = (y - a.x) / h
      // Cubic Hermite: d chi/dy = 1/slope, d(ratio)/dy = 3/2 (1/slope) - ratio (as F'_3/2 = 3/2 F_1/2)
      chi = hermite(
        s, h, Self.lowest + Double(low) * Self.step, Self.lowest + Double(low + 1) * Self.step, 1 / a.z,
        1 / b.z)
      ratio = hermite(s, h, a.y, b.y, 1.5 / a.z - a.y, 1.5 / b.z - b.y)
      slope = a.z + s * (b.z - a.z)
    } else {
      // Sommerfeld: F_1/2 = 2/3 chi^1.5 (1 + pi^2/8 chi^-2), F_3/2 = 2/5 chi^2.5 (1 + 5 pi^2/8 chi^-2)
      let pi2 = Double.pi * Double.pi
      var c = exp((y - log(2.0 / 3)) / 1.5)
      for _ in 0..<3 { c = exp((y - log(2.0 / 3) - log1p(pi2 / 8 / (c * c))) / 1.5) }
      chi = c
      let i = 1 / (c * c)
      ratio = 0.6 * c * (1 + 5 * pi2 / 8 * i) / (1 + pi2 / 8 * i)
      slope = (1.5 - pi2 / 4 * i / (1 + pi2 / 8 * i)) / c
    }
    let p = ratio * 2 / 3
    return (chi - p, p, 1 / slope - p)
  }

  private func hermite(_ s: Double, _ h: Double, _ a: Double, _ b: Double, _ da: Double, _ db: Double)
    -> Double
  {
    let s2 = s * s
    let s3 = s2 * s
    return a * (2 * s3 - 3 * s2 + 1) + b * (3 * s2 - 2 * s3) + h * (da * (s3 - 2 * s2 + s) + db * (s3 - s2))
  }
}
