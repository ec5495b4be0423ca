import NumericalMethods
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
      self.init(kind, source.keysOfUser.contains("EXOKIND") ? "the user" : "key EXOKIND")
    } else if let kind = Self.kind(ofColumn: ordinate) {
      self.init(kind, "column \(column.name)")
    } else if let kind = Self.kind(inWords: source.notes) {
      self.init(kind, "words in the file's header")
    } else if let judgement = try Self.byValues(of: ordinate, in: source, wavelength: wavelength, &remarks) {
      self = judgement
    } else {
      let name = source.areColumnsNamed ? "column \(column.name)" : "the column without a name"
      throw SpectrumError(
        .kindUnknown,
        "\(name) may be a transit or an eclipse depth, and neither header nor values tell; " + Self.cure)
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
    // What filters and the sky let through is another transmission.
    let notes = [
      "transmission function", "transmission curve", "transmission profile", "filter transmission",
      "telluric transmission",
      "atmospheric transmission",
    ].reduce(text.lowercased()) { $0.replacing($1, with: "") }
    let words = Set(notes.split { !$0.isLetter }.map(String.init))
    let saysTransit =
      ["transit depth", "transit_depth"].contains { notes.contains($0) }
      || !words.isDisjoint(with: ["transmission", "transit", "transits", "dppm"])
    let saysEclipse = ["eclipse", "emission", "occultation", "dayside"].contains { notes.contains($0) }
    return saysTransit == saysEclipse ? nil : saysTransit ? .transmission : .eclipse
  }

  /// A transit's depth changes by a few scale heights, a few per cent of itself; an eclipse's climbs with
  /// wavelength by the ratio of two Planck functions, often severalfold, and its bands may halve it.
  private static func byValues(
    of ordinate: Ordinate, in source: SpectrumSource, wavelength: [Double], _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) -> KindJudgement? {
    let column = ordinate.column
    let scale = try DepthScale(
      of: column, unit: column.unit, ordinate: .depth, words: source.words, &remarks
    ).factor
    let points = zip(wavelength, column.values).filter { $0.isFinite && $1.isFinite && $1 > 0 }
      .sorted { $0.0 < $1.0 }
    let values = points.map { $0.1 * scale }
    if let deepest = values.first(where: { $0 > 1 }) {
      let name = source.areColumnsNamed ? "column \(column.name)" : "the column without a name"
      throw DepthBounds.tooDeep(deepest, "\(name), read as depths,", kind: .transmission)
    }
    guard points.count >= 5 else { return nil }
    let sorted = values.sorted()
    let low = sorted[values.count / 10]
    let high = sorted[values.count * 9 / 10]
    let third = points.count / 3
    let blue = points.prefix(third).map { $0.1 }.reduce(0, +)
    let red = points.suffix(third).map { $0.1 }.reduce(0, +)
    let (shortest, longest) = (points[0].0, points[points.count - 1].0)
    // Far in the infrared a hot planet's own light is a nearly constant fraction of its star's as well.
    let isWide = longest > 1.5 * shortest && (shortest < 2.5e-6 || low > 0.01)
    if high < 1.25 * low, low > 1e-3, isWide {
      return KindJudgement(.transmission, "values: depths nearly constant, as of a planet's disc")
    }
    guard high < 0.02 else { return nil }
    if red > 1.5 * blue {
      return KindJudgement(
        .eclipse, "values: depths that climb with wavelength, as a planet's own light does")
    }
    if changesByAQuarter(values) {
      return KindJudgement(
        .eclipse, "values: depths that change by more than a quarter of themselves, as no disc does")
    }
    return nil
  }

  /// Whether depths, smoothed over a seventh of the band, change by a quarter and by far more than they scatter.
  private static func changesByAQuarter(_ values: [Double]) -> Bool {
    let width = max(3, values.count / 7)
    guard values.count >= 3 * width else { return false }
    let means = (0...values.count - width).map { start in
      values[start..<start + width].reduce(0, +) / Double(width)
    }
    guard let least = means.min(), let most = means.max(), least > 0 else { return false }
    // The scatter of a point about the middle of its neighbours, by median; 1.22 is its size in deviations.
    var residuals: [Double] = []
    for place in 1..<values.count - 1 {
      let middle = (values[place - 1] + values[place + 1]) / 2
      residuals.append(abs(values[place] - middle))
    }
    let scatter = (upperMedian(residuals) ?? .infinity) / (0.6745 * 1.2247)
    return most > 1.25 * least && most - least > 6 * scatter / Double(width).squareRoot()
  }
}
