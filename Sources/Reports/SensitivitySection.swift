import Analyses
import Markup
import Observations
import PlainText
import ResultFiles
import SpectralSensitivity

/// What the answers rest on: the heat map under the spectrum, and the three networks beside the posterior.
enum SensitivitySection: SpectrumSection {
  static func markup(_ answer: MethodAnswer, of subject: PreparedSpectrum) -> Markup {
    guard let finding = answer.findings.first, let traced = finding.detail as? SpectrumSensitivity else {
      return ""
    }
    return """
      <h2>What the answers rest on</h2>
      \(SensitivityFigure(traced, subject)?.markup ?? "")\(retrievals(traced))\(words(traced))
      """
  }

  static let css: Markup = SensitivityFigure.css

  private static func retrievals(_ traced: SpectrumSensitivity) -> Markup {
    guard !traced.networks.isEmpty else { return "" }
    let heads = traced.networks.map { "<th scope=\"col\">\($0.kind.title)</th>" as Markup }
    let rows = traced.parameters.enumerated().map { place, parameter -> Markup in
      let described = ParameterUnit.described(parameter.key)
      let factor = (described?.factor ?? 1) * (described?.shownFactor ?? 1)
      let cells = traced.networks.map { network -> Markup in
        let estimate = network.estimates[place]
        let (low, middle, high) = (
          estimate.value(at: 0.16) * factor, estimate.value(at: 0.5) * factor,
          estimate.value(at: 0.84) * factor
        )
        return "<td>\(ValueText(middle, upper: high - middle, lower: middle - low).markup)</td>"
      }
      let posterior = traced.posteriors[place].map { found -> Markup in
        let shown = described?.shownFactor ?? 1
        return ValueText(
          found.p50 * shown, upper: (found.p84 - found.p50) * shown, lower: (found.p50 - found.p16) * shown
        ).markup
      }
      return """
        <tr><th scope="row">\(described?.title ?? parameter.key) <span class="unit">\(described?.shownUnit ?? "")</span></th>\
        \(cells.joined())<td>\(posterior ?? "–")</td></tr>

        """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table of the networks' retrievals"><table>
      <thead><tr><th scope="col">Quantity</th>\(heads.joined())<th scope="col">posterior</th></tr></thead>
      <tbody>\(rows.joined())</tbody></table></div>

      """
  }

  private static func words(_ traced: SpectrumSensitivity) -> Markup {
    guard let network = traced.networks.first else { return "" }
    return """
      <p class="caption">How to read this: three networks retrieve the same numbers as the posterior, from the same data, quickly and \
      less exactly; because they are quick, noise can be put on one stretch of wavelengths after the other, within the points’ own \
      errors (\(network.map.repeats) times), to see how far their answers move. A stretch that moves an answer is one that it rests on: \
      a better measurement there would say more. The maps tell what the networks use, which is near to what there is to use where \
      they agree with the posterior.</p>

      """
  }
}
