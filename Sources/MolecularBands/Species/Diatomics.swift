extension DiatomicMolecule {
  /// OH: rotation, vibration and the system A-X.
  package static let hydroxyl: DiatomicMolecule = {
    // Energies count from 2 B below X2Pi3/2, v = 0, N = 1.
    let x = ElectronicState(
      "X2Pi", lambda: 1, multiplicity: 2, energy: 70, frequency: 3737.76, anharmonicity: 84.88,
      rotation: 18.911,
      rotationChange: 0.724_2, spinOrbit: -139.2)
    let a = ElectronicState(
      "A2Sigma+", lambda: 0, multiplicity: 2, energy: 32_402, frequency: 3178.86, anharmonicity: 92.92,
      rotation: 17.358, rotationChange: 0.786)
    let reduced = 15.994_915 * 1.007_825 / (15.994_915 + 1.007_825)
    return DiatomicMolecule(
      species: "OH",
      broadening: LineBroadening(molarMass: 17.007, lorentzHalfWidth: 0.05, temperatureExponent: 0.6),
      provenance: OpacityProvenance(
        method: "rotation, v to v + 1, 2, 3, 4 and A2Sigma+ - X2Pi of 16OH, spin-orbit components, N for J",
        sources: [
          "constants: Huber & Herzberg 1979, Constants of Diatomic Molecules",
          "dipole 1.655 D: Peterson, Fraser & Klemperer 1984, Can. J. Phys. 62, 1502",
          "A coefficients of 1-0, 2-0, 3-0, 4-0, rounded to 17.2, 10.4, 1.0, 0.09 s-1: beside Mies 1974, J. Mol. "
            + "Spectrosc. 53, 150, and Brooke et al. 2016, JQSRT 168, 142; not checked against their tables",
          "mean of ln: moments of published k-tables (Exo-FMS)",
          "f of A-X 0.0011: lifetime of 0.69 us, German 1975, J. Chem. Phys. 62, 2584",
        ],
        fidelity:
          "bands to 30 %, positions to 10 cm-1; interaction of rotation and vibration (Herman-Wallis factors) and "
          + "Lambda doubling left out"),
      systems: [
        ElectronicSystem(name: "A-X", upper: a, lower: x, origin: 32_402, oscillatorStrength: 0.001_1)
      ],
      states: [x], reducedMass: reduced, isotopologues: [(reduced, 1)], highestVibration: 5, highestJ: 40,
      infrared: [
        .rotation(dipole: 1.655), .vibration(1, strength: 1.8e-18, origin: 3568),
        .vibration(2, strength: 2.8e-19, origin: 6966), .vibration(3, strength: 1.3e-20, origin: 10_195),
        .vibration(4, strength: 6.9e-22, origin: 13_253),
      ])
  }()

  /// HCl: rotation and vibration.
  package static let hydrogenChloride: DiatomicMolecule = {
    let x = ElectronicState(
      "X1Sigma+", lambda: 0, multiplicity: 1, energy: 0, frequency: 2990.946, anharmonicity: 52.819,
      rotation: 10.593_41, rotationChange: 0.307_18)
    func reduced(_ chlorine: Double) -> Double { chlorine * 1.007_825 / (chlorine + 1.007_825) }
    return DiatomicMolecule(
      species: "HCl",
      broadening: LineBroadening(molarMass: 36.461, lorentzHalfWidth: 0.05, temperatureExponent: 0.6),
      provenance: OpacityProvenance(
        method: "rotation and v to v + 1, 2, 3, 4 of H35Cl and H37Cl",
        sources: [
          "constants: Huber & Herzberg 1979, Constants of Diatomic Molecules",
          "dipole 1.1086 D: de Leeuw & Dymanus 1973, J. Mol. Spectrosc. 48, 427",
          "strengths: sums of HITRAN (Li et al. 2011, JQSRT 112, 1543); of 4-0 an estimate",
          "mean of ln: moments of published k-tables (Exo-FMS)",
        ],
        fidelity: "fundamental and rotation to 10 %, overtones to 30 %, Herman-Wallis factors left out"),
      systems: [], states: [x], reducedMass: reduced(34.968_853),
      isotopologues: [(reduced(34.968_853), 0.7576), (reduced(36.965_903), 0.2424)], highestVibration: 6,
      highestJ: 50,
      infrared: [
        .rotation(dipole: 1.1086), .vibration(1, strength: 5.3e-18, origin: 2885.3),
        .vibration(2, strength: 1.17e-19, origin: 5665), .vibration(3, strength: 7.6e-22, origin: 8339),
        .vibration(4, strength: 2e-23, origin: 10_907),
      ])
  }()

  /// SiO: vibration and the system A-X.
  package static let siliconMonoxide: DiatomicMolecule = {
    let x = ElectronicState(
      "X1Sigma+", lambda: 0, multiplicity: 1, energy: 0, frequency: 1241.557, anharmonicity: 5.966,
      rotation: 0.726_751, rotationChange: 0.005_038)
    let a = ElectronicState(
      "A1Pi", lambda: 1, multiplicity: 1, energy: 42_641, frequency: 852.8, anharmonicity: 6.43,
      rotation: 0.630_7,
      rotationChange: 0.006_64)
    let oxygen = 15.994_915
    func reduced(_ silicon: Double) -> Double { silicon * oxygen / (silicon + oxygen) }
    return DiatomicMolecule(
      species: "SiO",
      broadening: LineBroadening(molarMass: 44.084, lorentzHalfWidth: 0.07, temperatureExponent: 0.6),
      provenance: OpacityProvenance(
        method: "v to v + 1, 2, 3 and A1Pi - X1Sigma+ of three isotopologues, Morse Franck-Condon factors",
        sources: [
          "constants: Huber & Herzberg 1979, Constants of Diatomic Molecules",
          "A coefficients of 1-0 and 2-0, rounded to 6.6 and 0.15 s-1: beside Tipping & Chackerian 1981, J. Mol. "
            + "Spectrosc. 88, 352, not checked against their table; of 3-0 an estimate",
          "f of A-X 0.054: a lifetime of 30 ns, between measurements (9.6 ns) and calculations (up to 50 ns)",
        ],
        fidelity:
          "fundamental to 30 %, overtones and A-X to a factor of two; not compared with a line list"),
      systems: [ElectronicSystem(name: "A-X", upper: a, lower: x, origin: 42_641, oscillatorStrength: 0.054)],
      states: [x], reducedMass: reduced(27.976_927),
      isotopologues: [
        (reduced(27.976_927), 0.922), (reduced(28.976_495), 0.047), (reduced(29.973_770), 0.031),
      ], highestVibration: 20, highestJ: 180,
      infrared: [
        .vibration(1, strength: 5.8e-18, origin: 1229.6), .vibration(2, strength: 3.3e-20, origin: 2447),
        .vibration(3, strength: 2e-22, origin: 3653),
      ])
  }()
}
