import Markup
import PlainText
import RobERt

/// A bar a molecule, as long as its probability. What the verdict is stands beside it in words and is told by fill and
/// outline as well as by hue.
struct MoleculeFigure {
  let molecules: [MoleculeVerdict]

  private static let left = 84.0
  private static let right = 424.0
  private static let top = 6.0
  private static let row = 30.0
  private static let thickness = 18.0

  private var base: Double { Self.top + Double(molecules.count) * Self.row }

  /// - Precondition: there is at least one molecule.
  var markup: Markup {
    precondition(!molecules.isEmpty)
    return """
      <svg class="bars" viewBox="0 0 600 \(c(base + 48))" role="img" aria-labelledby="molecules-t molecules-d">
      <title id="molecules-t">Probability of each molecule</title>
      <desc id="molecules-d">\(description)</desc>
      \(axis)\(molecules.enumerated().map { bar($1, number: $0) })
      </svg>
      """
  }

  private var description: String {
    molecules.map {
      "\($0.name) \($0.probabilityWords), \($0.verdict.words)"
    }.joined(separator: "; ") + "."
  }

  private func bar(_ molecule: MoleculeVerdict, number: Int) -> Markup {
    let top = Self.top + Double(number) * Self.row + (Self.row - Self.thickness) / 2
    let middle = c(top + Self.thickness / 2 + 5)
    let width = x(molecule.probability) - Self.left
    return """
      <g><text class="formula" x="\(c(Self.left - 10))" y="\(middle)">\(Self.formula(molecule.name))</text>\
      <rect class="bar \(molecule.verdict.rawValue)" x="\(c(Self.left))" y="\(c(top))" width="\(c(max(1, width)))" \
      height="\(c(Self.thickness))"/>\
      <text class="start" x="\(c(Self.right + 12))" y="\(middle)">\(molecule.probabilityWords) \
      \(molecule.verdict.words)</text></g>
      """
  }

  private var axis: Markup {
    let marks = [0, 0.25, 0.5, 0.75, 1].map { value -> Markup in
      let place = c(x(value))
      return """
        <path d="M\(place) \(c(Self.top))V\(c(base + 5))"/>\
        <text x="\(place)" y="\(c(base + 22))">\(Numerals.significant(value, digits: 2))</text>
        """
    }
    let middle = c((Self.left + Self.right) / 2)
    return """
      <g class="axis">\(marks)<text x="\(middle)" y="\(c(base + 42))">probability</text></g>
      """
  }

  private func x(_ probability: Double) -> Double {
    Self.left + (probability.isFinite ? min(1, max(0, probability)) : 0) * (Self.right - Self.left)
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  /// With the numbers of atoms lowered: H₂O.
  static func formula(_ name: String) -> String {
    var lowered = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar)
      lowered.append(isDigit ? Unicode.Scalar(scalar.value - 0x30 + 0x2080) ?? scalar : scalar)
    }
    return String(lowered)
  }

  static let css: Markup = """
    .molecules { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: start; margin: 0.8rem 0; }
    .molecules figure { flex: 1 1 22rem; max-width: 38rem; } .molecules .wide { flex: 1 1 20rem; margin: 0; }
    .molecules figcaption { font-size: 0.85rem; }
    .molecules th:first-child { min-width: 4rem; } .molecules .words { text-align: left; }
    .molecules th, .molecules td { padding-left: 0.5rem; padding-right: 0.5rem; }
    """

  /// Of the drawing alone.
  static let figureCSS: Markup = """
    svg.bars { width: 100%; } @media (max-width: 40rem) { svg.bars text, svg.bars .axis text { font-size: 19px; } }
    .bars .axis path { stroke: var(--rule); }
    svg.bars text { font-variant-numeric: tabular-nums; } svg.bars .formula { text-anchor: end; font-weight: 600; }
    .bar { stroke-width: 1.4; } .seen { fill: var(--accent); stroke: var(--accent); }
    .not-seen { fill: var(--neutral); stroke: var(--neutral); }
    .unclear { fill: var(--core); stroke: var(--soft); }
    .cannot-tell { fill: none; stroke: var(--soft); stroke-dasharray: 4 3; }
    """
}
