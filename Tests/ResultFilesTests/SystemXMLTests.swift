import Analyses
import Foundation
import InteriorMDN
import Observations
import PlanetXML
import TestSupport
import Testing
import Units

@testable import ResultFiles

@Suite("Result XML")
struct SystemXMLTests {
  static let schemaText: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Etc/schema/result.xsd")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  static func analysis(posterior: Posterior) -> SystemAnalysis {
    var planet = Planet(names: ["a <b>", "ß"])
    planet.mass = Measurement(value: Mass(earthMasses: 2), upperError: Mass(earthMasses: 0.5))
    planet.massIsMinimum = true
    planet.radius = Measurement(value: nil, upperLimit: Length(earthRadii: 1.5))
    var star = Star(names: ["s"])
    star.metallicity = Measurement(value: Ratio(-0.1), lowerError: Ratio(0.2))
    var derived = DerivedProperties()
    derived.equilibriumTemperature = Measurement(value: Temperature(kelvins: 300))
    derived.equilibriumTemperatureSource = "from \"here\""
    let hash = String(repeating: "0a", count: 32)
    let interior = InteriorPosterior(
      model: "rocky-A", modelHash: hash, inDomain: true, flags: [.massIsMinimum], remarks: ["A remark."],
      outputs: [.cmbPressure: posterior, .waterRadiusFraction: posterior], draws: [:],
      mixture: [MixtureComponent(weight: 1, mean: [0.5, -1e-20], sd: [1, 2])], mixtureCoordinates: ["u", "v"])
    return SystemAnalysis(
      names: ["S"],
      planets: [
        Samples.Sketch(
          planet: planet, host: .star(star), derived: derived, interiors: [interior],
          flags: [Flag("x-y", place: 0, "")], remarks: ["Line 1: so."]
        ).analysis
      ],
      remarks: [],
      provenance: Provenance(
        inputName: "i\n.xml", inputSHA256: hash, exospoolVersion: "1",
        networks: ["b", "a"].map { NetworkIdentity(name: $0, sha256: hash) },
        seed: .max))
  }

  static let posterior = Posterior(mean: 0.1, sd: 0.2, p025: 0, p16: 0.05, p50: 0.1, p84: 0.3, p975: 0.5)

  @Test("is what the schema says, byte for byte")
  func document() throws {
    let xml = try SystemXML.text(for: Self.analysis(posterior: Self.posterior))
    let schema = try XMLSchema(Self.schemaText)
    #expect(schema.faults(in: xml) == [])
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/result.xml")
    #expect(xml == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(
    "the schema sees what is wrong",
    arguments: [
      ("sd=\"0.2\"", "sd=\"NaN\""), ("sd=\"0.2\"", "sd=\"INF\""), ("unit=\"earthMass\"", "unit=\"kg\""),
      ("<flag>x-y</flag>", "<flag>X y</flag>"), ("upperError=\"0.5\"", "upperError=\"-0.5\""),
      ("urn:exospool:result:1", "urn:exospool:result:2"), ("<derived>", "<derived><colour/>"),
    ])
  func schemaIsStrict(right: String, wrong: String) throws {
    let xml = try SystemXML.text(for: Self.analysis(posterior: Self.posterior))
    let schema = try XMLSchema(Self.schemaText)
    #expect(xml.contains(right))
    #expect(schema.faults(in: xml.replacing(right, with: wrong)) != [])
  }

  @Test("a number that is not finite is refused and named")
  func nonFinite() {
    var posterior = Self.posterior
    posterior.p84 = .nan
    #expect(throws: ResultFileError(place: "result/system/planet/interior/model/output/@p84")) {
      try SystemXML.text(for: Self.analysis(posterior: posterior))
    }
  }

  @Test("text that is no schema is refused")
  func noSchema() {
    #expect(throws: XMLSchema.NotASchema.self) { _ = try XMLSchema("<a/>") }
  }
}
