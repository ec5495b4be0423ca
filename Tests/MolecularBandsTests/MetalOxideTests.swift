import Foundation
import Testing

@testable import MolecularBands

@Suite struct MetalOxideTests {
  /// Against the polynomials of Sauval & Tatum (1984, ApJS 56, 193): log10 Q = sum a_i log10(5040/T)^i. VO without
  /// the factor 8 of the vanadium nucleus.
  @Test(
    arguments: [
      (DiatomicMolecule.titaniumOxide, [5.3051, -2.3739, 0.8940, -0.3641]),
      (DiatomicMolecule.vanadiumOxide, [5.0687, -2.2186, 0.9545, -0.4592]),
    ]) func partitionFunction(_ model: DiatomicMolecule, _ coefficients: [Double])
  {
    for temperature in [1500.0, 2500.0] {
      let theta = log10(5040 / temperature)
      let logarithm = coefficients.reversed().reduce(0) { $0 * theta + $1 }
      let value = model.partitionFunction(temperature: temperature)
      #expect(abs(value / pow(10, logarithm) - 1) < 0.03, "\(model.species) \(temperature) K")
    }
  }

  @Test func franckCondonFactorsSumToOne() {
    let model = DiatomicMolecule.titaniumOxide
    let gamma = model.systems[2]
    let factors = model.franckCondonFactors(of: gamma)
    for lower in 0...4 {
      let sum = factors.reduce(0.0) { $0 + $1[lower] }
      #expect(abs(sum - 1) < 1e-3, "v'' = \(lower)")
    }
    // The 0-0 band of the gamma system: 0.72 in the literature (Hedgecock, Naulin & Costes 1995).
    #expect(abs(factors[0][0] - 0.72) < 0.03)
  }

  /// Two Morse oscillators that differ by a shift d only: harmonic to lowest order, q_00 = exp(-S).
  @Test func shiftedOscillatorsHaveTheirClosedForm() {
    let first = MorseOscillator(reducedMass: 12, frequency: 1000, anharmonicity: 0.2, rotation: 0.5)
    let second = MorseOscillator(reducedMass: 12, frequency: 1000, anharmonicity: 0.2, rotation: 0.48)
    let factors = MorseOscillator.franckCondonFactors(
      upper: first, lower: second, upperCount: 1, lowerCount: 2)
    let shift = second.equilibriumDistance - first.equilibriumDistance
    // S = mu omega d^2/(2 hbar) = d^2 omega mu/(4 x 16.8576) with d in Angstrom.
    let huangRhys = shift * shift * 1000 * 12 / (4 * 16.857_629_2)
    #expect(abs(factors[0][0] / exp(-huangRhys) - 1) < 0.03)
    #expect(abs(factors[0][1] / factors[0][0] / huangRhys - 1) < 0.08)
  }

  static func lean(_ model: DiatomicMolecule) -> DiatomicMolecule {
    DiatomicMolecule(
      species: model.species, broadening: model.broadening, provenance: model.provenance,
      systems: model.systems, states: model.states, reducedMass: model.reducedMass,
      isotopologues: [(model.reducedMass, 1)], highestVibration: 4, highestJ: 140)
  }

  /// Cold, the integral over the systems is pi e2/(m_e c2) times the sum of f q nu/nu_00.
  @Test func integralIsTheOscillatorStrength() {
    let model = Self.lean(.vanadiumOxide)
    let total = BandStrengthTests.spectrum(model, temperature: 150).reduce(0, +)
    let expected = model.systems.reduce(0.0) { sum, system in
      let factors = model.franckCondonFactors(of: system)
      return sum
        + factors.indices.reduce(0.0) {
          $0 + Spectroscopy.strengthOfUnitOscillator * system.oscillatorStrength * factors[$1][0]
            * (system.origin + system.upper.vibration($1)) / system.origin
        }
    }
    #expect(abs(total / expected - 1) < 2e-3)
  }

  /// Band heads in um: absorption rises by a third or more from the blue to the red of each.
  @Test(
    arguments: [
      (DiatomicMolecule.titaniumOxide, [0.517, 0.545, 0.588, 0.616, 0.665, 0.706, 0.759, 0.844, 0.886]),
      (DiatomicMolecule.vanadiumOxide, [0.5736, 0.740, 0.790, 1.050]),
    ]) func headsLieWhereTheyAreSeen(_ model: DiatomicMolecule, _ heads: [Double])
  {
    let strengths = BandStrengthTests.spectrum(Self.lean(model), temperature: 2000)
    for head in heads {
      let blue = BandStrengthTests.sum(strengths, from: head * 0.978, to: head * 0.993)
      let red = BandStrengthTests.sum(strengths, from: head * 0.997, to: head * 1.012)
      #expect(red > 1.3 * blue, "\(model.species) \(head) um")
    }
  }
}
