import Foundation

/// Cross-sections over wavelength, both logarithmic, as SVG.
struct OpacityPlot {
  let title: String
  /// um, ascending.
  let wavelengths: [Double]
  /// Name and one value a wavelength; what is not positive is left out.
  let curves: [(name: String, values: [Double])]

  private let width = 900.0
  private let height = 420.0
  private let margin = 56.0
  private let colours = ["#1f5fa8", "#2a8f5b", "#c77f12", "#b0302f", "#6b4fa3", "#555555"]

  var svg: String {
    let highest = log10(curves.flatMap(\.values).max() ?? 1e-20).rounded(.up)
    // Ten decades show bands and windows; below that lies nothing that absorbs.
    let lowest = highest - 10
    let (first, last) = (log10(wavelengths.first ?? 0.3), log10(wavelengths.last ?? 16))
    func x(_ wavelength: Double) -> Double {
      margin + (width - 2 * margin) * (log10(wavelength) - first) / (last - first)
    }
    func y(_ value: Double) -> Double {
      margin + (height - 2 * margin) * (highest - max(lowest, log10(value))) / (highest - lowest)
    }
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" font-family="sans-serif" \
      font-size="12">
      """,
      "<title>\(title)</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
      "<text x=\"\(number(margin))\" y=\"28\" font-size=\"15\">\(title)</text>",
    ]
    for decade in stride(from: lowest, through: highest, by: 2) {
      let level = y(pow(10, decade))
      lines.append(
        """
        <line x1="\(number(margin))" x2="\(number(width - margin))" y1="\(number(level))" y2="\(number(level))" \
        stroke="#ddd"/><text x="\(number(margin - 6))" y="\(number(level + 4))" text-anchor="end">1e\
        \(Int(decade))</text>
        """)
    }
    for tick in [0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 10, 15]
    where log10(tick) >= first - 0.01 && log10(tick) <= last {
      let place = x(tick)
      lines.append(
        """
        <line x1="\(number(place))" x2="\(number(place))" y1="\(number(margin))" y2="\(number(height - margin))" \
        stroke="#eee"/><text x="\(number(place))" y="\(number(height - margin + 18))" text-anchor="middle">\
        \(tick.formatted())</text>
        """)
    }
    lines.append(
      "<text x=\"\(number(width / 2))\" y=\"\(number(height - 12))\" text-anchor=\"middle\">wavelength (um)</text>"
    )
    for (index, curve) in curves.enumerated() {
      let colour = colours[index % colours.count]
      let points = zip(wavelengths, curve.values).filter { $0.1 > 0 }.map {
        "\(number(x($0.0))),\(number(y($0.1)))"
      }
      lines.append(
        "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.2\" points=\"\(points.joined(separator: " "))\"/>"
      )
      lines.append(
        """
        <text x="\(number(width - margin - 70 * Double(curves.count - index)))" y="46" fill="\(colour)">\(curve.name)\
        </text>
        """)
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}
