import Markup
import NumericalMethods
import Observations
import PlainText
import SpectrumCompleting

/// The parameters that the data tell, two by two: regions that hold 68 and 95 % of the posterior, and histograms on the diagonal.
struct CornerFigure {
  private struct Axis {
    let title: String
    let unit: String
    /// A sample each, in the shown unit.
    let values: [Double]
    let posterior: Posterior
    let range: ClosedRange<Double>
  }

  private let axes: [Axis]
  private let weights: [Double]

  private static let mostParameters = 7
  private static let cell = 96.0
  private static let gap = 8.0
  private static let (left, bottom) = (74.0, 66.0)
  private static let top = 20.0
  /// A side.
  private static let bins = 16

  /// Nothing where fewer than two parameters are told by the data.
  init?(_ atmosphere: CompletedAtmosphere) {
    let samples = atmosphere.samples
    weights = samples.weights
    axes = atmosphere.parameters.filter(\.isConstrained).compactMap { parameter -> Axis? in
      guard let column = samples.keys.firstIndex(of: parameter.key),
        let described = CompletedParameter.all.first(where: { $0.key == parameter.key })
      else { return nil }
      let values = samples.rows.map { $0[column] * described.shownFactor }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      guard low < high, low.isFinite, high.isFinite else { return nil }
      let span = (parameter.posterior.p975 - parameter.posterior.p025) * described.shownFactor
      let middle = parameter.posterior.p50 * described.shownFactor
      return Axis(
        title: described.title, unit: described.shownUnit, values: values, posterior: parameter.posterior,
        range: max(
          low, middle - 1.2 * span)...max(min(high, middle + 1.2 * span), middle + 1e-9 * abs(middle)))
    }.prefix(Self.mostParameters).map { $0 }
    guard axes.count > 1, axes.allSatisfy({ $0.range.lowerBound < $0.range.upperBound }) else { return nil }
  }

  private var side: Double { Double(axes.count) * (Self.cell + Self.gap) - Self.gap }

  var markup: Markup {
    """
    <figure class="completion corner"><div class="wide">\(svg)</div><figcaption>What the data tell, two by two: dark and light \
    regions hold 68 and 95 % of the posterior. On the diagonal each parameter by itself.</figcaption></figure>

    """
  }

  var svg: Markup {
    let (width, height) = (Self.left + side + 12, Self.top + side + Self.bottom)
    let cells = axes.indices.flatMap { row in
      (0...row).map { column in row == column ? histogram(row) : region(row, column) }
    }
    return """
      <svg class="pairs" style="max-width:\(c(width * 1.1))px;min-width:\(c(0.78 * width))px" \
      viewBox="0 0 \(c(width)) \(c(height))" role="img" aria-labelledby="corner-t corner-d">
      <title id="corner-t">Parameters two by two</title>
      <desc id="corner-d">\(description)</desc>
      \(cells)\(labels)
      </svg>
      """
  }

  private var description: String {
    axes.map { axis in
      "\(axis.title) from \(Numerals.significant(axis.range.lowerBound, digits: 3)) to "
        + "\(Numerals.significant(axis.range.upperBound, digits: 3))\(axis.unit.isEmpty ? "" : " " + axis.unit)"
    }.joined(separator: "; ") + "."
  }

  // MARK: Cells

  private func origin(_ row: Int, _ column: Int) -> (x: Double, y: Double) {
    (Self.left + Double(column) * (Self.cell + Self.gap), Self.top + Double(row) * (Self.cell + Self.gap))
  }

  /// The bin of a value; nil outside the axis.
  private func bin(_ value: Double, _ range: ClosedRange<Double>) -> Int? {
    guard range.contains(value) else { return nil }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(Self.bins - 1, Int(share * Double(Self.bins)))
  }

  private func histogram(_ place: Int) -> Markup {
    let axis = axes[place]
    var heights = [Double](repeating: 0, count: Self.bins)
    for (value, weight) in zip(axis.values, weights) {
      if let bin = bin(value, axis.range) { heights[bin] += weight }
    }
    let highest = max(heights.max() ?? 0, .leastNormalMagnitude)
    let (x, y) = origin(place, place)
    let step = Self.cell / Double(Self.bins)
    var path = "M\(c(x)) \(c(y + Self.cell))"
    for (bin, height) in heights.enumerated() {
      path += "V\(c(y + Self.cell - 0.92 * Self.cell * height / highest))H\(c(x + step * Double(bin + 1)))"
    }
    path += "V\(c(y + Self.cell))Z"
    return "<path class=\"r68\" d=\"\(path)\"/>\(frame(place, place))"
  }

  private func region(_ row: Int, _ column: Int) -> Markup {
    let (vertical, horizontal) = (axes[row], axes[column])
    var mass = [Double](repeating: 0, count: Self.bins * Self.bins)
    for (sample, weight) in weights.enumerated() {
      guard let i = bin(vertical.values[sample], vertical.range),
        let j = bin(horizontal.values[sample], horizontal.range)
      else { continue }
      mass[i * Self.bins + j] += weight
    }
    let smooth = smoothed(mass)
    let (x, y) = origin(row, column)
    let step = Self.cell / Double(Self.bins)
    /// Runs of cells along each row.
    func path(_ isInside: (Double) -> Bool) -> String {
      var path = ""
      for i in 0..<Self.bins {
        var j = 0
        while j < Self.bins {
          guard isInside(smooth[i * Self.bins + j]) else {
            j += 1
            continue
          }
          let start = j
          while j < Self.bins, isInside(smooth[i * Self.bins + j]) { j += 1 }
          path += "M\(c(x + step * Double(start))) \(c(y + Self.cell - step * Double(i)))"
          path += "h\(c(step * Double(j - start)))v-\(c(step))h-\(c(step * Double(j - start)))z"
        }
      }
      return path
    }
    let (inner, outer) = (level(smooth, 0.68), level(smooth, 0.95))
    return """
      <path class="r95" d="\(path { $0 >= outer && $0 < inner })"/><path class="r68" d="\(path { $0 >= inner })"/>\
      \(frame(row, column))
      """
  }

  /// Each cell with its neighbours (1 2 1): a few hundred samples leave holes between them.
  private func smoothed(_ mass: [Double]) -> [Double] {
    let n = Self.bins
    func pass(_ values: [Double], _ stride: Int, _ line: Int) -> [Double] {
      values.indices.map { i in
        let position = i / stride % n
        let before = position > 0 ? values[i - stride] : values[i]
        let after = position < n - 1 ? values[i + stride] : values[i]
        return (before + 2 * values[i] + after) / 4
      }
    }
    return pass(pass(mass, 1, n), n, n)
  }

  /// The density from which on cells hold a share of the whole.
  private func level(_ mass: [Double], _ share: Double) -> Double {
    let sorted = mass.sorted(by: >)
    let total = mass.reduce(0, +)
    var sum = 0.0
    for value in sorted {
      sum += value
      if sum >= share * total { return max(value, .leastNormalMagnitude) }
    }
    return .leastNormalMagnitude
  }

  private func frame(_ row: Int, _ column: Int) -> Markup {
    let (x, y) = origin(row, column)
    return "<path class=\"frame\" d=\"M\(c(x)) \(c(y))h\(c(Self.cell))v\(c(Self.cell))h-\(c(Self.cell))z\"/>"
  }

  // MARK: Labels

  private var labels: Markup {
    axes.enumerated().map { place, axis -> Markup in
      let ticks = Ticks(from: axis.range.lowerBound, to: axis.range.upperBound, atMost: 3)
      let title = axis.title + (axis.unit.isEmpty || axis.unit.hasPrefix("log") ? "" : ", \(axis.unit)")
      let span = axis.range.upperBound - axis.range.lowerBound
      let (x, bottom) = (origin(0, place).x, Self.top + side)
      let y = origin(place, 0).y
      let marks = ticks.values.map { value -> Markup in
        let share = (value - axis.range.lowerBound) / span
        let (across, down) = (x + share * Self.cell, y + Self.cell - share * Self.cell)
        let beside: Markup =
          place == 0
          ? ""
          : "<path d=\"M\(c(Self.left)) \(c(down))h-4\"/><text class=\"end\" x=\"\(c(Self.left - 7))\" y=\"\(c(down + 4))\">\(ticks.label(value))</text>"
        return """
          <path d="M\(c(across)) \(c(bottom))v4"/>\
          <text x="\(c(across))" y="\(c(bottom + 17))">\(ticks.label(value))</text>\(beside)
          """
      }
      let middle = c(y + Self.cell / 2)
      let beside: Markup =
        place == 0
        ? "" : "<text transform=\"rotate(-90 14 \(middle))\" x=\"14\" y=\"\(middle)\">\(title)</text>"
      return """
        <g class="axis">\(marks)<text x="\(c(x + Self.cell / 2))" y="\(c(bottom + (place.isMultiple(of: 2) ? 36 : 54)))">\(title)</text>\
        \(beside)</g>
        """
    }.joined()
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  static let css: Markup = """
    .corner svg { width: 100%; }
    \(figureCSS)
    """

  /// Of the drawing alone.
  static let figureCSS: Markup = """
    .r68 { fill: var(--water); stroke: none; } .r95 { fill: var(--water); fill-opacity: 0.35; stroke: none; }
    .frame { fill: none; stroke: var(--rule); } svg.pairs .axis text { font-size: 12px; }
    """
}
