package import Analyses
package import JSONText
import Observations

/// `summary.json` of a planet record: the whole analysis for machines. Member names are part of the interface.
package enum SystemJSON {
  package static func document(for analysis: SystemAnalysis) -> JSON {
    .object([
      .init("format", .string(summaryFormat)),
      .init("names", .strings(analysis.names)),
      .init("planets", .array(analysis.planets.map(planet))),
      .init("remarks", .strings(analysis.remarks)),
      .init("units", UnitsJSON.ofPlanets(analysis.planets.first?.answers.map(\.method) ?? [])),
      .init("provenance", provenance(analysis.provenance, analysis.planets.flatMap(\.answers))),
    ])
  }

  static let summaryFormat = "exospool-summary-1"

  /// One line for `log/results.jsonl`: of each method what the finding that speaks gives.
  package static func line(for analysis: PlanetAnalysis, provenance: Provenance) -> String {
    let planet = analysis.planet
    let read = Dictionary(uniqueKeysWithValues: measurements(of: planet).map { ($0.key, $0.value) })
    let answers = analysis.answers.enumerated().flatMap { number, answer -> [JSON.Member] in
      let said: [JSON.Member] = [
        .init("model", answer.speaking.map { .string($0.network.name) } ?? .null),
        .init("outputs", FindingJSON.outputs(answer.speaking)),
      ]
      // The first method's stand in the line itself; further ones under their keys.
      return number == 0 ? said : [.init(answer.method.key, .object(said))]
    }
    return JSON.object(
      [
        .init("planet", .string(planet.name)), .init("mass", read["mass"] ?? .null),
        .init("massIsMinimum", .bool(planet.massIsMinimum)), .init("radius", read["radius"] ?? .null),
      ] + answers + [
        .init("flags", .strings(analysis.spokenFlags.names)),
        .init("inputName", .string(provenance.inputName)),
        .init("inputSHA256", .string(provenance.inputSHA256)),
      ]
    ).line
  }

  private static func planet(_ analysis: PlanetAnalysis) -> JSON {
    let planet = analysis.planet
    var read = measurements(of: planet)
    read.insert(.init("massIsMinimum", .bool(planet.massIsMinimum)), at: 1)
    return .object(
      [
        .init("name", .string(planet.name)), .init("names", .strings(planet.names)),
        .init("host", .array(analysis.subject.host.stars.map(star))),
      ] + read + [
        .init("catalogueLists", .strings(planet.catalogueLists)),
        .init("derived", derived(analysis.subject.derived)),
        .init("flags", .strings(analysis.subject.flags.names)),
        .init("remarks", .strings(analysis.subject.remarks)),
      ]
        + analysis.answers.map { answer in
          .init(
            answer.method.key,
            .object([.init("models", .array(answer.findings.map(FindingJSON.model)))]))
        })
  }

  private static func measurements(of planet: Planet) -> [JSON.Member] {
    MeasuredField<Planet>.all.map { .init($0.name, measurement($0.read(planet), unit: $0.unit)) }
  }

  /// Density and gravity share their source.
  private static func derived(_ derived: DerivedProperties) -> JSON {
    var members = MeasuredField<DerivedProperties>.all.map {
      JSON.Member($0.name, measurement($0.read(derived), unit: $0.unit))
    }
    members.insert(.init("bulkSource", derived.bulkSource.map(JSON.string) ?? .null), at: 2)
    members.append(
      .init("equilibriumTemperatureSource", derived.equilibriumTemperatureSource.map(JSON.string) ?? .null))
    return .object(members)
  }

  private static func star(_ star: Star) -> JSON {
    .object(
      [.init("names", .strings(star.names))]
        + MeasuredField<Star>.all.map { .init($0.name, measurement($0.read(star), unit: $0.unit)) }
        + [.init("spectralType", star.spectralType.map(JSON.string) ?? .null)])
  }

  static func measurement(_ value: MeasuredValue?, unit: String) -> JSON {
    guard let value else { return .null }
    func number(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }
    var members: [JSON.Member] = [
      .init("value", number(value.value)), .init("upperError", number(value.upperError)),
      .init("lowerError", number(value.lowerError)),
    ]
    if value.upperLimit != nil { members.append(.init("upperLimit", number(value.upperLimit))) }
    if value.lowerLimit != nil { members.append(.init("lowerLimit", number(value.lowerLimit))) }
    if !unit.isEmpty { members.append(.init("unit", .string(unit))) }
    return .object(members)
  }

  static func provenance(_ provenance: Provenance, _ answers: [MethodAnswer]) -> JSON {
    .object([
      .init("inputName", .string(provenance.inputName)),
      .init("inputSHA256", .string(provenance.inputSHA256)),
      .init("exospoolVersion", .string(provenance.exospoolVersion)),
      .init(
        "modelHashes",
        .object(provenance.networks.map { .init($0.name, .string($0.sha256)) })),
      // As text: a JSON number loses what lies beyond 2^53 in most readers.
      .init("seed", .string(String(provenance.seed))),
      .init("catalogueHash", provenance.catalogueHash.map(JSON.string) ?? .null),
      .init("references", .strings(answers.bibliography(version: provenance.exospoolVersion))),
    ])
  }
}
