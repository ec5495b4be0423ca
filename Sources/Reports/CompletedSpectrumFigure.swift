import Analyses
import Markup
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
  private let kind: SpectrumKind
  private let axis: WavelengthAxis
  private let depths: ClosedRange<Double>

  private static let (width, height) = (720.0, 500.0)
  private static let (left, right) = (76.0, 708.0)
  private static let (top, base) = (14.0, 320.0)
  private static let (upper, lower) = (346.0, 446.0)
  /// Errors, above and below.
  private static let largestResidual = 5.0

  /// Nothing where there is no completed spectrum.
  init?(_ atmosphere: CompletedAtmosphere, _ subject: PreparedSpectrum) {
    guard let band = atmosphere.band else { return nil }
    self.band = band
    exoGAN = atmosphere.exoGAN?.depth.map(\.median)
    let data = Self.points(subject.spectrum, band)
    self.data = data
    kind = subject.spectrum.kind
    let edges = SpectralGrid.standard.edges
    axis = WavelengthAxis(
      edges[0] * 1e6...edges[edges.count - 1] * 1e6, left: Self.left, right: Self.right)
    // One wild point must not flatten all others.
    let observed = data.map(\.value).sorted()
    let shown =
      band.lower + band.upper + observed.dropFirst(observed.count / 100).dropLast(observed.count / 100)
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    let margin = max(0.05 * (high - low), 1e-9 * abs(high), 1e-12)
    depths = (low - margin)...(high + margin)
  }

  /// More points than these are thinned.
  private static let mostPoints = 1500

  private static func points(_ spectrum: Spectrum, _ band: CompletedAtmosphere.Band) -> [Point] {
    let used = spectrum.wavelength.indices.filter { !spectrum.isMasked[$0] }
    let stride = max(1, used.count / mostPoints)
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

  var markup: Markup {
    let name = kind == .eclipse ? "eclipse depth" : "transit depth"
    return """
      <figure class="completion"><div class="wide"><svg viewBox="0 0 720 500" role="img" \
      aria-labelledby="completed-t completed-d">
      <title id="completed-t">Completed \(name) against wavelength</title>
      <desc id="completed-d">\(description)</desc>
      <path class="band" d="\(bandPath)"/>\(exoGANCurve)<path class="completed" d="\(line(band.mean))"/>\
      <path class="observed" d="\(points)"/><path class="observed" d="\(residuals)"/>\(axes)
      </svg></div><figcaption>\(caption(name))</figcaption></figure>

      """
  }

  private var description: String {
    let widths = zip(band.upper, band.lower).map { ($0 - $1) / 2 * 1e6 }.sorted()
    return
      "The completed spectrum is known to \(Numerals.significant(widths[widths.count / 2], digits: 2)) ppm in the median bin."
  }

  private func caption(_ name: String) -> Markup {
    let exoGAN: Markup = exoGAN == nil ? "" : " Dashed: the medians of ExoGAN."
    let source: Markup =
      band.source == .posterior
      ? "the posterior’s mean and 16 to 84 %"
      : "mean and one standard deviation of what simulated spectra have in common with the data, since no atmosphere could be told"
    return """
      Above: \(name) (ppm) against wavelength (µm): line and band are \(source), on all 400 bins; \
      crosses the data as read, with one standard deviation.\(exoGAN) Below: data less mean, in standard deviations; beyond \
      ±5 they stand at the edge.
      """
  }

  // MARK: Places

  private func x(_ micrometers: Double) -> Double { axis.x(micrometers) }

  private func y(_ depth: Double) -> Double {
    let fraction = (depth - depths.lowerBound) / (depths.upperBound - depths.lowerBound)
    return Self.base - min(1, max(0, fraction)) * (Self.base - Self.top)
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
        "<text x=\"\(place)\" y=\"\(c(Self.lower + 22))\">\(Numerals.significant(tick, digits: 3))</text>"
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
      <text x="\(c((Self.left + Self.right) / 2))" y="\(c(Self.height - 10))">wavelength, µm</text></g>
      """
  }

  static let css: Markup = """
    .completion .wide svg { min-width: 30rem; width: 100%; }
    .completion .band { fill: var(--water); fill-opacity: 0.3; stroke: none; }
    .completion .completed { fill: none; stroke: var(--water); stroke-width: 1.4; stroke-linejoin: round; }
    .completion .exogan { fill: none; stroke: var(--accent); stroke-width: 1.2; stroke-dasharray: 6 4; }
    .completion .observed { fill: none; stroke: var(--ink); stroke-width: 1.1; }
    .completion .level { stroke-dasharray: 2 3; } svg .end { text-anchor: end; }
    """
}
