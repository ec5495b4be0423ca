import JSONText
import Observations
import PlainText

/// Molecules of a spectrum: as `spectrum.molecules` and `spectrum.recognition` of `summary.json`, in the log line, as text.
enum MoleculeSummary {
  /// Empty where no network read the spectrum or it had too little to read.
  static func molecules(_ recognition: MoleculeRecognition?) -> JSON {
    .array(
      (recognition?.molecules ?? []).map { molecule in
        .object([
          .init("name", .string(molecule.name)),
          .init("probability", .number(molecule.probability)),
          .init("detectable", .bool(molecule.isDetectable)),
          .init("logDetectionLimit", molecule.logDetectionLimit.map(JSON.number) ?? .null),
          .init("verdict", .string(molecule.verdict.rawValue)),
        ])
      })
  }

  /// `null` where no network reads spectra of this kind.
  static func recognition(_ recognition: MoleculeRecognition?) -> JSON {
    guard let recognition else { return .null }
    return .object([
      .init("model", .string(recognition.model)),
      .init("inDomain", .bool(recognition.inDomain)),
      .init("distance", .number(recognition.distance)),
      .init("distanceLimit", .number(recognition.distanceLimit)),
    ])
  }

  /// For the log: `seen H2O >0.99,CO2 0.97`, or `seen -`.
  static func seen(_ recognition: MoleculeRecognition?) -> String {
    let seen = (recognition?.molecules ?? []).filter { $0.verdict == .seen }
      .map { "\(PlainText.line($0.name, limit: 12)) \(probability($0.probability))" }
    return "seen " + (seen.isEmpty ? "-" : seen.joined(separator: ","))
  }

  /// For a terminal, in ASCII: the network, then a line a molecule.
  static func lines(_ recognition: MoleculeRecognition?) -> [String] {
    guard let recognition, !recognition.molecules.isEmpty else { return [] }
    let width = recognition.molecules.map(\.name.count).max() ?? 0
    return ["molecules by \(recognition.model), \(domain(recognition)):"]
      + recognition.molecules.map { molecule in
        let limit =
          molecule.logDetectionLimit.map { "log10 detection limit \(Numerals.fixed($0, decimals: 1))" }
          ?? "no plausible amount would show"
        return "  " + PlainText.padded(PlainText.line(molecule.name), to: width) + "  "
          + PlainText.leftPadded(probability(molecule.probability), to: 5) + "  "
          + PlainText.padded(molecule.verdict.words, to: 11) + "  " + limit
      }
  }

  /// How like the training the spectrum is.
  static func domain(_ recognition: MoleculeRecognition) -> String {
    let distance = Numerals.significant(recognition.distance, digits: 3)
    let limit = Numerals.significant(recognition.distanceLimit, digits: 3)
    if recognition.inDomain { return "distance \(distance) from its training, within the limit of \(limit)" }
    // Its shape may be known while no planet is as deep, or has features as large.
    return recognition.distance <= recognition.distanceLimit
      ? "outside its training: no such depth or contrast; distance \(distance)"
      : "outside its training: distance \(distance), limit \(limit)"
  }

  /// Two decimals, but never a certainty that only rounding makes.
  static func probability(_ probability: Double) -> String {
    switch probability {
    case ..<0.005: "<0.01"
    case 0.995...: ">0.99"
    default: Numerals.fixed(probability, decimals: 2)
    }
  }
}

extension MoleculeVerdict.Verdict {
  /// For people.
  var words: String {
    switch self {
    case .seen: "seen"
    case .notSeen: "not seen"
    case .unclear: "unclear"
    case .cannotTell: "cannot tell"
    }
  }
}
