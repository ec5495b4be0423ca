extension AsymmetricTop {
  /// SO2, modes nu1 (symmetric stretch), nu2 (bend), nu3 (antisymmetric stretch).
  package static let sulfurDioxide = AsymmetricTop(
    species: "SO2",
    broadening: LineBroadening(molarMass: 64.064, lorentzHalfWidth: 0.11, temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "12 bands of 32S16O2 and their hot and difference bands, rigid asymmetric rotor",
      sources: [
        "rotation, origins, anharmonicity: Ulenikov et al. 2013, JQSRT 130, 220, and papers cited there",
        "strengths of nu1, nu2, nu3: integrated absorption after Kim & King 1984, J. Chem. Phys. 80, 974; of nu1+nu3: "
          + "Lafferty et al. 1996, J. Mol. Spectrosc. 176, 316",
      ],
      fidelity:
        "fundamentals and nu1+nu3 (4.0 um) to 15 %, other bands to a factor of two; levels with J above 110 absorb like "
        + "the average of the others; no band means, no electronic bands"),
    modes: VibrationalModes(
      fundamentals: [1151.71, 517.87, 1362.06], degeneracies: [1, 1, 1],
      anharmonicity: [
        (0, 0, -3.8), (1, 1, -0.3), (2, 2, -5.4), (0, 1, -3.25), (0, 2, -13.9), (1, 2, -4.1),
      ]),
    bands: [
      VibrationalBand("nu2", [0, 1, 0], origin: 517.87, strength: 4.0e-18, .b),
      VibrationalBand("2nu2", [0, 2, 0], origin: 1035.15, strength: 1.0e-20, .b),
      VibrationalBand("nu1", [1, 0, 0], origin: 1151.71, strength: 3.4e-18, .b),
      VibrationalBand("nu3", [0, 0, 1], origin: 1362.06, strength: 2.85e-17, .a),
      VibrationalBand("nu1+nu2", [1, 1, 0], origin: 1666.33, strength: 1.5e-20, .b),
      VibrationalBand("nu2+nu3", [0, 1, 1], origin: 1875.80, strength: 1.5e-20, .a),
      VibrationalBand("2nu1", [2, 0, 0], origin: 2295.81, strength: 2.0e-20, .b),
      VibrationalBand("nu1+nu3", [1, 0, 1], origin: 2499.87, strength: 5.5e-19, .a),
      VibrationalBand("2nu3", [0, 0, 2], origin: 2713.38, strength: 1.0e-20, .b),
      VibrationalBand("nu1+nu2+nu3", [1, 1, 1], origin: 3010.32, strength: 2.0e-21, .a),
      VibrationalBand("2nu1+nu3", [2, 0, 1], origin: 3629.76, strength: 3.0e-21, .a),
      VibrationalBand("3nu3", [0, 0, 3], origin: 4054.0, strength: 1.5e-20, .a),
    ],
    rotation: Constants(2.027_354, 0.344_174, 0.293_526),
    rotationChanges: [
      Constants(-0.001_1, 0.001_7, 0.001_4), Constants(-0.038_5, 0.0, 0.000_7),
      Constants(0.020_9, 0.001_2, 0.001_0),
    ],
    distortion: (2.2e-7, -3.9e-6, 8.64e-5), spinWeights: (1, 0), oddModes: [2], dipole: 0, levelLimit: 7000,
    highestJ: 110)
}
