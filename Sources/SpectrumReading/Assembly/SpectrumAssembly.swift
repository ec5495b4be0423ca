import NumericalMethods
package import Observations
import Units

/// Makes a `Spectrum` of a file's columns and keys: finds each column's role, converts to SI, squares what must
/// be squared, masks what cannot be used, sorts, draws edges; and says what it had to assume.
package struct SpectrumAssembly {
  private var source: SpectrumSource
  private var assumptions: [String]
  private var flags: [Flag]

  /// The keys a file may carry to say what it is, shown where something could not be told.
  package static let kindCure =
    "add the key EXOKIND with the value 'transmission', 'eclipse' or 'stellar' to the header "
    + "(in text: a line `# EXOKIND = transmission`)"

  /// - Throws: `noWavelength`, `kindUnknown`, `noUsablePoints`, `malformed`.
  package static func spectrum(of source: SpectrumSource) throws(SpectrumError) -> Spectrum {
    var assembly = SpectrumAssembly(source)
    return try assembly.assemble()
  }

  /// True if the columns hold both a wavelength and something measured at it.
  package static func isSpectrum(_ names: [String]) -> Bool {
    let roles = names.compactMap(ColumnNames.role)
    let hasAxis = roles.contains {
      $0 == .wavelength || $0 == .logWavelength || $0 == .lowerEdge
    }
    return hasAxis && roles.contains { if case .ordinate = $0 { true } else { false } }
  }

  private init(_ source: SpectrumSource) {
    self.source = source
    assumptions = source.assumptions
    flags = source.flags
  }

  private mutating func assemble() throws(SpectrumError) -> Spectrum {
    let count = source.columns.first?.values.count ?? 0
    for column in source.columns where column.values.count != count {
      throw SpectrumError(
        .malformed, "column \(column.name) has \(column.values.count) values, the first column \(count)")
    }
    let ordinate = try chooseOrdinate()
    let column = source.columns[ordinate.place]
    let errors = findErrors(of: ordinate)
    var axis = try wavelengthAxis(count: count)
    try correctImplausible(&axis)

    let kind = try kind(of: ordinate, wavelength: axis.centre)
    var unit = column.unit
    if unit.isEmpty {
      let nameUnit = ColumnNames.split(column.name).unit
      if kind.kind == .stellar || DepthUnit.fraction(nameUnit) != nil { unit = nameUnit }
    }
    if ["cnts", "cts"].contains(unit.lowercased()) { unit = "counts" }
    var scale = 1.0
    if kind.kind != .stellar {
      scale = depthScale(unit: unit, ordinate: ordinate.kind, values: column.values)
      if unit.isEmpty { unit = scale == 1e-6 ? "ppm" : scale == 1e-2 ? "%" : "fraction" }
    }
    var value = column.values.map { $0 * scale }
    // Per cent may be of the depth; ppm are ppm of the star, whatever the depth's own unit.
    let errorScale =
      kind.kind != .stellar && ordinate.kind != .radiusRatio && DepthUnit.fraction(errors.unit) == 1e-6
      ? 1e-6 : scale
    var upper = errors.upper?.map { $0 * errorScale }
    var lower = errors.lower?.map { $0 * errorScale }
    if ordinate.kind == .radiusRatio {
      // The error of r^2 is 2 r dr.
      upper = upper.map { zip(value, $0).map { 2 * abs($0) * $1 } }
      lower = lower.map { zip(value, $0).map { 2 * abs($0) * $1 } }
      value = value.map { $0 * $0 }
      assumptions.append("\(column.name) is Rp/Rs: squared to a depth, its errors to 2 (Rp/Rs) d(Rp/Rs)")
    }
    let masked = mask(value: value, upper: upper, lower: lower, isDepth: kind.kind != .stellar)
    return try finish(
      axis: axis, value: value, upper: upper, lower: lower, masked: masked, kind: kind, unit: unit,
      errorSource: upper == nil ? errors.source : source.keys["ERRORHDU"] ?? errors.source)
  }

  // MARK: The ordinate

  private struct Ordinate {
    var place: Int
    var kind: ColumnRole.Ordinate
  }

  private func roles() -> [(place: Int, role: ColumnRole)] {
    source.columns.indices.compactMap { place in
      ColumnNames.role(source.columns[place].name).map { (place, $0) }
    }
  }

  /// The declared kind, from a key.
  private func declaredKind() throws(SpectrumError) -> (SpectrumKind, String)? {
    guard let word = source.keys["EXOKIND"]?.lowercased() else { return nil }
    let known: [String: SpectrumKind] = [
      "transmission": .transmission, "transit": .transmission, "eclipse": .eclipse, "emission": .eclipse,
      "occultation": .eclipse, "stellar": .stellar, "flux": .stellar, "star": .stellar,
    ]
    guard let kind = known[word.filter { $0 != " " }] else {
      throw SpectrumError(
        .kindUnknown, "EXOKIND is '\(word)'; it must be 'transmission', 'eclipse' or 'stellar'")
    }
    return (kind, "key EXOKIND")
  }

  private mutating func chooseOrdinate() throws(SpectrumError) -> Ordinate {
    var found: [Ordinate] = []
    for (place, role) in roles() {
      // Archive tables hold columns that are null throughout.
      guard case .ordinate(let kind) = role, source.columns[place].values.contains(where: \.isFinite) else {
        continue
      }
      found.append(Ordinate(place: place, kind: kind))
    }
    guard !found.isEmpty else {
      let names = source.columns.map(\.name).joined(separator: ", ")
      throw SpectrumError(
        .unrecognised,
        "no column holds a depth or a flux: looked for DEPTH, RP_RS, FP_FS, FLUX and their like, found \(names)"
      )
    }
    let declared = try declaredKind()?.0
    func suits(_ kind: ColumnRole.Ordinate) -> Bool {
      switch declared {
      case .transmission: kind == .transitDepth || kind == .radiusRatio || kind == .depth
      case .eclipse: kind == .eclipseDepth || kind == .depth || kind == .flux
      case .stellar: kind == .flux
      case nil: true
      }
    }
    let order: [ColumnRole.Ordinate] = [.transitDepth, .radiusRatio, .eclipseDepth, .depth, .flux]
    let ranked = order.flatMap { kind in found.filter { $0.kind == kind } }
    let chosen = ranked.first { suits($0.kind) } ?? ranked[0]
    let others = found.filter { $0.place != chosen.place && $0.kind != chosen.kind }
    if !others.isEmpty {
      let names = others.map { source.columns[$0.place].name }.joined(separator: ", ")
      assumptions.append(
        "the table holds several quantities: \(source.columns[chosen.place].name) was taken, not \(names); "
          + "EXOKIND chooses")
      flags.append(.severalQuantities)
    }
    return chosen
  }

  // MARK: Errors

  private struct Errors {
    var upper: [Double]?
    var lower: [Double]?
    var source: String
    /// The unit that the errors' own column states.
    var unit = ""
  }

  private mutating func findErrors(of ordinate: Ordinate) -> Errors {
    let stem = ColumnNames.stem(source.columns[ordinate.place].name)
    var candidates = roles().filter { $0.place != ordinate.place }
    // Of several pairs, the one that shares the ordinate's name.
    let own = candidates.filter { ColumnNames.stem(source.columns[$0.place].name) == stem }
    func first(_ role: ColumnRole) -> Int? {
      own.first { $0.role == role }?.place ?? candidates.first { $0.role == role }?.place
    }
    let severalOrdinates =
      candidates.contains {
        if case .ordinate = $0.role { true } else { false }
      } && !own.isEmpty
    if severalOrdinates { candidates = own }
    if let up = first(.upperError), let low = first(.lowerError) {
      // Archives write the lower error with a minus sign.
      return Errors(
        upper: source.columns[up].values.map(abs), lower: source.columns[low].values.map(abs),
        source: "columns \(source.columns[up].name) and \(source.columns[low].name)",
        unit: statedUnit(source.columns[up]))
    }
    if let place = first(.error) {
      let values = source.columns[place].values
      return Errors(
        upper: values, lower: values, source: "column \(source.columns[place].name)",
        unit: statedUnit(source.columns[place]))
    }
    if let place = first(.inverseVariance) {
      // ivar = 0 says that there is no datum.
      let values = source.columns[place].values.map { $0 > 0 ? 1 / $0.squareRoot() : .infinity }
      return Errors(upper: values, lower: values, source: "column \(source.columns[place].name)")
    }
    if let place = first(.variance) {
      let values = source.columns[place].values.map { $0 >= 0 ? $0.squareRoot() : .nan }
      return Errors(upper: values, lower: values, source: "column \(source.columns[place].name)")
    }
    for role in [ColumnRole.upperError, .lowerError] {
      guard let place = first(role) else { continue }
      let values = source.columns[place].values.map(abs)
      assumptions.append("only \(source.columns[place].name) is given: taken for both sides")
      return Errors(upper: values, lower: values, source: "column \(source.columns[place].name)")
    }
    flags.append(.errorsAbsent)
    return Errors(upper: nil, lower: nil, source: "none in the file")
  }

  private func statedUnit(_ column: SpectrumColumn) -> String {
    column.unit.isEmpty ? ColumnNames.split(column.name).unit : column.unit
  }

  // MARK: The wavelength axis

  private struct Axis {
    var centre: [Double]
    var lower: [Double]?
    var upper: [Double]?
    /// What the unit was read from.
    var unitName: String
  }

  private mutating func wavelengthAxis(count: Int) throws(SpectrumError) -> Axis {
    let roles = roles()
    func column(_ role: ColumnRole) -> SpectrumColumn? {
      roles.first { $0.role == role }.map { source.columns[$0.place] }
    }
    var raw: SpectrumColumn
    var edges: (SpectrumColumn, SpectrumColumn)?
    if let low = column(.lowerEdge), let high = column(.upperEdge) { edges = (low, high) }
    if let centre = column(.wavelength) {
      raw = centre
    } else if let logarithm = column(.logWavelength) {
      raw = SpectrumColumn(
        logarithm.name, unit: "Angstrom", logarithm.values.map { SpectrumAssembly.exponential10($0) })
      assumptions.append("\(logarithm.name) is log10 of the wavelength in Angstrom, as SDSS writes it")
    } else if let edges {
      raw = SpectrumColumn(
        edges.0.name, unit: edges.0.unit, zip(edges.0.values, edges.1.values).map { ($0 + $1) / 2 })
    } else {
      throw SpectrumError(
        .noWavelength,
        "there is no wavelength: looked for a column like WAVELENGTH, or a pair of bin edges, found "
          + source.columns.map(\.name).joined(separator: ", "))
    }
    let unit = try spectralUnit(raw)
    let centre = raw.values.map(unit.wavelength)
    var axis = Axis(centre: centre, unitName: raw.unit)
    if let edges {
      let edgeUnit = edges.0.unit.isEmpty ? unit : SpectralUnit(edges.0.unit) ?? unit
      let low = edges.0.values.map(edgeUnit.wavelength)
      let high = edges.1.values.map(edgeUnit.wavelength)
      axis.lower = zip(low, high).map { min($0, $1) }
      axis.upper = zip(low, high).map { max($0, $1) }
    } else if unit.growsWithWavelength, let half = column(.halfWidth) ?? column(.width) {
      let isHalf = isHalfWidth(half, role: ColumnNames.role(half.name), centre: raw.values)
      let factor = isHalf ? 1.0 : 0.5
      let widths = half.values.map { unit.wavelength(abs($0) * factor) }
      if zip(widths, centre).allSatisfy({ $0 > 0 && $0 < $1 }) {
        axis.lower = zip(centre, widths).map { $0 - $1 }
        axis.upper = zip(centre, widths).map { $0 + $1 }
      }
    }
    return axis
  }

  /// Authors use one word for both: where bins touch, the spacing tells; else the name.
  private mutating func isHalfWidth(_ column: SpectrumColumn, role: ColumnRole?, centre: [Double]) -> Bool {
    let order = centre.indices.sorted { centre[$0] < centre[$1] }
    var ratios: [Double] = []
    for (a, b) in zip(order, order.dropFirst()) {
      let sum = abs(column.values[a]) + abs(column.values[b])
      if sum > 0, centre[b] > centre[a] { ratios.append((centre[b] - centre[a]) / sum) }
    }
    let byName = role == .halfWidth
    // Half widths that touch give 1, full widths 0.5.
    guard let typical = upperMedian(ratios) else { return byName }
    let isHalf = typical > 0.85 && typical < 1.2 ? true : typical > 0.42 && typical < 0.6 ? false : byName
    assumptions.append(
      "\(column.name) was read as the \(isHalf ? "half" : "full") width of a bin"
        + (isHalf == byName ? "" : ", because so the bins touch"))
    return isHalf
  }

  private mutating func spectralUnit(_ column: SpectrumColumn) throws(SpectrumError) -> SpectralUnit {
    let (_, nameUnit) = ColumnNames.split(column.name)
    for text in [column.unit, nameUnit] where !text.isEmpty {
      if let unit = SpectralUnit(text) { return unit }
    }
    let word = ColumnNames.plain(column.name)
    if word.hasSuffix("um") || word.contains("micron") { return .wavelength(meters: 1e-6) }
    if word == "angstrom" { return .wavelength(meters: 1e-10) }
    if !column.unit.isEmpty {
      throw SpectrumError(
        .noWavelength,
        "column \(column.name) has the unit '\(column.unit)', which is none of wavelength, frequency or "
          + "wavenumber; write um, nm, Angstrom, m, Hz or cm-1")
    }
    guard let median = upperMedian(column.values.filter { $0.isFinite && $0 > 0 }) else {
      throw SpectrumError(.noUsablePoints, "column \(column.name) holds no positive finite wavelength")
    }
    if word.hasPrefix("freq") || word == "wn" || word == "wavenumber" {
      let unit = word.hasPrefix("freq") ? SpectralUnit.frequency(hertz: 1) : .wavenumber(perMeter: 100)
      assumptions.append("\(column.name) has no unit: taken as \(word.hasPrefix("freq") ? "Hz" : "cm-1")")
      return unit
    }
    let guess: (String, Double)? =
      switch median {
      case 0.05..<60: ("um", 1e-6)
      case 500..<400_000: ("Angstrom", 1e-10)
      case 60..<500: ("nm", 1e-9)
      case 5e-8..<6e-5: ("m", 1)
      default: nil
      }
    guard let guess else {
      throw SpectrumError(
        .noWavelength,
        "column \(column.name) has no unit and its values, about \(median), fit none; add the unit")
    }
    assumptions.append("\(column.name) has no unit: its values were taken as \(guess.0)")
    flags.append(.wavelengthUnitAssumed)
    return .wavelength(meters: guess.1)
  }

  /// Catches wrong units: no spectrum this program reads lies outside 10 nm to 1 mm.
  private mutating func correctImplausible(_ axis: inout Axis) throws(SpectrumError) {
    let usable = axis.centre.filter { $0.isFinite && $0 > 0 }
    guard let low = usable.min(), let high = usable.max(), let median = upperMedian(usable) else {
      throw SpectrumError(.noUsablePoints, "no wavelength is positive and finite")
    }
    guard !(1e-8...1e-3).contains(median) else { return }
    let units: [(String, Double)] = [
      ("Angstrom", 1e-10), ("nm", 1e-9), ("um", 1e-6), ("mm", 1e-3), ("cm", 1e-2), ("m", 1),
    ]
    let declared = SpectralUnit(axis.unitName)
    guard case .wavelength(let meters)? = declared ?? .wavelength(meters: 1) else {
      throw SpectrumError(.noWavelength, "the wavelengths would be \(low) to \(high) m; check the unit")
    }
    let inside = units.filter { low / meters * $0.1 >= 0.2e-6 && high / meters * $0.1 <= 30e-6 }
    guard let best = inside.first else {
      throw SpectrumError(
        .noWavelength,
        "the wavelengths would be \(low) to \(high) m, which no instrument sees; check the unit '\(axis.unitName)'"
      )
    }
    let factor = best.1 / meters
    axis.centre = axis.centre.map { $0 * factor }
    axis.lower = axis.lower?.map { $0 * factor }
    axis.upper = axis.upper?.map { $0 * factor }
    assumptions.append(
      "the wavelength unit is given as '\(axis.unitName)', but the values only make sense in \(best.0): read so"
    )
    flags.append(.wavelengthUnitCorrected)
  }

  // MARK: The kind

  private struct Kind {
    var kind: SpectrumKind
    var source: String
  }

  private mutating func kind(of ordinate: Ordinate, wavelength: [Double]) throws(SpectrumError) -> Kind {
    if let (kind, how) = try declaredKind() { return Kind(kind: kind, source: how) }
    let column = source.columns[ordinate.place]
    switch ordinate.kind {
    case .transitDepth, .radiusRatio: return Kind(kind: .transmission, source: "column \(column.name)")
    case .eclipseDepth: return Kind(kind: .eclipse, source: "column \(column.name)")
    case .flux:
      let isDepth =
        FluxUnit(column.unit) == nil && !column.unit.isEmpty && DepthUnit.fraction(column.unit) != nil
      if !isDepth { return Kind(kind: .stellar, source: "column \(column.name)") }
    case .depth: break
    }
    let notes = source.notes.lowercased()
    let saysTransit = ["transit depth", "transmission spectr", "dppm", "transit_depth"].contains {
      notes.contains($0)
    }
    let saysEclipse = ["eclipse depth", "eclipse", "emission", "occultation", "dayside"].contains {
      notes.contains($0)
    }
    if saysTransit != saysEclipse {
      return Kind(kind: saysTransit ? .transmission : .eclipse, source: "words in the file's header")
    }
    if let kind = kindByValues(column, wavelength: wavelength) { return kind }
    throw SpectrumError(
      .kindUnknown,
      "column \(column.name) may be a transit or an eclipse depth, and neither header nor values tell; "
        + SpectrumAssembly.kindCure)
  }

  /// A transit's depth changes by a few scale heights, a few per cent of itself; an eclipse's climbs with
  /// wavelength by the ratio of two Planck functions, often severalfold.
  private mutating func kindByValues(_ column: SpectrumColumn, wavelength: [Double]) -> Kind? {
    let scale = depthScale(unit: column.unit, ordinate: .depth, values: column.values)
    let points = zip(wavelength, column.values).filter { $0.isFinite && $1.isFinite && $1 > 0 }
      .sorted { $0.0 < $1.0 }
    guard points.count >= 5 else { return nil }
    let values = points.map { $0.1 * scale }.sorted()
    let low = values[values.count / 10]
    let high = values[values.count * 9 / 10]
    let third = points.count / 3
    let blue = points.prefix(third).map { $0.1 }.reduce(0, +)
    let red = points.suffix(third).map { $0.1 }.reduce(0, +)
    if high < 1.25 * low, low > 1e-3 {
      return Kind(kind: .transmission, source: "values: depths nearly constant, as of a planet's disc")
    }
    if red > 1.5 * blue, high < 0.02 {
      return Kind(
        kind: .eclipse, source: "values: depths that climb with wavelength, as a planet's own light does")
    }
    return nil
  }

  private mutating func depthScale(
    unit: String, ordinate: ColumnRole.Ordinate, values: [Double]
  ) -> Double {
    let name = source.columns.first { $0.values == values }?.name ?? ""
    for text in [unit, ColumnNames.split(name).unit] where !text.isEmpty {
      if let scale = DepthUnit.fraction(text) { return scale }
    }
    let word = ColumnNames.plain(name)
    if word.contains("ppm") { return 1e-6 }
    if word.contains("percent") { return 1e-2 }
    if word == "trandep" || word == "pltrandep" || word == "especlipdep" { return 1e-2 }
    guard let median = upperMedian(values.filter(\.isFinite).map(abs)), ordinate != .radiusRatio else {
      return 1
    }
    // A disc covers at most some per cent of its star: larger numbers are per cent or ppm.
    let guess: (String, Double)? = median > 20 ? ("ppm", 1e-6) : median > 0.3 ? ("per cent", 1e-2) : nil
    let sentence = "the depth has no unit: its values were taken as \(guess?.0 ?? "fractions")"
    if !assumptions.contains(sentence) { assumptions.append(sentence) }
    return guess?.1 ?? 1
  }

  // MARK: Points

  private mutating func mask(
    value: [Double], upper: [Double]?, lower: [Double]?, isDepth: Bool
  ) -> [Bool] {
    var masked = value.map { !$0.isFinite }
    func note(_ bad: [Bool], _ why: String) {
      let count = zip(bad, masked).count { $0 && !$1 }
      guard count > 0 else { return }
      assumptions.append("\(count) of \(value.count) points masked: \(why)")
      for place in masked.indices where bad[place] { masked[place] = true }
    }
    let notFinite = masked.count { $0 }
    if notFinite > 0 { assumptions.append("\(notFinite) of \(value.count) points masked: no finite value") }
    if let place = roles().first(where: { $0.role == .quality })?.place {
      note(qualityMask(source.columns[place]), "flagged by column \(source.columns[place].name)")
    }
    if let upper, let lower {
      note(zip(upper, lower).map { !$0.isFinite || !$1.isFinite }, "no finite error")
      note(zip(upper, lower).map { $0 < 0 || $1 < 0 }, "negative error")
      if upper.contains(where: { $0 > 0 }) {
        note(zip(upper, lower).map { $0 == 0 && $1 == 0 }, "an error of exactly zero")
      }
    }
    if isDepth { note(value.map { $0 == 0 }, "a depth of exactly zero") }
    return masked
  }

  /// JWST's bit 0 means "do not use"; HST names its serious bits in SDQFLAGS; else any flag counts.
  private func qualityMask(_ column: SpectrumColumn) -> [Bool] {
    let bits: Int? =
      if source.keys["TELESCOP"]?.uppercased() == "JWST" {
        1
      } else {
        source.keys["SDQFLAGS"].flatMap { Int($0) }
      }
    return column.values.map { value in
      guard let flag = Int(exactly: value) else { return true }
      return bits.map { flag & $0 != 0 } ?? (flag != 0)
    }
  }

  private mutating func finish(
    axis: Axis, value: [Double], upper: [Double]?, lower: [Double]?, masked: [Bool], kind: Kind, unit: String,
    errorSource: String
  ) throws(SpectrumError) -> Spectrum {
    let placed = axis.centre.indices.filter { axis.centre[$0].isFinite && axis.centre[$0] > 0 }
    if placed.count < axis.centre.count {
      assumptions.append("\(axis.centre.count - placed.count) rows without a wavelength left out")
    }
    let order = placed.sorted { (axis.centre[$0], $0) < (axis.centre[$1], $1) }
    guard order.count > 1 else {
      throw SpectrumError(
        .noUsablePoints,
        "there \(order.count == 1 ? "is one point" : "are no points"); a spectrum has two or more")
    }
    guard order.contains(where: { !masked[$0] }) else {
      throw SpectrumError(
        .noUsablePoints, "all \(order.count) points are masked or not finite: nothing to analyse")
    }
    if order != placed, order != placed.reversed() {
      assumptions.append(
        source.segments == nil
          ? "the points were not sorted: sorted by wavelength" : "orders merged by wavelength")
    }
    let centre = order.map { axis.centre[$0] }
    let duplicates = zip(centre, centre.dropFirst()).count { $0 == $1 }
    if duplicates > 0 {
      assumptions.append("\(duplicates) wavelengths stand there more than once: all were kept")
      flags.append(.duplicateWavelengths)
    }
    var edgesAreGiven = false
    let (low, high): ([Double], [Double])
    if let lower = axis.lower, let upper = axis.upper,
      order.allSatisfy({ lower[$0] < upper[$0] && lower[$0] > 0 && upper[$0].isFinite })
    {
      (low, high) = (order.map { lower[$0] }, order.map { upper[$0] })
      edgesAreGiven = true
    } else {
      let segments = order.map { source.segments?[$0] ?? 0 }
      (low, high) = SpectrumAssembly.edges(centre: centre, segments: segments)
    }
    var spectrum = Spectrum(
      kind: kind.kind, kindSource: kind.source, layout: source.layout, wavelength: centre, lowerEdge: low,
      upperEdge: high, edgesAreGiven: edgesAreGiven, value: order.map { value[$0] },
      upperError: upper.map { upper in order.map { upper[$0] } },
      lowerError: lower.map { lower in order.map { lower[$0] } }, isMasked: order.map { masked[$0] },
      unit: unit,
      errorSource: errorSource)
    if let instruments = source.instruments { spectrum.instruments = order.map { instruments[$0] } }
    spectrum.object = source.keys["OBJECT"] ?? source.keys["TARGNAME"] ?? source.keys["TARGPROP"]
    spectrum.telescope = source.keys["TELESCOP"]
    spectrum.instrument = source.keys["INSTRUME"]
    spectrum.starRadius = source.keys["RSTAR"].flatMap(Double.init).flatMap {
      $0 > 0 && $0.isFinite ? $0 : nil
    }
    spectrum.assumptions = assumptions
    spectrum.flags = flags
    return spectrum
  }

  /// Edges half-way to the neighbours of one segment; across a gap, or at an end, as far as the other side.
  static func edges(centre: [Double], segments: [Int]) -> (lower: [Double], upper: [Double]) {
    var lower = centre
    var upper = centre
    var bySegment: [Int: [Int]] = [:]
    for place in centre.indices { bySegment[segments[place], default: []].append(place) }
    for places in bySegment.values {
      for (k, place) in places.enumerated() {
        // Neighbours at the same wavelength give no width.
        var (before, after) = (k - 1, k + 1)
        while before >= 0, centre[places[before]] == centre[place] { before -= 1 }
        while after < places.count, centre[places[after]] == centre[place] { after += 1 }
        let left = before >= 0 ? centre[place] - centre[places[before]] : nil
        let right = after < places.count ? centre[places[after]] - centre[place] : nil
        // Alone in its segment: a bin of one per cent.
        let spacing = left ?? right ?? 0.01 * centre[place]
        let other = right ?? left ?? spacing
        lower[place] = centre[place] - min(left ?? other, 3 * other, centre[place]) / 2
        upper[place] = centre[place] + min(right ?? spacing, 3 * spacing) / 2
      }
    }
    return (lower, upper)
  }

  private static func exponential10(_ value: Double) -> Double { SpectralAxis.power(10, value) }
}
