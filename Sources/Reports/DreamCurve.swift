import Observations
import PlainText

/// What a network dreams of the most probable molecule, as a line over the observed spectrum.
struct DreamCurve {
  let dream: SpectrumDream
  let verdict: MoleculeVerdict.Verdict

  /// Nothing where nothing was dreamt.
  init?(of recognition: MoleculeRecognition?) {
    guard let recognition, let dream = recognition.dream,
      let molecule = recognition.molecules.first(where: { $0.name == dream.molecule })
    else { return nil }
    self.dream = dream
    verdict = molecule.verdict
  }

  /// The line through the centres of the bins that lie in the range, um.
  func path(
    within range: ClosedRange<Double>, x: (Double) -> Double, y: (Double) -> Double
  ) -> String {
    var path = ""
    for (centre, depth) in zip(SpectralGrid.centres, dream.depth) {
      let micrometers = centre * 1e6
      guard range.contains(micrometers), depth.isFinite else { continue }
      path +=
        (path.isEmpty ? "M" : "L")
        + "\(Numerals.coordinate(x(micrometers))) \(Numerals.coordinate(y(depth)))"
    }
    return path
  }

  /// An item of the figure's key.
  var key: Markup {
    "<li><span class=\"swatch dream\"></span>dream of \(MoleculeFigure.formula(dream.molecule))</li>"
  }

  /// What a dream is, for the figure's caption.
  var caption: String {
    let molecule = MoleculeFigure.formula(dream.molecule)
    return
      " Dashed line: the network’s dream of \(molecule), its most probable molecule here (\(verdict.words)): what it "
      + "expects of a spectrum that shows \(molecule), brought to the observed level and size. It is no fit."
  }

  static let css: Markup = """
    .spectrum path.dream { stroke: var(--ink); stroke-width: 1.7; stroke-dasharray: 7 4; stroke-linejoin: round; fill: none; }
    .swatch.dream { width: 1.9em; height: 0; background: none; border-top: 0.15em dashed var(--ink); }
    """
}
