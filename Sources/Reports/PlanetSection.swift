import Observations
import Units

/// A planet's part of the report: what is known of it, its cross-section, and what each model says.
struct PlanetSection {
  let analysis: PlanetAnalysis
  let number: Int

  var id: String { "planet-\(number)" }

  private var planet: Planet { analysis.planet }
  private var best: InteriorPosterior? { SummaryLine.preferredInterior(of: analysis) }

  var markup: Markup {
    let models = analysis.interiors.enumerated().map { index, interior in
      ModelSection(
        interior: interior, planetName: planet.name, radius: planet.radius?.value?.earthRadii,
        id: "\(id)-m\(index + 1)", isOpen: interior.model == best?.model
      ).markup
    }
    return """
      <section class="planet" id="\(id)" aria-labelledby="\(id)-name">
      <h2 id="\(id)-name"><bdi>\(planet.name)</bdi></h2>
      \(aliases)\(facts)\(notes)\(models.joined())
      </section>
      """
  }

  private var aliases: Markup {
    let others = planet.names.dropFirst()
    guard !others.isEmpty else { return "" }
    return
      "<p class=\"aliases\">Also \(others.map { "<bdi>\($0)</bdi>" as Markup }.joined(separator: ", "))</p>\n"
  }

  // MARK: Facts

  private var facts: Markup {
    let density = ValueText(analysis.derived.bulkDensity) { $0.kilogramsPerCubicMeter / 1000 }
    let gravity = ValueText(analysis.derived.surfaceGravity) { $0.metersPerSecondSquared }
    let rows: [Markup] = [
      fact(
        planet.massIsMinimum ? "Mass, m sin i" : "Mass",
        ValueText(planet.mass) { $0.earthMasses }, "M<sub>E</sub>",
        inJupiterUnits(planet.mass, from: 0.1) { $0.jupiterMasses }.map { "\($0.markup) M<sub>J</sub>" }),
      fact(
        "Radius", ValueText(planet.radius) { $0.earthRadii }, "R<sub>E</sub>",
        inJupiterUnits(planet.radius, from: 0.5) { $0.jupiterRadii }.map { "\($0.markup) R<sub>J</sub>" }),
      temperature,
      fact("Density", density, "g cm<sup>−3</sup>", nil),
      fact("Gravity", gravity, "m s<sup>−2</sup>", nil),
    ]
    return "<dl class=\"facts\">\(rows)</dl>\n"
  }

  /// Giants are known by Jupiter's measure too.
  private func inJupiterUnits<Dimension>(
    _ measurement: Measurement<Dimension>?, from smallest: Double, in read: (Quantity<Dimension>) -> Double
  ) -> ValueText? {
    guard let measurement, let value = measurement.value, read(value) >= smallest else { return nil }
    return ValueText(measurement, in: read)
  }

  /// The record's own equilibrium temperature, or else the derived one with the way it was had.
  private var temperature: Markup {
    if let read = ValueText(planet.temperature, in: { $0.kelvins }) {
      return fact("T<sub>eq</sub>", read, "K", nil)
    }
    let derived = ValueText(analysis.derived.equilibriumTemperature) { $0.kelvins }
    return fact(
      "T<sub>eq</sub>", derived, "K", analysis.derived.equilibriumTemperatureSource.map { "\($0)" })
  }

  private func fact(_ label: Markup, _ value: ValueText?, _ unit: Markup, _ note: Markup?) -> Markup {
    guard let value else { return "<div><dt>\(label)</dt><dd class=\"absent\">not known</dd></div>" }
    let small: Markup = note.map { "<small>\($0)</small>" } ?? ""
    return "<div><dt>\(label)</dt><dd><b>\(value.markup)</b> \(unit)\(small)</dd></div>"
  }

  // MARK: Notes

  /// What holds for the planet whatever the model.
  private var notes: Markup { NoteList(flags: analysis.flags, remarks: analysis.remarks).markup }
}

/// Flags explained and remarks, one sentence each.
struct NoteList {
  let flags: [String]
  let remarks: [String]

  var markup: Markup {
    let flagged = flags.map { flag -> Markup in
      guard let meaning = FlagGlossary.meaning(of: flag) else { return "<li><code>\(flag)</code></li>" }
      return "<li><code>\(flag)</code> \(meaning)</li>"
    }
    let items = flagged + remarks.map { "<li>\($0)</li>" }
    return items.isEmpty ? "" : "<ul class=\"notes\">\(items)</ul>\n"
  }
}
