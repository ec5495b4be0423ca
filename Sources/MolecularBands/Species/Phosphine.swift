extension SymmetricTop {
  /// PH3, modes nu1 (symmetric stretch), nu2 (umbrella, no inversion seen), nu3 (stretch), nu4 (bend).
  package static let phosphine = SymmetricTop(
    species: "PH3",
    broadening: LineBroadening(molarMass: 33.9976, lorentzHalfWidth: 0.09, temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "P, Q and R branches of 9 bands of 31PH3 and of their hot and difference bands",
      sources: [
        "rotation: Müller 2013, JQSRT 130, 335; origins: Malathy Devi et al. 2014, J. Mol. Spectrosc. 298, 11",
        "strengths of nu2, nu4: Tarrago et al. 1992, J. Mol. Spectrosc. 154, 30; of nu1 + nu3, 540 cm-2 atm-1 together, "
          + "shared 3 to 7",
      ],
      fidelity:
        "strong bands to 20 %, positions to some ten cm-1; overtones below 3 um to a factor of two; no band means"
    ),
    modes: VibrationalModes(
      fundamentals: [2321.12, 992.13, 2326.87, 1118.31], degeneracies: [1, 1, 2, 2],
      anharmonicity: [
        (0, 0, -38), (1, 1, -5.9), (2, 2, -20), (3, 3, -3), (0, 1, -10), (0, 2, -70), (0, 3, -18),
        (1, 2, -10),
        (1, 3, -2.3), (2, 3, -20),
      ]),
    bands: [
      VibrationalBand("nu2", [0, 1, 0, 0], strength: 3.3e-18, .parallel),
      VibrationalBand("nu4", [0, 0, 0, 1], strength: 4.1e-18, .perpendicular, coriolis: 0.45),
      VibrationalBand("2nu2", [0, 2, 0, 0], origin: 1972.57, strength: 2.0e-20, .parallel),
      VibrationalBand("nu2+nu4", [0, 1, 0, 1], origin: 2108.15, strength: 1.0e-19, .perpendicular),
      VibrationalBand("2nu4", [0, 0, 0, 2], origin: 2230, strength: 1.5e-19, .perpendicular),
      VibrationalBand("nu1", [1, 0, 0, 0], strength: 6.5e-18, .parallel),
      VibrationalBand("nu3", [0, 0, 1, 0], strength: 1.52e-17, .perpendicular, coriolis: 0.02),
      VibrationalBand("nu3+nu4", [0, 0, 1, 1], origin: 3425, strength: 1.5e-19, .perpendicular),
      VibrationalBand("nu1+nu3", [1, 0, 1, 0], origin: 4565, strength: 1.0e-19, .perpendicular),
    ],
    rotation: (4.452_42, 3.918_83),
    rotationChanges: [(0.04, 0.03), (-0.02, 0.02), (0.04, 0.03), (-0.02, 0.01)],
    distortion: (1.31e-4, -1.73e-4, 1.41e-4), inversion: nil, levelLimit: 9000, highestJ: 40)
}
