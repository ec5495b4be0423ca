package import Observations
import PlainText
import Units

/// The analysis of one record as text for a terminal.
package enum TextReport {
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
    var lines = [PlainText.line(analysis.planet.name), "  " + facts(of: analysis)]
    lines += notes(flags: analysis.flags, remarks: analysis.remarks, indent: "  ")
    for interior in analysis.interiors { lines += self.lines(for: interior) }
    return lines
  }

  private static func facts(of analysis: PlanetAnalysis) -> String {
    let planet = analysis.planet
    let derived = analysis.derived
    let temperature = planet.temperature ?? derived.equilibriumTemperature
    let facts: [(String, ValueText?, String)] = [
      (planet.massIsMinimum ? "M sin i" : "M", ValueText(planet.mass) { $0.earthMasses }, "M_E"),
      ("R", ValueText(planet.radius) { $0.earthRadii }, "R_E"),
      ("T_eq", ValueText(temperature) { $0.kelvins }, "K"),
      ("density", ValueText(derived.bulkDensity) { $0.kilogramsPerCubicMeter / 1000 }, "g/cm3"),
      ("gravity", ValueText(derived.surfaceGravity) { $0.metersPerSecondSquared }, "m/s2"),
      ("k2", ValueText(planet.loveNumber) { $0.value }, ""),
      ("Fe/(Mg+Si)", ValueText(planet.ironToMagnesiumSilicon) { $0.value }, ""),
    ]
    let known = facts.compactMap { label, value, unit in
      value.map { "\(label) \($0.plain)\(unit.isEmpty ? "" : " " + unit)" }
    }
    return known.isEmpty ? "neither mass nor radius known" : known.joined(separator: "   ")
  }

  private static func lines(for interior: InteriorPosterior) -> [String] {
    let model = PlainText.line(interior.model)
    let shown = QuantityPresentation.order.filter { interior.outputs[$0]?.isFinite == true }
    guard interior.inDomain, !shown.isEmpty else {
      let notes = notes(flags: interior.flags, remarks: interior.remarks, indent: "    ")
      return ["  \(model): no numbers"] + notes
    }
    var lines = ["  \(PlainText.padded(model, to: 38)) median  16 % .. 84 %       2.5 % .. 97.5 %"]
    for quantity in shown {
      guard let posterior = interior.outputs[quantity] else { continue }
      lines.append("    " + row(quantity, posterior, draws: interior.draws[quantity] ?? []))
    }
    return lines + notes(flags: interior.flags, remarks: interior.remarks, indent: "    ")
  }

  private static func row(_ quantity: InteriorQuantity, _ posterior: Posterior, draws: [Double]) -> String {
    let presentation = QuantityPresentation(quantity)
    let format = Numerals.format(for: posterior, factor: presentation.factor)
    func number(_ x: Double) -> String { PlainText.leftPadded(format(x), to: 7) }
    let figure = MarginalFigure(
      quantity: quantity, posterior: posterior, draws: draws, planetName: "", modelName: "", id: "")
    let columns = [
      PlainText.padded("\(presentation.shortTitle), \(presentation.unit)", to: 34), number(posterior.p50),
      number(posterior.p16) + " .." + number(posterior.p84),
      number(posterior.p025) + " .." + number(posterior.p975), figure.sparkline(width: 16),
    ]
    return columns.joined(separator: "  ").trimmingTrailingBlanks
  }

  /// Sentences and, on one line, the flags.
  private static func notes(flags: [String], remarks: [String], indent: String) -> [String] {
    let marks = flags.isEmpty ? [] : ["[" + flags.map { PlainText.line($0) }.joined(separator: ", ") + "]"]
    return (remarks.map { PlainText.line($0, limit: 400) } + marks).map { indent + $0 }
  }
}

extension MarginalFigure {
  /// The histogram in block characters; empty without draws.
  func sparkline(width: Int) -> String {
    let counts = Self.histogram(of: draws, over: range, bins: width)
    guard let highest = counts.max(), highest > 0 else { return "" }
    let blocks = Array(" ▁▂▃▄▅▆▇█")
    return String(counts.map { blocks[($0 * (blocks.count - 1) + highest - 1) / highest] })
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
