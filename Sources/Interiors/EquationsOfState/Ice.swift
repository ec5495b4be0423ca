#if canImport(Glibc)
  import Glibc
#endif

/// The dense ices a warm planet meets, and where they melt.
///
/// The ices below 0.63 GPa (Ih, II, III, V) are left out: a water layer starts as a liquid.
package enum Ice {
  /// Ice VI, 0.6 to 2.2 GPa: compression of Bezacier et al. 2014, J. Chem. Phys. 141, 104505; gamma and
  /// theta reproduce the expansivity 1.46e-4 K-1 and c_p 2.6 kJ/kg/K of Tchijov et al. 2004 at 300 K.
  package static let six = MieGruneisen(
    source: "ice VI (Bezacier et al. 2014)", pressureRange: 0...10e9, molarMass: FluidWater.molarMass,
    molarVolume: 14.17e-6, curve: .birchMurnaghan(bulkModulus: 14.05e9, derivative: 4), atoms: 3,
    vibrations: .debye, theta: 1000, gruneisen: .altshuler(gamma0: 0.62, limit: 0, beta: 1))

  /// Ice VII, 2.2 to 31 GPa, 300 to 1000 K: Fei, Mao & Hemley 1993, J. Chem. Phys. 99, 5369, in the Debye
  /// form of Sotin, Grasset & Mocquet 2007, Icarus 191, 337, table 1.
  package static let seven = MieGruneisen(
    source: "ice VII (Fei et al. 1993)", pressureRange: 0...100e9, molarMass: FluidWater.molarMass,
    molarVolume: 12.3e-6, curve: .birchMurnaghan(bulkModulus: 23.9e9, derivative: 4.2), atoms: 3,
    vibrations: .debye, theta: 1470, gruneisen: .altshuler(gamma0: 1.2, limit: 0, beta: 1))

  /// Ice X above 31 GPa: our fit to AQUA (Haldemann et al. 2020, A&A 643, A105), whose ice X is the first-principles equation
  /// of French & Redmer 2015 (Phys. Rev. B 91, 014308): 22 GPa to 40 TPa, 280 to 1,000 K, density within 0.7 %; the thermal
  /// part is that of ice VII. (The measured curve of Grande et al. 2022, to 88 GPa, is 8 to 16 % too dense at 0.3 to 1.9 TPa.)
  package static let ten = MieGruneisen(
    source: "ice X (fit to French & Redmer 2015)", pressureRange: 0...40e12, molarMass: FluidWater.molarMass,
    molarVolume: 9e-6,
    curve: .spline(
      from: -3, step: 0.3,
      coefficients: [
        32.5148, 31.8726, 31.2668, 30.6232, 29.9605, 29.2401, 28.5127, 27.6709, 26.9986, 26.0291, 24.6434,
        23.5145,
        21.5068,
      ]),
    atoms: 3, vibrations: .debye, theta: 1470, gruneisen: .altshuler(gamma0: 1.2, limit: 0, beta: 1))

  /// Pressure of the transition from ice VII to X, Pa (Grande et al. 2022, Phys. Rev. B 105, 104109).
  package static let symmetrization = 30.9e9
  /// Above this temperature dense water is fluid or superionic, K (Mazevet et al. 2019 cover both).
  package static let highestMelting = 1023.0

  /// Melting temperature (K) at a pressure (Pa); 0 where no dense ice exists.
  ///
  /// Ice VI: IAPWS R14-08(2011), eq. 10 (0.6324 to 2.216 GPa). Ice VII: Datchi, Loubeyre & LeToullec 2000,
  /// Phys. Rev. B 61, 6535 (Simon: P = 2.17 + 1.253 ((T/355)^3 - 1) GPa), cut at `highestMelting`.
  package static func meltingTemperature(pressure: Double) -> Double {
    if pressure < 0.6324e9 { return 0 }
    if pressure < 2.17e9 {
      return 273.31 * pow(1 + (pressure / 0.6324e9 - 1) / 1.074_76, 1 / 4.6)
    }
    return min(355 * cbrt(1 + (pressure / 1e9 - 2.17) / 1.253), highestMelting)
  }
}
