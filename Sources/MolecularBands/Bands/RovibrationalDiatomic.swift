#if canImport(Glibc)
  import Glibc
#endif

/// The vibration-rotation bands of a diatomic molecule without electronic angular momentum, v -> v + n: P and R
/// branches from every level, with isotopologues.
///
/// E(v, J) = sum over k, l of Y_kl (v + 1/2)^k [J (J + 1)]^l (Dunham 1932, Phys. Rev. 41, 721). Squared transition
/// moments are those of a harmonic oscillator from v, ((v + n)! / v! n!) times the band's from v = 0, times the
/// Herman-Wallis factor (1 + C m)^2, m = -J in P and J + 1 in R.
package struct RovibrationalDiatomic: LineModel {
  package struct Band: Sendable {
    /// Quanta gained.
    package let quanta: Int
    /// Integrated strength for a molecule in v = 0, without stimulated emission, cm per molecule.
    package let strength: Double
    /// C.
    package let hermanWallis: Double
  }

  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  /// Y[l][k], cm-1, of the isotopologue with the first reduced mass; Y[0][0] is 0.
  package let dunham: [[Double]]
  package let bands: [Band]
  /// g/mol, and shares of the gas.
  package let isotopologues: [(reducedMass: Double, share: Double)]
  package let highestVibration: Int
  package let highestJ: Int

  /// Term above v = 0, J = 0 of an isotopologue, cm-1: Y_kl goes with the reduced mass to the power -(k/2 + l).
  /// - Parameter ratio: sqrt(reduced mass of the first / of this one).
  func energy(v: Int, j: Int, ratio: Double = 1) -> Double {
    let product = Double(j * (j + 1)) * ratio * ratio
    func sum(_ vibration: Double, _ product: Double) -> Double {
      var total = 0.0
      for row in dunham.reversed() {
        var inner = 0.0
        for coefficient in row.reversed() { inner = inner * vibration + coefficient }
        total = total * product + inner
      }
      return total
    }
    return sum((Double(v) + 0.5) * ratio, product) - sum(0.5 * ratio, 0)
  }

  private func ratio(_ reducedMass: Double) -> Double {
    (isotopologues[0].reducedMass / reducedMass).squareRoot()
  }

  private func partitionFunction(temperature: Double, ratio: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    return (0...highestVibration).reduce(0) { total, v in
      (0...highestJ).reduce(total) {
        $0 + Double(2 * $1 + 1) * exp(-factor * energy(v: v, j: $1, ratio: ratio))
      }
    }
  }

  package func partitionFunction(temperature: Double) -> Double {
    partitionFunction(temperature: temperature, ratio: 1)
  }

  package func addLines(to spectra: inout StickSpectra) {
    for isotopologue in isotopologues {
      let ratio = ratio(isotopologue.reducedMass)
      // The strengths are divided by the first's partition function; rotation makes the difference, at any temperature.
      let share = isotopologue.share * ratio * ratio
      for v in 0...highestVibration {
        let ground = energy(v: 0, j: 0, ratio: ratio)
        for j in 0...highestJ {
          let lower = energy(v: v, j: j, ratio: ratio)
          spectra.setLowerLevel(energy: lower - ground)
          for band in bands {
            let origin = energy(v: band.quanta, j: 0, ratio: ratio) - ground
            let moment = (1...band.quanta).reduce(1.0) { $0 * Double(v + $1) / Double($1) }
            for (upperJ, m) in [(j - 1, -j), (j + 1, j + 1)] where upperJ >= 0 {
              let wavenumber = energy(v: v + band.quanta, j: upperJ, ratio: ratio) - lower
              let correction = 1 + band.hermanWallis * Double(m)
              // Shares |m| of 2 J + 1, times the weight 2 J + 1.
              spectra.add(
                wavenumber: wavenumber,
                strength: share * band.strength * moment * Double(abs(m)) * correction * correction
                  * wavenumber
                  / origin)
            }
          }
        }
      }
    }
  }
}
