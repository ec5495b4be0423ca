import Observations
import PlainText

/// What one model says of one planet: figure, layers, marginals, table; or why it says nothing.
struct ModelSection {
  let interior: InteriorPosterior
  let planetName: String
  /// Earth radii; absent where the record gives none.
  let radius: Double?
  let id: String
  /// The preferred model is shown unfolded; the others unfold on request, and on paper.
  let isOpen: Bool

  var markup: Markup {
    guard interior.inDomain, !shown.isEmpty else { return refusal }
    let notes = NoteList(flags: interior.flags, remarks: interior.remarks).markup
    let open: Markup = isOpen ? " open=\"\"" : ""
    return """
      <details class="model"\(open)><summary><h3>Model <code>\(interior.model)</code></h3></summary>
      \(section)\(notes)<div class="marginals">\(marginals)</div>
      \(table)</details>

      """
  }

  /// Quantities with finite numbers, in the order of the report.
  private var shown: [(quantity: InteriorQuantity, posterior: Posterior)] {
    QuantityPresentation.order.compactMap { quantity in
      guard let posterior = interior.outputs[quantity], posterior.isFinite else { return nil }
      return (quantity, posterior)
    }
  }

  private var refusal: Markup {
    let notes = NoteList(flags: interior.flags, remarks: interior.remarks).markup
    return """
      <div class="model refused"><h3>Model <code>\(interior.model)</code>: no numbers</h3>
      \(notes)</div>

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

  private func layer(_ layer: Layer) -> Markup {
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
    shown.map { quantity, posterior in
      MarginalFigure(
        quantity: quantity, posterior: posterior, draws: interior.draws[quantity] ?? [],
        planetName: planetName,
        modelName: interior.model, id: "\(id)-\(quantity.rawValue)"
      ).markup
    }.joined()
  }

  private var table: Markup {
    let rows = shown.map { quantity, posterior -> Markup in
      let presentation = QuantityPresentation(quantity)
      let format = Numerals.format(for: posterior, factor: presentation.factor)
      func cell(_ x: Double) -> Markup { "<td>\(ValueText.typographic(format(x)))</td>" }
      let cells = [
        posterior.p025, posterior.p16, posterior.p50, posterior.p84, posterior.p975, posterior.mean,
        posterior.sd,
      ]
      return """
        <tr><th scope="row">\(presentation.title) <span class="unit">\(presentation.unit)</span></th>\
        \(cells.map(cell))</tr>

        """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table of \(interior.model)"><table>
      <thead><tr><th scope="col">Quantity</th><th scope="col">2.5 %</th><th scope="col">16 %</th>\
      <th scope="col">50 %</th><th scope="col">84 %</th><th scope="col">97.5 %</th>\
      <th scope="col">mean</th><th scope="col">sd</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>

      """
  }
}

extension Posterior {
  var isFinite: Bool { [mean, sd, p025, p16, p50, p84, p975].allSatisfy(\.isFinite) }
}
