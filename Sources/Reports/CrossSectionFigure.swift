import InteriorMDN
import Markup
import PlainText
import Units

/// A planet cut through its middle, to scale: layers at their median radii, and at each boundary between layers
/// the bands that hold its radius with 68 % and 95 % probability.
struct CrossSectionFigure {
  let structure: LayeredStructure
  let planetName: String
  let modelName: String
  /// The planet's radius in Earth radii, for the ruler.
  let radius: Double
  /// Makes the ids of title and description unique on the page.
  let id: String

  private static let disc = 160.0
  private static let center = 180.0
  private static let top = 172.0

  var svg: Markup {
    let layers = structure.boundaries.reversed().map(disc(of:)).joined()
    let bands = structure.boundaries.compactMap(band(at:)).joined()
    return """
      <svg class="section" viewBox="0 0 360 392" role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">Cross-section of \(planetName) by \(modelName), to scale</title>
      <desc id="\(id)-d">\(description)</desc>
      \(layers)\(bands)\(labels)\(ruler)
      </svg>
      """
  }

  /// The figure in words, for those who do not see it.
  private var description: String {
    let sentences = structure.boundaries.map { boundary in
      guard let radius = boundary.radius else { return "\(boundary.layer.title) up to the surface." }
      func percent(_ x: Double) -> String { Numerals.fixed(x * 100, decimals: 1) }
      return "\(boundary.layer.title) up to \(percent(radius.p50)) per cent of the radius "
        + "(68 per cent interval \(percent(radius.p16)) to \(percent(radius.p84)), "
        + "95 per cent interval \(percent(radius.p025)) to \(percent(radius.p975)))."
    }
    return "From the centre: " + sentences.joined(separator: " ")
  }

  private func disc(of boundary: LayeredStructure.Boundary) -> Markup {
    """
    <circle class="layer \(boundary.layer.rawValue)" cx="180" cy="172" r="\(scaled(boundary.median))"/>
    """
  }

  private func band(at boundary: LayeredStructure.Boundary) -> Markup? {
    guard let radius = boundary.radius else { return nil }
    return """
      \(ring(from: radius.p025, to: radius.p975, cssClass: "band95"))\
      \(ring(from: radius.p16, to: radius.p84, cssClass: "band68"))\
      <circle class="boundary" cx="180" cy="172" r="\(scaled(radius.p50))"/>
      """
  }

  /// A ring is a circle drawn with a stroke as broad as the band.
  private func ring(from inner: Double, to outer: Double, cssClass: String) -> Markup {
    let width = (outer - inner) * Self.disc
    guard width > 0 else { return "" }
    return """
      <circle class="\(cssClass)" cx="180" cy="172" r="\(scaled((inner + outer) / 2))" \
      stroke-width="\(Numerals.coordinate(width))"/>
      """
  }

  /// Names in the layers that have room for them; the list beside the figure names all.
  private var labels: Markup {
    structure.boundaries.compactMap { boundary -> Markup? in
      guard let extent = structure.extent(of: boundary.layer) else { return nil }
      let thickness = (extent.upperBound - extent.lowerBound) * Self.disc
      guard thickness >= 22 else { return nil }
      let isCenter = extent.lowerBound == 0
      let middle = isCenter ? 0 : (extent.lowerBound + extent.upperBound) / 2 * Self.disc
      return """
        <text class="name on-\(boundary.layer.rawValue)" x="180" \
        y="\(Numerals.coordinate(Self.top - middle + 5))">\(boundary.layer.title)</text>
        """
    }.joined()
  }

  /// From the centre to the surface, in fractions of the radius and in kilometres.
  private var ruler: Markup {
    let y = Self.top + Self.disc + 14
    let ticks = stride(from: 0, through: 4, by: 1).map { quarter -> Markup in
      let x = Numerals.coordinate(Self.center + Double(quarter) / 4 * Self.disc)
      return """
        <path d="M\(x) \(Numerals.coordinate(y))v5"/><text x="\(x)" \
        y="\(Numerals.coordinate(y + 18))">\(quarter * 25)</text>
        """
    }
    let kilometers = Numerals.grouped(Length(earthRadii: radius).kilometers, significant: 3)
    return """
      <g class="ruler"><path d="M180 \(Numerals.coordinate(y))h160"/>\(ticks.joined())\
      <text class="start" x="20" y="\(Numerals.coordinate(y + 5))">% of radius</text>\
      <text class="start" x="20" y="\(Numerals.coordinate(y + 20))">100 % = \(kilometers) km</text></g>
      """
  }

  private func scaled(_ fraction: Double) -> String {
    Numerals.coordinate(min(1, max(0, fraction)) * Self.disc)
  }
}
