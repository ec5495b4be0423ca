import Analyses
import Markup
import Observations
import PlainText
import ResultFiles

/// One quantity's posterior: a histogram of the model's draws with the median and the central 68 % and 95 %.
struct MarginalFigure {
  let shown: Finding.ShownPosterior
  let cssClass: String
  let planetName: String
  let modelName: String
  let id: String

  private static let left = 14.0
  private static let right = 286.0
  private static let top = 6.0
  private static let base = 78.0

  private var presentation: FieldDescription.Presentation { shown.presentation }
  private var posterior: Posterior { shown.posterior }
  private var range: ClosedRange<Double> { shown.marginal.range }

  var markup: Markup {
    let value = ValueText(posterior, factor: presentation.factor)
    return """
      <figure class="marginal"><figcaption><span class="title">\(presentation.title)</span> \
      <b>\(value.markup)</b> <span class="unit">\(presentation.unit)</span></figcaption>
      \(svg)</figure>
      """
  }

  var svg: Markup {
    """
    <svg viewBox="0 0 300 106" role="img" aria-labelledby="\(id)-t \(id)-d">
    <title id="\(id)-t">\(presentation.title) of \(planetName) by \(modelName)</title>
    <desc id="\(id)-d">\(description)</desc>
    \(histogram)\(interval)\(axis)
    </svg>
    """
  }

  private var description: String {
    func number(_ x: Double) -> String { Numerals.significant(x * presentation.factor, digits: 3) }
    return
      "Median \(number(posterior.p50)) \(presentation.unit); 68 per cent between \(number(posterior.p16)) "
      + "and \(number(posterior.p84)), 95 per cent between \(number(posterior.p025)) and \(number(posterior.p975))."
  }

  private func x(_ value: Double) -> Double {
    let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return Self.left + min(1, max(0, fraction)) * (Self.right - Self.left)
  }

  // MARK: Parts

  private var histogram: Markup {
    let counts = shown.marginal.histogram(bins: bins)
    guard let highest = counts.max(), highest > 0 else { return "" }
    let step = (Self.right - Self.left) / Double(counts.count)
    var path = "M\(Numerals.coordinate(Self.left)) \(Numerals.coordinate(Self.base))"
    for (bin, count) in counts.enumerated() {
      let height = Double(count) / Double(highest) * (Self.base - Self.top)
      path += "V\(Numerals.coordinate(Self.base - height))"
      path += "H\(Numerals.coordinate(Self.left + step * Double(bin + 1)))"
    }
    path += "V\(Numerals.coordinate(Self.base))Z"
    return "<path class=\"density \(cssClass)\" d=\"\(path)\"/>"
  }

  /// The square root of the number of draws, within what the eye can tell apart on a small figure.
  private var bins: Int { min(48, max(8, Int(Double(shown.marginal.draws.count).squareRoot()))) }

  /// Under the histogram: a thin line for 95 %, a bar for 68 %, a stroke through the plot at the median.
  private var interval: Markup {
    let y = Numerals.coordinate(Self.base + 6)
    func c(_ value: Double) -> String { Numerals.coordinate(x(value)) }
    return """
      <path class="line95" d="M\(c(posterior.p025)) \(y)H\(c(posterior.p975))"/>\
      <path class="line68" d="M\(c(posterior.p16)) \(y)H\(c(posterior.p84))"/>\
      <path class="median" d="M\(c(posterior.p50)) \(Numerals.coordinate(Self.top))V\(Numerals.coordinate(Self.base + 10))"/>
      """
  }

  private var axis: Markup {
    let scale = presentation.factor
    let ticks = Ticks(from: range.lowerBound * scale, to: range.upperBound * scale, atMost: 5)
    let marks = ticks.values.map { value -> Markup in
      let x = Numerals.coordinate(x(value / scale))
      return """
        <path d="M\(x) \(Numerals.coordinate(Self.base + 11))v4"/>\
        <text x="\(x)" y="\(Numerals.coordinate(Self.base + 26))">\(ticks.label(value))</text>
        """
    }
    return """
      <g class="axis"><path d="M\(Numerals.coordinate(Self.left)) \(Numerals.coordinate(Self.base + 11))\
      H\(Numerals.coordinate(Self.right))"/>\(marks.joined())</g>
      """
  }
}
