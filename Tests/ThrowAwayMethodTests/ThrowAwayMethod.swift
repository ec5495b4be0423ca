import Analyses
import Observations

/// A method that no writer has ever heard of, with a field of every kind and a table: whatever it says must turn up in
/// every output without a line changed anywhere.
struct ThrowAwayMethod {
  static let description = MethodDescription(
    key: "divination", fitsName: "DIVINE", title: "Divination", networkMeaning: "network that guessed",
    fields: [
      FieldDescription(
        "certainty", fitsKey: "DIVCERT", .number, unit: "dB", "how sure the oracle is",
        presentation: .init(title: "Certainty of the oracle", unit: "dB", place: 0)),
      FieldDescription(
        "oracle", fitsKey: "DIVWHO", .text, "who was asked",
        presentation: .init(title: "Oracle", unit: "", place: 1)),
      FieldDescription("isSober", fitsKey: "DIVSOBER", .logical, "whether it was fit to answer"),
      FieldDescription("omens", fitsKey: "DIVOMEN", .texts, "what was seen on the way"),
      FieldDescription(
        "fortune", .posterior, unit: "K", "what is to come",
        presentation: .init(title: "Fortune to come", shortTitle: "Fortune", unit: "K", place: 2)),
    ], tables: [entrails], flags: [.cloudy], silence: "omen -")

  static let entrails = TableDescription(
    "entrails", rowName: "organ", fitsName: "ENTRAILS", "a row an organ",
    fields: [FieldDescription("beast", fitsKey: "DIVBEAST", .text, "whose they are")],
    columns: [
      ColumnDescription(
        "name", fitsName: "NAME", .text, "organ", presentation: .init(title: "Organ", place: 0)),
      ColumnDescription(
        "mass", fitsName: "MASS", .number, unit: "g", "its mass",
        presentation: .init(title: "Mass of it", place: 1, isRightAligned: true)),
      ColumnDescription("isWhole", fitsName: "WHOLE", .logical, "without a mark"),
      ColumnDescription("axes", fitsName: "AXES", .numbers, unit: "mm", "its three axes"),
    ])

  static let network = NetworkIdentity(name: "delphi-1", sha256: String(repeating: "de", count: 32))

  /// - Parameter earlier: how many findings came before.
  static func finding(after earlier: Int) -> Finding {
    let values: [Field.Value] = [
      .number(6.25), .text("Pythia"), .logical(true), .texts(["owl", "eagle"]),
      .posterior(
        Posterior(mean: 301, sd: 11, p025: 280, p16: 290, p50: 300, p84: 311, p975: 322),
        draws: [290, 300, 310]),
    ]
    return Finding(
      method: description, network: network,
      domain: DomainJudgement(isInside: true, words: "after \(earlier) others"), flags: [.cloudy],
      remarks: ["The oracle was hoarse."], fields: zip(description.fields, values).map { Field($0, $1) },
      tables: [
        FindingTable(
          entrails, fields: [Field(entrails.fields[0], .text("goat"))],
          columns: [
            .init(.text(["liver", "spleen"])), .init(.number([812.5, .nan])), .init(.logical([true, false])),
            .init(.numbers([[1, 2, 3], [4, 5, 6]])),
          ])
      ], rank: 0, digest: "omen fair", detail: Nothing())
  }

  struct Nothing: FindingDetail {}
}

extension Flag {
  static let cloudy = Flag("sky-cloudy", place: 900, "The birds could not be seen.")
}

struct ThrowAwaySpectrumMethod: SpectrumMethod {
  static let description = ThrowAwayMethod.description
  let networks = [ThrowAwayMethod.network]

  init(_ resources: MethodResources = MethodResources(modelsDirectory: "")) {}

  func finding(on spectrum: PreparedSpectrum, after earlier: [Finding], seed: UInt64) -> Finding? {
    spectrum.spectrum.kind == .stellar ? nil : ThrowAwayMethod.finding(after: earlier.count)
  }
}

struct ThrowAwayPlanetMethod: PlanetMethod {
  static let description = ThrowAwayMethod.description
  let networks = [ThrowAwayMethod.network]

  init(_ resources: MethodResources = MethodResources(modelsDirectory: "")) {}

  func findings(on planet: PreparedPlanet, after earlier: [Finding], seed: UInt64) -> [Finding] {
    [ThrowAwayMethod.finding(after: earlier.count)]
  }
}
