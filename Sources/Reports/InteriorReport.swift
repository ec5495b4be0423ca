package import Observations
import Units

/// `report.html`: one self-contained page a record, with no script and nothing to fetch.
package enum InteriorReport {
  /// A whole HTML document. The same analysis gives the same bytes.
  package static func html(for analysis: SystemAnalysis) -> String {
    let title = analysis.names.first ?? analysis.planets.first?.planet.name ?? analysis.provenance.inputName
    let sections = analysis.planets.enumerated().map { PlanetSection(analysis: $1, number: $0 + 1).markup }
    let document: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title): interior structure</title>
      <style>
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      <main>
      <header>
      <p class="eyebrow">Interior structure</p>
      <h1><bdi>\(title)</bdi></h1>
      <p class="lead">\(lead(for: analysis))</p>
      \(NoteList(flags: [], remarks: analysis.remarks).markup)\
      \(analysis.planets.count > 1 ? SystemPortrait(planets: analysis.planets).markup : "")\
      \(overview(of: analysis))</header>
      \(sections)\
      \(ReadingAid.markup(for: analysis))\
      \(provenance(analysis.provenance))</main>
      </body>
      </html>

      """
    return document.text
  }

  private static func lead(for analysis: SystemAnalysis) -> String {
    let count = analysis.planets.count
    guard count > 0 else { return "The record holds no planet." }
    let solved = analysis.planets.count { SummaryLine.preferredInterior(of: $0) != nil }
    let planets = count == 1 ? "One planet" : "\(count) planets"
    switch (count, solved) {
    case (_, 0): return "\(planets); none with an interior that the models can tell."
    case (1, _): return "\(planets), with an inferred interior."
    case (_, count): return "\(planets), all with an inferred interior."
    default: return "\(planets), \(solved) with an inferred interior."
    }
  }

  /// One row a planet. With a single planet its own section says all of it.
  private static func overview(of analysis: SystemAnalysis) -> Markup {
    guard analysis.planets.count > 1 else { return "" }
    let rows = analysis.planets.enumerated().map { index, planet -> Markup in
      let best = SummaryLine.preferredInterior(of: planet)
      let model: Markup = best.map { "<code>\($0.model)</code>" } ?? "–"
      func percent(_ quantity: InteriorQuantity) -> Markup {
        guard let posterior = best?.outputs[quantity], posterior.isFinite else { return "<td>–</td>" }
        return "<td>\(ValueText(posterior, factor: 100).markup)</td>"
      }
      let mass = ValueText(planet.planet.mass, isMinimum: planet.planet.massIsMinimum) { $0.earthMasses }
      let radius = ValueText(planet.planet.radius) { $0.earthRadii }
      return """
        <tr><th scope="row"><a href="#planet-\(index + 1)"><bdi>\(planet.planet.name)</bdi></a></th>\
        <td>\(mass?.markup ?? "–")</td><td>\(radius?.markup ?? "–")</td>\
        \(percent(.envelopeRadiusFraction))\(percent(.waterRadiusFraction))\
        \(percent(.mantleRadiusFraction))\(percent(.coreRadiusFraction))\
        <td>\(model)</td></tr>

        """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="All planets"><table class="overview">
      <thead><tr><th scope="col">Planet</th><th scope="col">Mass, M<sub>E</sub></th>\
      <th scope="col">Radius, R<sub>E</sub></th>\
      <th scope="col">Envelope, %</th>\
      <th scope="col">Water, %</th>\
      <th scope="col">Mantle, %</th>\
      <th scope="col">Core, %</th><th scope="col">Model</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      <p class="caption">Envelope, water, mantle and core: thickness in per cent of the radius.</p>

      """
  }

  static func provenance(_ provenance: Provenance) -> Markup {
    let models = provenance.modelHashes.sorted { $0.key < $1.key }.map { name, hash -> Markup in
      "<dt>Model <code>\(name)</code></dt><dd class=\"hash\">SHA-256 \(hash)</dd>"
    }
    let catalogue: Markup =
      provenance.catalogueHash.map { "<dt>Catalogue</dt><dd class=\"hash\">SHA-256 \($0)</dd>" } ?? ""
    return """
      <footer><h2>Provenance</h2>
      <dl class="provenance"><dt>Input</dt><dd><bdi>\(provenance.inputName)</bdi></dd>\
      <dt>Input’s content</dt><dd class="hash">SHA-256 \(provenance.inputSHA256)</dd>\
      <dt>exospool</dt><dd>\(provenance.exospoolVersion)</dd>\
      <dt>Seed</dt><dd>\(String(provenance.seed))</dd>\(models)\(catalogue)</dl>
      <p>The same input, models\(provenance.catalogueHash == nil ? "" : ", catalogue"), version and seed give this page again, byte for byte.</p></footer>

      """
  }
}

/// How to read the page, once at its end.
private enum ReadingAid {
  static func markup(for analysis: SystemAnalysis) -> Markup {
    let hasNumbers = analysis.planets.contains { SummaryLine.preferredInterior(of: $0) != nil }
    let glossary = FlagGlossary.list(
      of: analysis.planets.flatMap { $0.flags + $0.interiors.flatMap(\.flags) })
    guard hasNumbers || !glossary.isEmpty else { return "" }
    return """
      <aside><h2>How to read this</h2>
      \(hasNumbers ? numbers : "")\(glossary)</aside>

      """
  }

  private static let numbers: Markup = """
    <p>A number such as 47.1 ± 3.0 is the posterior median and the distances to its 16 % and 84 % quantiles; \
    errors of mass, radius and the other inputs are propagated. Thicknesses are in per cent of the planet’s \
    radius; medians of different layers need not add up to 100.</p>
    <p>In each small figure the histogram shows the draws, the stroke the median, the bar the central 68 % and \
    the thin line the central 95 %. In a cross-section the shaded rings show where a boundary between two layers lies.</p>
    <p>Each model answers under its own assumptions. Where two disagree, the difference measures what \
    mass and radius alone cannot tell.</p>

    """
}
