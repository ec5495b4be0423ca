extension SymmetricTop {
  /// NH3, modes nu1 (symmetric stretch), nu2 (umbrella, inverting), nu3 (stretch), nu4 (bend).
  package static let ammonia = SymmetricTop(
    species: "NH3",
    broadening: LineBroadening(molarMass: 17.0265, lorentzHalfWidth: 0.075, temperatureExponent: 0.6),
    provenance: OpacityProvenance(
      method:
        "P, Q and R branches of 21 bands of 14NH3 and of their hot and difference bands, inversion resolved",
      sources: [
        "rotation, inversion, nu2 ladder: Urban, Papousek, Kauppinen, Yamada & Winnewisser 1983, "
          + "J. Mol. Spectrosc. 101, 1; Kleiner, Tarrago & Brown 1995, J. Mol. Spectrosc. 173, 120",
        "origins: Furtenbacher et al. 2020, JQSRT 251, 107027",
        "strengths of the fundamentals: Koops, Visser & Smit 1983, J. Mol. Struct. 96, 203",
        "strengths of 3nu2, nu2+nu4: Kleiner, Tarrago & Brown 1995",
        "other strengths: shares of the ExoMol band means (Yurchenko, Barber & Tennyson 2011, MNRAS 413, 1828)",
      ],
      fidelity:
        "bands below 5000 cm-1 to 10 %, their structure at a resolving power of 100 to some ten per cent; "
        + "overtones below 1.4 um are placed where they are seen, without the resonances between them"),
    modes: VibrationalModes(
      fundamentals: [3336.11, 950.27, 3443.63, 1626.28], degeneracies: [1, 1, 2, 2],
      anharmonicity: [
        (0, 0, -76), (1, 1, 10), (2, 2, -18), (3, 3, -9), (0, 1, 20), (0, 2, -100), (0, 3, -7), (1, 2, 32),
        (1, 3, -14), (2, 3, -17),
      ]),
    bands: [
      VibrationalBand("nu2", [0, 1, 0, 0], strength: 2.29e-17, .parallel),
      VibrationalBand("2nu2", [0, 2, 0, 0], strength: 1.0e-20, .parallel),
      VibrationalBand("3nu2", [0, 3, 0, 0], strength: 3.4e-20, .parallel),
      VibrationalBand("nu4", [0, 0, 0, 1], strength: 4.68e-18, .perpendicular, coriolis: -0.24),
      VibrationalBand("nu2+nu4", [0, 1, 0, 1], strength: 1.45e-20, .perpendicular, coriolis: -0.24),
      VibrationalBand("2nu4", [0, 0, 0, 2], origin: 3230, strength: 1.0e-19, .perpendicular),
      VibrationalBand("nu1", [1, 0, 0, 0], strength: 1.26e-18, .parallel),
      VibrationalBand("nu3", [0, 0, 1, 0], strength: 6.3e-19, .perpendicular, coriolis: 0.06),
      VibrationalBand("nu1+nu2", [1, 1, 0, 0], strength: 8.0e-20, .parallel),
      VibrationalBand("nu2+nu3", [0, 1, 1, 0], strength: 8.0e-19, .perpendicular, coriolis: 0.06),
      VibrationalBand("nu1+nu4", [1, 0, 0, 1], origin: 4955.8, strength: 4.0e-20, .perpendicular),
      VibrationalBand("nu3+nu4", [0, 0, 1, 1], origin: 5052.6, strength: 4.5e-19, .perpendicular),
      VibrationalBand("nu2+nu3+nu4", [0, 1, 1, 1], origin: 6020, strength: 3.0e-20, .perpendicular),
      VibrationalBand("nu1+nu3", [1, 0, 1, 0], origin: 6608.8, strength: 2.0e-19, .perpendicular),
      VibrationalBand("nu3+2nu4", [0, 0, 1, 2], origin: 6677.4, strength: 5.0e-20, .perpendicular),
      VibrationalBand("2nu3", [0, 0, 2, 0], origin: 6850.2, strength: 8.0e-20, .perpendicular),
      VibrationalBand("nu1+nu2+nu3", [1, 1, 1, 0], origin: 7656, strength: 2.0e-20, .perpendicular),
      VibrationalBand("nu1+nu3+nu4", [1, 0, 1, 1], origin: 8177, strength: 5.0e-20, .perpendicular),
      VibrationalBand("2nu1+nu3", [2, 0, 1, 0], origin: 9690, strength: 1.5e-20, .perpendicular),
      VibrationalBand("2nu3+2nu4", [0, 0, 2, 2], origin: 10_100, strength: 5.0e-21, .perpendicular),
      VibrationalBand("nu1+2nu3+nu4", [1, 0, 2, 1], origin: 11_300, strength: 3.0e-21, .perpendicular),
      VibrationalBand("3nu1+nu3", [3, 0, 1, 0], origin: 12_620, strength: 1.5e-21, .perpendicular),
      VibrationalBand("4nu1+nu3", [4, 0, 1, 0], origin: 15_450, strength: 2.0e-22, .perpendicular),
      VibrationalBand("5nu1+nu3", [5, 0, 1, 0], origin: 18_150, strength: 3.0e-23, .perpendicular),
    ],
    rotation: (9.944_19, 6.227_67),
    rotationChanges: [(0.18, 0.09), (-0.03, 0.12), (0.17, 0.04), (-0.20, 0.05)],
    distortion: (8.486e-4, -1.577e-3, 9.1e-4),
    inversion: (
      1, [0, 932.43, 1597.47, 2384.15, 3462.4], [0.793, 968.12, 1882.18, 2895.52, 4061.6]
    ), levelLimit: 10_000, highestJ: 32)
}
