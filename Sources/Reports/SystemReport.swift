package import Analyses
import Markup
import Observations
import ResultFiles
import Units

/// `report.html`: one self-contained page a record, with no script and nothing to fetch.
package enum SystemReport {
  /// A whole HTML document. The same analysis gives the same bytes.
  package static func html(for analysis: SystemAnalysis) -> String {
    let title = analysis.names.first ?? analysis.planets.first?.planet.name ?? analysis.provenance.inputName
    let sections = analysis.planets.enumerated().map { PlanetCard(analysis: $1, number: $0 + 1).markup }
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
      \(provenance(analysis.provenance, analysis.planets.flatMap(\.answers)))</main>
      </body>
      </html>

      """
    return document.text
  }

  private static func lead(for analysis: SystemAnalysis) -> String {
    let count = analysis.planets.count
    guard count > 0 else { return "The record holds no planet." }
    let solved = analysis.planets.count { $0.answers.contains { $0.speaking != nil } }
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
    let answers = analysis.planets[0].answers.map(Sections.planet)
    let rows = analysis.planets.enumerated().map { index, planet -> Markup in
      let mass = ValueText(planet.planet.mass, isMinimum: planet.planet.massIsMinimum) { $0.earthMasses }
      let radius = ValueText(planet.planet.radius) { $0.earthRadii }
      let cells = planet.answers.flatMap { answer in
        Sections.planet(answer).overview.map { "<td>\($0.cell(answer))</td>" as Markup }
      }
      return """
        <tr><th scope="row"><a href="#planet-\(index + 1)"><bdi>\(planet.planet.name)</bdi></a></th>\
        <td>\(mass?.markup ?? "–")</td><td>\(radius?.markup ?? "–")</td>\(cells)</tr>

        """
    }
    let headings = answers.flatMap { $0.overview }.map { "<th scope=\"col\">\($0.heading)</th>" as Markup }
    let captions = answers.map { $0.overviewCaption }.filter { !$0.isEmpty }
    let caption: Markup =
      captions.isEmpty ? "" : "<p class=\"caption\">\(captions.joined(separator: " "))</p>"
    return """
      <div class="wide" tabindex="0" role="group" aria-label="All planets"><table class="overview">
      <thead><tr><th scope="col">Planet</th><th scope="col">Mass, M<sub>E</sub></th>\
      <th scope="col">Radius, R<sub>E</sub></th>\
      \(headings)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      \(caption)

      """
  }

  static func provenance(_ provenance: Provenance, _ answers: [MethodAnswer]) -> Markup {
    let models = provenance.networks.map { network -> Markup in
      "<dt>Model <code>\(network.name)</code></dt><dd class=\"hash\">SHA-256 \(network.sha256)</dd>"
    }
    let catalogue: Markup =
      provenance.catalogueHash.map { "<dt>Catalogue</dt><dd class=\"hash\">SHA-256 \($0)</dd>" } ?? ""
    let references = answers.bibliography(version: provenance.exospoolVersion).joined(separator: "\n\n")
    return """
      <footer><h2>Provenance</h2>
      <dl class="provenance"><dt>Input</dt><dd><bdi>\(provenance.inputName)</bdi></dd>\
      <dt>Input’s content</dt><dd class="hash">SHA-256 \(provenance.inputSHA256)</dd>\
      <dt>exospool</dt><dd>\(provenance.exospoolVersion)</dd>\
      <dt>Seed</dt><dd>\(String(provenance.seed))</dd>\(models)\(catalogue)</dl>
      <p>The same input, models\(provenance.catalogueHash == nil ? "" : ", catalogue"), version and seed give this page again, byte for byte.</p>
      <details><summary><h2>How to cite</h2></summary><p>exospool and the methods that speak on this page, as BibTeX:</p>
      <div class="wide" tabindex="0" role="group" aria-label="BibTeX"><pre class="hash">\(references)</pre></div></details></footer>

      """
  }
}

/// How to read the page, once at its end.
private enum ReadingAid {
  static func markup(for analysis: SystemAnalysis) -> Markup {
    let answers = analysis.planets.flatMap(\.answers).filter { $0.speaking != nil }
    var shown: Set<String> = []
    let aids = answers.filter { shown.insert($0.method.key).inserted }.map { Sections.planet($0).readingAid }
    let flags = FlagList.markup(analysis.planets.flatMap(\.allFlags))
    guard aids.contains(where: { !$0.isEmpty }) || !flags.isEmpty else { return "" }
    return """
      <aside><h2>How to read this</h2>
      \(aids)\(flags)</aside>

      """
  }
}
