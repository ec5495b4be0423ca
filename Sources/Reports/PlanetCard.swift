import Analyses
import Markup
import Observations
import ResultFiles
import Units

/// A planet's part of the report: what is known of it, and what each method says.
struct PlanetCard {
  let analysis: PlanetAnalysis
  let number: Int

  var id: String { "planet-\(number)" }

  private var planet: Planet { analysis.planet }

  var markup: Markup {
    let answers = analysis.answers.map { Sections.planet($0).markup($0, of: analysis, id: id) }
    return """
      <section class="planet" id="\(id)" aria-labelledby="\(id)-name">
      <h2 id="\(id)-name"><bdi>\(planet.name)</bdi></h2>
      \(aliases)\(host)\(facts)\(notes)\(answers)
      </section>
      """
  }

  private var aliases: Markup {
    let others = planet.names.dropFirst()
    guard !others.isEmpty else { return "" }
    return
      "<p class=\"aliases\">Also \(others.map { "<bdi>\($0)</bdi>" as Markup }.joined(separator: ", "))</p>\n"
  }

  // MARK: Host

  private var host: Markup {
    switch analysis.subject.host {
    case .none: "<p class=\"aliases\">Bound to no star.</p>\n"
    case .star(let star): "<p class=\"aliases\">Orbits \(words(for: star)).</p>\n"
    case .binary(let stars):
      "<p class=\"aliases\">Orbits \(stars.map(words).joined(separator: " and ")).</p>\n"
    }
  }

  /// The star's name and what of it bears on the planet, as far as the record goes.
  private func words(for star: Star) -> Markup {
    var details: [Markup] = []
    if let type = star.spectralType { details.append("\(type)") }
    if let temperature = ValueText(star.temperature, in: { $0.kelvins }) {
      details.append("\(temperature.markup) K")
    }
    if let mass = ValueText(star.mass, in: { $0.solarMasses }) {
      details.append("\(mass.markup) M<sub>☉</sub>")
    }
    if let radius = ValueText(star.radius, in: { $0.solarRadii }) {
      details.append("\(radius.markup) R<sub>☉</sub>")
    }
    if let metallicity = ValueText(star.metallicity, in: { $0.value }) {
      details.append("[Fe/H] \(metallicity.markup)")
    }
    if let age = ValueText(star.age, in: { $0.gigayears }) { details.append("\(age.markup) Gyr") }
    let name: Markup = "<bdi>\(star.names.first ?? "a star without a name")</bdi>"
    return details.isEmpty ? name : "\(name) (\(details.joined(separator: ", ")))"
  }

  // MARK: Facts

  private var facts: Markup {
    let density = ValueText(analysis.subject.derived.bulkDensity) { $0.kilogramsPerCubicMeter / 1000 }
    let gravity = ValueText(analysis.subject.derived.surfaceGravity) { $0.metersPerSecondSquared }
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
      optionalFact("Love number k<sub>2</sub>", ValueText(planet.loveNumber) { $0.value }),
      optionalFact("Fe/(Mg+Si)", ValueText(planet.ironToMagnesiumSilicon) { $0.value }),
      optionalFact("[M/H] of the atmosphere", ValueText(planet.metallicity) { $0.value }),
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
    let derived = ValueText(analysis.subject.derived.equilibriumTemperature) { $0.kelvins }
    return fact(
      "T<sub>eq</sub>", derived, "K", analysis.subject.derived.equilibriumTemperatureSource.map { "\($0)" })
  }

  /// What few records hold is shown only where it is known.
  private func optionalFact(_ label: Markup, _ value: ValueText?) -> Markup {
    value == nil ? "" : fact(label, value, "", nil)
  }

  private func fact(_ label: Markup, _ value: ValueText?, _ unit: Markup, _ note: Markup?) -> Markup {
    guard let value else { return "<div><dt>\(label)</dt><dd class=\"absent\">not known</dd></div>" }
    let small: Markup = note.map { "<small>\($0)</small>" } ?? ""
    return "<div><dt>\(label)</dt><dd><b>\(value.markup)</b> \(unit)\(small)</dd></div>"
  }

  // MARK: Notes

  /// What holds for the planet whatever the model.
  private var notes: Markup {
    NoteList(flags: analysis.subject.flags, remarks: analysis.subject.remarks).markup
  }
}

/// Remarks, one sentence each, and the flags under which machines and grep find them.
struct NoteList {
  let flags: [Flag]
  let remarks: [String]

  var markup: Markup {
    guard !flags.isEmpty || !remarks.isEmpty else { return "" }
    let sentences: Markup = remarks.isEmpty ? "" : "<ul>\(remarks.map { "<li>\($0)</li>" as Markup })</ul>"
    let marks: Markup =
      flags.isEmpty
      ? "" : "<p>\(flags.names.map { "<code>\($0)</code>" as Markup }.joined(separator: " "))</p>"
    return "<div class=\"notes\">\(sentences)\(marks)</div>\n"
  }
}
