extension RayleighScattering {
  /// The gases whose scattering the models count; of others none is known here, and none is computed.
  ///
  /// H2: Dalgarno & Williams 1962, ApJ 136, 690. He: Chan & Dalgarno 1965, Proc. Phys. Soc. 85, 227. H: Dalgarno 1962 in
  /// Kurucz 1970, SAO Special Report 309, equation 5.14. H2O: 0.85 times
  /// air (Edlen 1966 form), depolarisation 0.17 (Murphy 1977, J. Chem. Phys. 67, 5831). CO2: Old, Gentili & Peck
  /// 1971, J. Opt. Soc. Am. 61, 89, King factor Alms, Burnham & Flygare 1975. CH4, CO, NH3: Allen 1973; Sneep &
  /// Ubachs 2005.
  package static let standard: [Species: RayleighScattering] = [
    .hydrogen: .dalgarno(a: 8.14e-13, b: 1.572e6, c: 1.981e12),
    .helium: .dalgarno(a: 5.484e-14, b: 2.44e5, c: 0),
    .atomicHydrogen: .dalgarno(a: 5.799e-13, b: 2.452e6, c: 4.801e12),
    .water: water, .methane: methane, .carbonDioxide: carbonDioxide, .carbonMonoxide: carbonMonoxide,
    .ammonia: .refraction(.cauchy(a: 37e-5, b: 12e-3), king: 1),
  ]

  static let water = RayleighScattering.refraction(
    .sellmeier([(0.057_921_05, 238.0185), (0.001_679_17, 57.362)], scale: 0.85),
    king: (6 + 3 * 0.17) / (6 - 7 * 0.17))
  static let methane = RayleighScattering.refraction(.sum(a: 46662e-8, b: 4.02e-14), king: 1)
  static let carbonDioxide = RayleighScattering.refraction(
    .sellmeier([
      (6.991e-2, 166.175), (1.4472e-3, 79.609), (6.42941e-5, 56.3064), (5.21306e-5, 46.0196),
      (1.46847e-6, 0.058_473_8),
    ]), king: 1.1364)
  static let carbonMonoxide = RayleighScattering.refraction(.cauchy(a: 32.7e-5, b: 8.1e-3), king: 1.016)
}
