import JSONText
package import Observations
import PlainText
import Units

/// One line a planet for `log/results.log` and `log/results.jsonl`. The service adds the time.
package enum SummaryLine {
  /// Columns: planet, mass (Earth masses), radius (Earth radii), thickness of water, mantle, core and envelope
  /// in per cent of the radius (median and distances to the 84 and 16 % quantiles), model, flags. A column
  /// without a value holds `-`.
  package static func text(for analysis: PlanetAnalysis) -> String {
    let planet = analysis.planet
    let mass = ValueText(planet.mass, isMinimum: planet.massIsMinimum) { $0.earthMasses }
    let radius = ValueText(planet.radius) { $0.earthRadii }
    var columns = [
      PlainText.padded(PlainText.line(planet.name), to: 20),
      PlainText.padded("M_E \(mass?.plain ?? "-")", to: 26),
      PlainText.padded("R_E \(radius?.plain ?? "-")", to: 26),
    ]
    let best = preferredInterior(of: analysis)
    for (name, quantity) in layers {
      columns.append(PlainText.padded("\(name)% \(percent(best?.outputs[quantity]))", to: name.count + 17))
    }
    columns.append(PlainText.padded(best.map { PlainText.line($0.model) } ?? "no-interior", to: 11))
    let flags = flags(of: analysis)
    columns.append(flags.isEmpty ? "-" : flags.map { PlainText.line($0) }.joined(separator: ","))
    return columns.joined(separator: "  ")
  }

  /// The same for machines, as one object on one line: field names as in `summary.json`.
  package static func json(for analysis: PlanetAnalysis, provenance: Provenance) -> String {
    let planet = analysis.planet
    let best = preferredInterior(of: analysis)
    return JSON.object([
      .init("planet", .string(planet.name)),
      .init("mass", SummaryDocument.measurement(planet.mass, unit: "earthMass") { $0.earthMasses }),
      .init("massIsMinimum", .bool(planet.massIsMinimum)),
      .init("radius", SummaryDocument.measurement(planet.radius, unit: "earthRadius") { $0.earthRadii }),
      .init("model", best.map { .string($0.model) } ?? .null),
      .init("outputs", best.map(SummaryDocument.outputs) ?? .object([])),
      .init("flags", .strings(flags(of: analysis))),
      .init("inputName", .string(provenance.inputName)),
      .init("inputSHA256", .string(provenance.inputSHA256)),
    ]).line
  }

  /// The model that speaks for the planet where there is room for one: the one that knows most of it. A rocky
  /// model takes the composition into account and has no envelope to hide errors in, so it goes first where it
  /// applies; a model that uses a measured Love number goes before its sibling that does not.
  package static func preferredInterior(of analysis: PlanetAnalysis) -> InteriorPosterior? {
    let inDomain = analysis.interiors.filter { $0.inDomain && !$0.outputs.isEmpty }
    for name in ["rocky-B", "rocky-A", "layered-k2", "layered"] {
      if let interior = inDomain.first(where: { $0.model == name }) { return interior }
    }
    return inDomain.first
  }

  /// The planet's flags and those of the model that speaks for it, or of all models where none does.
  package static func flags(of analysis: PlanetAnalysis) -> [String] {
    let modelFlags = preferredInterior(of: analysis).map(\.flags) ?? analysis.interiors.flatMap(\.flags)
    var seen: Set<String> = []
    return (analysis.flags + modelFlags).filter { seen.insert($0).inserted }
  }

  private static let layers: [(String, InteriorQuantity)] = [
    ("water", .waterRadiusFraction), ("mantle", .mantleRadiusFraction), ("core", .coreRadiusFraction),
    ("envelope", .envelopeRadiusFraction),
  ]

  /// One decimal for every planet, so that the columns stand still under the eye.
  private static func percent(_ posterior: Posterior?) -> String {
    guard let posterior else { return "-" }
    func number(_ x: Double) -> String { Numerals.fixed(x * 100, decimals: 1) }
    let median = PlainText.leftPadded(number(posterior.p50), to: 4)
    return "\(median) +\(number(posterior.p84 - posterior.p50)) -\(number(posterior.p50 - posterior.p16))"
  }
}
