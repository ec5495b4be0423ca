package import Analyses
import Markup
import PlainText
import ResultFiles
import Units

/// Planets of one or more systems side by side, to one scale, as an image that stands alone.
package enum PortraitFigure {
  /// An SVG document. Planets without a radius or an interior are left out.
  package static func svg(for systems: [SystemAnalysis]) -> String {
    let portraits = systems.flatMap(\.planets).compactMap(Portrait.init)
    let largest = portraits.map(\.radius).max() ?? 1
    let scale = Layout.largestDiameter / (2 * largest)
    let rows = Layout.rows(of: portraits.map { max(Layout.captionWidth, 2 * $0.radius * scale) })
    var y = Layout.margin
    var right = Layout.margin
    var body: Markup = ""
    for row in rows {
      let members = row.map { portraits[$0] }
      let height = (members.map { 2 * $0.radius * scale }.max() ?? 0)
      let lines = members.map(\.captions.count).max() ?? 0
      var x = Layout.margin
      for member in members {
        let width = max(Layout.captionWidth, 2 * member.radius * scale)
        let center = (x: x + width / 2, y: y + height / 2)
        body += member.markup(at: center, scale: scale, captionTop: y + height + 26)
        x += width + Layout.gap
      }
      right = max(right, x - Layout.gap)
      y += height + 26 + Double(lines) * Layout.lineHeight + Layout.gap
    }
    let document: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Numerals.coordinate(right + Layout.margin)) \
      \(Numerals.coordinate(max(y, 1)))" role="img" aria-labelledby="t">
      <title id="t">\(title(of: portraits))</title>
      <style>\(style)</style>
      <rect width="100%" height="100%" rx="10" fill="#fbfaf7"/>
      \(body)</svg>

      """
    return document.text
  }

  private enum Layout {
    static let width = 1000.0
    static let margin = 12.0
    static let gap = 22.0
    static let largestDiameter = 260.0
    static let captionWidth = 172.0
    static let lineHeight = 18.0

    /// As many planets in a row as fit, in order.
    static func rows(of widths: [Double]) -> [[Int]] {
      var rows: [[Int]] = []
      var x = Double.infinity
      for (index, itemWidth) in widths.enumerated() {
        if x + itemWidth > width - margin {
          rows.append([])
          x = margin
        }
        rows[rows.count - 1].append(index)
        x += itemWidth + gap
      }
      return rows
    }
  }

  private static func title(of portraits: [Portrait]) -> String {
    "Cross-sections to one scale: " + portraits.map(\.name).joined(separator: ", ")
  }

  private static let style: Markup = """
    text { font: 12.5px system-ui, "DejaVu Sans", sans-serif; fill: #1d2330; text-anchor: middle; }
    .name { font-weight: 600; font-size: 16px; } .soft { fill: #5b6475; }
    .core { fill: #f0c04f; } .mantle { fill: #b4532f; } .water { fill: #2c78b5; } .envelope { fill: #c3d3e6; }
    .band { fill: none; stroke: #14161d; stroke-opacity: 0.3; } .boundary { fill: none; stroke: #fff; stroke-width: 1; }
    """
}

/// One planet of a portrait.
private struct Portrait {
  let name: String
  /// Earth radii.
  let radius: Double
  let structure: LayeredStructure
  /// Lines under the disc, the name first.
  let captions: [(text: String, cssClass: String)]

  init?(_ analysis: PlanetAnalysis) {
    guard let radius = analysis.planet.radius?.value?.earthRadii, radius.isFinite, radius > 0,
      let interior = analysis.answers.lazy.compactMap(\.interior).first,
      let structure = LayeredStructure(interior)
    else { return nil }
    name = PlainText.line(analysis.planet.name, limit: 20)
    self.radius = radius
    self.structure = structure
    var captions = [(name, "name"), ("\(Numerals.significant(radius, digits: 3)) Earth radii", "soft")]
    for layer in structure.boundaries.map(\.layer).reversed() {
      guard let posterior = interior.outputs[layer.radiusFraction] else { continue }
      captions.append(("\(layer.title) \(ValueText(posterior, factor: 100).inline) %", "fraction"))
    }
    captions.append((interior.model, "soft"))
    self.captions = captions
  }

  func markup(at center: (x: Double, y: Double), scale: Double, captionTop: Double) -> Markup {
    let x = Numerals.coordinate(center.x)
    let y = Numerals.coordinate(center.y)
    func circle(_ cssClass: String, _ fraction: Double, _ width: Double? = nil) -> Markup {
      let stroke: Markup = width.map { " stroke-width=\"\(Numerals.coordinate($0 * radius * scale))\"" } ?? ""
      return """
        <circle class="\(cssClass)" cx="\(x)" cy="\(y)" r="\(Numerals.coordinate(fraction * radius * scale))"\(stroke)/>
        """
    }
    var markup: Markup = ""
    for boundary in structure.boundaries.reversed() {
      markup += circle(boundary.layer.rawValue, boundary.median)
    }
    for radius in structure.boundaries.compactMap(\.radius) {
      markup += circle("band", (radius.p16 + radius.p84) / 2, radius.p84 - radius.p16)
      markup += circle("boundary", radius.p50)
    }
    for (line, caption) in captions.enumerated() {
      let baseline = Numerals.coordinate(captionTop + Double(line) * 18)
      markup += "<text class=\"\(caption.cssClass)\" x=\"\(x)\" y=\"\(baseline)\">\(caption.text)</text>\n"
    }
    return markup
  }
}
