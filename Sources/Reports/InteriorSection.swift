import Analyses
import InteriorMDN
import Markup
import Observations
import ResultFiles
import Units

/// What the interior networks say of a planet, one after the other: figure, layers, marginals, table.
enum InteriorSection: PlanetSection {
  static func markup(_ answer: MethodAnswer, of planet: PlanetAnalysis, id: String) -> Markup {
    let speaking = answer.speaking?.network.name
    return twoKinds(answer)
      + answer.findings.enumerated().map { index, finding in
        guard let interior = finding.detail as? InteriorPosterior else { return "" }
        return InteriorModelSection(
          finding: finding, interior: interior, planetName: planet.planet.name,
          radius: planet.planet.radius?.value?.earthRadii, id: "\(id)-m\(index + 1)",
          isOpen: finding.network.name == speaking
        ).markup
      }.joined()
  }

  /// Where planets of rock and water under an envelope, and giants, both answer.
  private static func twoKinds(_ answer: MethodAnswer) -> Markup {
    let models = answer.findings.compactMap { $0.detail as? InteriorPosterior }
      .filter(\.inDomain).map(\.model)
    guard let layered = models.first(where: { $0.hasPrefix("layered") }),
      let giant = models.first(where: { $0.hasPrefix("giant") })
    else { return "" }
    return """
      <p>From 16 to 25 Earth masses a planet may be rock and water under an envelope (<code>\(layered)</code>) or a giant with a core \
      of rock and ice (<code>\(giant)</code>). Both answer; by what they differ the record cannot tell.</p>

      """
  }

  static let overview: [OverviewColumn] =
    InteriorLayer.allCases.reversed().map { layer in
      OverviewColumn("\(layer.title), %") { answer in
        guard let posterior = answer.interior?.outputs[layer.radiusFraction], posterior.isFinite else {
          return "–"
        }
        return ValueText(posterior, factor: 100).markup
      }
    } + [
      OverviewColumn("Model") { $0.speaking.map { "<code>\($0.network.name)</code>" } ?? "–" }
    ]

  static let overviewCaption = "Envelope, water, mantle and core: thickness in per cent of the radius."

  static func disc(_ answer: MethodAnswer) -> [(cssClass: String, radius: Double)]? {
    answer.interior.flatMap(LayeredStructure.init)?.boundaries.reversed().map {
      ($0.layer.rawValue, $0.median)
    }
  }

  static let readingAid: Markup = """
    <p>A number such as 47.1 ± 3.0 is the posterior median and the distances to its 16 % and 84 % quantiles; \
    errors of mass, radius and the other inputs are propagated. \
    A network proposes interiors; each is solved, and weighted by how well it fits what is measured. Thicknesses are in per cent of the planet’s \
    radius; medians of different layers need not add up to 100.</p>
    <p>In each small figure the histogram shows the draws, the stroke the median, the bar the central 68 % and \
    the thin line the central 95 %. In a cross-section the shaded rings show where a boundary between two layers lies.</p>
    <p>Each model answers under its own assumptions. Where two disagree, the difference measures what \
    mass and radius alone cannot tell.</p>

    """
}

extension MethodAnswer {
  /// The interior that speaks for the planet.
  var interior: InteriorPosterior? { speaking?.detail as? InteriorPosterior }
}

/// What one model says of one planet; or why it says nothing.
private struct InteriorModelSection {
  let finding: Finding
  let interior: InteriorPosterior
  let planetName: String
  /// Earth radii; absent where the record gives none.
  let radius: Double?
  let id: String
  /// The preferred model is shown unfolded; the others unfold on request, and on paper.
  let isOpen: Bool

  var markup: Markup {
    let notes = NoteList(flags: finding.flags, remarks: finding.remarks).markup
    guard interior.inDomain, !finding.shownPosteriors.isEmpty else {
      return """
        <div class="model refused"><h3>Model <code>\(interior.model)</code>: no numbers</h3>
        \(notes)</div>

        """
    }
    let open: Markup = isOpen ? " open=\"\"" : ""
    return """
      <details class="model"\(open)><summary><h3>Model <code>\(interior.model)</code></h3></summary>
      \(section)\(notes)<div class="marginals">\(marginals)</div>
      \(PosteriorTable(finding).markup)\(weighing)</details>

      """
  }

  /// What the numbers rest on; nothing where the network alone answers.
  private var weighing: Markup {
    guard let weighing = interior.weighing else { return "" }
    let draws = Int(weighing.effectiveSampleSize.rounded())
    return """
      <p class="weighing">By prior and measurement: \(weighing.forwardModels) planets solved, worth \(draws) independent draws.</p>

      """
  }

  private var section: Markup {
    guard let structure = LayeredStructure(interior), let radius, radius.isFinite else { return "" }
    let figure = CrossSectionFigure(
      structure: structure, planetName: planetName, modelName: interior.model, radius: radius, id: "\(id)-s")
    let layers = structure.boundaries.reversed().map { layer($0.layer) }
    return """
      <div class="cut"><figure>\(figure.svg)
      <figcaption>To scale. <span class="key key68"></span> the boundary lies here with 68 %, \
      <span class="key key95"></span> with 95 % probability.</figcaption></figure>
      <ul class="layers">\(layers)</ul></div>

      """
  }

  private func layer(_ layer: InteriorLayer) -> Markup {
    let thickness = interior.outputs[layer.radiusFraction].map { ValueText($0, factor: 100).markup }
    let mass = interior.outputs[layer.massFraction].map { ValueText($0, factor: 100).markup }
    let thick: Markup = thickness.map { "<span><b>\($0)</b> % of radius</span>" } ?? ""
    let heavy: Markup = mass.map { "<span><b>\($0)</b> % of mass</span>" } ?? ""
    return """
      <li><span class="swatch \(layer.rawValue)"></span><div><strong>\(layer.title)</strong> \
      <small>\(layer.material)</small>\(thick)\(heavy)</div></li>
      """
  }

  private var marginals: Markup {
    finding.shownPosteriors.map { shown in
      MarginalFigure(
        shown: shown, cssClass: InteriorQuantity(rawValue: shown.name)?.cssClass ?? "neutral",
        planetName: planetName, modelName: interior.model, id: "\(id)-\(shown.name)"
      ).markup
    }.joined()
  }
}

extension InteriorQuantity {
  /// Colour class: of the layer it is a property of.
  var cssClass: String {
    InteriorLayer.allCases.first { $0.radiusFraction == self || $0.massFraction == self }?.rawValue
      ?? "neutral"
  }
}
