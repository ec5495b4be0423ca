import Analyses
import Markup
import Observations
import PlainText
import SpectralSensitivity

/// The spectrum, and aligned under it a row a parameter: the darker a stretch, the more the answer moves with the noise of its points.
///
/// One hue in nine steps of lightness, so that print and the colour-blind have it, too; nothing is drawn where nothing was observed.
struct SensitivityFigure {
  private let traced: SpectrumSensitivity
  private let subject: PreparedSpectrum
  private let axis: WavelengthAxis
  private let depths: ClosedRange<Double>

  private static let (left, right) = (108.0, 884.0)
  private static let (top, base) = (12.0, 112.0)
  private static let (first, row, thickness) = (128.0, 28.0, 20.0)
  private static let steps = 8.0
  /// Bins where a molecule adds at least this part of what it adds at most.
  private static let band = 0.25
  /// The part of the groups that an optimal retrieval rests on most.
  private static let optimalPart = 0.1

  private var foot: Double { Self.first + Double(traced.parameters.count) * Self.row }

  /// Nothing where nothing was traced.
  init?(_ traced: SpectrumSensitivity, _ subject: PreparedSpectrum) {
    guard !traced.networks.isEmpty, !traced.groups.groups.isEmpty else { return nil }
    self.traced = traced
    self.subject = subject
    let edges = traced.groups.groups.indices.map { traced.groups.edges($0) }
    axis = WavelengthAxis(
      (edges.map(\.lower).min() ?? 3e-7) * 1e6...(edges.map(\.upper).max() ?? 1.6e-5) * 1e6,
      left: Self.left, right: Self.right)
    let resampled = subject.resampled
    let values = resampled.value.indices.filter { resampled.isObserved[$0] }.map { resampled.value[$0] }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    depths = low...max(high, low + 1e-12)
  }

  var markup: Markup {
    """
    <figure class="sensitivity-figure"><div class="wide">\(svg)</div><figcaption>\(caption)</figcaption></figure>

    """
  }

  var svg: Markup {
    """
    <svg class="sensitivity" viewBox="0 0 900 \(c(foot + 52))" role="img" aria-labelledby="sensitivity-t sensitivity-d">
    <title id="sensitivity-t">What each answer rests on, by wavelength</title>
    <desc id="sensitivity-d">\(description)</desc>
    <path class="steps" d="\(Markup(trusted: steps))"/>\(traced.parameters.indices.map(rowMarkup))\(axes)
    </svg>
    """
  }

  /// What the drawing shows, a row a stretch.
  var table: FigureTable {
    let edges = traced.groups.groups.indices.map { traced.groups.edges($0) }
    var columns = [
      ("wave_min_um", FigureTable.numbers(edges.map(\.lower), times: 1e6)),
      ("wave_max_um", FigureTable.numbers(edges.map(\.upper), times: 1e6)),
    ]
    for (parameter, values) in zip(traced.parameters, traced.combined) {
      columns.append((parameter.key, FigureTable.numbers(values)))
    }
    if let optimal = traced.optimal {
      for (parameter, values) in zip(traced.parameters, optimal.values) where !values.isEmpty {
        columns.append(("\(parameter.key)_optimal", FigureTable.numbers(values)))
      }
    }
    return FigureTable(
      remarks: ["change of the answer in its own deviations for noise as large as the points' errors"],
      columns: columns)
  }

  private var description: String {
    traced.parameters.indices.compactMap { place in
      traced.strongest(place).map { group in
        let (lower, upper) = traced.groups.edges(group)
        return "\(title(place)) most at \(Numerals.significant((lower + upper) * 0.5e6, digits: 3)) um"
      }
    }.joined(separator: "; ") + "."
  }

  private var caption: String {
    "Above: the spectrum in the bins of the grid. Below, a row a parameter: how far noise as large as the points’ errors moves the "
      + "answer, stretch by stretch, the three networks together; black is the row’s largest, white is nothing, and what was not "
      + "observed is left out."
      + (traced.contributions.isEmpty
        ? ""
        : " Lines under the molecules’ rows: where each adds a quarter or more of what it adds at most.")
      + (traced.optimal == nil
        ? "" : " Outlined: the tenth of the stretches that an optimal linear retrieval rests on most.")
  }

  private func title(_ place: Int) -> String {
    let described = ParameterUnit.described(traced.parameters[place].key)
    return described?.gas.map(MoleculeFigure.formula) ?? described?.title ?? traced.parameters[place].key
  }

  private func c(_ coordinate: Double) -> String { Numerals.coordinate(coordinate) }

  // MARK: Parts

  private func rowMarkup(_ place: Int) -> Markup {
    let top = Self.first + Double(place) * Self.row
    let values = traced.combined[place]
    let largest = values.max() ?? 0
    let optimal = outlined(place)
    let cells = values.indices.compactMap { group -> Markup? in
      let (lower, upper) = traced.groups.edges(group)
      let (start, end) = (axis.x(lower * 1e6), axis.x(upper * 1e6))
      let step = largest > 0 ? (values[group] / largest * Self.steps).rounded() : 0
      return
        "<rect class=\"s\(Numerals.fixed(step, decimals: 0))\(optimal.contains(group) ? " best" : "")\" x=\"\(c(start))\" y=\"\(c(top))\" width=\"\(c(max(end - start, 0.5)))\" height=\"\(c(Self.thickness))\"/>"
    }
    return """
      <g><text class="end" x="\(c(Self.left - 8))" y="\(c(top + 15))">\(title(place))</text>\(cells.joined())\(bandMarkup(place, top + Self.thickness + 3))</g>

      """
  }

  private func outlined(_ place: Int) -> Set<Int> {
    guard let values = traced.optimal?.values[place], !values.isEmpty else { return [] }
    let count = max(1, Int((Double(values.count) * Self.optimalPart).rounded()))
    return Set(values.indices.sorted { values[$0] > values[$1] }.prefix(count))
  }

  private func bandMarkup(_ place: Int, _ height: Double) -> Markup {
    let gas = ParameterUnit.described(traced.parameters[place].key)?.gas
    guard let depths = traced.contributions.first(where: { $0.gas == gas })?.depths,
      let largest = depths.max(), largest > 0
    else { return "" }
    let edges = SpectralGrid.standard.edges
    var path = ""
    var start: Int?
    for bin in 0...depths.count {
      let isIn = bin < depths.count && depths[bin] >= Self.band * largest
      if isIn {
        start = start ?? bin
      } else if let begun = start {
        let (from, to) = (axis.x(edges[begun] * 1e6), axis.x(edges[bin] * 1e6))
        if to > from { path += "M\(c(from)) \(c(height))H\(c(to))" }
        start = nil
      }
    }
    return path.isEmpty ? "" : "<path class=\"bands\" d=\"\(Markup(trusted: path))\"/>"
  }

  private var steps: String {
    let (resampled, edges) = (subject.resampled, SpectralGrid.standard.edges)
    var path = ""
    for bin in resampled.value.indices where resampled.isObserved[bin] {
      let fraction = (resampled.value[bin] - depths.lowerBound) / (depths.upperBound - depths.lowerBound)
      let height = Self.base - min(1, max(0, fraction)) * (Self.base - Self.top)
      let isNext = bin > 0 && resampled.isObserved[bin - 1]
      path += isNext ? "V\(c(height))" : "M\(c(axis.x(edges[bin] * 1e6))) \(c(height))"
      path += "H\(c(axis.x(edges[bin + 1] * 1e6)))"
    }
    return path
  }

  private var axes: Markup {
    var markup: Markup = "<g class=\"axis\"><path d=\"M\(c(Self.left)) \(c(foot))H\(c(Self.right))\"/>"
    for tick in axis.ticks {
      let place = c(axis.x(tick))
      markup += "<path d=\"M\(place) \(c(foot))v6\"/>"
      markup +=
        "<text x=\"\(place)\" y=\"\(c(foot + 22))\">\(Numerals.significant(tick, digits: 3))</text>"
    }
    return markup + """
      <text x="\(c((Self.left + Self.right) / 2))" y="\(c(foot + 44))">wavelength, µm</text></g>
      """
  }

  static let css: Markup = """
    svg.sensitivity { width: 100%; min-width: 42rem; } .sensitivity .steps { fill: none; stroke: var(--ink); stroke-width: 1.1; }
    .sensitivity rect { fill: var(--ink); stroke: none; } .sensitivity .best { stroke: var(--accent); stroke-width: 1.6; }
    .sensitivity .s0 { fill-opacity: 0.03; } .sensitivity .s1 { fill-opacity: 0.12; } .sensitivity .s2 { fill-opacity: 0.24; }
    .sensitivity .s3 { fill-opacity: 0.36; } .sensitivity .s4 { fill-opacity: 0.49; } .sensitivity .s5 { fill-opacity: 0.62; }
    .sensitivity .s6 { fill-opacity: 0.75; } .sensitivity .s7 { fill-opacity: 0.88; } .sensitivity .s8 { fill-opacity: 1; }
    .sensitivity .bands { stroke: var(--water); stroke-width: 3; fill: none; } .sensitivity .end { text-anchor: end; }
    .sensitivity-figure figcaption { font-size: 0.85rem; max-width: 44rem; }
    """
}
