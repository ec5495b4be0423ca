import Foundation
import Testing

@testable import MolecularBands

@Suite struct CollisionPairTests {
  /// Values at single points of the published tables (cm-1 amagat-2): H2-H2 Borysow 2002 (300 K) and Abel et al. 2011
  /// in HITRAN 2012 (from 1000 K); H2-He Borysow & Frommhold 1989 (300 K) and Abel et al. 2012
  /// in HITRAN 2012.
  @Test(
    arguments: [
      (CollisionPair.hydrogenHydrogen, 300.0, 1000.0, 1.85e-6), (.hydrogenHydrogen, 300, 4200, 4.07e-6),
      (.hydrogenHydrogen, 1000, 500, 1.41e-6), (.hydrogenHydrogen, 1000, 1500, 3.46e-6),
      (.hydrogenHydrogen, 1000, 4500, 4.91e-6), (.hydrogenHydrogen, 1000, 8500, 4.13e-8),
      (.hydrogenHydrogen, 2000, 2500, 2.40e-6), (.hydrogenHydrogen, 2000, 6000, 1.16e-6),
      (.hydrogenHydrogen, 3000, 4200, 9.03e-6), (.hydrogenHelium, 300, 500, 1.32e-6),
      (.hydrogenHelium, 300, 4200, 3.35e-6), (.hydrogenHelium, 1000, 1020, 2.36e-6),
      (.hydrogenHelium, 1000, 4180, 7.43e-6), (.hydrogenHelium, 2000, 2500, 1.30e-6),
      (.hydrogenHelium, 3000, 5500, 2.60e-6), (.hydrogenHelium, 1000, 6700, 2.04e-8),
      (.hydrogenHelium, 1500, 8500, 4.18e-8), (.hydrogenHelium, 1000, 10500, 2.26e-10),
      (.hydrogenHelium, 2000, 12500, 8.36e-10),
    ]) func agreesWithPublishedValues(
      _ pair: CollisionPair, _ temperature: Double, _ wavenumber: Double, _ published: Double
    )
  {
    let value =
      pair.coefficients(temperature: temperature, wavenumbers: [wavenumber])[0]
      / CollisionPair.metresFifthPerAmagat
    #expect(abs(log(value / published)) < 0.25, "\(pair.name) \(temperature) K \(wavenumber) cm-1")
  }

  @Test func profileObeysDetailedBalance() {
    let profile = BirnbaumCohenProfile(tau1: 0.01, tau2: 0.004, temperature: 500)
    for x in [50.0, 300, 1000] {
      let ratio = profile.value(-x) / profile.value(x)
      #expect(abs(ratio / exp(-Spectroscopy.secondRadiationConstant * x / 500) - 1) < 1e-9)
    }
  }

  /// K1(0.1), K1(1), K1(2), K1(5), Abramowitz & Stegun 1964, tables 9.8 and 9.11.
  @Test(
    arguments: [
      (0.1, 9.853_844_780_9), (1.0, 0.601_907_230_2), (2.0, 0.139_865_881_8), (5.0, 0.004_044_613_4),
    ])
  func besselFunction(_ z: Double, _ published: Double) {
    #expect(abs(BirnbaumCohenProfile.scaledBessel(z) / (z * exp(z) * published) - 1) < 2e-6)
  }

  /// S0(0), Q1(0) and Q1(1) of H2: 354.4, 4161.2 and 4155.3 cm-1.
  @Test func levelsOfHydrogen() {
    #expect(abs(HydrogenMolecule.energy(v: 0, j: 2) - 354.4) < 0.5)
    #expect(abs(HydrogenMolecule.energy(v: 1, j: 0) - 4161.2) < 3)
    for j in 0...8 {
      let sum = [j - 2, j, j + 2].filter { $0 >= 0 }.reduce(0.0) { $0 + HydrogenMolecule.coupling(j, $1) }
      #expect(abs(sum - 1) < 1e-12)
    }
  }
}
