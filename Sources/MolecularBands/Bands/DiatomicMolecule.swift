#if canImport(Glibc)
  import Glibc
#endif

/// An electronic state of a diatomic molecule.
package struct ElectronicState: Sendable {
  package let name: String
  /// Lambda: 0 Sigma, 1 Pi, 2 Delta, 3 Phi.
  package let lambda: Int
  /// 2 S + 1.
  package let multiplicity: Int
  /// Energy of v = 0 above the lowest level of the molecule, middle of the multiplet, cm-1.
  package let energy: Double
  /// omega_e, omega_e x_e, B_e, alpha_e, cm-1.
  package let frequency: Double
  package let anharmonicity: Double
  package let rotation: Double
  package let rotationChange: Double
  /// Spin-orbit constant A, cm-1.
  package let spinOrbit: Double

  package init(
    _ name: String, lambda: Int, multiplicity: Int, energy: Double, frequency: Double, anharmonicity: Double,
    rotation: Double, rotationChange: Double, spinOrbit: Double = 0
  ) {
    self.name = name
    self.lambda = lambda
    self.multiplicity = multiplicity
    self.energy = energy
    self.frequency = frequency
    self.anharmonicity = anharmonicity
    self.rotation = rotation
    self.rotationChange = rotationChange
    self.spinOrbit = spinOrbit
  }

  /// G(v) - G(0), cm-1.
  func vibration(_ v: Int) -> Double {
    let v = Double(v)
    return frequency * v - anharmonicity * v * (v + 1)
  }

  var zeroPoint: Double { 0.5 * frequency - 0.25 * anharmonicity }

  func rotation(_ v: Int) -> Double { rotation - rotationChange * (Double(v) + 0.5) }

  /// D = 4 B^3/omega^2 (Kratzer), cm-1.
  var distortion: Double { 4 * rotation * rotation * rotation / (frequency * frequency) }

  /// Weight of one rotational level besides 2 J + 1, spin components aside.
  var weight: Double { lambda == 0 ? 1 : 2 }

  /// Projections of the spin, -S...S; one entry without spin.
  var spinProjections: [Double] {
    (0..<multiplicity).map { Double($0) - 0.5 * Double(multiplicity - 1) }
  }

  /// The state in another isotopologue, `ratio` = sqrt(reduced mass here / there) (Herzberg 1950, eq. III,201).
  func isotopologue(_ ratio: Double) -> ElectronicState {
    let squared = ratio * ratio
    return ElectronicState(
      name, lambda: lambda, multiplicity: multiplicity, energy: energy, frequency: frequency * ratio,
      anharmonicity: anharmonicity * squared, rotation: rotation * squared,
      rotationChange: rotationChange * squared * ratio, spinOrbit: spinOrbit)
  }
}

/// A band system between two electronic states.
package struct ElectronicSystem: Sendable {
  package let name: String
  package let upper: ElectronicState
  package let lower: ElectronicState
  /// Origin of the 0-0 band between the multiplets' middles, cm-1.
  package let origin: Double
  /// Absorption oscillator strength f: of the v'-v'' band f q nu/nu_00 with the Franck-Condon factor q.
  package let oscillatorStrength: Double
}

/// A band within the lowest electronic state: rotation, the fundamental or an overtone.
package struct InfraredBand: Sendable {
  /// Quanta gained; 0 is rotation.
  package let quanta: Int
  /// Integrated strength for a molecule in v = 0, without stimulated emission, cm per molecule, over the band's
  /// wavenumber in cm-1; of rotation for a molecule and its dipole.
  package let strengthPerWavenumber: Double

  /// - Parameters:
  ///   - strength: cm per molecule.
  ///   - origin: cm-1.
  package static func vibration(_ quanta: Int, strength: Double, origin: Double) -> InfraredBand {
    InfraredBand(quanta: quanta, strengthPerWavenumber: strength / origin)
  }

  /// - Parameter dipole: D.
  package static func rotation(dipole: Double) -> InfraredBand {
    InfraredBand(quanta: 0, strengthPerWavenumber: Spectroscopy.strengthOfSquareDebye * dipole * dipole)
  }
}

/// The electronic band systems of a diatomic molecule, with all bands between vibrational levels, spin components,
/// branches and isotopologues.
///
/// Multiplets with Lambda > 0 in both states are taken in Hund's case (a): one sub-band for each projection Sigma,
/// shifted by (A' Lambda' - A'' Lambda'') Sigma, with Hönl-London factors in Omega and effective
/// B (1 + 2 B Sigma/(A Lambda)) (Herzberg 1950, chapter V). From a Sigma state the lower levels are taken in case
/// (b) with N for J, each joined with equal shares to every spin component of the upper state. Bands within the lowest
/// state have harmonic moments from excited levels, ((v + n)!/v! n!) times that from v = 0, and N for J.
package struct DiatomicMolecule: LineModel {
  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  package var systems: [ElectronicSystem]
  /// The states that are populated: those of the systems' lower ends.
  package var states: [ElectronicState]
  /// g/mol, and each isotopologue's reduced mass and share.
  package let reducedMass: Double
  package let isotopologues: [(reducedMass: Double, share: Double)]
  package let highestVibration: Int
  package let highestJ: Int
  /// Bands within `states[0]`.
  package var infrared: [InfraredBand] = []

  package func partitionFunction(temperature: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    var sum = 0.0
    for state in states {
      for v in 0...highestVibration {
        for spin in state.spinProjections {
          let energy = state.energy + state.vibration(v) + spinOrbitEnergy(state, spin)
          let rotation = state.rotation(v)
          let firstJ = max(0, Int((Double(state.lambda) + spin).rounded(.down)))
          for j in (state.lambda == 0 ? 0 : firstJ)...highestJ {
            let product = Double(j * (j + 1))
            let term = rotation * product - state.distortion * product * product
            guard term >= 0 else { break }
            sum += state.weight * Double(2 * j + 1) * exp(-factor * (energy + term))
          }
        }
      }
    }
    return sum
  }

  private func spinOrbitEnergy(_ state: ElectronicState, _ spin: Double) -> Double {
    state.spinOrbit * Double(state.lambda) * spin
  }

  /// Franck-Condon factors of a system, q[v'][v''].
  package func franckCondonFactors(of system: ElectronicSystem) -> [[Double]] {
    func morse(_ state: ElectronicState) -> MorseOscillator {
      MorseOscillator(
        reducedMass: reducedMass, frequency: state.frequency, anharmonicity: state.anharmonicity,
        rotation: state.rotation)
    }
    return MorseOscillator.franckCondonFactors(
      upper: morse(system.upper), lower: morse(system.lower), upperCount: highestVibration + 4,
      lowerCount: highestVibration + 1)
  }

  package func addLines(to spectra: inout StickSpectra) {
    if !infrared.isEmpty {
      for isotopologue in isotopologues {
        let ratio = (reducedMass / isotopologue.reducedMass).squareRoot()
        addInfrared(to: &spectra, state: states[0].isotopologue(ratio), share: isotopologue.share)
      }
    }
    for system in systems {
      let factors = franckCondonFactors(of: system)
      for isotopologue in isotopologues {
        let ratio = (reducedMass / isotopologue.reducedMass).squareRoot()
        let lower = system.lower.isotopologue(ratio)
        let upper = system.upper.isotopologue(ratio)
        // The electronic origin stays; the zero points move.
        let shift =
          upper.zeroPoint - lower.zeroPoint - system.upper.zeroPoint + system.lower.zeroPoint
        for lowerV in 0...highestVibration {
          for upperV in 0..<highestVibration + 4 where factors[upperV][lowerV] > 1e-5 {
            addBand(
              to: &spectra, system: system, lower: lower, upper: upper, lowerV: lowerV, upperV: upperV,
              origin: system.origin + shift + upper.vibration(upperV) - lower.vibration(lowerV),
              strength: isotopologue.share * factors[upperV][lowerV])
          }
        }
      }
    }
  }

  private func addInfrared(to spectra: inout StickSpectra, state: ElectronicState, share: Double) {
    for v in 0...highestVibration {
      for spin in state.spinProjections {
        let energy = state.energy + state.vibration(v) + spinOrbitEnergy(state, spin)
        for j in state.lambda...highestJ {
          let lower = rotationalTerm(state, v: v, j: j)
          guard lower >= 0 else { break }
          spectra.setLowerLevel(energy: energy + lower)
          let shares = HonlLondon.parallel(j: j, k: state.lambda)
          for band in infrared {
            let moment = (0..<band.quanta).reduce(1.0) { $0 * Double(v + 1 + $1) / Double(1 + $1) }
            let strength =
              share * state.weight * Double(2 * j + 1) * band.strengthPerWavenumber * moment
            let branches =
              band.quanta == 0 ? [(1, shares.r)] : [(-1, shares.p), (0, shares.q), (1, shares.r)]
            let origin = state.vibration(v + band.quanta) - state.vibration(v)
            for (change, part) in branches where part > 0 {
              let wavenumber = origin + rotationalTerm(state, v: v + band.quanta, j: j + change) - lower
              spectra.add(wavenumber: wavenumber, strength: strength * part * wavenumber)
            }
          }
        }
      }
    }
  }

  private func rotationalTerm(_ state: ElectronicState, v: Int, j: Int) -> Double {
    let product = Double(j * (j + 1))
    return state.rotation(v) * product - state.distortion * product * product
  }

  private func addBand(
    to spectra: inout StickSpectra, system: ElectronicSystem, lower: ElectronicState, upper: ElectronicState,
    lowerV: Int, upperV: Int, origin: Double, strength: Double
  ) {
    let perWavenumber =
      Spectroscopy.strengthOfUnitOscillator * system.oscillatorStrength * strength / system.origin
    let step = upper.lambda - lower.lambda
    let lowerTerm = lower.energy + lower.vibration(lowerV)
    for lowerSpin in lower.spinProjections {
      let isCoupled = lower.lambda > 0 && upper.lambda > 0
      // From a Sigma state every spin component of the upper state is reached alike.
      let upperSpins =
        isCoupled || upper.multiplicity == 1 || upper.lambda == 0
        ? [lowerSpin] : upper.spinProjections
      for upperSpin in upperSpins {
        let lowerEnergy = lowerTerm + spinOrbitEnergy(lower, lowerSpin)
        let subOrigin = origin + spinOrbitEnergy(upper, upperSpin) - spinOrbitEnergy(lower, lowerSpin)
        let omega = isCoupled ? lower.lambda + Int(lowerSpin.rounded()) : lower.lambda
        let lowerRotation = effectiveRotation(lower, lowerV, isCoupled ? lowerSpin : 0)
        let upperRotation = effectiveRotation(upper, upperV, isCoupled ? upperSpin : 0)
        let share = perWavenumber * lower.weight / Double(upperSpins.count)
        for j in max(0, abs(omega))...highestJ {
          let product = Double(j * (j + 1))
          let lowerTerm = lowerRotation * product - lower.distortion * product * product
          guard lowerTerm >= 0 else { break }
          let shares =
            step == 0
            ? HonlLondon.parallel(j: j, k: omega) : HonlLondon.perpendicular(j: j, k: omega, step: step)
          spectra.setLowerLevel(energy: lowerEnergy + lowerTerm)
          for (change, part) in [(-1, shares.p), (0, shares.q), (1, shares.r)] where part > 0 {
            let upperProduct = Double((j + change) * (j + change + 1))
            let upperTerm = upperRotation * upperProduct - upper.distortion * upperProduct * upperProduct
            let wavenumber = subOrigin + upperTerm - lowerTerm
            spectra.add(
              wavenumber: wavenumber, strength: share * part * Double(2 * j + 1) * wavenumber)
          }
        }
      }
    }
  }

  private func effectiveRotation(_ state: ElectronicState, _ v: Int, _ spin: Double) -> Double {
    let rotation = state.rotation(v)
    guard spin != 0, state.spinOrbit != 0, state.lambda > 0 else { return rotation }
    return rotation * (1 + 2 * rotation * spin / (state.spinOrbit * Double(state.lambda)))
  }
}
