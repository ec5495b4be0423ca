import Observations

/// HDU `MOLECULES` of a spectrum's result: a row a molecule, the most probable first; none where too little was observed.
enum MoleculeTable {
  static func table(_ recognition: MoleculeRecognition) -> FITSTable {
    let molecules = recognition.molecules
    return FITSTable(
      name: "MOLECULES", header: FITSHeader(cards(recognition)), rowCount: molecules.count,
      columns: [
        FITSColumn("NAME", values: .text(molecules.map(\.name)), comment: "formula"),
        FITSColumn(
          "PROBABILITY", values: .double(molecules.map(\.probability)), comment: "that the spectrum shows it"),
        FITSColumn(
          "DETECTABLE", values: .logical(molecules.map(\.isDetectable)),
          comment: "a plausible amount would show"),
        FITSColumn(
          "LOG_LIMIT", values: .double(molecules.map { $0.logDetectionLimit ?? .nan }),
          comment: "log10 mixing ratio at 3 sigma; NaN: none"),
        FITSColumn(
          "VERDICT", values: .text(molecules.map(\.verdict.rawValue)),
          comment: "seen, not-seen, unclear, cannot-tell"),
      ])
  }

  private static func cards(_ recognition: MoleculeRecognition) -> [FITSCard] {
    var cards = [
      FITSCard("EXOMODEL", .text(recognition.model), "network that recognised"),
      FITSCard("EXOMSHA", .text(recognition.modelHash), "SHA-256 of its weights"),
      FITSCard("EXOINDOM", .logical(recognition.inDomain), "is like what the network was trained on"),
    ]
    // A keyword cannot hold NaN or infinity.
    for (key, value, meaning) in [
      ("EXODIST", recognition.distance, "squared distance from the training, a point"),
      ("EXODLIM", recognition.distanceLimit, "distance from which it is outside"),
    ] where value.isFinite {
      cards.append(FITSCard(key, .real(value), meaning))
    }
    return cards
  }
}
