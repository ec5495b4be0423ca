import Foundation
import Testing

@testable import MolecularBands

@Suite struct CarbonMonoxideTests {
  /// TIPS (Gamache et al. 2021, JQSRT 271, 107713) for 12C16O.
  @Test func partitionFunction() {
    let value = RovibrationalDiatomic.carbonMonoxide.partitionFunction(temperature: 296)
    #expect(abs(value / 107.42 - 1) < 1e-3)
  }

  /// Origin and first lines of 1-0: 2143.271, R(0) 2147.081, P(1) 2139.426 cm-1 (Maki & Wells 1992, NIST SP 821).
  @Test func linesOfTheFundamental() {
    let molecule = RovibrationalDiatomic.carbonMonoxide
    #expect(abs(molecule.energy(v: 1, j: 0) - 2143.271) < 2e-3)
    #expect(abs(molecule.energy(v: 1, j: 1) - 2147.081) < 2e-3)
    #expect(abs(molecule.energy(v: 1, j: 0) - molecule.energy(v: 0, j: 1) - 2139.426) < 2e-3)
  }

  /// The head of 2-0 lies at 4360.1 cm-1, 2.2935 um; bands of 13CO begin 3 % redwards of it (origins 4260.06 and
  /// 4166.8 cm-1).
  @Test func headOfTheOvertone() {
    let molecule = RovibrationalDiatomic.carbonMonoxide
    let head = (0..<100).map { molecule.energy(v: 2, j: $0 + 1) - molecule.energy(v: 0, j: $0) }.max()!
    #expect(abs(1e4 / head - 2.2935) < 1e-3)
    let ratio = (6.856_209 / 7.172_410).squareRoot()
    let origin = molecule.energy(v: 2, j: 0, ratio: ratio) - molecule.energy(v: 0, j: 0, ratio: ratio)
    #expect(abs(origin - 4166.8) < 0.5)
  }

  /// At 296 K hot bands are a ten-thousandth: the sum over lines is the band's strength, Herman-Wallis factors apart.
  @Test func strengthsComeBack() {
    let sticks = BandStrengthTests.spectrum(RovibrationalDiatomic.carbonMonoxide, temperature: 296)
    for (lower, upper, strength, tolerance) in [
      (4.2, 5.5, 9.8e-18, 0.005), (2.28, 2.6, 7.55e-20, 0.03), (1.55, 1.8, 4.9e-22, 0.06),
    ] {
      let sum = BandStrengthTests.sum(sticks, from: lower, to: upper)
      #expect(abs(sum / strength - 1) < tolerance)
    }
  }

  /// With harmonic moments and levels a band of n quanta gains (1 - exp(-x))^-n, x = c2 nu/T; the sum of the
  /// fundamental stays. Anharmonic levels change that by a few per cent at 1500 K.
  @Test func hotBandsAdd() {
    let sticks = BandStrengthTests.spectrum(RovibrationalDiatomic.carbonMonoxide, temperature: 1500)
    let x = 1.4388 * 2143.3 / 1500
    for (lower, upper, strength, quanta) in [(4.0, 7.0, 9.8e-18, 1.0), (2.28, 3.4, 7.55e-20, 2)] {
      let sum = BandStrengthTests.sum(sticks, from: lower, to: upper)
      let expected = strength * pow(1 - exp(-x), -quanta) * (1 - exp(-x * quanta))
      #expect(abs(sum / expected - 1) < 0.08)
    }
  }
}
