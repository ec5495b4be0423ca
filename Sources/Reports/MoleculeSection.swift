import Observations
import PlainText

/// What a network recognises in a spectrum: bars, a table with detection limits, and how to read both.
struct MoleculeSection {
  let recognition: MoleculeRecognition

  /// Nothing where there was too little to recognise: a flag and a remark say so.
  var markup: Markup {
    guard !recognition.molecules.isEmpty else { return "" }
    return """
      <h2>Molecules</h2>
      <p class="caption">By <code>\(recognition.model)</code>: \(MoleculeSummary.domain(recognition)).</p>
      <div class="molecules"><figure>\(MoleculeFigure(molecules: recognition.molecules).markup)
      <figcaption>\(caption)</figcaption></figure>
      \(table)</div>

      """
  }

  private let caption: Markup = """
    The probability that the spectrum shows the molecule. <b>Seen</b> and <b>not seen</b>: at most one such verdict in \
    twenty is wrong on simulated spectra. <b>Unclear</b>: it could be seen here, but the probability decides nothing. \
    <b>Cannot tell</b> (dashed): none of its features would stand out of the noise at these wavelengths, whatever the network says.
    """

  private var table: Markup {
    let rows = recognition.molecules.map { molecule -> Markup in
      let limit: Markup =
        molecule.logDetectionLimit.map {
          "\(ValueText.typographic(Numerals.fixed($0, decimals: 1)))"
        } ?? "none"
      return """
        <tr><th scope="row">\(MoleculeFigure.formula(molecule.name))</th>\
        <td>\(MoleculeSummary.probability(molecule.probability))</td><td class="words">\(molecule.verdict.words)</td>\
        <td>\(limit)</td></tr>

        """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Table of molecules"><table>
      <thead><tr><th scope="col">Molecule</th><th scope="col">Probability</th><th scope="col" class="words">Verdict</th>\
      <th scope="col">Detection limit</th></tr></thead>
      <tbody>\(rows)</tbody></table>
      <p class="caption">Detection limit: log₁₀ of the smallest mixing ratio whose strongest feature would be 3 σ.</p></div>
      """
  }
}
