import Analyses
import Markup
import PlainText
import ResultFiles

/// The posteriors of a finding that people are shown: a row each, quantiles in columns.
struct PosteriorTable {
  let finding: Finding

  init(_ finding: Finding) { self.finding = finding }

  /// Nothing where there are none.
  var markup: Markup {
    let shown = finding.shownPosteriors
    guard !shown.isEmpty else { return "" }
    let rows = shown.map { shown -> Markup in
      let posterior = shown.posterior
      let format = Numerals.format(for: posterior, factor: shown.presentation.factor)
      func cell(_ x: Double) -> Markup { "<td>\(ValueText.typographic(format(x)))</td>" }
      let cells = [
        posterior.p025, posterior.p16, posterior.p50, posterior.p84, posterior.p975, posterior.mean,
        posterior.sd,
      ]
      return """
        <tr><th scope="row">\(shown.presentation.title) <span class="unit">\(shown.presentation.unit)</span></th>\
        \(cells.map(cell))</tr>

        """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table of \(finding.network.name)"><table>
      <thead><tr><th scope="col">Quantity</th><th scope="col">2.5 %</th><th scope="col">16 %</th>\
      <th scope="col">50 %</th><th scope="col">84 %</th><th scope="col">97.5 %</th>\
      <th scope="col">mean</th><th scope="col">sd</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>

      """
  }
}
