import Observations
import Units

extension SpectrumSource {
  /// The kind that the key EXOKIND declares.
  /// - Throws: `kindUnknown` where it is no word for a kind.
  func declaredKind() throws(SpectrumError) -> SpectrumKind? {
    guard let word = keys["EXOKIND"]?.lowercased() else { return nil }
    let known: [String: SpectrumKind] = [
      "transmission": .transmission, "transit": .transmission, "eclipse": .eclipse, "emission": .eclipse,
      "occultation": .eclipse, "stellar": .stellar, "flux": .stellar, "star": .stellar,
    ]
    guard let kind = known[word.filter { $0 != " " }] else {
      throw SpectrumError(
        .kindUnknown, "EXOKIND is '\(word)'; it must be 'transmission', 'eclipse' or 'stellar'")
    }
    return kind
  }
}

/// What a spectrum is of, and what told it: a key, a column's name, words of the header, or the values.
struct KindJudgement {
  let kind: SpectrumKind
  let source: String

  /// The key a file may carry to say what it is, shown where it could not be told.
  private static let cure =
    "add the key EXOKIND with the value 'transmission', 'eclipse' or 'stellar' to the header "
    + "(in text: a line `# EXOKIND = transmission`)"

  private init(_ kind: SpectrumKind, _ source: String) {
    self.kind = kind
    self.source = source
  }

  /// - Parameter wavelength: of each point, m.
  /// - Throws: `kindUnknown`.
  init(
    of ordinate: Ordinate, in source: SpectrumSource, wavelength: [Double], _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    let column = ordinate.column
    if let kind = try source.declaredKind() {
      self.init(kind, "key EXOKIND")
    } else if let kind = Self.kind(ofColumn: ordinate) {
      self.init(kind, "column \(column.name)")
    } else if let kind = Self.kind(inWords: source.notes) {
      self.init(kind, "words in the file's header")
    } else if let judgement = Self.byValues(column, wavelength: wavelength, &remarks) {
      self = judgement
    } else {
      throw SpectrumError(
        .kindUnknown,
        "column \(column.name) may be a transit or an eclipse depth, and neither header nor values tell; "
          + Self.cure)
    }
  }

  private static func kind(ofColumn ordinate: Ordinate) -> SpectrumKind? {
    let unit = ordinate.column.unit
    switch ordinate.kind {
    case .transitDepth, .radiusRatio: return .transmission
    case .eclipseDepth: return .eclipse
    case .flux:
      let isDepth = FluxUnit(unit) == nil && !unit.isEmpty && DepthUnit.fraction(unit) != nil
      return isDepth ? nil : .stellar
    case .depth: return nil
    }
  }

  private static func kind(inWords text: String) -> SpectrumKind? {
    let notes = text.lowercased()
    let saysTransit = ["transit depth", "transmission spectr", "dppm", "transit_depth"].contains {
      notes.contains($0)
    }
    let saysEclipse = ["eclipse depth", "eclipse", "emission", "occultation", "dayside"].contains {
      notes.contains($0)
    }
    return saysTransit == saysEclipse ? nil : saysTransit ? .transmission : .eclipse
  }

  /// A transit's depth changes by a few scale heights, a few per cent of itself; an eclipse's climbs with
  /// wavelength by the ratio of two Planck functions, often severalfold.
  private static func byValues(
    _ column: SpectrumColumn, wavelength: [Double], _ remarks: inout ReadingRemarks
  ) -> KindJudgement? {
    let scale = column.depthScale(unit: column.unit, ordinate: .depth, &remarks)
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
      return KindJudgement(.transmission, "values: depths nearly constant, as of a planet's disc")
    }
    if red > 1.5 * blue, high < 0.02 {
      return KindJudgement(
        .eclipse, "values: depths that climb with wavelength, as a planet's own light does")
    }
    return nil
  }
}
