extension LinearMolecule {
  /// C2H2, modes nu1 and nu3 (CH stretches), nu2 (CC stretch), nu4 and nu5 (bends).
  package static let acetylene = LinearMolecule(
    species: "C2H2",
    broadening: LineBroadening(molarMass: 26.0157, lorentzHalfWidth: 0.085, temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "P, Q and R branches of 15 bands of 12C2H2 and of their hot and difference bands",
      sources: [
        "origins and rotational constants: Herman, Campargue, El Idrissi & Vander Auwera 2003, "
          + "J. Phys. Chem. Ref. Data 32, 921",
        "strength of nu3: Koops, Smit & Visser 1984, J. Mol. Struct. 112, 285; their nu5, 2.9e-17 cm, is above what "
          + "the band means of 300-500 K tend to, 2.3e-17 cm: 2.5e-17 cm is taken",
        "other strengths: shares of published band means",
      ],
      fidelity:
        "strong bands to 15 %, band positions to some ten cm-1; resonances between levels are not modelled; "
        + "the band means serve to 700 K, above the model's own temperature dependence is used"),
    modes: VibrationalModes(
      fundamentals: [3372.85, 1974.32, 3288.38, 612.87, 730.33], degeneracies: [1, 1, 1, 2, 2],
      anharmonicity: [
        (0, 0, -25.8), (1, 1, -7.4), (2, 2, -27.4), (3, 3, 3.0), (4, 4, -2.2), (0, 1, -12.6), (0, 2, -104.7),
        (0, 3, -15.7), (0, 4, -11.9), (1, 2, -6.1), (1, 3, -12.6), (1, 4, -1.5), (2, 3, -9.6), (2, 4, -8.8),
        (3, 4, -2.2),
      ]),
    bands: [
      VibrationalBand("nu5", [0, 0, 0, 0, 1], origin: 730.33, strength: 2.5e-17, .perpendicular),
      VibrationalBand("nu4+nu5", [0, 0, 0, 1, 1], origin: 1328.07, strength: 3.0e-18, .parallel),
      VibrationalBand("2nu4+nu5", [0, 0, 0, 2, 1], origin: 1940.0, strength: 4.0e-20, .perpendicular),
      VibrationalBand("3nu5", [0, 0, 0, 0, 3], origin: 2169.17, strength: 3.0e-20, .perpendicular),
      VibrationalBand("nu2+nu5", [0, 1, 0, 0, 1], origin: 2701.91, strength: 8.0e-20, .perpendicular),
      // nu2+nu4+nu5 has its strength from nu3 by resonance and shares it half and half: a second nu3.
      VibrationalBand("nu2+nu4+nu5", [0, 0, 1, 0, 0], origin: 3281.90, strength: 5.5e-18, .parallel),
      VibrationalBand("nu3", [0, 0, 1, 0, 0], origin: 3294.84, strength: 6.2e-18, .parallel),
      VibrationalBand("nu3+nu4", [0, 0, 1, 1, 0], origin: 3897.16, strength: 2.5e-19, .perpendicular),
      VibrationalBand("nu1+nu5", [1, 0, 0, 0, 1], origin: 4091.17, strength: 1.0e-19, .perpendicular),
      VibrationalBand("nu1+nu4+nu5", [1, 0, 0, 1, 1], origin: 4673.6, strength: 2.0e-20, .parallel),
      VibrationalBand("nu2+nu3", [0, 1, 1, 0, 0], origin: 5260.0, strength: 6.0e-21, .parallel),
      VibrationalBand("nu1+nu3", [1, 0, 1, 0, 0], origin: 6556.46, strength: 2.3e-19, .parallel),
      VibrationalBand("nu1+nu3+nu4", [1, 0, 1, 1, 0], strength: 6.0e-21, .perpendicular),
      VibrationalBand("nu1+nu2+nu3", [1, 1, 1, 0, 0], origin: 8512.06, strength: 3.0e-21, .parallel),
      VibrationalBand("3nu3", [0, 0, 3, 0, 0], origin: 9639.86, strength: 1.2e-20, .parallel),
    ],
    rotation: 1.176_646, rotationChanges: [0.006_90, 0.006_18, 0.005_88, -0.001_35, -0.002_23],
    distortion: 1.627e-6, doubling: 0.004_7, spinWeights: (1, 3), oddModes: [2, 4], levelLimit: 11_000,
    highestJ: 130)
}
