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

  /// A colour each on a light page and on a dark one, which differ by 22 and more (CIELAB) for each other, for the lines of
  /// means and fits, and for eyes without red or green cones (Machado et al. 2009), by 17 without blue ones.
  static let palette: [(light: String, dark: String)] = [
    ("#9988aa", "#667777"), ("#2266dd", "#44ccee"), ("#cc6611", "#ffee11"), ("#11aa66", "#aaff77"),
    ("#441100", "#aa44aa"), ("#2200aa", "#5577ee"), ("#664488", "#dd0022"), ("#4422ff", "#bbbb00"),
  ]

  static let colours = palette.count
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

  /// A key to the figure with its marks; range and number of points of each instrument where there are several.
  func legend(of spectrum: Spectrum, isEnvelope: Bool, more: [Markup]) -> Markup {
    let items = spans.prefix(40).map { span -> Markup in
      let path: Markup =
        isEnvelope
        ? "<path class=\"span \(span.cssClass)\" d=\"M3 3H23V11H3Z\"/>"
        : "<path class=\"points \(span.cssClass)\" d=\"M4 7H22\(spectrum.upperError == nil ? "" : "M13 1V13")\"/>"
      let mark: Markup = "<svg class=\"mark\" viewBox=\"0 0 26 14\" aria-hidden=\"true\">\(path)</svg>"
      guard spans.count > 1 else { return "<li>\(mark)as read</li>" }
      let low = span.places.map { spectrum.wavelength[$0] }.min() ?? .nan
      let high = span.places.map { spectrum.wavelength[$0] }.max() ?? .nan
      let range =
        "\(Numerals.significant(low * 1e6, digits: 4)) to \(Numerals.significant(high * 1e6, digits: 4)) µm"
      return
        "<li>\(mark)<bdi>\(span.name.isEmpty ? "not named" : span.name)</bdi>: \(span.places.count) points, \(range)</li>"
    }
    return "<ul class=\"instruments\">\(items + more)</ul>\n"
  }

  static let css: Markup = """
    .instruments { list-style: none; padding: 0; margin: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem;
      font-size: 0.93rem; }
    .mark { display: inline-block; width: 1.85em; height: 1em; margin-right: 0.4em; vertical-align: -0.15em; }
    \(lightRules)
    @media (prefers-color-scheme: dark) { \(rules { $0.dark }) }
    @media print { \(lightRules) }
    """

  static let lightRules = rules { $0.light }

  private static func rules(_ colour: ((light: String, dark: String)) -> String) -> Markup {
    palette.enumerated().map { place, both -> Markup in
      ".i\(place) { stroke: \(colour(both)); color: \(colour(both)); }"
    }.joined(separator: " ")
  }
}
