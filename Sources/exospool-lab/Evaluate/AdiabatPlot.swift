import Foundation
import TrainingSets

/// How adiabats of the fitted gas differ from those of constant entropy in its table, over pressure, as SVG: temperature drawn through, density
/// dashed, and the table's own gradient column dotted.
struct AdiabatPlot {
  let adiabats: [(start: Double, points: [GasTable.AdiabatPoint])]

  private static let (width, height, margin) = (900.0, 420.0, 72.0)
  /// Per cent, up and down.
  private static let span = 8.0
  private static let colours = ["#1f5fa8", "#2a8f5b", "#c77f12", "#b0302f", "#6b4fa3", "#555555"]

  var svg: String {
    let (width, height, margin) = (Self.width, Self.height, Self.margin)
    let span = Self.span
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    func x(_ pressure: Double) -> String {
      number(margin + (width - 2 * margin) * (log10(pressure) - 5) / 9)
    }
    func y(_ percent: Double) -> String {
      number(height / 2 - (height / 2 - margin) * min(max(percent / span, -1), 1))
    }
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" font-family="sans-serif" \
      font-size="12">
      """,
      "<title>Adiabats of hydrogen and helium</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
      """
      <text x="\(number(margin))" y="28" font-size="15">Adiabats from 1 bar, less Chabrier &amp; Debras 2021 at constant \
      entropy (%): T, density dashed, T by their gradients dotted</text>
      """,
    ]
    for percent in stride(from: -span, through: span, by: 2) {
      lines.append(
        """
        <line x1="\(number(margin))" x2="\(number(width - margin))" y1="\(y(percent))" y2="\(y(percent))" stroke="#ddd"/>\
        <text x="\(number(margin - 6))" y="\(y(percent - 0.2))" text-anchor="end">\(Int(percent))</text>
        """)
    }
    for decade in 5...14 {
      let place = x(pow(10, Double(decade)))
      lines.append(
        """
        <line x1="\(place)" x2="\(place)" y1="\(number(margin))" y2="\(number(height - margin))" stroke="#eee"/>\
        <text x="\(place)" y="\(number(height - margin + 18))" text-anchor="middle">1e\(decade)</text>
        """)
    }
    lines.append(
      "<text x=\"\(number(width / 2))\" y=\"\(number(height - 26))\" text-anchor=\"middle\">pressure (Pa)</text>"
    )
    for (index, adiabat) in adiabats.enumerated() {
      let colour = Self.colours[index % Self.colours.count]
      func curve(_ style: String, _ difference: (GasTable.AdiabatPoint) -> Double) {
        let points = adiabat.points.map { "\(x($0.pressure)),\(y(100 * difference($0)))" }
        lines.append(
          """
          <polyline fill="none" stroke="\(colour)" stroke-width="1.2"\(style) points="\(points.joined(separator: " "))"/>
          """)
      }
      curve("") { $0.ours / $0.temperature - 1 }
      curve(" stroke-dasharray=\"5 3\"") { $0.ourDensity / $0.density - 1 }
      curve(" stroke-dasharray=\"1 3\"") { $0.temperatureOfColumn / $0.temperature - 1 }
      lines.append(
        """
        <text x="\(number(width - margin - 70 * Double(adiabats.count - index)))" y="52" fill="\(colour)">\
        \(Int(adiabat.start)) K</text>
        """)
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}
