#if canImport(Glibc)
  import Glibc
#endif

/// The vibrations of a molecule: fundamentals, degeneracies and anharmonicities.
package struct VibrationalModes: Sendable {
  /// Wavenumbers of the fundamentals, cm-1.
  package let fundamentals: [Double]
  /// 1, 2 or 3.
  package let degeneracies: [Int]
  /// Anharmonic constants x[i][j] = x[j][i], cm-1.
  private let anharmonicity: [[Double]]

  /// - Parameter anharmonicity: (i, j, x_ij in cm-1), modes counted from 0.
  package init(fundamentals: [Double], degeneracies: [Int], anharmonicity: [(Int, Int, Double)]) {
    precondition(fundamentals.count == degeneracies.count)
    self.fundamentals = fundamentals
    self.degeneracies = degeneracies
    var matrix = [[Double]](
      repeating: [Double](repeating: 0, count: fundamentals.count), count: fundamentals.count)
    for (i, j, value) in anharmonicity {
      matrix[i][j] = value
      matrix[j][i] = value
    }
    self.anharmonicity = matrix
  }

  /// Energy of a level above the ground state, cm-1:
  /// G(v) = sum v_i nu_i + sum x_ii v_i (v_i - 1) + sum over i<j of x_ij v_i v_j, which is the usual expansion
  /// (Herzberg 1945, eq. II,271) written with observed fundamentals nu_i instead of harmonic wavenumbers.
  ///
  /// The expansion turns over far up; a quantum is never given less than a quarter of its mode's fundamental.
  package func energy(_ quanta: [Int]) -> Double {
    var energy = 0.0
    var harmonic = 0.0
    for i in quanta.indices where quanta[i] > 0 {
      let v = Double(quanta[i])
      harmonic += v * fundamentals[i]
      energy += v * fundamentals[i] + anharmonicity[i][i] * v * (v - 1)
      for j in 0..<i { energy += anharmonicity[i][j] * v * Double(quanta[j]) }
    }
    return max(energy, 0.25 * harmonic)
  }

  /// Number of states of a level: product of binomials (v + d - 1 over d - 1).
  package func degeneracy(_ quanta: [Int]) -> Int {
    zip(quanta, degeneracies).reduce(1) { product, mode in
      switch mode.1 {
      case 1: product
      case 2: product * (mode.0 + 1)
      default: product * (mode.0 + 1) * (mode.0 + 2) / 2
      }
    }
  }

  /// All levels up to an energy in cm-1, by rising energy.
  package func levels(upTo limit: Double) -> [(quanta: [Int], energy: Double)] {
    var found: [(quanta: [Int], energy: Double)] = []
    var quanta = [Int](repeating: 0, count: fundamentals.count)
    func descend(_ mode: Int, _ harmonic: Double) {
      guard mode < fundamentals.count else {
        let energy = energy(quanta)
        if energy <= limit { found.append((quanta, energy)) }
        return
      }
      var count = 0
      // Anharmonicity lowers levels: look 15 % higher among the harmonic ones.
      while harmonic + Double(count) * fundamentals[mode] <= 1.15 * limit {
        quanta[mode] = count
        descend(mode + 1, harmonic + Double(count) * fundamentals[mode])
        count += 1
      }
      quanta[mode] = 0
    }
    descend(0, 0)
    return found.sorted { $0.energy < $1.energy }
  }

  /// Sum over states of exp(-c2 G/T) up to an energy in cm-1.
  package func partitionFunction(temperature: Double, upTo limit: Double = 25_000) -> Double {
    levels(upTo: limit).reduce(0) {
      $0 + Double(degeneracy($1.quanta))
        * exp(-Spectroscopy.secondRadiationConstant * $1.energy / temperature)
    }
  }

  /// The squared transition moment from `lower` relative to that from the ground state, for harmonic oscillators:
  /// for a gain of n quanta in a mode of degeneracy d the product over k = 1...n of (v + d - 1 + k)/(d - 1 + k); for
  /// a loss of n quanta, relative to the gain of n from nothing, of (v + 1 - k)/(d - 1 + k)
  /// (Wilson, Decius & Cross 1955, appendix III). Summed over the final, averaged over the initial states of a level.
  package func momentFactor(lower: [Int], change: [Int]) -> Double {
    var factor = 1.0
    for mode in lower.indices where change[mode] != 0 {
      let d = Double(degeneracies[mode])
      let v = Double(lower[mode])
      for k in 1...abs(change[mode]) {
        let k = Double(k)
        factor *= change[mode] > 0 ? (v + d - 1 + k) / (d - 1 + k) : max(0, v + 1 - k) / (d - 1 + k)
      }
    }
    return factor
  }
}
