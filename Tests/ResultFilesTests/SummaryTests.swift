import Analyses
import Foundation
import InteriorMDN
import Observations
import ResultFiles
import TestSupport
import Testing
import Units

@Suite struct SummaryTests {
  private func matches(_ line: String, _ pattern: Regex<Substring>) -> Bool {
    line.firstMatch(of: pattern) != nil
  }

  @Test func aPlanetIsOneLineWithItsNumbers() {
    let line = LogLine.text(for: Samples.earthLike().analysis)
    #expect(line.hasPrefix("Sample b              M_E 1.000 +0.012 -0.010"))
    #expect(line.contains("R_E 1.000 +-0.010"))
    #expect(line.contains("rocky-A"))
    #expect(line.hasSuffix("  temperature-derived,composition-from-star"))
    #expect(matches(line, #/water%\s+0\.\d \+0\.\d -0\.\d/#))
    #expect(matches(line, #/mantle%\s+4\d\.\d \+\d\.\d -\d\.\d/#))
    #expect(matches(line, #/core%\s+5\d\.\d \+\d\.\d -\d\.\d/#))
    #expect(matches(line, #/envelope% - /#))
  }

  /// Every error unlike its counterpart: which is which can be told.
  @Test func upperAndLowerErrorsStandOnTheirSides() {
    var planet = Planet(names: ["Skew b"])
    planet.mass = Measurement(
      value: Mass(earthMasses: 7.4), upperError: Mass(earthMasses: 1.1), lowerError: Mass(earthMasses: 0.9))
    planet.radius = Measurement(
      value: Length(earthRadii: 2.45), upperError: Length(earthRadii: 0.11),
      lowerError: Length(earthRadii: 0.09))
    func posterior(_ p16: Double, _ p50: Double, _ p84: Double) -> Posterior {
      Posterior(mean: p50, sd: 0.1, p025: 0, p16: p16, p50: p50, p84: p84, p975: 1)
    }
    var interior = Samples.layered()
    interior.outputs = [
      .waterRadiusFraction: posterior(0.071, 0.308, 0.451),
      .mantleRadiusFraction: posterior(0.09, 0.237, 0.408),
      .coreRadiusFraction: posterior(0.248, 0.339, 0.432),
      .envelopeRadiusFraction: posterior(0.018, 0.116, 0.253),
    ]
    let sketch = Samples.Sketch(planet: planet, interiors: [interior], flags: [Flag("x", place: 0, "")])
    #expect(
      LogLine.text(for: sketch.analysis)
        == "Skew b                M_E 7.40 +1.10 -0.90        R_E 2.450 +0.110 -0.090     "
        + "water% 30.8 +14.3 -23.7  mantle% 23.7 +17.1 -14.7  core% 33.9 +9.3 -9.1   "
        + "envelope% 11.6 +13.7 -9.8  layered      x")
  }

  @Test func aPlanetWithoutInteriorSaysWhy() {
    let line = LogLine.text(for: Samples.massOnly().analysis)
    #expect(line.contains("M_E >1017 +64 -?"))
    #expect(line.contains("R_E - "))
    #expect(line.contains("no-interior"))
    #expect(line.hasSuffix("radius-missing,mass-is-minimum,love-number-missing"))
  }

  @Test func columnsStandAtTheSamePlace() {
    let lines = [Samples.earthLike(), Samples.massOnly(), Samples.earthLike(name: "Ünïcödé c")].map {
      LogLine.text(for: $0.analysis)
    }
    func column(of word: String, in line: String) -> Int? {
      line.range(of: word).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
    }
    for word in ["M_E", "R_E", "water%", "mantle%", "core%", "envelope%"] {
      #expect(Set(lines.map { column(of: word, in: $0) }).count == 1)
    }
  }

  @Test(arguments: ["a\nb", "a\r\nb", "a\u{2028}b", "a\u{85}b", "\u{1B}[2Jb", "a\u{202E}b", "a\u{0}b"])
  func namesCannotForgeLines(name: String) throws {
    let planet = Samples.earthLike(name: name)
    let text = LogLine.text(for: planet.analysis)
    let json = SystemJSON.line(for: planet.analysis, provenance: Samples.system([]).provenance)
    for line in [text, json] {
      #expect(!line.contains { $0.isNewline })
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["planet"] as? String == name)
  }

  @Test func longNamesAreCutInTheLogOnly() {
    let name = String(repeating: "x", count: 300)
    let planet = Samples.earthLike(name: name)
    #expect(LogLine.text(for: planet.analysis).hasPrefix(String(repeating: "x", count: 79) + "…"))
    #expect(SystemJSON.line(for: planet.analysis, provenance: Samples.system([]).provenance).contains(name))
  }

  @Test func theModelThatKnowsMostSpeaks() {
    var planet = Samples.earthLike()
    #expect(planet.analysis.answers[0].speaking?.network.name == "rocky-A")
    var withLoveNumber = Samples.rocky()
    withLoveNumber.model = "rocky-B"
    planet.interiors.append(withLoveNumber)
    #expect(planet.analysis.answers[0].speaking?.network.name == "rocky-B")
    planet.interiors = [Samples.refused("rocky-A"), Samples.layered()]
    #expect(planet.analysis.answers[0].speaking?.network.name == "layered")
    #expect(Samples.massOnly().analysis.answers[0].speaking?.rank == nil)
  }

  /// The names that scripts rely on.
  @Test func theSummaryDocumentKeepsItsFieldNames() throws {
    let text = SystemJSON.document(for: Samples.system([Samples.earthLike()])).document
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let planets = try #require(object["planets"] as? [[String: Any]])
    let interior = try #require(planets.first?["interior"] as? [String: Any])
    let models = try #require(interior["models"] as? [[String: Any]])
    #expect(models.compactMap { $0["name"] as? String } == ["rocky-A", "layered", "rocky-B", "layered-k2"])
    #expect(models.compactMap { $0["inDomain"] as? Bool } == [true, true, false, false])
    #expect(models.compactMap { $0["flags"] as? [String] }.count == 4)
    let rocky = try #require(models.first?["outputs"] as? [String: [String: Double]])
    #expect(
      Set(rocky.keys) == [
        "waterRadiusFraction", "mantleRadiusFraction", "coreRadiusFraction", "coreMassFraction",
        "cmbPressure",
        "cmbTemperature",
      ])
    for output in rocky.values {
      #expect(Set(output.keys) == ["mean", "sd", "p025", "p16", "p50", "p84", "p975"])
    }
    let layered = try #require(models[1]["outputs"] as? [String: [String: Double]])
    #expect(layered["envelopeMassFraction"] != nil && layered["envelopeRadiusFraction"] != nil)
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["seed"] as? String == "18446744073709551615")
  }

  @Test func numbersComeBackBitForBit() throws {
    let posterior = try #require(Samples.rocky().outputs[.cmbPressure])
    let text = SystemJSON.document(for: Samples.system([Samples.earthLike()])).document
    #expect(text.contains("\"mean\": \(posterior.mean), \"sd\": \(posterior.sd)"))
  }
}
