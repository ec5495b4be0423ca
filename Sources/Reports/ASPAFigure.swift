import ExoGAN
import Markup
import PlainText
import SpectrumCompleting

/// ExoGAN's pictures: all that is known, what it was shown, and what it made of it.
struct ASPAFigure {
  private let answer: ExoGANAnswer

  private static let cell = 6.0
  private static let side = cell * Double(ASPALayout.side)
  private static let gap = 18.0
  /// Shades from 0 to 1, told apart by lightness.
  private static let shades = 10

  init(_ answer: ExoGANAnswer) { self.answer = answer }

  var markup: Markup {
    """
    <figure class="completion aspa">\(svg)<figcaption>Spectrum and parameters as one picture: all that is known, what ExoGAN was \
    shown, and the medians of what it made of it. In the square the spectrum, from long to short wavelengths; around it extremes of \
    its pieces and the parameters; below right H₂O. Hollow cells are not known. Darker is larger.</figcaption></figure>

    """
  }

  var svg: Markup {
    let pictures = [("before", answer.before), ("masked", answer.masked), ("completed", answer.completed)]
    let drawn = pictures.enumerated().map { place, picture in
      self.picture(picture.1, title: picture.0, x: 1 + Double(place) * (Self.side + Self.gap))
    }
    let width = 3 * Self.side + 2 * Self.gap + 2
    return """
      <svg class="pictures" viewBox="0 0 \(c(width)) \(c(Self.side + 26))" role="img" \
      aria-labelledby="aspa-t aspa-d">
      <title id="aspa-t">ExoGAN’s pictures of spectrum and parameters</title>
      <desc id="aspa-d">Three pictures of 33 by 33 cells: \(known(answer.before)) cells are known before, \(known(answer.masked)) \
      are shown to ExoGAN, all are completed.</desc>
      \(drawn)
      </svg>
      """
  }

  private func known(_ picture: ASPA) -> Int { picture.isKnown.count { $0 } }

  /// One path a shade, each a run of cells after the other.
  private func picture(_ picture: ASPA, title: String, x left: Double) -> Markup {
    var paths = [String](repeating: "", count: Self.shades)
    for row in 0..<ASPALayout.side {
      var column = 0
      while column < ASPALayout.side {
        let start = column
        let shade = self.shade(picture, row, column)
        while column < ASPALayout.side, self.shade(picture, row, column) == shade { column += 1 }
        guard let shade else { continue }
        let (x, y) = (left + Double(start) * Self.cell, 1 + Double(row) * Self.cell)
        let width = Double(column - start) * Self.cell
        paths[shade] += "M\(c(x)) \(c(y))h\(c(width))v\(c(Self.cell))h-\(c(width))z"
      }
    }
    let drawn = paths.enumerated().filter { !$0.element.isEmpty }.map { shade, path -> Markup in
      "<path class=\"s\(shade)\" d=\"\(path)\"/>"
    }
    return """
      <path class="frame" d="M\(c(left)) 1h\(c(Self.side))v\(c(Self.side))h-\(c(Self.side))z"/>\(drawn)\
      <text x="\(c(left + Self.side / 2))" y="\(c(Self.side + 20))">\(title)</text>
      """
  }

  /// `nil` where the cell is not known.
  private func shade(_ picture: ASPA, _ row: Int, _ column: Int) -> Int? {
    let cell = row * ASPALayout.side + column
    guard picture.isKnown[cell] else { return nil }
    return min(Self.shades - 1, max(0, Int(picture.cells[cell] * Double(Self.shades))))
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  static let css: Markup = """
    .aspa svg { width: 100%; max-width: 42rem; } @media (max-width: 40rem) { .aspa svg text { font-size: 22px; } }
    \(figureCSS)
    """

  /// Of the drawing alone.
  static let figureCSS: Markup = """
    .pictures .frame { fill: none; stroke: var(--soft); }
    .pictures [class^="s"] { stroke: none; shape-rendering: crispEdges; }
    \((0..<shades).map { shade -> Markup in
      ".pictures .s\(shade) { fill: \(["#fdf6e3", "#f3e0b5", "#e6c789", "#d5ac66", "#bf914f", "#a37645", "#845d40", "#64473b", "#453432", "#282326"][shade]); }"
    }.joined(separator: " "))
    """
}
