extension RovibrationalDiatomic {
  /// CO in its ground state.
  package static let carbonMonoxide = RovibrationalDiatomic(
    species: "CO",
    broadening: LineBroadening(molarMass: 28.0101, lorentzHalfWidth: 0.067, temperatureExponent: 0.6),
    provenance: OpacityProvenance(
      method: "P and R branches of the bands v to v + 1, 2, 3, 4 of 12C16O, 13C16O, 12C18O, from v up to 15",
      sources: [
        "levels: Dunham coefficients of Guelachvili et al. 1983, J. Mol. Spectrosc. 98, 64",
        "strengths of 1-0, 2-0, 3-0: sums of HITRAN 2020 (Gordon et al. 2022, JQSRT 277, 107949) after Li et al. "
          + "2015, ApJS 216, 15; of 4-0 an estimate",
        "Herman-Wallis factors: Chackerian & Tipping 1983, J. Mol. Spectrosc. 99, 431",
      ],
      fidelity:
        "bands to 10 %, positions to 1 cm-1; moments from excited levels are harmonic; bands of five quanta and more, "
        + "below 0.95 um, are left out"),
    dunham: [
      [0, 2169.813_079, -13.287_905_87, 1.041_444_739e-2, 6.921_598_529e-5, 1.657_890_319e-7],
      [1.931_280_862, -1.750_410_135e-2, 5.422_101_371e-7, 1.311_844_382e-8, 1.401_093_703e-9],
      [-6.120_747_566e-6, 9.449_843_093e-10, -1.430_768_382e-10],
      [5.335_386_989e-12, -1.512_462_732e-13],
    ],
    bands: [
      Band(quanta: 1, strength: 9.8e-18, hermanWallis: 0.000_1),
      Band(quanta: 2, strength: 7.55e-20, hermanWallis: 0.002_8),
      Band(quanta: 3, strength: 4.9e-22, hermanWallis: 0.005_8),
      Band(quanta: 4, strength: 1.2e-24, hermanWallis: 0.009),
    ],
    isotopologues: [(6.856_209, 0.986_5), (7.172_410, 0.011), (7.199_767, 0.002)], highestVibration: 15,
    highestJ: 140)
}
