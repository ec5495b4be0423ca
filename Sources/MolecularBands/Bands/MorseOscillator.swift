#if canImport(Glibc)
  import Glibc
#endif

/// The vibrations of a diatomic in a Morse potential, as wavefunctions on a radius grid.
///
/// Morse (1929, Phys. Rev. 34, 57): with k = omega_e/(2 omega_e x_e), z = 2 k exp[-a (r - r_e)] and
/// s = 2 k - 2 v - 1, psi_v is proportional to exp(-z/2) z^(s/2) L_v^(s)(z).
struct MorseOscillator: Sendable {
  /// Angstrom.
  let equilibriumDistance: Double
  /// a, 1/Angstrom.
  let range: Double
  /// k.
  let depth: Double

  /// - Parameters:
  ///   - reducedMass: g/mol.
  ///   - others: omega_e, omega_e x_e, B_e in cm-1.
  init(reducedMass: Double, frequency: Double, anharmonicity: Double, rotation: Double) {
    let unit = Spectroscopy.rotationalUnit
    equilibriumDistance = (unit / (reducedMass * rotation)).squareRoot()
    range = (reducedMass * anharmonicity / unit).squareRoot()
    depth = frequency / (2 * anharmonicity)
  }

  /// psi_v at the radii, normalised so that the sum of squares times `step` is one.
  func wavefunction(_ v: Int, radii: [Double], step: Double) -> [Double] {
    let s = 2 * depth - 2 * Double(v) - 1
    var values = radii.map { radius -> Double in
      let logZ = log(2 * depth) - range * (radius - equilibriumDistance)
      let z = exp(logZ)
      // Recurrence of the Laguerre polynomials (Abramowitz & Stegun 1964, eq. 22.7.12).
      var (previous, current) = (1.0, 1 + s - z)
      if v == 0 { current = 1 }
      if v > 1 {
        for n in 1..<v {
          let next =
            ((2 * Double(n) + 1 + s - z) * current - (Double(n) + s) * previous) / (Double(n) + 1)
          (previous, current) = (current, next)
        }
      }
      // The factor at z = s keeps the exponential in range.
      return current * exp(0.5 * (s * (logZ - log(s)) - (z - s)))
    }
    let norm = (values.reduce(0) { $0 + $1 * $1 } * step).squareRoot()
    for index in values.indices { values[index] /= norm }
    return values
  }

  /// Franck-Condon factors q[v'][v''] between two potentials.
  static func franckCondonFactors(
    upper: MorseOscillator, lower: MorseOscillator, upperCount: Int, lowerCount: Int
  ) -> [[Double]] {
    let step = 5e-4
    let first = 0.7 * min(upper.equilibriumDistance, lower.equilibriumDistance)
    let last = 1.6 * max(upper.equilibriumDistance, lower.equilibriumDistance)
    let radii = Array(stride(from: first, to: last, by: step))
    let lowers = (0..<lowerCount).map { lower.wavefunction($0, radii: radii, step: step) }
    return (0..<upperCount).map { v in
      let psi = upper.wavefunction(v, radii: radii, step: step)
      return lowers.map { other in
        let overlap = zip(psi, other).reduce(0) { $0 + $1.0 * $1.1 } * step
        return overlap * overlap
      }
    }
  }
}
