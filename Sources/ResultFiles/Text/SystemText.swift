package import Analyses
import Observations
import PlainText
import Units

/// The analysis of one planet record as text for a terminal.
package enum SystemText {
  /// Ends in a newline. Holds no control characters but newlines, whatever the record's names are.
  package static func text(for analysis: SystemAnalysis) -> String {
    var lines: [String] = []
    let name = analysis.names.first ?? analysis.provenance.inputName
    let count = analysis.planets.count
    lines.append("\(PlainText.line(name)): \(count == 1 ? "1 planet" : "\(count) planets")")
    lines += analysis.remarks.map { "  \(PlainText.line($0, limit: 400))" }
    for planet in analysis.planets { lines += [""] + self.lines(for: planet) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(for analysis: PlanetAnalysis) -> [String] {
    let subject = analysis.subject
    return [PlainText.line(subject.planet.name), "  " + facts(of: subject)]
      + FindingText.notes(flags: subject.flags, remarks: subject.remarks, indent: "  ")
      + analysis.answers.flatMap(\.findings).flatMap(FindingText.lines(ofPlanet:))
  }

  private static func facts(of subject: PreparedPlanet) -> String {
    let planet = subject.planet
    let derived = subject.derived
    let temperature = planet.temperature ?? derived.equilibriumTemperature
    let facts: [(String, ValueText?, String)] = [
      (planet.massIsMinimum ? "M sin i" : "M", ValueText(planet.mass) { $0.earthMasses }, "M_E"),
      ("R", ValueText(planet.radius) { $0.earthRadii }, "R_E"),
      ("T_eq", ValueText(temperature) { $0.kelvins }, "K"),
      ("density", ValueText(derived.bulkDensity) { $0.kilogramsPerCubicMeter / 1000 }, "g/cm3"),
      ("gravity", ValueText(derived.surfaceGravity) { $0.metersPerSecondSquared }, "m/s2"),
      ("k2", ValueText(planet.loveNumber) { $0.value }, ""),
      ("Fe/(Mg+Si)", ValueText(planet.ironToMagnesiumSilicon) { $0.value }, ""),
      ("[M/H]", ValueText(planet.metallicity) { $0.value }, ""),
    ]
    let known = facts.compactMap { label, value, unit in
      value.map { "\(label) \($0.plain)\(unit.isEmpty ? "" : " " + unit)" }
    }
    return known.isEmpty ? "neither mass nor radius known" : known.joined(separator: "   ")
  }
}
