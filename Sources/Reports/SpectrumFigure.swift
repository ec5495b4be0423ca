import Analyses
import Markup
import NumericalMethods
import Observations
import PlainText

/// The spectrum as a drawing: points with bins and errors, and the same on the 400-bin grid as steps.
struct SpectrumFigure {
  private let subject: PreparedSpectrum
  private let overlays: [SpectrumOverlay]
  private let axis: WavelengthAxis
  private let yRange: ClosedRange<Double>

  private static let left = 76.0
  private static let right = 884.0
  private static let top = 14.0
  private static let base = 366.0
  /// More points than this are drawn without errors, and thinned.
  private static let mostPoints = 1500

  /// - Parameter overlays: curves over the points, cut off where they leave the plot.
  init(of subject: PreparedSpectrum, overlays: [SpectrumOverlay]) {
    self.subject = subject
    self.overlays = overlays
    let spectrum = subject.spectrum
    let low = (spectrum.lowerEdge.first ?? 1e-6) * 1e6
    let high = max((spectrum.upperEdge.last ?? 2e-6) * 1e6, low)
    axis = WavelengthAxis(low...high, left: Self.left, right: Self.right)
    let used = spectrum.wavelength.indices.filter { !spectrum.isMasked[$0] }
    let values = used.map { spectrum.value[$0] }.sorted()
    let errors = spectrum.error.map { error in used.map { error[$0] } } ?? []
    // One wild point must not flatten all others.
    let bottom = values.isEmpty ? 0 : values[values.count / 100]
    let top = values.isEmpty ? 1 : values[values.count - 1 - values.count / 100]
    let margin = max(
      upperMedian(errors).map { $0 * 1.5 } ?? 0, 0.05 * (top - bottom), 1e-9 * abs(top))
    let span = margin > 0 && margin.isFinite ? margin : 1
    yRange = (bottom - span)...(top + span)
  }

  var markup: Markup {
    let spectrum = subject.spectrum
    let name =
      spectrum.kind == .stellar ? "flux" : spectrum.kind == .eclipse ? "eclipse depth" : "transit depth"
    return """
      <figure><svg viewBox="0 0 900 420" role="img" aria-labelledby="spectrum-t spectrum-d">
      <title id="spectrum-t">\(name) against wavelength</title>
      <desc id="spectrum-d">\(spectrum.count) points; the step line is the mean in each bin of the grid.</desc>
      \(axes)\(points)<path class="grid" d="\(steps)"/>\(curves)
      </svg><figcaption>\(caption(name))</figcaption></figure>
      """
  }

  private func caption(_ name: String) -> String {
    let spectrum = subject.spectrum
    let unit = spectrum.kind == .stellar ? (spectrum.unit.isEmpty ? "" : " (\(spectrum.unit))") : " (ppm)"
    let thinned = spectrum.count > Self.mostPoints ? " Points are thinned and drawn without errors." : ""
    return
      "Wavelength in µm against \(name)\(unit). Crosses: as read, with one standard deviation, each instrument in a "
      + "colour of its own; steps: mean in each bin of the 1 % grid that is covered by half or more.\(thinned)"
      + overlays.map(\.caption).joined()
  }

  private func x(_ micrometers: Double) -> Double { axis.x(micrometers) }

  private func y(_ value: Double) -> Double {
    let fraction = (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
    return Self.base - min(1, max(0, fraction)) * (Self.base - Self.top)
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  /// One path an instrument.
  private var points: Markup {
    let spans = InstrumentSpans(of: subject.spectrum).spans
    let stride = max(1, spans.reduce(0) { $0 + $1.places.count } / Self.mostPoints)
    return spans.map { span -> Markup in
      "<path class=\"points \(span.cssClass)\" d=\"\(Markup(trusted: path(of: span.places, stride: stride)))\"/>"
    }.joined()
  }

  private func path(of places: [Int], stride: Int) -> String {
    let spectrum = subject.spectrum
    var path = ""
    for (number, place) in places.enumerated() where number.isMultiple(of: stride) {
      let height = c(y(spectrum.value[place]))
      path += "M\(c(x(spectrum.lowerEdge[place] * 1e6))) \(height)H\(c(x(spectrum.upperEdge[place] * 1e6)))"
      guard stride == 1, let up = spectrum.upperError?[place], let low = spectrum.lowerError?[place] else {
        continue
      }
      path += "M\(c(x(spectrum.wavelength[place] * 1e6))) \(c(y(spectrum.value[place] - low)))"
      path += "V\(c(y(spectrum.value[place] + up)))"
    }
    return path
  }

  /// Cut off where they leave the plot: a line along the edge would look like data.
  private var curves: Markup {
    guard !overlays.isEmpty else { return "" }
    let clip: Markup = """
      <clipPath id="plot"><path d="M\(c(Self.left)) \(c(Self.top))H\(c(Self.right))V\(c(Self.base))H\(c(Self.left))Z"/></clipPath>
      """
    return overlays.reduce(clip) { markup, overlay in
      markup + "<path class=\"\(overlay.cssClass)\" clip-path=\"url(#plot)\" d=\"\(path(of: overlay))\"/>"
    }
  }

  /// The line through the centres of the bins that the figure shows.
  private func path(of overlay: SpectrumOverlay) -> String {
    var path = ""
    for (centre, depth) in zip(SpectralGrid.standard.wavelengths, overlay.depth) {
      let micrometers = centre * 1e6
      guard axis.range.contains(micrometers), depth.isFinite else { continue }
      let fraction = (depth - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
      let height = Self.base - min(9, max(-9, fraction)) * (Self.base - Self.top)
      path += (path.isEmpty ? "M" : "L") + "\(c(x(micrometers))) \(c(height))"
    }
    return path
  }

  private var steps: String {
    var path = ""
    var isDrawing = false
    for bin in 0..<SpectralGrid.standard.count {
      guard subject.resampled.isObserved[bin] else {
        isDrawing = false
        continue
      }
      let height = c(y(subject.resampled.value[bin]))
      if isDrawing {
        path += "V\(height)"
      } else {
        path += "M\(c(x(SpectralGrid.standard.edges[bin] * 1e6))) \(height)"
      }
      path += "H\(c(x(SpectralGrid.standard.edges[bin + 1] * 1e6)))"
      isDrawing = true
    }
    return path
  }

  private var axes: Markup {
    let scale = subject.spectrum.kind == .stellar ? 1.0 : 1e6
    var markup: Markup =
      "<g class=\"axis\"><path d=\"M\(c(Self.left)) \(c(Self.top))V\(c(Self.base))H\(c(Self.right))\"/>"
    for tick in axis.ticks {
      let place = c(x(tick))
      markup += "<path d=\"M\(place) \(c(Self.base))v6\"/>"
      markup += "<text x=\"\(place)\" y=\"390\">\(Numerals.significant(tick, digits: 3))</text>"
    }
    let low = yRange.lowerBound * scale
    let high = yRange.upperBound * scale
    if low < high, (high - low) / max(abs(low), abs(high)) > 1e-9 {
      let most = max(abs(low), abs(high))
      for tick in Ticks(from: low, to: high, atMost: 6).values {
        let place = c(y(tick / scale))
        let label =
          most < 0.01 || most >= 1e6 ? Numerals.significant(tick, digits: 3) : tickLabel(tick, low, high)
        markup += "<path d=\"M\(c(Self.left)) \(place)h-6\"/>"
        markup += "<text x=\"36\" y=\"\(place)\">\(label)</text>"
      }
    }
    return markup + "</g>"
  }

  private func tickLabel(_ tick: Double, _ low: Double, _ high: Double) -> String {
    Ticks(from: low, to: high, atMost: 6).label(tick)
  }
}
