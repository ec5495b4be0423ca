import NumericalMethods

/// Columns without names, told by what their numbers do: an axis climbs or falls steadily, edges stand close to each other,
/// widths reach from neighbour to neighbour, errors are a small part of what they belong to.
struct UnnamedColumns {
  static let cure =
    "write one line of names with units above the numbers, such as `wavelength_um transit_depth_ppm error_ppm`"

  private let columns: [[Double]]

  init(_ columns: [[Double]]) { self.columns = columns }

  private enum Part: String {
    case wavelength, lowerEdge = "lower edge", upperEdge = "upper edge", halfWidth = "half width", width
    case ordinate = "value", error, upperError = "upper error", lowerError = "lower error"

    var name: String {
      switch self {
      case .wavelength: "wavelength"
      case .lowerEdge: "wave_min"
      case .upperEdge: "wave_max"
      case .halfWidth: "half_width"
      case .width: "bin_width"
      case .ordinate: "depth"
      case .error: "error"
      case .upperError: "err_up"
      case .lowerError: "err_low"
      }
    }
  }

  /// The orders in which authors are known to write.
  private static let readings: [[Part]] = [
    [.wavelength, .ordinate],
    [.wavelength, .ordinate, .error], [.lowerEdge, .upperEdge, .ordinate],
    [.upperEdge, .lowerEdge, .ordinate],
    [.wavelength, .halfWidth, .ordinate], [.wavelength, .width, .ordinate], [.ordinate, .error, .wavelength],
    [.lowerEdge, .upperEdge, .ordinate, .error], [.upperEdge, .lowerEdge, .ordinate, .error],
    [.wavelength, .ordinate, .error, .width], [.wavelength, .ordinate, .error, .halfWidth],
    [.wavelength, .halfWidth, .ordinate, .error], [.wavelength, .width, .ordinate, .error],
    [.wavelength, .ordinate, .upperError, .lowerError], [.ordinate, .error, .wavelength, .halfWidth],
    [.ordinate, .error, .wavelength, .width],
  ]

  /// - Parameters:
  ///   - ordinate: what the ordinate is named.
  ///   - hasUnit: the header tells the unit of the wavelengths.
  /// - Throws: `noWavelength` where no order fits, or several do.
  func names(ordinate: String, hasUnit: Bool) throws(SpectrumError) -> [String] {
    let fitting = Self.readings.filter { $0.count == columns.count && fits($0) }
    guard let reading = fitting.first, fitting.count == 1 else {
      let tried =
        columns.count > 4
        ? "so many are not guessed"
        : fitting.isEmpty
          ? "their values fit no order that is known"
          : "their values fit "
            + fitting.map { $0.map(\.rawValue).joined(separator: ", ") }.joined(separator: "; and as well ")
      throw SpectrumError(
        .noWavelength, "the \(columns.count) columns have no names, and \(tried); \(Self.cure)")
    }
    if !hasUnit, let place = reading.firstIndex(where: { $0 == .wavelength || $0 == .lowerEdge }) {
      try checkIsNoWavenumber(columns[place])
    }
    return reading.map { $0 == .ordinate ? ordinate : $0.name }
  }

  /// Hundreds and thousands that fall may be wavenumbers as well as Angstrom.
  private func checkIsNoWavenumber(_ axis: [Double]) throws(SpectrumError) {
    guard let first = axis.first, let last = axis.last, let median = upperMedian(axis), median >= 500,
      last < first
    else { return }
    throw SpectrumError(
      .noWavelength,
      "the columns have no names, and numbers that fall from \(Short.text(first)) to \(Short.text(last)) may be wavenumbers "
        + "(cm-1) as well as wavelengths in Angstrom or nm; \(Self.cure)")
  }

  private func fits(_ reading: [Part]) -> Bool {
    func column(_ part: Part) -> [Double]? { reading.firstIndex(of: part).map { columns[$0] } }
    guard let values = column(.ordinate) else { return false }
    var centre: [Double]
    if let axis = column(.wavelength) {
      centre = axis
      guard isAxis(axis) else { return false }
      // Behind the values only an axis is one that the first column cannot be.
      if reading[0] == .ordinate, isAxis(values) { return false }
    } else if let low = column(.lowerEdge), let high = column(.upperEdge) {
      guard isAxis(low), isAxis(high), areEdges(low, high) else { return false }
      centre = zip(low, high).map { ($0 + $1) / 2 }
    } else {
      return false
    }
    if let width = column(.halfWidth), !reaches(width, centre, 0.85...1.2) { return false }
    if let width = column(.width), !reaches(width, centre, 0.42...0.6) { return false }
    if let error = column(.error), !areErrors(error, of: values) { return false }
    if let up = column(.upperError), let low = column(.lowerError) {
      guard areErrors(up, of: values), areErrors(low, of: values), areAlike(up, low) else { return false }
    }
    // Of two columns of edges neither is what was measured.
    let isCentre = reading.contains(.wavelength)
    if isCentre, let next = reading.firstIndex(of: .ordinate), isAxis(values), next == 1,
      areEdges(centre, values) || areEdges(values, centre)
    {
      return false
    }
    return true
  }

  /// Positive, and climbing or falling throughout but for a few places, where another instrument begins.
  private func isAxis(_ values: [Double]) -> Bool {
    guard values.count > 1, values.allSatisfy({ $0.isFinite && $0 > 0 }) else { return false }
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    let up = steps.count { $0 > 0 }
    let down = steps.count { $0 < 0 }
    let mostly = max(up, down)
    return min(up, down) <= values.count / 10 && mostly * 5 >= steps.count * 4
  }

  /// The second lies above the first in each row, by about what lies between neighbours, and by less than a fifth.
  private func areEdges(_ low: [Double], _ high: [Double]) -> Bool {
    guard zip(low, high).allSatisfy({ $0 < $1 && $1 < 1.5 * $0 }) else { return false }
    let centre = zip(low, high).map { ($0 + $1) / 2 }
    let ratios = spacing(centre).enumerated().compactMap { place, spacing in
      spacing.map { (high[place] - low[place]) / $0 }
    }
    guard let typical = upperMedian(ratios) else { return columns.count > 2 }
    return typical > 0.1 && typical < 4
  }

  /// To the next point of the next row; `nil` at the last and where two rows share one.
  private func spacing(_ centre: [Double]) -> [Double?] {
    centre.indices.map { place in
      guard place + 1 < centre.count else { return nil }
      let step = abs(centre[place + 1] - centre[place])
      return step > 0 ? step : nil
    }
  }

  /// Spacing over the sum of neighbours' widths lies in a range for most pairs: half widths that touch give 1, full ones 0.5.
  private func reaches(_ width: [Double], _ centre: [Double], _ range: ClosedRange<Double>) -> Bool {
    guard width.allSatisfy({ $0.isFinite && $0 > 0 }) else { return false }
    let ratios = zip(spacing(centre).dropLast(), zip(width, width.dropFirst())).compactMap { step, pair in
      step.map { $0 / (pair.0 + pair.1) }
    }
    let touching = ratios.count { range.contains($0) }
    return !ratios.isEmpty && 10 * touching >= 7 * ratios.count
  }

  private func areErrors(_ errors: [Double], of values: [Double]) -> Bool {
    let pairs = zip(errors, values).filter { $0.isFinite && $1.isFinite && $1 != 0 }
    guard !pairs.isEmpty, pairs.allSatisfy({ $0.0 >= 0 }) || pairs.allSatisfy({ $0.0 <= 0 }) else {
      return false
    }
    guard let typical = upperMedian(pairs.map { abs($0 / $1) }) else { return false }
    return typical >= 1e-5 && typical < 0.3
  }

  private func areAlike(_ first: [Double], _ second: [Double]) -> Bool {
    let ratios = zip(first, second).filter { $0.isFinite && $1 != 0 }.map { abs($0 / $1) }
    guard let typical = upperMedian(ratios) else { return false }
    return typical > 0.2 && typical < 5
  }
}
