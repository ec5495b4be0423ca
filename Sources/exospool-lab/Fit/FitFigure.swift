import Markup
import PlainText

/// A measured spectrum with a model fitted to it, and what is left over, as an image that stands alone.
struct FitFigure {
  struct Point: Sendable, Hashable {
    /// m.
    var lower: Double
    var upper: Double
    /// Depths as fractions.
    var value: Double
    var error: Double
    var fit: Double
    var flat: Double
    /// Taken off the value and the lines in the drawing: the instrument's offset.
    var offset: Double

    init(
      lower: Double, upper: Double, value: Double, error: Double, fit: Double, flat: Double, offset: Double
    ) {
      self.lower = lower
      self.upper = upper
      self.value = value
      self.error = error
      self.fit = fit
      self.flat = flat
      self.offset = offset
    }
  }

  private let title: String
  private let subtitle: String
  private let ordinate: String
  private let points: [Point]
  /// Bins of the model: m, m, depth.
  private let model: [(lower: Double, upper: Double, value: Double)]
  private let axis: WavelengthAxis
  private let yRange: ClosedRange<Double>
  private let residualRange: ClosedRange<Double>

  private static let left = 84.0
  private static let right = 884.0
  private static let main = (top: 64.0, base: 372.0)
  private static let rest = (top: 388.0, base: 476.0)

  /// - Parameters:
  ///   - ordinate: what is measured, such as "transit depth".
  ///   - edges: of the model's bins, m, ascending, one more than `spectrum`.
  ///   - spectrum: the model in each bin; only bins that the points reach are drawn.
  /// - Precondition: at least one point.
  init(
    title: String, subtitle: String, ordinate: String, points: [Point], edges: [Double], spectrum: [Double]
  ) {
    precondition(!points.isEmpty && edges.count == spectrum.count + 1)
    self.title = title
    self.subtitle = subtitle
    self.ordinate = ordinate
    self.points = points.sorted { $0.lower < $1.lower }
    let low = points.map(\.lower).min() ?? 0
    let high = points.map(\.upper).max() ?? 0
    axis = WavelengthAxis(low * 1e6...high * 1e6, left: Self.left, right: Self.right)
    model = spectrum.indices.filter { edges[$0 + 1] > low && edges[$0] < high }
      .map { (edges[$0], edges[$0 + 1], spectrum[$0]) }
    let shown =
      points.flatMap { [$0.value - $0.error - $0.offset, $0.value + $0.error - $0.offset] }
      + model.map(\.value)
    let (bottom, top) = (shown.min() ?? 0, shown.max() ?? 1)
    let margin = max(0.04 * (top - bottom), 1e-9)
    yRange = (bottom - margin)...(top + margin)
    // A grey band one error wide needs room around it.
    let largest = points.map { abs(($0.value - $0.fit) / $0.error) }.max() ?? 0
    let reach = max(3.5, largest * 1.1)
    residualRange = -reach...reach
  }

  var svg: String {
    let document: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 524" role="img" aria-labelledby="t d">
      <title id="t">\(title)</title>
      <desc id="d">\(points.count) points with errors, the best fit and a flat line; below, what is left over the errors.</desc>
      <style>\(Self.style)</style>
      <rect class="page" width="900" height="524"/>
      <text class="title" x="84" y="26">\(title)</text><text class="soft" x="84" y="47">\(subtitle)</text>
      \(legend)\(axes)\(leftOver)<path class="flat" d="\(flat)"/><path class="points" d="\(measured)"/>\
      <path class="model" d="\(modelSteps)"/><path class="fit" d="\(fitted)"/>
      </svg>

      """
    return document.text
  }

  private static let style: Markup = """
    .page { fill: #fff; } text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #1d2330; }
    .title { font-size: 16px; font-weight: 600; } .soft { fill: #5b6475; } .middle { text-anchor: middle; }
    .end { text-anchor: end; } path { fill: none; stroke: #5b6475; stroke-width: 1; }
    .points { stroke: #8a919e; stroke-width: 1.1; } .flat { stroke: #2c78b5; stroke-dasharray: 6 5; stroke-width: 1.4; }
    .model { stroke: #e0a68e; stroke-width: 1.2; } .fit { stroke: #8a3b1e; stroke-width: 2.2; }
    .band { fill: #eceff4; } .left { stroke: #8a3b1e; stroke-width: 1.3; }
    @media (prefers-color-scheme: dark) { .page { fill: #12151c; } text { fill: #eceef2; } .soft { fill: #a3adbd; }
      .band { fill: #232a37; } .model { stroke: #8d5a44; } .fit, .left { stroke: #f0a57c; } .flat { stroke: #6db1e8; } }
    """

  // MARK: Places

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  private func x(_ meters: Double) -> String { c(axis.x(meters * 1e6)) }

  private func y(_ value: Double) -> String { c(Self.place(value, in: yRange, Self.main)) }

  private func z(_ value: Double) -> String { c(Self.place(value, in: residualRange, Self.rest)) }

  private static func place(
    _ value: Double, in range: ClosedRange<Double>, _ panel: (top: Double, base: Double)
  ) -> Double {
    let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return panel.base - min(1, max(0, fraction)) * (panel.base - panel.top)
  }

  // MARK: Lines

  private var measured: String {
    points.map { point in
      let value = point.value - point.offset
      let middle = x((point.lower + point.upper) / 2)
      return
        "M\(x(point.lower)) \(y(value))H\(x(point.upper))M\(middle) \(y(value - point.error))V\(y(value + point.error))"
    }.joined()
  }

  private var flat: String {
    points.map { "M\(x($0.lower)) \(y($0.flat - $0.offset))H\(x($0.upper))" }.joined()
  }

  private var fitted: String {
    points.map { "M\(x($0.lower)) \(y($0.fit - $0.offset))H\(x($0.upper))" }.joined()
  }

  private var modelSteps: String {
    guard let first = model.first else { return "" }
    return "M\(x(first.lower)) \(y(first.value))" + model.map { "V\(y($0.value))H\(x($0.upper))" }.joined()
  }

  private var leftOver: Markup {
    let path = points.map { point in
      let left = (point.value - point.fit) / point.error
      let middle = x((point.lower + point.upper) / 2)
      return "M\(middle) \(z(0))V\(z(left))M\(x(point.lower)) \(z(left))H\(x(point.upper))"
    }.joined()
    let band = Self.place(-1, in: residualRange, Self.rest) - Self.place(1, in: residualRange, Self.rest)
    return """
      <rect class="band" x="\(c(Self.left))" y="\(z(1))" width="\(c(Self.right - Self.left))" height="\(c(band))"/>\
      <path d="M\(c(Self.left)) \(z(0))H\(c(Self.right))"/><path class="left" d="\(path)"/>
      """
  }

  // MARK: Axes

  private var legend: Markup {
    """
    <path class="fit" d="M560 42h26"/><text class="soft" x="592" y="47">best fit</text>\
    <path class="model" d="M654 42h26"/><text class="soft" x="686" y="47">its bins</text>\
    <path class="flat" d="M748 42h26"/><text class="soft" x="780" y="47">flat line</text>
    """
  }

  private var axes: Markup {
    var markup: Markup = ""
    for panel in [Self.main, Self.rest] {
      markup += "<path d=\"M\(c(Self.left)) \(c(panel.top))V\(c(panel.base))H\(c(Self.right))\"/>"
    }
    for tick in axis.ticks {
      let place = c(axis.x(tick))
      markup += "<path d=\"M\(place) \(c(Self.rest.base))v6\"/>"
      markup +=
        "<text class=\"soft middle\" x=\"\(place)\" y=\"496\">\(Numerals.significant(tick, digits: 3))</text>"
    }
    let ticks = Ticks(from: yRange.lowerBound * 1e6, to: yRange.upperBound * 1e6, atMost: 6)
    for tick in ticks.values {
      markup += label(ticks.label(tick), at: Self.place(tick * 1e-6, in: yRange, Self.main))
    }
    let steps = Ticks(from: residualRange.lowerBound, to: residualRange.upperBound, atMost: 5)
    for tick in steps.values {
      markup += label(steps.label(tick), at: Self.place(tick, in: residualRange, Self.rest))
    }
    return markup + """
      <text class="soft middle" x="484" y="516">wavelength (\u{b5}m)</text>\
      <text class="soft middle" transform="rotate(-90)" x="-218" y="22">\(ordinate) (ppm)</text>\
      <text class="soft middle" transform="rotate(-90)" x="-432" y="22">left (errors)</text>
      """
  }

  private func label(_ text: String, at height: Double) -> Markup {
    """
    <path d="M\(c(Self.left)) \(c(height))h-6"/>\
    <text class="soft end" x="\(c(Self.left - 9))" y="\(c(height + 4))">\(text)</text>
    """
  }
}
