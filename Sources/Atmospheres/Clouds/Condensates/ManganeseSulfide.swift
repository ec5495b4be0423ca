extension RefractiveIndex {
  /// MnS, 0.26-16.5 um: Huffman & Wild 1967, Phys. Rev. 156, 989 and Montaner et al. 1979, Phys. Status Solidi A 52, 597, joined
  /// by Kitzmann & Heng 2018, MNRAS 475, 94, as POSEIDON has them (Mullens et al. 2024, ApJ 977, 105; BSD 3-clause licence,
  /// see Etc/NOTICE.md). Beyond 0.5 um k is an extrapolation, and 1e-5 from 2 um on: crystals with defects absorb more.
  static let manganeseSulfide = RefractiveIndex(
    rows: [
      0.26115, 3.338, 2.17, 0.26926, 3.443, 2.04, 0.2779, 3.523, 1.84, 0.29251, 3.596, 1.48,
      0.30999, 3.653, 1.15, 0.33109, 3.669, 0.857, 0.35695, 3.606, 0.469, 0.37596, 3.534, 0.285,
      0.38339, 3.494, 0.215, 0.39114, 3.422, 0.174, 0.40335, 3.326, 0.131, 0.43021, 3.183, 0.0683,
      0.45546, 3.079, 0.0334, 0.48086, 2.999, 0.0037, 0.51947, 2.911, 0.00172, 0.6, 2.807, 0.000489,
      0.7, 2.753, 0.000161, 0.9, 2.697, 4.16e-05, 1.2, 2.663, 1.62e-05, 2, 2.632, 1e-05, 5, 2.605, 1e-05,
      8, 2.57, 1e-05, 10, 2.532, 1e-05, 12, 2.478, 1e-05, 13.816, 2.418, 1e-05, 15.865, 2.329, 1e-05,
      16.5, 2.299, 1.01e-05,
    ])
}
