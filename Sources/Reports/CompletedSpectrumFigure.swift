import Analyses
import Markup
import NumericalMethods
import Observations
import PlainText
import SpectralPrior
import SpectrumCompleting

/// The whole spectrum with its band over the data, and below what is left between them, in errors.
struct CompletedSpectrumFigure {
  private let band: CompletedAtmosphere.Band
  private let exoGAN: [Double]?
  /// What is drawn of a point as it was read.
  private struct Point {
    let lower: Double
    let upper: Double
    let value: Double
    /// Upwards and downwards; `nil` where the file has none.
    let errors: (upper: Double, lower: Double)?
    /// Mean of the completed spectrum over the point.
    let expected: Double
  }

  private let data: [Point]
  /// One of so many points is drawn.
  private let stride: Int
  private let kind: SpectrumKind
  private let axis: WavelengthAxis
  private let depths: ClosedRange<Double>

  private static let (left, right) = (92.0, 708.0)
  private static let (top, base) = (34.0, 330.0)
  private static let (upper, lower) = (372.0, 472.0)
  /// Errors, above and below.
  private static let largestResidual = 5.0

  /// Nothing where there is no completed spectrum.
  init?(_ atmosphere: CompletedAtmosphere, _ subject: PreparedSpectrum) {
    guard let band = atmosphere.band else { return nil }
    self.band = band
    exoGAN = atmosphere.exoGAN?.depth.map(\.median)
    let used = subject.spectrum.wavelength.indices.filter { !subject.spectrum.isMasked[$0] }
    stride = max(1, used.count / Self.mostPoints)
    let data = Self.points(subject.spectrum, band, used, stride: stride)
    self.data = data
    kind = subject.spectrum.kind
    let edges = SpectralGrid.standard.edges
    axis = WavelengthAxis(
      edges[0] * 1e6...edges[edges.count - 1] * 1e6, left: Self.left, right: Self.right)
    // One wild point must not flatten all others.
    let observed = data.sorted { $0.value < $1.value }
    let usual = observed.dropFirst(observed.count / 100).dropLast(observed.count / 100)
    let typical = upperMedian(usual.compactMap { $0.errors?.upper }.filter(\.isFinite)) ?? 0
    let ends = usual.flatMap { point in
      guard let errors = point.errors, max(errors.upper, errors.lower) <= 4 * typical else {
        return [point.value]
      }
      return [point.value - errors.lower, point.value + errors.upper]
    }
    let shown = band.lower + band.upper + ends
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    let margin = max(0.05 * (high - low), 1e-9 * abs(high), 1e-12)
    depths = (low - margin)...(high + margin)
  }

  /// More points than these are thinned.
  private static let mostPoints = 1500

  private static func points(
    _ spectrum: Spectrum, _ band: CompletedAtmosphere.Band, _ used: [Int], stride: Int
  ) -> [Point] {
    let kept = used.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    let responses = PointObservation(
      lower: kept.map { spectrum.lowerEdge[$0] }, upper: kept.map { spectrum.upperEdge[$0] },
      values: kept.map { spectrum.value[$0] }, errors: kept.map { _ in 1 }, instruments: kept.map { _ in 0 })
    return zip(responses.places, responses.points(of: band.mean)).map { place, expected in
      let point = kept[place]
      var errors: (upper: Double, lower: Double)?
      if let upper = spectrum.upperError?[point], let lower = spectrum.lowerError?[point] {
        errors = (upper, lower)
      }
      return Point(
        lower: spectrum.lowerEdge[point], upper: spectrum.upperEdge[point], value: spectrum.value[point],
        errors: errors, expected: expected)
    }
  }

  private var name: String { kind == .eclipse ? "eclipse depth" : "transit depth" }

  var markup: Markup {
    """
    <figure class="completion">\(svg)<figcaption>\(caption)</figcaption></figure>
    \(legend)
    """
  }

  var svg: Markup {
    """
    <svg class="plot" viewBox="0 0 720 532" role="img" aria-labelledby="completed-t completed-d">
    <title id="completed-t">Completed \(name) against wavelength</title>
    <desc id="completed-d">\(description)</desc>
    <clipPath id="completed"><path d="M\(c(Self.left)) \(c(Self.top))H\(c(Self.right))V\(c(Self.base))H\(c(Self.left))Z"/></clipPath>
    <g clip-path="url(#completed)"><path class="band" d="\(bandPath)"/>\(exoGANCurve)<path class="completed" d="\(line(band.mean))"/>\
    <path class="observed" d="\(points)"/></g><path class="observed" d="\(residuals)"/>\(axes)
    </svg>
    """
  }

  private var description: String {
    let widths = zip(band.upper, band.lower).map { ($0 - $1) / 2 * 1e6 }.sorted()
    return
      "The completed spectrum is known to \(Numerals.significant(widths[widths.count / 2], digits: 2)) ppm in the median bin."
  }

  private var caption: Markup {
    let source: Markup =
      band.source == .posterior
      ? "the posterior’s mean and 16 to 84 %"
      : "mean and one standard deviation of what simulated spectra have in common with the data, since no atmosphere could be told"
    return """
      Line and band: \(source), on all 400 bins. Below: data less mean, in standard deviations; beyond ±5 they stand at the edge. \
      \(isThinned ? "Of \(stride) data one is drawn." : "")
      """
  }

  /// The marks as they are drawn.
  private var legend: Markup {
    func item(_ mark: Markup, _ words: Markup) -> Markup {
      "<li><svg class=\"mark\" viewBox=\"0 0 26 14\" aria-hidden=\"true\">\(mark)</svg>\(words)</li>"
    }
    let hasErrors = data.contains { $0.errors != nil }
    let items: [Markup] = [
      item("<path class=\"observed\" d=\"M4 7H22\(hasErrors ? "M13 1V13" : "")\"/>", "data as read"),
      item(
        "<path class=\"band\" d=\"M1 2H25V12H1Z\"/><path class=\"completed\" d=\"M1 7H25\"/>",
        "completed spectrum"),
      exoGAN == nil ? "" : item("<path class=\"exogan\" d=\"M1 7H25\"/>", "medians of ExoGAN"),
    ]
    return "<ul class=\"instruments\">\(items)</ul>\n"
  }

  private var isThinned: Bool { stride > 1 }

  /// The points that are drawn, with what the completed spectrum has there.
  var residualTable: FigureTable {
    let errors = data.map { $0.errors ?? (.nan, .nan) }
    return FigureTable(columns: [
      ("wave_min_um", FigureTable.numbers(data.map(\.lower), times: 1e6)),
      ("wave_max_um", FigureTable.numbers(data.map(\.upper), times: 1e6)),
      ("data_ppm", FigureTable.numbers(data.map(\.value), times: 1e6)),
      ("error_up_ppm", FigureTable.numbers(errors.map(\.upper), times: 1e6)),
      ("error_low_ppm", FigureTable.numbers(errors.map(\.lower), times: 1e6)),
      ("mean_ppm", FigureTable.numbers(data.map(\.expected), times: 1e6)),
      (
        "residual_sigma",
        FigureTable.numbers(
          zip(data, errors).map { ($0.value - $0.expected) / (($1.upper + $1.lower) / 2) })
      ),
    ])
  }

  // MARK: Places

  private func x(_ micrometers: Double) -> Double { axis.x(micrometers) }

  private func y(_ depth: Double) -> Double {
    let fraction = (depth - depths.lowerBound) / (depths.upperBound - depths.lowerBound)
    return Self.base - min(9, max(-9, fraction)) * (Self.base - Self.top)
  }

  private func residualY(_ residual: Double) -> Double {
    let limited = min(Self.largestResidual, max(-Self.largestResidual, residual))
    return (Self.upper + Self.lower) / 2 - limited / Self.largestResidual * (Self.lower - Self.upper) / 2
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  // MARK: Parts

  private func place(_ bin: Int, _ depth: Double) -> String {
    "\(c(x(SpectralGrid.standard.wavelengths[bin] * 1e6))) \(c(y(depth)))"
  }

  private func line(_ depth: [Double]) -> String {
    depth.enumerated().map { ($0 == 0 ? "M" : "L") + place($0, $1) }.joined()
  }

  private var bandPath: String {
    line(band.upper) + band.lower.enumerated().reversed().map { "L" + place($0, $1) }.joined() + "Z"
  }

  private var exoGANCurve: Markup {
    guard let exoGAN else { return "" }
    return "<path class=\"exogan\" d=\"\(line(exoGAN))\"/>"
  }

  /// As wide as the point, as high as its errors.
  private var points: String {
    var path = ""
    for point in data {
      let middle = c(x((point.lower * point.upper).squareRoot() * 1e6))
      path += "M\(c(x(point.lower * 1e6))) \(c(y(point.value)))H\(c(x(point.upper * 1e6)))"
      guard let errors = point.errors, errors.upper.isFinite, errors.lower.isFinite else { continue }
      path += "M\(middle) \(c(y(point.value - errors.lower)))V\(c(y(point.value + errors.upper)))"
    }
    return path
  }

  private var residuals: String {
    var path = ""
    for point in data {
      guard let errors = point.errors else { continue }
      let residual = (point.value - point.expected) / ((errors.upper + errors.lower) / 2)
      guard residual.isFinite else { continue }
      let middle = x((point.lower * point.upper).squareRoot() * 1e6)
      path += "M\(c(middle - 2)) \(c(residualY(residual)))h4m-2 -2v4"
    }
    return path
  }

  private var axes: Markup {
    var markup: Markup = """
      <g class="axis"><path d="M\(c(Self.left)) \(c(Self.top))V\(c(Self.base))H\(c(Self.right))"/>\
      <path d="M\(c(Self.left)) \(c(Self.upper))V\(c(Self.lower))H\(c(Self.right))"/>
      """
    for tick in axis.ticks {
      let place = c(x(tick))
      markup += "<path d=\"M\(place) \(c(Self.base))v5M\(place) \(c(Self.lower))v5\"/>"
      markup +=
        "<text x=\"\(place)\" y=\"\(c(Self.lower + 24))\">\(Numerals.significant(tick, digits: 3))</text>"
    }
    let ticks = Ticks(from: depths.lowerBound * 1e6, to: depths.upperBound * 1e6, atMost: 6)
    for tick in ticks.values {
      let place = y(tick / 1e6)
      markup += "<path d=\"M\(c(Self.left)) \(c(place))h-5\"/>"
      markup +=
        "<text class=\"end\" x=\"\(c(Self.left - 9))\" y=\"\(c(place + 5))\">\(ticks.label(tick))</text>"
    }
    for tick in [-5.0, 0, 5] {
      let place = residualY(tick)
      markup +=
        "<path class=\"level\" d=\"M\(c(Self.left - 5)) \(c(place))H\(c(tick == 0 ? Self.right : Self.left))\"/>"
      markup += """
        <text class="end" x="\(c(Self.left - 9))" y="\(c(place + 5))">\(tick > 0 ? "+" : tick < 0 ? "−" : "")\
        \(Numerals.fixed(abs(tick), decimals: 0))</text>
        """
    }
    return markup + """
      <text class="start" x="4" y="20">\(name), ppm</text>\
      <text class="start" x="4" y="\(c(Self.upper - 14))">(data − mean) / σ</text>\
      <text x="\(c((Self.left + Self.right) / 2))" y="\(c(Self.lower + 50))">wavelength, µm</text></g>
      """
  }

  static let css: Markup = """
    .band { fill: var(--water); fill-opacity: 0.3; stroke: none; }
    .completed { fill: none; stroke: var(--water); stroke-width: 1.4; stroke-linejoin: round; }
    .exogan { fill: none; stroke: var(--accent); stroke-width: 1.2; stroke-dasharray: 6 4; }
    .observed { fill: none; stroke: var(--ink); stroke-width: 1.1; }
    .axis path.level { stroke-dasharray: 2 3; }
    """
}
