extension LinearMolecule {
  /// HCN, modes nu1 (CH stretch), nu2 (bend), nu3 (CN stretch).
  package static let hydrogenCyanide = LinearMolecule(
    species: "HCN",
    broadening: LineBroadening(molarMass: 27.0109, lorentzHalfWidth: 0.12, temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "P, Q and R branches of 15 bands of H12C14N and of their hot and difference bands",
      sources: [
        "band origins, B, D, q, alpha: Maki, Mellau, Klee, Winnewisser & Quapp 2000, J. Mol. Spectrosc. 202, 67",
        "strengths of nu1, nu2, 2nu2: transition dipoles of Maki, Quapp & Klee 1995, J. Mol. Spectrosc. 174, 365",
        "other strengths: shares of the ExoMol band means (Barber et al. 2014, MNRAS 437, 1828)",
      ],
      fidelity:
        "band positions to a few cm-1, strong bands to 10 %; weak combination bands are placed, not measured; "
        + "HNC is left out"),
    modes: VibrationalModes(
      fundamentals: [3311.477, 711.980, 2096.846], degeneracies: [1, 2, 1],
      anharmonicity: [
        (0, 0, -51.7), (1, 1, -1.2), (2, 2, -10.3), (0, 1, -19.3), (0, 2, -14.6), (1, 2, -3.25),
      ]),
    bands: [
      VibrationalBand("nu2", [0, 1, 0], origin: 711.980, strength: 1.06e-17, .perpendicular),
      VibrationalBand("2nu2", [0, 2, 0], origin: 1411.413, strength: 1.46e-18, .parallel),
      VibrationalBand("nu3", [0, 0, 1], origin: 2096.846, strength: 2.0e-20, .parallel),
      VibrationalBand("3nu2", [0, 3, 0], origin: 2113.450, strength: 4.0e-20, .perpendicular),
      VibrationalBand("nu2+nu3", [0, 1, 1], origin: 2805.583, strength: 1.0e-19, .perpendicular),
      VibrationalBand("nu1", [1, 0, 0], origin: 3311.477, strength: 9.5e-18, .parallel),
      VibrationalBand("2nu2+nu3", [0, 2, 1], origin: 3502.121, strength: 2.0e-20, .parallel),
      VibrationalBand("nu1+nu2", [1, 1, 0], origin: 4004.165, strength: 5.0e-20, .perpendicular),
      VibrationalBand("nu1+2nu2", [1, 2, 0], origin: 4684.310, strength: 2.0e-20, .parallel),
      VibrationalBand("nu1+nu3", [1, 0, 1], origin: 5393.698, strength: 3.0e-21, .parallel),
      VibrationalBand("2nu1", [2, 0, 0], origin: 6519.611, strength: 1.6e-19, .parallel),
      VibrationalBand("2nu1+nu2", [2, 1, 0], strength: 2.0e-21, .perpendicular),
      VibrationalBand("2nu1+nu3", [2, 0, 1], origin: 8585.581, strength: 1.0e-21, .parallel),
      VibrationalBand("3nu1", [3, 0, 0], origin: 9627.084, strength: 3.0e-21, .parallel),
      VibrationalBand("4nu1", [4, 0, 0], origin: 12_635.888, strength: 1.0e-22, .parallel),
    ],
    rotation: 1.478_222, rotationChanges: [0.010_4, -0.003_6, 0.010_1], distortion: 2.91e-6,
    doubling: 0.007_49,
    spinWeights: (1, 1), oddModes: [], levelLimit: 15_000, highestJ: 130)
}
