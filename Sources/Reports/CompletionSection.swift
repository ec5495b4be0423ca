import Analyses
import ExoGAN
import Markup
import Observations
import PlainText
import ResultFiles
import SpectrumCompleting

/// What completing a spectrum found: the whole spectrum over the data, the parameters with how far to trust them, and ExoGAN's
/// answer where it was asked.
enum CompletionSection: SpectrumSection {
  static func markup(_ answer: MethodAnswer, of subject: PreparedSpectrum) -> Markup {
    guard let finding = answer.findings.first, let atmosphere = finding.detail as? CompletedAtmosphere
    else { return "" }
    return """
      <h2>Atmosphere</h2>
      <p class="caption">By <code>\(finding.network.name)</code>, forward model and data: atmospheres of \
      <code>\(atmosphere.space)</code>.</p>
      \(spectrum(atmosphere, subject))\(parameters(finding, atmosphere))\(reference(atmosphere))
      """
  }

  static func overlay(_ answer: MethodAnswer) -> SpectrumOverlay? {
    guard let atmosphere = answer.findings.first?.detail as? CompletedAtmosphere, let band = atmosphere.band,
      band.source == .posterior
    else { return nil }
    return SpectrumOverlay(
      depth: band.mean, cssClass: "posterior",
      key:
        "<li><svg class=\"mark\" viewBox=\"0 0 26 14\" aria-hidden=\"true\"><path class=\"posterior\" d=\"M1 7H25\"/></svg>posterior’s mean</li>",
      caption:
        " Full line: the mean spectrum of the atmospheres that explain the data; what is left stands below.")
  }

  static let css: Markup = """
    \(figureCSS)
    \(CompletedSpectrumFigure.css)
    \(CornerFigure.css)
    \(ASPAFigure.css)
    .completion { margin: 0.8rem 0; } .completion figcaption { font-size: 0.85rem; max-width: 44rem; }
    """

  /// Of drawings alone.
  static let figureCSS: Markup = """
    path.posterior { stroke: var(--ink); stroke-width: 1.5; stroke-linejoin: round; fill: none; }
    """

  // MARK: Parts

  private static func spectrum(_ atmosphere: CompletedAtmosphere, _ subject: PreparedSpectrum) -> Markup {
    CompletedSpectrumFigure(atmosphere, subject)?.markup ?? ""
  }

  private static func parameters(_ finding: Finding, _ atmosphere: CompletedAtmosphere) -> Markup {
    guard let quality = atmosphere.quality else { return "" }
    return """
      \(CornerFigure(atmosphere)?.markup ?? "")\(PosteriorTable(finding).markup)
      <dl class="facts">\(facts(quality))</dl>
      <p class="caption">\(words(quality, atmosphere))</p>

      """
  }

  private static func facts(_ quality: CompletedAtmosphere.Quality) -> Markup {
    let rows: [(String, String)] = [
      ("Effective sample size", Numerals.fixed(quality.effectiveSampleSize, decimals: 0)),
      ("Least χ²", "\(Numerals.significant(quality.chiSquared, digits: 4)) of \(quality.pointCount) points"),
      ("Predictive probability", Numerals.significant(quality.predictiveProbability, digits: 2)),
      (
        "ln evidence",
        ValueText(quality.logEvidence, upper: quality.logEvidenceError, lower: quality.logEvidenceError)
          .inline
      ),
      ("Spectra computed", String(quality.forwardModels)),
    ]
    return rows.map { name, value -> Markup in "<div><dt>\(name)</dt><dd><b>\(value)</b></dd></div>" }
      .joined()
  }

  /// How to read the numbers, with what these ones say.
  private static func words(
    _ quality: CompletedAtmosphere.Quality, _ atmosphere: CompletedAtmosphere
  ) -> String {
    let size = Numerals.fixed(quality.effectiveSampleSize, decimals: 0)
    let samples =
      switch quality.effectiveSampleSize {
      case ..<CompletedAtmosphere.leastEffectiveSamples: "too few for any numbers"
      case ..<CompletedAtmosphere.fewEffectiveSamples: "enough for medians, too few for the ends of intervals"
      default: "enough for medians and for 16 and 84 %"
      }
    let fit =
      switch quality.predictiveProbability {
      case ..<CompletedAtmosphere.leastPredictiveProbability: "no atmosphere of the prior fits these data"
      case ..<0.05: "the fit is worse than chance makes it in 19 of 20 cases"
      case 0.99...: "it fits better than the errors allow: they may be too large"
      default: "the fit is as good as the errors let expect"
      }
    return
      "How to read this: a network proposes atmospheres, the forward model weighs each by how well it fits the points as observed; the "
      + "numbers are those of the weighted samples. They are worth \(size) independent ones: \(samples). Predictive probability is how "
      + "often data drawn from the posterior would lie further from their model: \(fit). Where 16 and 84 % of an abundance span most of "
      + "what the prior allows, the spectrum does not tell it. The temperature is the model's, not the planet's mean."
  }

  private static func reference(_ atmosphere: CompletedAtmosphere) -> Markup {
    guard let answer = atmosphere.exoGAN else { return "" }
    let rows = ASPAParameter.allCases.compactMap { parameter -> Markup? in
      guard let found = answer.parameters[parameter],
        let described = CompletedParameter.all.first(where: { $0.key == parameter.rawValue })
      else { return nil }
      let factor = described.factor * described.shownFactor
      let value = ValueText(
        found.median * factor, upper: (found.p84 - found.median) * factor,
        lower: (found.median - found.p16) * factor)
      let posterior = atmosphere.posterior(parameter.rawValue).map {
        ValueText($0, factor: described.shownFactor).markup
      }
      return """
        <tr><th scope="row">\(described.title) <span class="unit">\(described.shownUnit)</span></th>\
        <td>\(value.markup)</td><td>\(posterior ?? "–")</td></tr>

        """
    }
    return """
      <h3>ExoGAN beside it</h3>
      <p class="caption">By <code>\(answer.network.name)</code>, the published method (Zingales &amp; Waldmann 2018) from what an \
      encoder guesses, \(answer.steps) steps: medians with 16 and 84 % of 64 starts.</p>
      \(ASPAFigure(answer).markup)
      <div class="wide" tabindex="0" role="group" aria-label="Table of ExoGAN's parameters"><table>
      <thead><tr><th scope="col">Quantity</th><th scope="col">ExoGAN</th><th scope="col">posterior</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      <p class="caption">The spread of ExoGAN’s starts is where its searches end, not how likely parameters are. Its training set \
      has opacities without temperature, so that of mass and temperature only the ratio is in its spectra: neither is measured.</p>

      """
  }
}
