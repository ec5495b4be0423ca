extension MeanSpectrum {
  /// FeH.
  package static let ironHydride = MeanSpectrum(
    species: "FeH",
    provenance: OpacityProvenance(
      method: "means of line strengths in bins, within a bin the distribution of many weak lines (Malkmus)",
      sources: [
        "lines: Dulick et al. 2003, ApJ 594, 651 (F4Delta - X4Delta) and Hargreaves et al. 2010, AJ 140, 919 "
          + "(E4Pi - A4Pi), as summed from linemake (Placco et al. 2021, RNAAS 5, 92)"
      ],
      fidelity:
        "level to a factor of two, unchecked; the width of ln k within a bin is an assumption (phi 0.1, 1 more a bar); "
        + "below 1000 K extrapolated"),
    shape: (0.1, 1))
}
