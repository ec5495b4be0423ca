import Analyses
import Markup
import NumericalMethods
import Observations
import PlainText

/// The spectrum as a drawing: points with bins and errors, or of many points an envelope; and the same on the 400-bin grid as
/// steps.
struct SpectrumFigure {
  private let subject: PreparedSpectrum
  private let overlays: [SpectrumOverlay]
  private let spans: [InstrumentSpans.Span]
  private let axis: WavelengthAxis
  private let scale: OrdinateScale
  /// In the spectrum's unit.
  private let yRange: ClosedRange<Double>

  private static let left = 92.0
  private static let right = 708.0
  private static let top = 34.0
  private static let base = 362.0
  /// More points than these are drawn as an envelope.
  private static let mostPoints = 1500
  /// Steps of the envelope over the whole axis.
  private static let steps = 308

  /// - Parameter overlays: curves over the points, cut off where they leave the plot.
  init(of subject: PreparedSpectrum, overlays: [SpectrumOverlay]) {
    self.subject = subject
    self.overlays = overlays
    let spectrum = subject.spectrum
    spans = InstrumentSpans(of: spectrum).spans
    let low = (spectrum.lowerEdge.first ?? 1e-6) * 1e6
    let high = max((spectrum.upperEdge.last ?? 2e-6) * 1e6, low)
    axis = WavelengthAxis(low...high, left: Self.left, right: Self.right)
    yRange = Self.range(of: spectrum)
    scale = OrdinateScale(of: spectrum, upTo: max(abs(yRange.lowerBound), abs(yRange.upperBound)))
  }

  /// All points with their errors, but for wild ones: these must not flatten all others.
  private static func range(of spectrum: Spectrum) -> ClosedRange<Double> {
    let used = spectrum.wavelength.indices.filter { !spectrum.isMasked[$0] }
    let values = used.map { spectrum.value[$0] }.sorted()
    guard let least = values.first, let most = values.last else { return 0...1 }
    let (bottom, top) = (values[values.count / 100], values[values.count - 1 - values.count / 100])
    if used.count > mostPoints {
      // Noise at the ends of a detector reaches far.
      let span = max(0.15 * (top - bottom), 1e-9 * abs(top), .leastNormalMagnitude)
      return (bottom - span)...(top + span)
    }
    let typical = upperMedian(used.compactMap { spectrum.error?[$0] }.filter(\.isFinite)) ?? 0
    let reach = 3 * (top - bottom) + 5 * typical
    // Up to a hundred points all are shown that lie near the others.
    var (low, high) = (max(least, bottom - reach), min(most, top + reach))
    for place in used {
      guard let up = spectrum.upperError?[place], let down = spectrum.lowerError?[place], up <= 4 * typical,
        down <= 4 * typical, (low...high).contains(spectrum.value[place])
      else { continue }
      (low, high) = (min(low, spectrum.value[place] - down), max(high, spectrum.value[place] + up))
    }
    let margin = max(0.04 * (high - low), 1e-9 * abs(high))
    let span = margin > 0 && margin.isFinite ? margin : 1
    return (low - span)...(high + span)
  }

  private var isEnvelope: Bool { spans.reduce(0) { $0 + $1.places.count } > Self.mostPoints }

  private var name: String {
    switch subject.spectrum.kind {
    case .stellar: "flux"
    case .eclipse: "eclipse depth"
    case .transmission: "transit depth"
    }
  }

  var markup: Markup {
    "<figure>\(svg)<figcaption>\(caption)</figcaption></figure>\n\(legend)"
  }

  var svg: Markup {
    """
    <svg class="plot" viewBox="0 0 720 420" role="img" aria-labelledby="spectrum-t spectrum-d">
    <title id="spectrum-t">\(name) against wavelength</title>
    <desc id="spectrum-d">\(subject.spectrum.count) points; the step line is the mean in each bin of the grid.</desc>
    <clipPath id="plot"><path d="M\(c(Self.left)) \(c(Self.top))H\(c(Self.right))V\(c(Self.base))H\(c(Self.left))Z"/></clipPath>
    \(axes)<g clip-path="url(#plot)">\(points)<path class="grid" d="\(steps)"/></g>\(curves)\(beyond)
    </svg>
    """
  }

  // MARK: Words

  private var caption: String {
    var sentences: [String] = []
    if isEnvelope {
      sentences.append(
        "Shaded: from the least to the greatest of the points in each of \(Self.steps) steps of the axis, without errors; all but two in a hundred lie in the frame."
      )
    } else if subject.spectrum.upperError != nil {
      sentences.append("Crosses: as read, as wide as their bins, with one standard deviation.")
    } else {
      sentences.append("Lines: as read, as wide as their bins; the file has no errors.")
    }
    if spans.count > 1 {
      let shared = spans.count > InstrumentSpans.colours ? "; those from the eighth on share one" : ""
      sentences.append("Each instrument has a colour of its own\(shared).")
    }
    sentences.append("Steps: mean in each bin of the 1 % grid that is covered by half or more.")
    if !wild.isEmpty {
      sentences.append(
        wild.count == 1
          ? "One point lies beyond the frame, where the triangle is."
          : "\(wild.count) points lie beyond the frame, where the triangles are.")
    }
    return sentences.joined(separator: " ") + overlays.map(\.caption).joined()
  }

  /// The marks as they are drawn.
  private var legend: Markup {
    let steps: Markup =
      "<li><svg class=\"mark\" viewBox=\"0 0 26 14\" aria-hidden=\"true\"><path class=\"grid\" d=\"M2 11H9V4H17V8H24\"/></svg>mean in the grid’s bins</li>"
    return InstrumentSpans(of: subject.spectrum).legend(
      of: subject.spectrum, isEnvelope: isEnvelope, more: [steps] + overlays.map(\.key))
  }

  // MARK: Places

  private func x(_ micrometers: Double) -> Double { axis.x(micrometers) }

  private func y(_ value: Double) -> Double {
    let fraction = (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
    // Far beyond the frame is cut off there.
    return Self.base - min(9, max(-9, fraction)) * (Self.base - Self.top)
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  /// Points whose value lies outside the frame; of an envelope none is told apart.
  private var wild: [Int] {
    isEnvelope
      ? [] : spans.flatMap(\.places).filter { !yRange.contains(subject.spectrum.value[$0]) }
  }

  // MARK: Parts

  /// One path an instrument.
  private var points: Markup {
    spans.map { span -> Markup in
      isEnvelope
        ? "<path class=\"span \(span.cssClass)\" d=\"\(envelope(of: span.places))\"/>"
        : "<path class=\"points \(span.cssClass)\" d=\"\(path(of: span.places))\"/>"
    }.joined()
  }

  private func path(of places: [Int]) -> String {
    let spectrum = subject.spectrum
    var path = ""
    for place in places {
      let height = c(y(spectrum.value[place]))
      path += "M\(c(x(spectrum.lowerEdge[place] * 1e6))) \(height)H\(c(x(spectrum.upperEdge[place] * 1e6)))"
      guard let up = spectrum.upperError?[place], let low = spectrum.lowerError?[place] else { continue }
      path += "M\(c(x(spectrum.wavelength[place] * 1e6))) \(c(y(spectrum.value[place] - low)))"
      path += "V\(c(y(spectrum.value[place] + up)))"
    }
    return path
  }

  /// Closed areas between the least and the greatest value of each step, one for each stretch without a gap.
  private func envelope(of places: [Int]) -> String {
    let width = (Self.right - Self.left) / Double(Self.steps)
    var ends: [Int: ClosedRange<Double>] = [:]
    for place in places {
      let value = subject.spectrum.value[place]
      let step = Int((x(subject.spectrum.wavelength[place] * 1e6) - Self.left) / width)
      ends[step] = ends[step].map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    var stretches: [[Int]] = []
    for step in ends.keys.sorted() {
      if let last = stretches.last?.last, step - last <= 3 {
        stretches[stretches.count - 1].append(step)
      } else {
        stretches.append([step])
      }
    }
    return stretches.map { steps in
      func line(_ steps: [Int], _ end: (ClosedRange<Double>) -> Double, from start: String) -> String {
        steps.enumerated().compactMap { number, step in
          ends[step].map {
            "\(number == 0 ? start : "L")\(c(Self.left + (Double(step) + 0.5) * width)) \(c(y(end($0))))"
          }
        }.joined()
      }
      return line(steps, \.upperBound, from: "M") + line(steps.reversed(), \.lowerBound, from: "L") + "Z"
    }.joined()
  }

  /// A triangle at the frame's edge for each wild point.
  private var beyond: Markup {
    let path = wild.map { place -> String in
      let middle = c(x(subject.spectrum.wavelength[place] * 1e6) - 4)
      return subject.spectrum.value[place] > yRange.upperBound
        ? "M\(middle) \(c(Self.top + 7))l4 -7l4 7z" : "M\(middle) \(c(Self.base - 7))l4 7l4 -7z"
    }.joined()
    return path.isEmpty ? "" : "<path class=\"beyond\" d=\"\(path)\"/>"
  }

  private var curves: Markup {
    overlays.map { overlay -> Markup in
      "<path class=\"\(overlay.cssClass)\" clip-path=\"url(#plot)\" d=\"\(path(of: overlay))\"/>"
    }.joined()
  }

  /// The line through the centres of the bins that the figure shows.
  private func path(of overlay: SpectrumOverlay) -> String {
    var path = ""
    for (centre, depth) in zip(SpectralGrid.standard.wavelengths, overlay.depth) {
      let micrometers = centre * 1e6
      guard axis.range.contains(micrometers), depth.isFinite else { continue }
      path += (path.isEmpty ? "M" : "L") + "\(c(x(micrometers))) \(c(y(depth)))"
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
    var markup: Markup =
      "<g class=\"axis\"><path d=\"M\(c(Self.left)) \(c(Self.top))V\(c(Self.base))H\(c(Self.right))\"/>"
    for tick in axis.ticks {
      let place = c(x(tick))
      markup += "<path d=\"M\(place) \(c(Self.base))v6\"/>"
      markup +=
        "<text x=\"\(place)\" y=\"\(c(Self.base + 24))\">\(Numerals.significant(tick, digits: 3))</text>"
    }
    let (low, high) = (yRange.lowerBound * scale.factor, yRange.upperBound * scale.factor)
    if low < high, (high - low) / max(abs(low), abs(high)) > 1e-9 {
      let ticks = Ticks(from: low, to: high, atMost: 6)
      for tick in ticks.values {
        let place = y(tick / scale.factor)
        markup += "<path d=\"M\(c(Self.left)) \(c(place))h-6\"/>"
        markup +=
          "<text class=\"end\" x=\"\(c(Self.left - 9))\" y=\"\(c(place + 5))\">\(ticks.label(tick))</text>"
      }
    }
    let title = name + (scale.unit.isEmpty ? "" : ", \(scale.unit)")
    return markup + """
      <text class="start" x="4" y="20">\(title)</text>\
      <text x="\(c((Self.left + Self.right) / 2))" y="\(c(Self.base + 50))">wavelength, µm</text></g>
      """
  }

  static let css: Markup = """
    svg.plot { width: 100%; } .points { stroke-width: 1.2; fill: none; }
    .span { stroke-width: 0.6; fill: currentColor; fill-opacity: 0.55; }
    .grid { stroke: var(--accent); stroke-width: 1.8; fill: none; } .beyond { fill: var(--ink); }
    """
}

/// How numbers stand at the upright axis: depths in ppm, fluxes with a power of ten in the unit where they want one.
private struct OrdinateScale {
  let factor: Double
  let unit: String

  /// - Parameter most: the greatest number that is shown, in the spectrum's unit.
  init(of spectrum: Spectrum, upTo most: Double) {
    guard spectrum.kind == .stellar else {
      (factor, unit) = (1e6, "ppm")
      return
    }
    let exponent = most > 0 && most.isFinite ? Numerals.decimalExponent(most) : 0
    guard exponent < -2 || exponent > 4 else {
      (factor, unit) = (1, spectrum.unit)
      return
    }
    factor = exponent < 0 ? Self.power(-exponent) : 1 / Self.power(exponent)
    let digits = String(exponent).map { $0 == "-" ? "⁻" : Self.raised[Int(String($0)) ?? 0] }.joined()
    unit = "10\(digits) \(spectrum.unit)"
  }

  private static func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * 10 } }

  private static let raised = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
}
