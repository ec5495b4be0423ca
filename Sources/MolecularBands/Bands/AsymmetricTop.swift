#if canImport(Glibc)
  import Glibc
#endif

/// Rotation-vibration bands of an asymmetric top: every band from every vibrational level.
///
/// Rotational wavefunctions are those of the ground state's rigid rotor; the energies in other vibrational states
/// follow to first order from the change of the constants: E = A_v <Ja^2> + B_v <Jb^2> + C_v <Jc^2>
/// - D_J [J (J + 1)]^2 - D_JK J (J + 1) <Ja^2> - D_K <Ja^4> (Watson 1977, Vibrational Spectra and Structure 6, 1).
package struct AsymmetricTop: LineModel {
  package struct Constants: Sendable {
    package let a: Double
    package let b: Double
    package let c: Double
    package init(_ a: Double, _ b: Double, _ c: Double) {
      self.a = a
      self.b = b
      self.c = c
    }
  }

  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  package let modes: VibrationalModes
  package var bands: [VibrationalBand]
  /// cm-1.
  package let rotation: Constants
  /// Decrease with a quantum of each mode, cm-1.
  package let rotationChanges: [Constants]
  package let distortion: (j: Double, jk: Double, k: Double)
  /// Weights of levels with Ka + Kc even and odd in the ground state.
  package let spinWeights: (even: Double, odd: Double)
  /// Modes antisymmetric to exchange of the like nuclei, which exchange the weights.
  package let oddModes: [Int]
  /// Permanent dipole moment along b in debye, for the rotational spectrum.
  package let dipole: Double
  package var levelLimit: Double
  package let highestJ: Int

  private func constants(_ quanta: [Int]) -> Constants {
    zip(quanta, rotationChanges).reduce(rotation) {
      let count = Double($1.0)
      return Constants($0.a - count * $1.1.a, $0.b - count * $1.1.b, $0.c - count * $1.1.c)
    }
  }

  private func rotor() -> AsymmetricRotor {
    AsymmetricRotor(a: rotation.a, b: rotation.b, c: rotation.c, highestJ: highestJ)
  }

  private func energy(_ level: AsymmetricRotor.Level, _ constants: Constants) -> Double {
    let product = Double(level.j * (level.j + 1))
    let squares = level.squares
    return constants.a * squares.a + constants.b * squares.b + constants.c * squares.c
      - distortion.j * product * product - distortion.jk * product * squares.a
      - distortion.k * level.fourthPower
  }

  private func weight(_ level: AsymmetricRotor.Level, quanta: [Int]) -> Double {
    let isOdd = oddModes.reduce(0) { $0 + quanta[$1] }.isMultiple(of: 2) == false
    return (level.ka + level.kc).isMultiple(of: 2) != isOdd ? spinWeights.even : spinWeights.odd
  }

  package func partitionFunction(temperature: Double) -> Double {
    modes.partitionFunction(temperature: temperature) * rotationalPartitionFunction(temperature: temperature)
  }

  package func partitionFunctionOfLines(temperature: Double) -> Double {
    modes.partitionFunction(temperature: temperature, upTo: levelLimit)
      * rotationalPartitionFunction(temperature: temperature)
  }

  /// Of the ground state.
  package func rotationalPartitionFunction(temperature: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    let ground = [Int](repeating: 0, count: modes.fundamentals.count)
    return rotor().levels.reduce(0) {
      $0 + weight($1, quanta: ground) * Double(2 * $1.j + 1) * exp(-factor * energy($1, rotation))
    }
  }

  package func addLines(to spectra: inout StickSpectra) {
    let rotor = rotor()
    var transitions: [VibrationalBand.Direction: [AsymmetricRotor.Transition]] = [:]
    for direction in Set(bands.map(\.direction) + [.b]) {
      transitions[direction] = rotor.transitions(direction)
    }
    for level in modes.levels(upTo: levelLimit) {
      let lowerConstants = constants(level.quanta)
      let lowerEnergies = rotor.levels.map { energy($0, lowerConstants) }
      let weights = rotor.levels.map { weight($0, quanta: level.quanta) }
      // 8 pi^3 / (3 h c) x (1 debye)^2 = 4.162 e-19 cm2 per molecule: strength over wavenumber.
      var systems:
        [(direction: VibrationalBand.Direction, origin: Double, upper: Constants, moment: Double)] = []
      if dipole != 0 {
        systems.append((.b, 0, lowerConstants, Spectroscopy.strengthOfSquareDebye * dipole * dipole))
      }
      for hotBand in modes.hotBands(from: level.quanta, bands: bands) {
        systems.append(
          (
            bands[hotBand.band].direction, hotBand.origin, constants(hotBand.upper),
            hotBand.strength / hotBand.origin
          ))
      }
      for system in systems {
        let upperEnergies = rotor.levels.map { energy($0, system.upper) }
        var last = -1
        for transition in transitions[system.direction] ?? [] {
          let lower = lowerEnergies[transition.lower]
          let wavenumber = system.origin + upperEnergies[transition.upper] - lower
          guard wavenumber > 0, weights[transition.lower] > 0, lower >= 0 else { continue }
          if transition.lower != last {
            spectra.setLowerLevel(energy: level.energy + lower)
            last = transition.lower
          }
          spectra.add(
            wavenumber: wavenumber,
            strength: system.moment * weights[transition.lower] * transition.strength * wavenumber)
        }
      }
    }
  }
}
