/// Physical and astronomical constants in SI, each from one source.
///
/// Physical constants: CODATA 2018 (Tiesinga et al. 2021, Rev. Mod. Phys. 93, 025010).
/// Astronomical constants: IAU 2015 Resolution B3 nominal values (Prsa et al. 2016, AJ 152, 41).
/// Masses are the nominal GM divided by CODATA 2018 G.
package enum Constants {
  /// Newtonian constant of gravitation, m3 kg-1 s-2 (CODATA 2018, relative uncertainty 2.2e-5).
  package static let gravitational = 6.674_30e-11
  /// Boltzmann constant, J K-1 (exact).
  package static let boltzmann = 1.380_649e-23
  /// Avogadro constant, mol-1 (exact).
  package static let avogadro = 6.022_140_76e23
  /// Molar gas constant, J mol-1 K-1 (exact: N_A k_B).
  package static let molarGas = 8.314_462_618_153_24
  /// Planck constant, J s (exact).
  package static let planck = 6.626_070_15e-34
  /// Speed of light in vacuum, m s-1 (exact).
  package static let speedOfLight = 299_792_458.0
  /// Stefan-Boltzmann constant, W m-2 K-4 (exact: 2 pi^5 k^4 / 15 h^3 c^2).
  package static let stefanBoltzmann = 5.670_374_419_184_43e-8
  /// Atomic mass constant, kg (CODATA 2018).
  package static let atomicMass = 1.660_539_066_60e-27
  /// Electron mass, kg (CODATA 2018).
  package static let electronMass = 9.109_383_701_5e-31
  /// Elementary charge, C (exact).
  package static let elementaryCharge = 1.602_176_634e-19
  /// Classical electron radius, m (CODATA 2018).
  package static let electronRadius = 2.817_940_326_2e-15
  /// Second radiation constant h c / k, m K, to the digits that CODATA prints: all networks were trained with these.
  package static let secondRadiation = 1.438_776_877e-2
  /// Standard atmosphere, Pa (exact).
  package static let standardAtmosphere = 101_325.0
  /// Loschmidt constant at 273.15 K and 101 325 Pa, m-3 (CODATA 2018).
  package static let loschmidt = 2.686_780_111e25
  /// The Loschmidt constant of CODATA 2010, m-3: published refractive indices and their Rayleigh cross-sections rest
  /// on it, and our opacities and training sets were made with it.
  package static let loschmidt2010 = 2.686_780_5e25

  /// Nominal solar radius, m.
  package static let solarRadius = 6.957e8
  /// Nominal terrestrial equatorial radius, m.
  package static let earthRadius = 6.3781e6
  /// Nominal jovian equatorial radius, m.
  package static let jupiterRadius = 7.1492e7
  /// Solar mass, kg: nominal GM 1.327 124 4e20 m3 s-2.
  package static let solarMass = 1.327_124_4e20 / gravitational
  /// Earth mass, kg: nominal GM 3.986 004e14 m3 s-2.
  package static let earthMass = 3.986_004e14 / gravitational
  /// Jupiter mass, kg: nominal GM 1.266 865 3e17 m3 s-2.
  package static let jupiterMass = 1.266_865_3e17 / gravitational
  /// Nominal solar effective temperature, K.
  package static let solarTemperature = 5772.0
  /// Astronomical unit, m (IAU 2012 Resolution B2, exact).
  package static let astronomicalUnit = 149_597_870_700.0
  /// Julian day, s.
  package static let day = 86_400.0
  /// Julian year, s.
  package static let year = 365.25 * day
}
