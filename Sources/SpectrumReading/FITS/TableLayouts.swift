import FITSFiles

/// Spectra in tables: JWST, HST, ESO Phase 3, SDSS `spec`, IDL single rows, depth tables.
enum TableLayouts {
  /// Tables whose HDU says what they are.
  static func declared(_ file: borrowing FITSFile) throws -> SpectrumSource? {
    let jwst = file.units.filter { ["EXTRACT1D", "COMBINE1D"].contains($0.name.uppercased()) }
    if !jwst.isEmpty {
      let isSeries = jwst.contains { unit in unit.columns.contains { $0.name.uppercased() == "INT_NUM" } }
      guard !isSeries, !file.units.contains(where: { $0.name.uppercased() == "INT_TIMES" }) else {
        throw timeSeries(jwst[0], rows: nil)
      }
      let kind = jwst[0].name.uppercased() == "EXTRACT1D" ? "x1d" : "c1d"
      return try merged(jwst, of: file, layout: "JWST \(kind)")
    }
    for unit in file.units where unit.name.uppercased() == "SPECTRUM" || unit.header["VOCLASS"] != nil {
      guard case .table = unit.kind else { continue }
      guard var source = try source(unit, of: file, layout: "ESO Phase 3") else { continue }
      if file.units.first?.header.text("ORIGIN") == "exospool" { source.readAsOwnResult() }
      return source
    }
    return nil
  }

  /// The first table that has a wavelength and something measured at it, and those of the same layout.
  static func any(_ file: borrowing FITSFile) throws -> SpectrumSource? {
    var alike: [FITSStructure.Unit] = []
    var others: [FITSStructure.Unit] = []
    for unit in file.units {
      guard case .table(let rows, _) = unit.kind, rows > 0 else { continue }
      let names = ChosenColumns(unit).names
      guard ColumnNames.areOfSpectrum(names) else { continue }
      if let first = alike.first, ChosenColumns(first).names != names {
        others.append(unit)
      } else {
        alike.append(unit)
      }
    }
    guard !alike.isEmpty else { return nil }
    var source = try merged(alike, of: file, layout: nil)
    if !others.isEmpty {
      source?.remarks.assumptions.append(
        "\(others.map(\.label).joined(separator: ", ")) of another layout left aside")
    }
    return source
  }

  private static func merged(
    _ units: [FITSStructure.Unit], of file: borrowing FITSFile, layout: String?
  ) throws -> SpectrumSource? {
    var sources: [(unit: FITSStructure.Unit, source: SpectrumSource)] = []
    for unit in units {
      if let source = try source(unit, of: file, layout: layout) { sources.append((unit, source)) }
    }
    guard var sum = sources.first?.source else { return nil }
    guard sources.count > 1 else {
      // The orders of one JWST table are one segment.
      if layout != nil { sum.segments = [Int](repeating: 0, count: sum.columns.first?.values.count ?? 0) }
      return sum
    }
    let labels = sources.map(\.unit.label)
    try checkAreOneSpectrum(sources, labels)
    let isNamed = layout == nil
    sum.segments = []
    var instruments: [String] = []
    for place in sum.columns.indices { sum.columns[place].values = [] }
    var left: [String] = []
    for (order, (unit, next)) in sources.enumerated() {
      guard sum.columns.map(\.name) == next.columns.map(\.name),
        sum.columns.map(\.unit) == next.columns.map(\.unit)
      else {
        left.append(unit.label)
        continue
      }
      for place in sum.columns.indices { sum.columns[place].values += next.columns[place].values }
      let count = next.columns.first?.values.count ?? 0
      sum.segments? += [Int](repeating: order, count: count)
      instruments +=
        next.instruments ?? [String](repeating: unit.name.isEmpty ? unit.label : unit.name, count: count)
    }
    if isNamed {
      sum.instruments = instruments
      sum.layout += ", \(sources.count - left.count) HDUs"
      sum.remarks.assumptions.append(
        "the tables \(labels.filter { !left.contains($0) }.joined(separator: ", ")) cover different wavelengths: merged"
      )
    }
    if !left.isEmpty {
      sum.remarks.assumptions.append("\(left.joined(separator: ", ")) of another layout left aside")
    }
    return sum
  }

  /// Tables that all span the same wavelengths, or are of several sources, are several spectra.
  private static func checkAreOneSpectrum(
    _ sources: [(unit: FITSStructure.Unit, source: SpectrumSource)], _ labels: [String]
  ) throws(SpectrumError) {
    func axis(_ source: SpectrumSource) -> [Double]? {
      source.columns.first { [.wavelength, .logWavelength, .lowerEdge].contains(ColumnNames.role($0.name)) }?
        .values
    }
    let first = axis(sources[0].source)
    let areSame = sources.dropFirst().contains { axis($0.source) == first }
    let ids = sources.compactMap { $0.unit.header.integer("SOURCEID") }
    // Orders of one echelle may overlap much; they say which they are.
    let areOrders = sources.allSatisfy { $0.unit.header.integer("SPORDER") != nil }
    guard areSame || Set(ids).count > 1 || !areOrders && overlapMuch(sources.map { axis($0.source) ?? [] })
    else { return }
    let names =
      labels.prefix(12).joined(separator: ", ") + (labels.count > 12 ? " and \(labels.count - 12) more" : "")
    throw SpectrumError(
      .notOneSpectrum,
      "the file holds \(labels.count) spectra\(Set(ids).count > 1 ? " of several sources" : " on the same wavelengths") (\(names)); "
        + "submit each as a file of its own")
  }

  /// Whether two of the axes share more than four fifths of what the shorter one spans.
  private static func overlapMuch(_ axes: [[Double]]) -> Bool {
    let ranges = axes.compactMap { axis -> ClosedRange<Double>? in
      let values = axis.filter { $0.isFinite && $0 > 0 }
      guard let low = values.min(), let high = values.max(), low < high else { return nil }
      return low...high
    }
    func width(_ range: ClosedRange<Double>) -> Double { range.upperBound - range.lowerBound }
    return ranges.indices.contains { first in
      ranges[(first + 1)...].contains { other in
        ranges[first].overlaps(other)
          && width(ranges[first].clamped(to: other)) > 0.8 * min(width(ranges[first]), width(other))
      }
    }
  }

  private static func timeSeries(_ unit: FITSStructure.Unit, rows: Int?) -> SpectrumError {
    let name = unit.label
    let many = rows.map { " of \($0) integrations" } ?? ""
    return SpectrumError(
      .notOneSpectrum,
      "\(name) is a time series\(many): the star's flux against time, not yet a planet's spectrum; "
        + "reduce it to one depth for each wavelength first")
  }

  /// The table's numeric columns that a spectrum is made of, flattened; `nil` if it holds no spectrum.
  private static func source(
    _ unit: FITSStructure.Unit, of file: borrowing FITSFile, layout: String?
  ) throws -> SpectrumSource? {
    guard case .table(let rows, _) = unit.kind, rows > 0 else { return nil }
    let chosen = ChosenColumns(unit)
    guard ColumnNames.areOfSpectrum(chosen.names) else { return nil }
    let (columns, lengths) = try flattened(chosen, of: unit, rows: rows, file)
    guard ColumnNames.areOfSpectrum(columns.map(\.name)) else { return nil }
    let hasOrders = chosen.areVectors && rows > 1
    if hasOrders {
      let hasTime = unit.columns.contains {
        ["INT_NUM", "TIME", "MJD", "BJD"].contains($0.name.uppercased())
      }
      guard !hasTime, !rowsRepeat(columns, lengths: lengths) else { throw timeSeries(unit, rows: rows) }
    }
    var source = SpectrumSource(
      layout: layout ?? name(of: unit, isVector: chosen.areVectors, rows: rows), columns: columns)
    if hasOrders {
      source.segments = lengths.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    }
    let instrument = unit.columns.first { ["INSTRUMENT", "INSTRUME"].contains($0.name.uppercased()) }
    if let instrument, instrument.storage == .text, !chosen.areVectors {
      source.instruments = try file.column(instrument, of: unit).strings
    }
    source.notes = unit.header.lines("COMMENT").prefix(100).joined(separator: " ")
    if let assumption = chosen.assumption { source.remarks.assumptions.append(assumption) }
    source.unusedColumns = chosen.unused
    return source
  }

  /// The points of all rows, row after row, and how many each row has.
  private static func flattened(
    _ chosen: ChosenColumns, of unit: FITSStructure.Unit, rows: Int, _ file: borrowing FITSFile
  ) throws -> (columns: [SpectrumColumn], lengths: [Int]) {
    var columns: [SpectrumColumn] = []
    var lengths: [Int]?
    for (form, name) in zip(chosen.forms, chosen.names) {
      let column = try file.column(form, of: unit)
      // One number a row beside vectors describes the row, not its points.
      let isOfRow = chosen.areVectors && column.width == 1 && column.rowLengths == nil
      guard let values = column.doubles, !isOfRow else { continue }
      let own = column.rowLengths ?? [Int](repeating: column.width, count: rows)
      guard own == lengths ?? own else {
        if ColumnNames.role(name) == nil { continue }
        throw SpectrumError(
          .malformed, "HDU \(unit.number): column \(form.name) has another length than the first column")
      }
      lengths = own
      let unitText = form.unit.isEmpty ? ColumnNames.split(form.name).unit : form.unit
      columns.append(SpectrumColumn(name, unit: unitText, values))
    }
    return (columns, lengths ?? [])
  }

  /// Rows that all span the same wavelengths are no orders.
  private static func rowsRepeat(_ columns: [SpectrumColumn], lengths: [Int]) -> Bool {
    guard let axis = columns.first(where: { ColumnNames.role($0.name) == .wavelength }), lengths.count > 1,
      let first = lengths.first, lengths.allSatisfy({ $0 == first }), first > 0
    else { return false }
    let head = axis.values.prefix(first)
    return (1..<lengths.count).allSatisfy {
      axis.values[($0 * first)..<(($0 + 1) * first)].elementsEqual(head)
    }
  }

  private static func name(of unit: FITSStructure.Unit, isVector: Bool, rows: Int) -> String {
    let telescope = unit.header.text("TELESCOP") ?? ""
    let names = Set(unit.columns.map { $0.name.uppercased() })
    if names.isSuperset(of: ["FLUX", "LOGLAM", "IVAR"]) { return "SDSS spec" }
    if names.contains("SPORDER") || names.contains("SEGMENT") && names.contains("NELEM") {
      return "HST x1d, \(rows) orders or segments"
    }
    if isVector, rows == 1 { return unit.name.isEmpty ? "IDL single row" : "single-row table \(unit.name)" }
    if isVector { return "table of \(rows) orders" }
    if unit.columns.contains(where: { !ColumnNames.split($0.name).unit.isEmpty }) {
      return "table with units inside TTYPE"
    }
    return telescope.isEmpty ? "table" : "table, \(telescope)"
  }
}

extension SpectrumSource {
  /// `result.fits` of this program: its depths are fractions, which FITS has no unit for.
  fileprivate mutating func readAsOwnResult() {
    layout = "exospool result"
    for place in columns.indices where columns[place].name == "DEPTH" { columns[place].unit = "fraction" }
  }
}
