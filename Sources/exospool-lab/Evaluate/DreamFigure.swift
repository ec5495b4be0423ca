import Foundation
import Observations

/// Shapes of spectra against wavelength, a panel each, as an SVG document.
struct DreamFigure {
  struct Panel {
    var title: String
    var dream: [Double]
    /// The mean training spectrum; empty where there is none to compare with.
    var mean: [Double] = []
  }

  let panels: [Panel]

  private static let width = 760.0
  private static let panelHeight = 150.0
  private static let left = 20.0

  var svg: String {
    let height = Self.panelHeight * Double(panels.count) + 46
    let body = panels.enumerated().map { panel($1, top: Self.panelHeight * Double($0)) }.joined(
      separator: "\n")
    let base = Self.panelHeight * Double(panels.count)
    let ticks = [0.3, 0.5, 1, 2, 3, 5, 10, 15].map { tick in
      "<path stroke=\"#555\" d=\"M\(fixed(x(tick), 1)) \(fixed(base, 1))v5\"/>"
        + "<text x=\"\(fixed(x(tick), 1))\" y=\"\(fixed(base + 18, 1))\" text-anchor=\"middle\">\(tick)</text>"
    }.joined()
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(height))" font-family="sans-serif" \
      font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      \(body)
      \(ticks)
      <text x="\(Int(Self.width / 2))" y="\(Int(height) - 8)" text-anchor="middle">wavelength (µm)</text>
      </svg>

      """
  }

  private func x(_ micrometers: Double) -> Double {
    Self.left + (log(micrometers / 0.3) / log(16.1 / 0.3)) * (Self.width - Self.left - 10)
  }

  private func panel(_ panel: Panel, top: Double) -> String {
    let curves = [Self.unit(panel.mean), Self.unit(panel.dream)]
    let all = curves.flatMap { $0 }
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let base = top + Self.panelHeight - 8
    let scale = (Self.panelHeight - 34) / max(high - low, 1e-9)
    func path(_ shape: [Double]) -> String {
      zip(SpectralGrid.standard.wavelengths, shape).enumerated().map { i, point in
        "\(i == 0 ? "M" : "L")\(fixed(x(point.0 * 1e6), 1)) \(fixed(base - (point.1 - low) * scale, 1))"
      }.joined()
    }
    return """
      <text x="\(Int(Self.left) + 6)" y="\(fixed(top + 18, 0))">\(panel.title)</text>
      <path stroke="#555" fill="none" d="M\(Int(Self.left)) \(fixed(top + 6, 0))V\(fixed(base + 8, 0))H\(Int(Self.width) - 10)"/>
      <path stroke="#999" stroke-width="3" fill="none" d="\(path(curves[0]))"/>
      <path stroke="#0b62a4" stroke-width="1.4" fill="none" d="\(path(curves[1]))"/>
      """
  }

  /// Mean 0 and root mean square 1: shapes are compared, not sizes.
  private static func unit(_ shape: [Double]) -> [Double] {
    guard !shape.isEmpty else { return [] }
    let mean = shape.reduce(0, +) / Double(shape.count)
    let square = shape.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shape.count)
    return square > 0 ? shape.map { ($0 - mean) / square.squareRoot() } : shape.map { $0 - mean }
  }
}
