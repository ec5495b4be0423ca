package import Analyses
import Observations
import PlainText

extension RecognitionMethod {
  package static let description = MethodDescription(
    key: "recognition", fitsName: "RECOGN", title: "Molecules", networkMeaning: "network that recognised",
    fields: [
      FieldDescription(
        "distance", fitsKey: "EXODIST", .number, "squared distance from the training, a point"),
      FieldDescription("distanceLimit", fitsKey: "EXODLIM", .number, "distance from which it is outside"),
    ], tables: [molecules],
    flags: [
      .tooFewBins, .errorsEstimated, .outsideTraining, .noMoleculeSeen, .somethingElse, .verdictsContradict,
      .opacitiesSuperseded,
    ],
    silence: "seen -",
    references: [
      Reference(
        "Waldmann2016", authors: "Waldmann, Ingo P.", year: 2016, title: "Dreaming of Atmospheres",
        journal: "The Astrophysical Journal", volume: "820", pages: "107", doi: "10.3847/0004-637X/820/2/107")
    ])

  static let molecules = TableDescription(
    "molecules", rowName: "molecule", fitsName: "MOLECULES", "a row a molecule, the most probable first",
    columns: [
      ColumnDescription(
        "name", fitsName: "NAME", .text, "formula", presentation: .init(title: "Molecule", place: 0)),
      ColumnDescription(
        "probability", fitsName: "PROBABILITY", .number, "that the spectrum shows it, as verdicts go by",
        presentation: .init(title: "Probability", place: 1, isRightAligned: true, leastWidth: 5)),
      ColumnDescription("detectable", fitsName: "DETECTABLE", .logical, "a plausible amount would show"),
      ColumnDescription(
        "logDetectionLimit", fitsName: "LOG_LIMIT", .number, "log10 mixing ratio that would show; NaN: none",
        presentation: .init(title: "Detection limit", place: 3)),
      ColumnDescription(
        "verdict", fitsName: "VERDICT", .text, "seen, not-seen, unclear, cannot-tell",
        presentation: .init(title: "Verdict", place: 2, leastWidth: 11)),
      ColumnDescription(
        "basis", fitsName: "BASIS", .text, "what the probability is by: posterior, network",
        presentation: .init(title: "By", place: 4)),
      ColumnDescription(
        "networkProbability", fitsName: "P_NETWORK", .number, "the network's own probability"),
      ColumnDescription(
        "significance", fitsName: "SIGMAS", .number,
        "standard deviations by which it shows, the posterior's median"),
      ColumnDescription(
        "logBayesFactor", fitsName: "LN_BAYES", .number, "ln evidence with the gas over without it"),
      ColumnDescription(
        "bayesFactorIsLeast", fitsName: "BAYES_MIN", .logical, "it is that or more: no sample lacks the gas"),
      ColumnDescription(
        "logUpperLimit", fitsName: "LOG_UPPER", .number, "log10 mixing ratio, 95 % of the posterior is below"),
      ColumnDescription(
        "logDetectionLimitAbove", fitsName: "LOG_LIM84", .number,
        "log10 mixing ratio that would show in 84 % of the atmospheres; NaN: none"),
      ColumnDescription(
        "detectionLimitIsMost", fitsName: "LIMIT_MAX", .logical,
        "the detection limit is that or less: no smaller amount was tried"),
      ColumnDescription(
        "standIn", fitsName: "STAND_IN", .text,
        "a gas that the posterior's atmospheres do not have and that may stand in its place"),
    ])
}

extension MoleculeRecognition {
  /// Without rows where there was too little to recognise.
  var moleculeTable: FindingTable {
    FindingTable(
      RecognitionMethod.molecules,
      columns: [
        .init(.text(molecules.map(\.name)), words: molecules.map { PlainText.line($0.name) }),
        .init(.number(molecules.map(\.probability)), words: molecules.map(\.probabilityWords)),
        .init(.logical(molecules.map(\.isDetectable))),
        .init(
          .number(molecules.map { $0.logDetectionLimit ?? .nan }),
          words: molecules.map { molecule in
            molecule.logDetectionLimit.map {
              "log10 detection limit \(molecule.detectionLimitIsMost ? "<= " : "")\(Numerals.fixed($0, decimals: 1))"
            } ?? "no plausible amount would show"
          }),
        .init(.text(molecules.map(\.verdict.rawValue)), words: molecules.map(\.verdict.words)),
        .init(
          .text(molecules.map { $0.evidence == nil ? "network" : "posterior" }),
          words: molecules.map(\.evidenceWords)),
        .init(.number(molecules.map(\.networkProbability))),
        .init(.number(molecules.map { $0.evidence?.significance ?? .nan })),
        .init(.number(molecules.map { $0.evidence?.logBayesFactor ?? .nan })),
        .init(.logical(molecules.map { $0.evidence?.isLeastBayesFactor ?? false })),
        .init(.number(molecules.map { $0.evidence?.logUpperLimit ?? .nan })),
        .init(.number(molecules.map { $0.evidence?.logDetectionLimitAbove ?? .nan })),
        .init(.logical(molecules.map(\.detectionLimitIsMost))),
        .init(.text(molecules.map { $0.evidence?.standIn ?? "none" })),
      ])
  }

  /// For the log: `seen H2O >0.99,CO2 0.97`, or `seen -`.
  var digest: String {
    let seen = molecules.filter { $0.verdict == .seen }
      .map { "\(PlainText.line($0.name, limit: 12)) \($0.probabilityWords)" }
    return "seen " + (seen.isEmpty ? "-" : seen.joined(separator: ","))
  }

  /// How like the training the spectrum is.
  package var domainWords: String {
    let distance = Numerals.significant(distance, digits: 3)
    let limit = Numerals.significant(distanceLimit, digits: 3)
    if inDomain { return "distance \(distance) from its training, within the limit of \(limit)" }
    // Its shape may be known while no planet is as deep, or has features as large.
    return self.distance <= distanceLimit
      ? "outside its training: no such coverage, depth or contrast; distance \(distance)"
      : "outside its training: distance \(distance), limit \(limit)"
  }
}

extension MoleculeVerdict {
  /// Two decimals, but never a certainty that only rounding makes.
  package var probabilityWords: String { Self.words(probability) }

  static func words(_ probability: Double) -> String {
    switch probability {
    case ..<0.005: "<0.01"
    case 0.995...: ">0.99"
    default: Numerals.fixed(probability, decimals: 2)
    }
  }

  /// `posterior, ln B 7.1, log10 below -3.2, network 0.97`, then `, or PH3` where that may stand in its place; nothing where the network alone
  /// speaks.
  var evidenceWords: String {
    guard let evidence else { return "" }
    let factor =
      (evidence.isLeastBayesFactor ? "> " : "") + Numerals.fixed(evidence.logBayesFactor, decimals: 1)
    let limit = Numerals.fixed(evidence.logUpperLimit, decimals: 1)
    let other = evidence.standIn.map { ", or \($0)" } ?? ""
    return "posterior, ln B \(factor), log10 below \(limit), network \(networkProbabilityWords)\(other)"
  }

  /// The network's own, for people.
  package var networkProbabilityWords: String { Self.words(networkProbability) }
}

extension MoleculeVerdict.Verdict {
  /// For people.
  package var words: String {
    switch self {
    case .seen: "seen"
    case .notSeen: "not seen"
    case .unclear: "unclear"
    case .cannotTell: "cannot tell"
    }
  }
}
