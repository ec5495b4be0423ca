import Markup
import Observations
import PlainText

/// What each instrument observed of a spectrum, in the order of its first point.
struct InstrumentSpans {
  struct Span {
    var name: String
    /// Places of its usable points in the spectrum.
    var places: [Int]
    /// Set apart by colour; the last class is shared by all that follow.
    var cssClass: String
  }

  static let colours = 6
  let spans: [Span]

  /// One span where the file does not tell the points apart.
  init(of spectrum: Spectrum) {
    let used = spectrum.wavelength.indices.filter { !spectrum.isMasked[$0] }
    guard let instruments = spectrum.instruments else {
      spans = [Span(name: spectrum.instrument ?? "", places: used, cssClass: "i0")]
      return
    }
    var order: [String] = []
    var places: [String: [Int]] = [:]
    for place in used {
      if places[instruments[place]] == nil { order.append(instruments[place]) }
      places[instruments[place], default: []].append(place)
    }
    spans = order.enumerated().map { number, name in
      Span(name: name, places: places[name] ?? [], cssClass: "i\(min(number, Self.colours - 1))")
    }
  }

  /// A key to the figure, with range and number of points of each where there are several.
  /// - Parameter more: further items; without any, one instrument needs no key.
  func legend(of spectrum: Spectrum, more: [Markup] = []) -> Markup {
    let several = spans.count > 1 ? spans.prefix(40) : []
    guard !several.isEmpty || !more.isEmpty else { return "" }
    let items = several.map { span -> Markup in
      let low = span.places.map { spectrum.wavelength[$0] }.min() ?? .nan
      let high = span.places.map { spectrum.wavelength[$0] }.max() ?? .nan
      let range =
        "\(Numerals.significant(low * 1e6, digits: 4)) to \(Numerals.significant(high * 1e6, digits: 4)) µm"
      return
        "<li><span class=\"swatch \(span.cssClass)\"></span><bdi>\(span.name.isEmpty ? "not named" : span.name)</bdi>: \(span.places.count) points, \(range)</li>"
    }
    return "<ul class=\"instruments\">\(items + more)</ul>\n"
  }

  static let css: Markup = """
    .instruments { list-style: none; padding: 0; margin: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem;
      font-size: 0.93rem; }
    .swatch { display: inline-block; width: 1.1em; height: 0.3em; margin-right: 0.4em; vertical-align: middle;
      background: currentColor; }
    .spectrum .i0 { stroke: var(--neutral); color: var(--neutral); } .spectrum .i1 { stroke: var(--water); color: var(--water); }
    .spectrum .i2 { stroke: #8a63b5; color: #8a63b5; } .spectrum .i3 { stroke: #3d8b5f; color: #3d8b5f; }
    .spectrum .i4 { stroke: #b3892a; color: #b3892a; } .spectrum .i5 { stroke: #a8456b; color: #a8456b; }
    """
}
