extension AsymmetricTop {
  /// H2S, modes nu1 (symmetric stretch), nu2 (bend), nu3 (antisymmetric stretch).
  package static let hydrogenSulfide = AsymmetricTop(
    species: "H2S",
    broadening: LineBroadening(molarMass: 34.0809, lorentzHalfWidth: 0.075, temperatureExponent: 0.6),
    provenance: OpacityProvenance(
      method:
        "rotation spectrum, 13 bands of H2(32)S and their hot and difference bands, rigid asymmetric rotor",
      sources: [
        "rotation, dipole 0.974 D: Camy-Peyret, Flaud & Johns 1983 (pure rotation 50-300 cm-1)",
        "origins: Chubb et al. 2018, JQSRT 218, 178",
        "strengths: shares of the ExoMol band means (Azzam, Tennyson, Yurchenko & Naumenko 2016, MNRAS 460, 4063)",
      ],
      fidelity:
        "bands to 10 % where the band means pin them, their structure at a resolving power of 100 to some ten per "
        + "cent: the anomalous distribution of strength within nu1, nu2 and nu3 (Coriolis interaction, small "
        + "vibrational moments) is not modelled"),
    modes: VibrationalModes(
      fundamentals: [2614.41, 1182.58, 2628.46], degeneracies: [1, 1, 1],
      anharmonicity: [
        (0, 0, -41.9), (1, 1, -5.6), (2, 2, -20), (0, 1, -17.8), (0, 2, -95.7), (1, 2, -21.8),
      ]),
    bands: [
      VibrationalBand("nu2", [0, 1, 0], strength: 9.0e-20, .b),
      VibrationalBand("2nu2", [0, 2, 0], origin: 2353.96, strength: 1.4e-20, .b),
      VibrationalBand("nu1", [1, 0, 0], strength: 1.6e-20, .b),
      VibrationalBand("nu3", [0, 0, 1], strength: 3.0e-21, .a),
      VibrationalBand("3nu2", [0, 3, 0], origin: 3513.8, strength: 1.0e-21, .b),
      VibrationalBand("nu1+nu2", [1, 1, 0], origin: 3779.17, strength: 4.5e-20, .b),
      VibrationalBand("nu2+nu3", [0, 1, 1], origin: 3789.27, strength: 1.2e-19, .a),
      VibrationalBand("nu1+2nu2", [1, 2, 0], origin: 4932.7, strength: 1.0e-21, .b),
      VibrationalBand("2nu2+nu3", [0, 2, 1], origin: 4939.1, strength: 2.0e-21, .a),
      VibrationalBand("2nu1", [2, 0, 0], origin: 5144.99, strength: 6.0e-21, .b),
      VibrationalBand("nu1+nu3", [1, 0, 1], origin: 5147.22, strength: 2.5e-20, .a),
      VibrationalBand("nu1+nu2+nu3", [1, 1, 1], origin: 6289.2, strength: 6.0e-21, .a),
      VibrationalBand("3nu1", [3, 0, 0], origin: 7576.4, strength: 8.0e-22, .b),
      VibrationalBand("2nu1+nu3", [2, 0, 1], origin: 7576.6, strength: 1.0e-21, .a),
      VibrationalBand("2nu1+nu2+nu3", [2, 1, 1], origin: 8697.1, strength: 3.0e-22, .a),
      VibrationalBand("3nu1+nu3", [3, 0, 1], origin: 9911.0, strength: 3.0e-22, .a),
      VibrationalBand("4nu1+nu3", [4, 0, 1], origin: 12_149.5, strength: 3.0e-23, .a),
      VibrationalBand("5nu1+nu3", [5, 0, 1], origin: 14_284.0, strength: 5.0e-24, .a),
    ],
    rotation: Constants(10.361, 9.0161, 4.7307),
    rotationChanges: [
      Constants(0.155, 0.19, 0.08), Constants(-0.36, -0.23, 0.06), Constants(0.24, 0.12, 0.08),
    ],
    distortion: (6.63e-4, -2.25e-3, 3.6e-3), spinWeights: (1, 3), oddModes: [2], dipole: 0.974,
    levelLimit: 14_000, highestJ: 34)
}
