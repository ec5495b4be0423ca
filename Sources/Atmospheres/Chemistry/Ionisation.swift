import Units

/// Electrons from atoms in equilibrium: Saha's law (Rybicki & Lightman 1979, Radiative Processes in Astrophysics, equation
/// 9.46).
package enum Ionisation {
  /// (2 pi m_e k T / h^2)^1.5, m-3.
  package static func electronDensity(temperature: Double) -> Double {
    let inverseLength =
      (2 * Double.pi * Constants.electronMass * Constants.boltzmann * temperature).squareRoot()
      / Constants.planck
    return inverseLength * inverseLength * inverseLength
  }

  /// An element that gives electrons.
  struct Donor: Sendable {
    let symbol: String
    /// eV, NIST Atomic Spectra Database.
    let potential: Double
    /// 2 U(ion) / U(atom).
    let weight: Double
    /// Atoms for one of hydrogen (Asplund et al. 2021, A&A 653, A141).
    let abundance: Double

    /// n(ion) n(e) / n(atom), m-3.
    func constant(temperature: Double) -> Double {
      weight * electronDensity(temperature: temperature)
        * exp(-potential * Constants.elementaryCharge / (Constants.boltzmann * temperature))
    }
  }

  /// Those that matter up to 4000 K. Calcium, magnesium and iron are taken for free atoms, as they are in hydrogen above
  /// 2000 K; aluminium, half of it oxide and hydroxide, is left out. Partition functions of iron at 3000 K.
  static let donors = [
    Donor(symbol: "K", potential: 4.340_66, weight: 1, abundance: pow(10, 5.07 - 12)),
    Donor(symbol: "Na", potential: 5.139_08, weight: 1, abundance: pow(10, 6.22 - 12)),
    Donor(symbol: "Ca", potential: 6.113_16, weight: 4, abundance: pow(10, 6.30 - 12)),
    Donor(symbol: "Mg", potential: 7.646_24, weight: 4, abundance: pow(10, 7.55 - 12)),
    Donor(symbol: "Fe", potential: 7.902_4, weight: 4, abundance: pow(10, 7.46 - 12)),
  ]

  /// The electrons of atoms of several kinds, some of which hydrogen binds:
  /// n_e (1 + n_H / S_anion) = sum over kinds of n S / (S + n_e).
  /// - Parameters:
  ///   - atoms: of each kind, ionised or not, m-3, and their `constant`.
  ///   - bound: n(H-) / n(e).
  /// - Returns: n_e, m-3, to 1e-12.
  static func electrons(of atoms: [(density: Double, constant: Double)], bound: Double) -> Double {
    var high = log(atoms.reduce(1e-99) { $0 + $1.density })
    var low = high - 230
    while high - low > 1e-12 {
      let middle = (low + high) / 2
      let density = exp(middle)
      let given = atoms.reduce(0) { $0 + $1.density * $1.constant / ($1.constant + density) }
      if given > density * (1 + bound) { low = middle } else { high = middle }
    }
    return exp(low)
  }
}
