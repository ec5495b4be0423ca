import NumericalMethods
import Observations
import Units

/// Wavelength of each point in m, and its bin where the file gives one.
struct WavelengthAxis {
  private(set) var centre: [Double]
  private(set) var lower: [Double]?
  private(set) var upper: [Double]?
  /// What the unit was read from.
  private let unitName: String
  /// The names of the columns that were used.
  private(set) var names: [String]

  /// From a column of wavelengths, of their logarithms, or from the middles of two columns of edges.
  /// - Throws: `noWavelength`, `noUsablePoints`.
  init(in source: SpectrumSource, _ remarks: inout ReadingRemarks) throws(SpectrumError) {
    let roles = source.roles
    func column(_ role: ColumnRole) -> SpectrumColumn? {
      roles.first { $0.role == role && source.columns[$0.place].values.contains(where: \.isFinite) }
        .map { source.columns[$0.place] }
    }
    let raw: SpectrumColumn
    var edges: (low: SpectrumColumn, high: SpectrumColumn)?
    if let low = column(.lowerEdge), let high = column(.upperEdge) { edges = (low, high) }
    if let centre = column(.wavelength) {
      raw = centre
      names = [centre.name]
    } else if let logarithm = column(.logWavelength) {
      raw = SpectrumColumn(logarithm.name, unit: "Angstrom", logarithm.values.map { exponential10($0) })
      remarks.assumptions.append(
        "\(logarithm.name) is log10 of the wavelength in Angstrom, as SDSS writes it")
      names = [logarithm.name]
    } else if let edges {
      raw = SpectrumColumn(
        edges.low.name, unit: edges.low.unit,
        zip(edges.low.values, edges.high.values).map { ($0 + $1) / 2 })
      names = []
    } else if roles.contains(where: { $0.role == .wavelength || $0.role == .lowerEdge }) {
      throw SpectrumError(.noUsablePoints, "no wavelength is positive and finite")
    } else {
      throw SpectrumError(
        .noWavelength,
        "there is no wavelength: looked for a column like WAVELENGTH, or a pair of bin edges, found "
          + source.columns.map(\.name).joined(separator: ", "))
    }
    let unit = try SpectralUnit(of: raw, words: source.words, &remarks)
    // The middle of two edges is the middle in what they are given in: of wavenumbers it is taken in wavelength.
    centre =
      if names.isEmpty, let edges, !unit.growsWithWavelength {
        zip(edges.low.values, edges.high.values).map { (unit.wavelength($0) + unit.wavelength($1)) / 2 }
      } else {
        raw.values.map(unit.wavelength)
      }
    unitName = raw.unit
    if let edges {
      let edgeUnit = SpectralUnit(edges.low.statedUnit) ?? unit
      let low = edges.low.values.map(edgeUnit.wavelength)
      let high = edges.high.values.map(edgeUnit.wavelength)
      lower = zip(low, high).map { min($0, $1) }
      upper = zip(low, high).map { max($0, $1) }
      names += [edges.low.name, edges.high.name]
      try checkEdgesHoldCentres(edges.low.name, edges.high.name)
    } else if unit.growsWithWavelength {
      takeWidths(column, unit: unit, &remarks)
    }
  }

  /// A column of wavelengths and two of edges in different units, or of something else, disagree.
  /// - Throws: `malformed` where more than a tenth of the wavelengths lie outside their bins.
  private func checkEdgesHoldCentres(_ low: String, _ high: String) throws(SpectrumError) {
    guard let lower, let upper else { return }
    var (outside, known) = (0, 0)
    for (centre, (low, high)) in zip(centre, zip(lower, upper)) where (centre + low + high).isFinite {
      let slack = 0.05 * (high - low) + 1e-6 * centre
      known += 1
      if centre < low - slack || centre > high + slack { outside += 1 }
    }
    guard 10 * outside > known else { return }
    throw SpectrumError(
      .malformed,
      "\(outside) of \(known) wavelengths (column \(names[0])) lie outside their bins (\(low), \(high)); are the units the "
        + "same? Write them into the columns' names")
  }

  /// Planets are seen from 0.1 to 60 um: far beyond stands another unit, as nm under the word um.
  /// - Throws: `noWavelength`.
  func checkIsOfPlanets() throws(SpectrumError) {
    guard let median = upperMedian(centre.filter { $0.isFinite && $0 > 0 }), !(5e-8...1e-4).contains(median)
    else { return }
    throw SpectrumError(
      .noWavelength,
      "the wavelengths would be about \(Short.text(median * 1e6)) um, where no planet's transit or eclipse is observed; check the "
        + "unit '\(unitName)' of \(names.first ?? "the wavelengths")")
  }

  /// The bins' edges from widths around the centres.
  private mutating func takeWidths(
    _ column: (ColumnRole) -> SpectrumColumn?, unit: SpectralUnit, _ remarks: inout ReadingRemarks
  ) {
    /// In m, of a column that may have a unit of its own.
    func meters(_ width: SpectrumColumn) -> [Double] {
      let own = SpectralUnit(width.statedUnit).flatMap { $0.growsWithWavelength ? $0 : nil } ?? unit
      return width.values.map { own.wavelength(abs($0)) }
    }
    let (below, above): ([Double], [Double])
    if let low = column(.lowerHalfWidth), let high = column(.upperHalfWidth) {
      (below, above) = (meters(low), meters(high))
      names += [low.name, high.name]
    } else if var width = column(.halfWidth) ?? column(.width) {
      width.values = meters(width)
      guard let isHalf = width.isHalfWidth(aroundCentres: centre, &remarks) else { return }
      let half = width.values.map { $0 * (isHalf ? 1 : 0.5) }
      (below, above) = (half, half)
      names.append(width.name)
    } else {
      return
    }
    guard zip(below, centre).allSatisfy({ $0 > 0 && $0 < $1 || !($1 > 0) }),
      zip(above, centre).allSatisfy({ $0 > 0 && $0.isFinite || !($1 > 0) })
    else {
      remarks.assumptions.append(
        "some widths of bins are missing, zero or larger than the wavelength: all edges were drawn half-way to the neighbours"
      )
      return
    }
    lower = zip(centre, below).map { $0 - $1 }
    upper = zip(centre, above).map { $0 + $1 }
  }

  /// Of a planet's depths without a unit, hundreds and the lower thousands are nm as well as Angstrom.
  /// - Throws: `noWavelength`.
  func checkIsNoUltraviolet(_ remarks: ReadingRemarks) throws(SpectrumError) {
    guard remarks.flags.contains(.wavelengthUnitAssumed), let median = upperMedian(centre.filter(\.isFinite)),
      median < 0.3e-6, unitName.isEmpty
    else { return }
    throw SpectrumError(
      .noWavelength,
      "the wavelengths have no unit, and numbers about \(Short.text(median * 1e10)) may be nm as well as Angstrom; write the "
        + "unit into the column's name, such as wavelength_nm or wavelength_angstrom")
  }

  /// Catches wrong units: no spectrum this program reads lies outside 10 nm to 1 mm.
  /// - Throws: `noUsablePoints`; `noWavelength` where no unit makes sense of the values.
  mutating func correctImplausible(_ remarks: inout ReadingRemarks) throws(SpectrumError) {
    let usable = centre.filter { $0.isFinite && $0 > 0 }
    guard let low = usable.min(), let high = usable.max(), let median = upperMedian(usable) else {
      throw SpectrumError(.noUsablePoints, "no wavelength is positive and finite")
    }
    guard !(1e-8...1e-3).contains(median) else { return }
    let units: [(name: String, meters: Double)] = [
      ("Angstrom", 1e-10), ("nm", 1e-9), ("um", 1e-6), ("mm", 1e-3), ("cm", 1e-2), ("m", 1),
    ]
    guard case .wavelength(let meters)? = SpectralUnit(unitName) ?? .wavelength(meters: 1) else {
      throw SpectrumError(.noWavelength, "the wavelengths would be \(low) to \(high) m; check the unit")
    }
    guard
      let best = units.first(where: {
        low / meters * $0.meters >= 0.2e-6 && high / meters * $0.meters <= 30e-6
      })
    else {
      throw SpectrumError(
        .noWavelength,
        "the wavelengths would be \(low) to \(high) m, which no instrument sees; check the unit '\(unitName)'"
      )
    }
    let factor = best.meters / meters
    centre = centre.map { $0 * factor }
    lower = lower?.map { $0 * factor }
    upper = upper?.map { $0 * factor }
    remarks.assumptions.append(
      "the wavelength unit is given as '\(unitName)', but the values only make sense in \(best.name): read so"
    )
    remarks.flags.append(.wavelengthUnitCorrected)
  }
}
