import Foundation
import Markup

/// Curves over wavelength, whose axis is logarithmic, as SVG.
struct WavelengthPlot {
  enum Scale {
    /// Logarithmic: so many decades, down from the one that holds the highest value.
    case decades(Int)
    /// From the lowest value to the highest.
    case linear
  }

  struct Curve {
    let name: String
    /// One a wavelength; on a logarithmic scale, what is not positive is left out.
    let values: [Double]
    /// Somebody else's, drawn dashed.
    let isReference: Bool

    init(_ name: String, _ values: [Double], isReference: Bool = false) {
      self.name = name
      self.values = values
      self.isReference = isReference
    }
  }

  let title: String
  /// What stands upright, with its unit.
  let ordinate: String
  /// um, ascending.
  let wavelengths: [Double]
  let curves: [Curve]
  let scale: Scale

  private let width = 900.0
  private let height = 420.0
  private let margin = 72.0
  private let colours = ["#1f5fa8", "#2a8f5b", "#c77f12", "#b0302f", "#6b4fa3", "#555555"]

  var svg: String {
    let axis = ValueAxis(scale, values: curves.flatMap(\.values))
    let (first, last) = (log10(wavelengths.first ?? 0.3), log10(wavelengths.last ?? 16))
    func x(_ wavelength: Double) -> Double {
      margin + (width - 2 * margin) * (log10(wavelength) - first) / max(last - first, 1e-6)
    }
    func y(_ value: Double) -> Double { margin + (height - 2 * margin) * (1 - axis.fraction(of: value)) }
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
    for tick in axis.ticks {
      let level = y(tick.value)
      lines.append(
        """
        <line x1="\(number(margin))" x2="\(number(width - margin))" y1="\(number(level))" y2="\(number(level))" \
        stroke="#ddd"/><text x="\(number(margin - 6))" y="\(number(level + 4))" text-anchor="end">\(tick.label)</text>
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
      "<text x=\"\(number(width / 2))\" y=\"\(number(height - 26))\" text-anchor=\"middle\">wavelength (um)</text>"
    )
    lines.append(
      "<text transform=\"rotate(-90)\" x=\"\(number(-height / 2))\" y=\"18\" text-anchor=\"middle\">\(ordinate)</text>"
    )
    // A reference has the colour of the curve of its place, and the legend's second line.
    for (isReference, spacing) in [(false, 70.0), (true, 110.0)] {
      let group = curves.filter { $0.isReference == isReference }
      for (index, curve) in group.enumerated() {
        let colour = colours[index % colours.count]
        let points = zip(wavelengths, curve.values).filter { axis.shows($0.1) }.map {
          "\(number(x($0.0))),\(number(y($0.1)))"
        }
        lines.append(
          """
          <polyline fill="none" stroke="\(colour)" stroke-width="1.2"\(isReference ? " stroke-dasharray=\"5 3\"" : "") \
          points="\(points.joined(separator: " "))"/>
          <text x="\(number(width - margin - spacing * Double(group.count - index)))" y="\(isReference ? 60 : 46)" \
          fill="\(colour)">\(curve.name)</text>
          """)
      }
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}

/// The upright axis: where values lie on it, and what is written beside it.
private struct ValueAxis {
  private let isLogarithmic: Bool
  private let lowest: Double
  private let highest: Double
  let ticks: [(value: Double, label: String)]

  init(_ scale: WavelengthPlot.Scale, values: [Double]) {
    let finite = values.filter(\.isFinite)
    switch scale {
    case .decades(let count):
      let top = log10(max(finite.max() ?? 1, 1e-300)).rounded(.up)
      (isLogarithmic, lowest, highest) = (true, top - Double(count), top)
      ticks = stride(from: top - Double(count), through: top, by: count > 6 ? 2 : 1).map {
        (pow(10, $0), "1e\(Int($0))")
      }
    case .linear:
      let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
      // A flat line has no range of its own.
      let margin = max(0.05 * (high - low), 1e-6 * abs(high), 1e-12)
      (isLogarithmic, lowest, highest) = (false, low - margin, high + margin)
      let round = Ticks(from: low - margin, to: high + margin, atMost: 8)
      ticks = round.values.map { ($0, round.label($0)) }
    }
  }

  func shows(_ value: Double) -> Bool { value.isFinite && (!isLogarithmic || value > 0) }

  /// 0 at the bottom, 1 at the top.
  func fraction(of value: Double) -> Double {
    let place = isLogarithmic ? max(lowest, log10(value)) : value
    return (place - lowest) / (highest - lowest)
  }
}
