/// The end members of a mantle of MgO, FeO and SiO2.
///
/// Birch-Murnaghan and Debye parameters of Stixrude & Lithgow-Bertelloni 2011, Geophys. J. Int. 184, 1180
/// (table A1), calibrated to about 150 GPa, reference 300 K; post-perovskite follows Sakai et al. 2016,
/// Scientific Reports 6, 22652 (Keane, first-principles support to 1.2 TPa). Used to 13.5 TPa, where Seager
/// et al. 2007 (ApJ 669, 1279) leave their perovskite for Thomas-Fermi-Dirac theory; what MgSiO3
/// dissociates into above about 0.9 TPa differs from it in density by a few per cent and is left out.
package enum MantleMinerals {
  static let magnesium = 24.305e-3
  static let iron = 55.845e-3
  static let silicon = 28.085e-3
  static let oxygen = 15.999e-3

  private static let source = "Stixrude & Lithgow-Bertelloni 2011"

  private static func mineral(
    _ name: String, _ molarMass: Double, atoms: Double, volume: Double, modulus: Double, derivative: Double,
    debye: Double, gamma: Double, q: Double, to maximum: Double
  ) -> MieGruneisen {
    MieGruneisen(
      source: "\(name) (\(source))", pressureRange: 0...maximum, molarMass: molarMass,
      molarVolume: volume * 1e-6,
      curve: .birchMurnaghan(bulkModulus: modulus * 1e9, derivative: derivative), atoms: atoms,
      vibrations: .debye, theta: debye, gruneisen: .finiteStrain(gamma0: gamma, q0: q))
  }

  private static let m2s = 2 * magnesium + silicon + 4 * oxygen
  private static let f2s = 2 * iron + silicon + 4 * oxygen
  private static let ms = magnesium + silicon + 3 * oxygen
  private static let fs = iron + silicon + 3 * oxygen

  package static let forsterite = mineral(
    "forsterite", m2s, atoms: 7, volume: 43.603, modulus: 127.9555, derivative: 4.21796, debye: 809.1703,
    gamma: 0.99282, q: 2.10672, to: 100e9)
  package static let fayalite = mineral(
    "fayalite", f2s, atoms: 7, volume: 46.29, modulus: 134.9622, derivative: 4.21796, debye: 618.7007,
    gamma: 1.06023, q: 3.6466, to: 100e9)
  package static let magnesiumWadsleyite = mineral(
    "wadsleyite", m2s, atoms: 7, volume: 40.515, modulus: 168.6948, derivative: 4.3229, debye: 843.4973,
    gamma: 1.2061, q: 2.0188, to: 100e9)
  package static let ironWadsleyite = mineral(
    "iron wadsleyite", f2s, atoms: 7, volume: 42.8, modulus: 168.591, derivative: 4.3229, debye: 665.4492,
    gamma: 1.2061, q: 2.0188, to: 100e9)
  package static let magnesiumRingwoodite = mineral(
    "ringwoodite", m2s, atoms: 7, volume: 39.493, modulus: 184.9009, derivative: 4.22035, debye: 877.7094,
    gamma: 1.10791, q: 2.3914, to: 100e9)
  package static let ironRingwoodite = mineral(
    "iron ringwoodite", f2s, atoms: 7, volume: 41.86, modulus: 213.412, derivative: 4.22035, debye: 677.7177,
    gamma: 1.27193, q: 2.3914, to: 100e9)
  package static let enstatite = mineral(
    "enstatite", 2 * ms, atoms: 10, volume: 62.676, modulus: 107.0768, derivative: 7.02751, debye: 812.1848,
    gamma: 0.78479, q: 3.43846, to: 100e9)
  package static let ferrosilite = mineral(
    "ferrosilite", 2 * fs, atoms: 10, volume: 65.941, modulus: 100.5386, derivative: 7.02751, debye: 674.4769,
    gamma: 0.71889, q: 3.43846, to: 100e9)
  package static let magnesiumMajorite = mineral(
    "majorite", 4 * ms, atoms: 20, volume: 114.324, modulus: 165.1183, derivative: 4.21183, debye: 822.458,
    gamma: 0.97682, q: 1.53581, to: 100e9)
  /// Fe4Si4O12 is not in the calibration: majorite with the volume ratio and the Debye ratio of almandine
  /// to pyrope.
  package static let ironMajorite = mineral(
    "iron majorite", 4 * fs, atoms: 20, volume: 114.324 * 115.43 / 113.08, modulus: 165.1183,
    derivative: 4.21183, debye: 822.458 * 741.356 / 823.2102, gamma: 0.97682, q: 1.53581, to: 100e9)
  package static let magnesiumBridgmanite = mineral(
    "bridgmanite", ms, atoms: 5, volume: 24.445, modulus: 250.5264, derivative: 4.14, debye: 905.9412,
    gamma: 1.56508, q: 1.10945, to: 400e9)
  package static let ironBridgmanite = mineral(
    "iron bridgmanite", fs, atoms: 5, volume: 25.485, modulus: 272.1152, derivative: 4.14, debye: 870.8122,
    gamma: 1.56508, q: 1.10945, to: 400e9)
  package static let periclase = mineral(
    "periclase", magnesium + oxygen, atoms: 2, volume: 11.244, modulus: 161.3836, derivative: 3.84045,
    debye: 767.0977, gamma: 1.36127, q: 1.7217, to: 13.5e12)
  package static let wustite = mineral(
    "wustite", iron + oxygen, atoms: 2, volume: 12.264, modulus: 179.4442, derivative: 4.9376,
    debye: 454.1592, gamma: 1.53047, q: 1.7217, to: 13.5e12)

  private static func postPerovskite(_ name: String, _ molarMass: Double, volume: Double, debye: Double)
    -> MieGruneisen
  {
    MieGruneisen(
      source: "\(name) (Sakai et al. 2016)", pressureRange: 0...13.5e12, molarMass: molarMass,
      molarVolume: volume * 1e-6, curve: .keane(bulkModulus: 203e9, derivative: 5.35, limit: 2.63), atoms: 5,
      vibrations: .debye, theta: debye, gruneisen: .altshuler(gamma0: 1.47, limit: 0.93, beta: 2.7))
  }

  package static let magnesiumPostPerovskite = postPerovskite(
    "post-perovskite", ms, volume: 24.73, debye: 848)
  /// The iron end member shares the magnesium one's compression; volume and Debye ratios of Stixrude &
  /// Lithgow-Bertelloni 2011.
  package static let ironPostPerovskite = postPerovskite(
    "iron post-perovskite", fs, volume: 24.73 * 25.459 / 24.419, debye: 848 * 781.3465 / 855.8173)
}
