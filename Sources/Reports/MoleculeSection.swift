import Analyses
import Markup
import PlainText
import ResultFiles
import RobERt

/// What a network recognises in a spectrum: bars, a table with detection limits, and how to read both; and over the
/// spectrum the network's dream of the most probable molecule.
enum MoleculeSection: SpectrumSection {
  static func markup(_ answer: MethodAnswer, of subject: PreparedSpectrum) -> Markup {
    recognition(answer).map { RecognisedMolecules(recognition: $0).markup } ?? ""
  }

  static func overlay(_ answer: MethodAnswer) -> SpectrumOverlay? {
    guard let recognition = recognition(answer), let dream = recognition.dream,
      let molecule = recognition.molecules.first(where: { $0.name == dream.molecule })
    else { return nil }
    let formula = MoleculeFigure.formula(dream.molecule)
    return SpectrumOverlay(
      depth: dream.depth, cssClass: "dream",
      key:
        "<li><svg class=\"mark\" viewBox=\"0 0 26 14\" aria-hidden=\"true\"><path class=\"dream\" d=\"M1 7H25\"/></svg>dream of \(formula)</li>",
      caption: " Dashed line: the network’s dream of \(formula), its most probable molecule here "
        + "(\(molecule.verdict.words)): what it expects of a spectrum that shows \(formula), brought to the observed level "
        + "and size. It is no fit.")
  }

  static let css: Markup = """
    \(MoleculeFigure.css)
    \(figureCSS)
    """

  /// Of drawings alone.
  static let figureCSS: Markup = """
    \(MoleculeFigure.figureCSS)
    path.dream { stroke: var(--ink); stroke-width: 1.7; stroke-dasharray: 7 4; stroke-linejoin: round; fill: none; }
    """

  private static func recognition(_ answer: MethodAnswer) -> MoleculeRecognition? {
    answer.findings.first?.detail as? MoleculeRecognition
  }
}

private struct RecognisedMolecules {
  let recognition: MoleculeRecognition

  /// Nothing where there was too little to recognise: a flag and a remark say so.
  var markup: Markup {
    guard !recognition.molecules.isEmpty else { return "" }
    return """
      <h2>Molecules</h2>
      <p class="caption">By <code>\(recognition.model)</code>: \(recognition.domainWords).</p>
      <div class="molecules"><figure>\(MoleculeFigure(molecules: recognition.molecules).markup)
      <figcaption>\(caption)</figcaption></figure>
      \(table)</div>

      """
  }

  private var isWeighed: Bool { recognition.molecules.contains { $0.evidence != nil } }

  private var caption: Markup {
    let source: Markup =
      isWeighed
      ? """
      How to read this: the probability that the spectrum shows the molecule is the share of the atmospheres that explain the \
      spectrum (see below) whose spectra with the molecule and with its lines silent differ by 3 σ or more, all wavelengths \
      together, level, slope and offsets left free. The network’s own probability stands beside it.
      """ : "The probability that the spectrum shows the molecule, by the network alone."
    return """
      \(source) <b>Seen</b> and <b>not seen</b>: at most one such verdict in \
      twenty is wrong on simulated spectra. <b>Unclear</b>: it could be seen here, but the probability decides nothing. \
      <b>Cannot tell</b> (dashed): none of its features would stand out of the noise at these wavelengths, or no atmosphere \
      explains the spectrum.
      """
  }

  private var table: Markup {
    let rows = recognition.molecules.map { molecule -> Markup in
      func number(_ value: Double) -> Markup {
        "\(ValueText.typographic(Numerals.fixed(value, decimals: 1)))"
      }
      let limit: Markup =
        molecule.logDetectionLimit.map { "\(molecule.detectionLimitIsMost ? "≤ " : "")\(number($0))" }
        ?? "none"
      let factor: Markup =
        molecule.evidence.map {
          $0.isLeastBayesFactor ? "&gt; \(number($0.logBayesFactor))" : number($0.logBayesFactor)
        }
        ?? "–"
      let standIn: Markup = molecule.evidence?.standIn.map { ", or \(MoleculeFigure.formula($0))" } ?? ""
      let weighed: Markup =
        isWeighed
        ? """
        <td>\(molecule.evidence.map { number($0.logUpperLimit) } ?? "–")</td><td>\(factor)</td>\
        <td>\(molecule.networkProbabilityWords)</td>
        """ : ""
      return """
        <tr><th scope="row">\(MoleculeFigure.formula(molecule.name))</th>\
        <td>\(molecule.probabilityWords)</td><td class="words">\(molecule.verdict.words)\(standIn)</td>\
        <td>\(limit)</td>\(weighed)</tr>

        """
    }
    let headings: Markup =
      isWeighed
      ? """
      <th scope="col">95 % below</th><th scope="col">ln B</th><th scope="col">Network</th>
      """ : ""
    let reading: Markup =
      isWeighed
      ? """
      Detection limit: log₁₀ of the smallest mixing ratio that would show by 3 σ in half of the atmospheres that explain the \
      spectrum, with their clouds and other gases. 95 % below: the posterior’s upper limit. ln B: evidence with the molecule over \
      that without it. Network: its own probability. “Or”: a molecule that these atmospheres do not have and that may stand in its \
      place; the probability is shared with it.
      """
      : """
      Detection limit: log₁₀ of the smallest mixing ratio whose strongest feature would be 3 σ, in a clear sky without other \
      gases; it is no upper limit.
      """
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table of molecules"><table>
      <thead><tr><th scope="col">Molecule</th><th scope="col">Probability</th><th scope="col" class="words">Verdict</th>\
      <th scope="col">Detection limit</th>\(headings)</tr></thead>
      <tbody>\(rows)</tbody></table>
      <p class="caption">\(reading)</p></div>
      """
  }
}
