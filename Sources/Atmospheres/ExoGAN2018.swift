package import Units

extension ModelConfiguration {
  /// What the training set of ExoGAN (Zingales & Waldmann 2018, AJ 156, 268) was made with: for comparing with the
  /// published method on its own data, and for nothing else.
  ///
  /// Found by fitting its spectra; the paper does not tell. All opacities are frozen at 1500 K, so temperature acts
  /// through the scale height and the density alone. Hydrogen and helium stay at 0.85 and 0.15 whatever else there
  /// is, and trace gases come on top: mu = 2.3054 + sum of x m. A correct model differs by up to a scale height
  /// at 1000 and 2000 K, and by 0.4 at a mixing ratio of 0.1.
  ///
  /// The depth is relative to a star of `exoGAN2018StellarRadius`, and the collision-induced absorption to go with it
  /// holds for the atmosphere as a whole (`pair` nil).
  package static let exoGAN2018 = ModelConfiguration(
    name: "exogan-2018",
    constants: PhysicalConstants(
      gravitational: 6.673_84e-11, boltzmann: 1.380_648_8e-23, atomicMass: 1.660_538_921e-27),
    fill: .undiluted(heliumToHydrogen: 0.176_47, molarMass: 2.3054),
    molarMasses: [.water: 18.015, .methane: 15.98, .carbonDioxide: 44.014, .carbonMonoxide: 28.029],
    rayleigh: [
      // 0.9757 was fitted; at 0.4 % it cannot be told from the mean molar mass.
      .hydrogen: .refraction(.cauchy(a: 13.58e-5, b: 7.52e-3), king: 1, scale: 0.9757),
      .helium: .refraction(.sellmeier([(0.014_700_91, 423.98)]), king: 1),
      .water: RayleighScattering.water, .methane: RayleighScattering.methane,
      .carbonDioxide: RayleighScattering.carbonDioxide, .carbonMonoxide: RayleighScattering.carbonMonoxide,
    ],
    opacityTemperature: Temperature(kelvins: 1500))

  /// The radius of the Sun that TauREx 2 computed with.
  package static let exoGAN2018StellarRadius = Length(meters: 6.955e8)
}
