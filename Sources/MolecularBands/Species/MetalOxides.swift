extension DiatomicMolecule {
  /// TiO: the systems alpha, beta, gamma, gamma', delta, phi and epsilon of five isotopologues.
  package static let titaniumOxide: DiatomicMolecule = {
    // Energies count from X3Delta1, v = 0; the middle of X3Delta lies 98.8 cm-1 higher.
    let middle = 98.8
    let x = ElectronicState(
      "X3Delta", lambda: 2, multiplicity: 3, energy: middle, frequency: 1009.18, anharmonicity: 4.561,
      rotation: 0.535_43, rotationChange: 0.003_02, spinOrbit: 50.65)
    let a = ElectronicState(
      "a1Delta", lambda: 2, multiplicity: 1, energy: 3446.5, frequency: 1018.27, anharmonicity: 4.52,
      rotation: 0.537_60, rotationChange: 0.002_98)
    let d = ElectronicState(
      "d1Sigma+", lambda: 0, multiplicity: 1, energy: 5663.1, frequency: 1023.06, anharmonicity: 4.89,
      rotation: 0.549_22, rotationChange: 0.003_37)
    let e = ElectronicState(
      "E3Pi", lambda: 1, multiplicity: 3, energy: 11_924, frequency: 924.2, anharmonicity: 5.1,
      rotation: 0.516_9, rotationChange: 0.003_2, spinOrbit: 86.8)
    let upperA = ElectronicState(
      "A3Phi", lambda: 3, multiplicity: 3, energy: 14_195, frequency: 867.78, anharmonicity: 3.942,
      rotation: 0.507_38, rotationChange: 0.003_15, spinOrbit: 57.9)
    let b = ElectronicState(
      "b1Pi", lambda: 1, multiplicity: 1, energy: 14_717, frequency: 919.76, anharmonicity: 4.28,
      rotation: 0.513_37, rotationChange: 0.002_91)
    let upperB = ElectronicState(
      "B3Pi", lambda: 1, multiplicity: 3, energy: 16_247, frequency: 875.0, anharmonicity: 5.0,
      rotation: 0.506_17, rotationChange: 0.003_18, spinOrbit: 20.9)
    let c = ElectronicState(
      "C3Delta", lambda: 2, multiplicity: 3, energy: 19_440, frequency: 838.26, anharmonicity: 4.759,
      rotation: 0.489_89, rotationChange: 0.003_06, spinOrbit: 49.5)
    let phi = ElectronicState(
      "c1Phi", lambda: 3, multiplicity: 1, energy: 21_290, frequency: 917.55, anharmonicity: 4.67,
      rotation: 0.523_02, rotationChange: 0.003_11)
    let oxygen = 15.994_915
    func reduced(_ titanium: Double) -> Double { titanium * oxygen / (titanium + oxygen) }
    return DiatomicMolecule(
      species: "TiO",
      broadening: LineBroadening(molarMass: 63.866, lorentzHalfWidth: 0.07, temperatureExponent: 0.6),
      provenance: OpacityProvenance(
        method:
          "7 electronic systems, v'' to 12, case (a) sub-bands, 5 isotopologues, Morse Franck-Condon factors",
        sources: [
          "constants: Huber & Herzberg 1979, Constants of Diatomic Molecules; Ram, Bernath, Dulick & Wallace 1999, "
            + "ApJS 122, 331; McKemmish et al. 2017, ApJS 228, 15",
          "vibrational bands of X: means of published k-tables of McKemmish et al. 2019, MNRAS 488, 2836",
          "f-values: Langhoff 1997, ApJ 481, 1007 (alpha 0.106, beta 0.125, gamma 0.0786, gamma' 0.0935, phi 0.0178), "
            + "within 20 % of the lifetimes of Hedgecock, Naulin & Costes 1995, A&A 304, 667; delta 0.024 and epsilon "
            + "0.0063, half of what Langhoff 1997 and Simard & Hackett 1991, J. Mol. Spectrosc. 148, 128, give: the "
            + "means of published k-tables from 0.85 to 1.32 um ask for it",
        ],
        fidelity:
          "band heads to some ten cm-1, strong systems to 20 %, delta, phi and epsilon to a factor of two; no "
          + "intercombination systems, no bands between the singlets above d1Sigma+; levels at 1.3-2.5 um too low, "
          + "vibrational bands from band means, their shape to a factor of two"),
      systems: [
        ElectronicSystem(name: "alpha", upper: c, lower: x, origin: 19_341, oscillatorStrength: 0.106),
        ElectronicSystem(name: "beta", upper: phi, lower: a, origin: 17_840, oscillatorStrength: 0.125),
        ElectronicSystem(name: "gamma", upper: upperA, lower: x, origin: 14_095, oscillatorStrength: 0.078_6),
        ElectronicSystem(
          name: "gamma'", upper: upperB, lower: x, origin: 16_148, oscillatorStrength: 0.093_5),
        ElectronicSystem(name: "delta", upper: b, lower: a, origin: 11_273, oscillatorStrength: 0.024),
        ElectronicSystem(name: "phi", upper: b, lower: d, origin: 9054, oscillatorStrength: 0.017_8),
        ElectronicSystem(name: "epsilon", upper: e, lower: x, origin: 11_827, oscillatorStrength: 0.006_3),
      ], states: [x, a, d, e, upperA, b], reducedMass: reduced(47.947_94),
      isotopologues: [
        (reduced(45.952_63), 0.0825), (reduced(46.951_76), 0.0744), (reduced(47.947_94), 0.7372),
        (reduced(48.947_87), 0.0541), (reduced(49.944_79), 0.0518),
      ], highestVibration: 12, highestJ: 200,
      infrared: [
        .vibration(1, strength: 2.0e-17, origin: 1000), .vibration(2, strength: 4.3e-19, origin: 1991),
        .vibration(3, strength: 1.1e-19, origin: 2973),
      ])
  }()

  /// VO: the systems A-X, B-X and C-X.
  package static let vanadiumOxide: DiatomicMolecule = {
    let x = ElectronicState(
      "X4Sigma-", lambda: 0, multiplicity: 4, energy: 0, frequency: 1011.3, anharmonicity: 4.86,
      rotation: 0.548_25, rotationChange: 0.003_52)
    let a = ElectronicState(
      "A4Pi", lambda: 1, multiplicity: 4, energy: 9499, frequency: 884.0, anharmonicity: 5.0,
      rotation: 0.518_5, rotationChange: 0.003_5, spinOrbit: 35.19)
    let b = ElectronicState(
      "B4Pi", lambda: 1, multiplicity: 4, energy: 12_606, frequency: 910.9, anharmonicity: 5.0,
      rotation: 0.514_0, rotationChange: 0.003_4, spinOrbit: 63.0)
    let c = ElectronicState(
      "C4Sigma-", lambda: 0, multiplicity: 4, energy: 17_420, frequency: 863.0, anharmonicity: 5.4,
      rotation: 0.495_0, rotationChange: 0.003_5)
    let (vanadium, oxygen) = (50.943_96, 15.994_915)
    let reduced = vanadium * oxygen / (vanadium + oxygen)
    return DiatomicMolecule(
      species: "VO",
      broadening: LineBroadening(molarMass: 66.941, lorentzHalfWidth: 0.07, temperatureExponent: 0.6),
      provenance: OpacityProvenance(
        method:
          "3 electronic systems, v'' to 12, spin components of the Pi states, Morse Franck-Condon factors",
        sources: [
          "constants: Cheung, Taylor & Merer 1982, J. Mol. Spectrosc. 92, 391 (A); Cheung, Hansen & Merer 1982, "
            + "J. Mol. Spectrosc. 91, 165 (C); Adam et al. 1995, J. Mol. Spectrosc. 170, 94 (B); Huber & Herzberg "
            + "1979",
          "f-values (A-X 0.0016, B-X 0.0374, C-X 0.071) and vibrational bands of X: means of the list of McKemmish, "
            + "Yurchenko & Tennyson 2016, MNRAS 463, 771, at 2200 K in the bins of the repacked lists of Cubillos 2021",
        ],
        fidelity:
          "band heads to some ten cm-1, systems to 30 %, their structure to a factor of two; no doublet systems, "
          + "nothing below 0.42 um but C-X, spin components of X as one"),
      systems: [
        ElectronicSystem(name: "A-X", upper: a, lower: x, origin: 9499, oscillatorStrength: 0.001_6),
        ElectronicSystem(name: "B-X", upper: b, lower: x, origin: 12_606, oscillatorStrength: 0.037_4),
        ElectronicSystem(name: "C-X", upper: c, lower: x, origin: 17_420, oscillatorStrength: 0.071),
      ], states: [x, a, b], reducedMass: reduced, isotopologues: [(reduced, 1)], highestVibration: 12,
      highestJ: 200,
      infrared: [
        .vibration(1, strength: 2.3e-17, origin: 1002), .vibration(2, strength: 3.1e-19, origin: 1993),
        .vibration(3, strength: 1.2e-19, origin: 2976),
      ])
  }()
}
