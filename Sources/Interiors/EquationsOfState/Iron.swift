#if canImport(Glibc)
  import Glibc
#endif

/// Iron: hexagonal close-packed and liquid, and where it melts.
package enum Iron {
  /// kg mol-1.
  package static let molarMass = 55.845e-3

  /// Hcp iron to 1.4 TPa by ramp compression, Smith et al. 2018, Nature Astronomy 2, 452 (Vinet,
  /// rho0 = 8.43 g cm-3, K0 = 177.7 GPa, K' = 5.64); gamma read off their fig. 3b. Used to 21 TPa, as
  /// Seager et al. 2007 (ApJ 669, 1279) use the Vinet form before Thomas-Fermi-Dirac theory takes over.
  package static let hexagonal = MieGruneisen(
    source: "hcp iron (Smith et al. 2018)", pressureRange: 0...21e12, molarMass: molarMass,
    molarVolume: molarMass / 8430, curve: .vinet(bulkModulus: 177.7e9, derivative: 5.64), atoms: 1,
    vibrations: .debye, theta: 322, gruneisen: .altshuler(gamma0: 2.09, limit: 0.05, beta: 1.01))

  /// Liquid iron, Dorogokupets et al. 2017, Scientific Reports 7, 41863 (Vinet at 1811 K, Einstein
  /// solid-like vibrations, electrons). Calibrated to 350 GPa; the same limit as for hcp beyond.
  package static let liquid = MieGruneisen(
    source: "liquid iron (Dorogokupets et al. 2017)", pressureRange: 0...21e12, molarMass: molarMass,
    molarVolume: 7.957e-6, curve: .vinet(bulkModulus: 83.7e9, derivative: 5.97), atoms: 1,
    vibrations: .einstein, theta: 263, gruneisen: .altshuler(gamma0: 2.033, limit: 0, beta: 1.168),
    referenceTemperature: 1811, electronCoefficient: 198e-6, electronExponent: 0.884)

  /// Melting temperature (K) of pure iron at a pressure (Pa).
  ///
  /// Simon-Glatzel fits of Anzellini et al. 2013, Science 340, 464: fcc below 98.5 GPa, hcp above, measured
  /// to 200 GPa. Beyond 1 TPa the fit agrees with Kraus et al. 2022 (Science 375, 202) within their errors.
  package static func meltingTemperature(pressure: Double) -> Double {
    let p = pressure / 1e9
    if p < 98.5 { return 1991 * pow(max(p - 5.2, 0) / 27.39 + 1, 1 / 2.38) }
    return 3712 * pow((p - 98.5) / 161.2 + 1, 1 / 1.72)
  }
}
