/// What a column is, told from its name.
enum ColumnRole: Sendable, Hashable {
  case wavelength, logWavelength, lowerEdge, upperEdge, halfWidth, width
  /// From the wavelength to the edge of its bin below and above it.
  case lowerHalfWidth, upperHalfWidth
  case ordinate(Ordinate)
  case error, upperError, lowerError, inverseVariance, variance
  /// The ordinate one deviation below and above what was measured, or the errors: the values tell.
  case lowerBound, upperBound
  case quality

  enum Ordinate: Sendable, Hashable {
    /// (Rp/Rs)^2.
    case transitDepth
    /// Rp/Rs.
    case radiusRatio
    /// Fp/Fs.
    case eclipseDepth
    /// A depth that may be either.
    case depth
    case flux
  }

  var isOrdinate: Bool { if case .ordinate = self { true } else { false } }

  /// The role that the words of a name give it; `nil` where one of them is unknown or strange to spectra.
  /// - Parameter prefix: the name's first two letters: `e_` and `E_` mark errors in tables of journals.
  init?(words: NameWords, prefix: Substring) {
    guard !words.has(NameWords.strange) else { return nil }
    let isMarked = prefix == "e_" || prefix == "E_"
    let hasOrdinate = words.words.contains { ColumnNames.vocabulary[$0]?.isOrdinate == true }
    if words.has(NameWords.waves) || words.has(NameWords.bins) && !hasOrdinate || words.has(["half"]),
      let role = Self.axis(words, isError: words.isError || isMarked)
    {
      self = role
      return
    }
    let core = isMarked ? Array(words.core.drop { $0 == "e" }) : words.core
    let name = core.joined()
    if ["ivar", "invvar", "inversevariance"].contains(name.replacing("flux", with: "")) {
      self = .inverseVariance
    } else if ["var", "variance"].contains(name.replacing("flux", with: "")) {
      self = .variance
    } else if isMarked {
      self = prefix == "E_" ? .upperError : .error
    } else if words.isError {
      self = words.side == .lower ? .lowerError : words.side == .upper ? .upperError : .error
    } else if core.count > 1, core[0] == "d", Self.ordinate(Array(core.dropFirst())) != nil {
      self = .error
    } else if let ordinate = Self.ordinate(core) {
      self =
        words.side == .lower ? .lowerBound : words.side == .upper ? .upperBound : .ordinate(ordinate)
    } else {
      return nil
    }
  }

  private static func axis(_ words: NameWords, isError: Bool) -> ColumnRole? {
    let known = NameWords.waves.union(NameWords.bins).union(NameWords.fillers).union(NameWords.errorMarks)
      .union(NameWords.starts).union(NameWords.ends).union(NameWords.middles).union(NameWords.widths)
      .union(["half", "log", "10", "e"])
    guard words.words.allSatisfy({ known.contains($0) || $0 == "number" }) else { return nil }
    let isStart = words.has(NameWords.starts)
    let isEnd = words.has(NameWords.ends)
    if words.has(["half"]) || words.has(NameWords.widths) || isError {
      if words.has(NameWords.lowerSide) { return .lowerHalfWidth }
      if words.has(NameWords.upperSide) { return .upperHalfWidth }
      return words.has(["half"]) || isError ? .halfWidth : .width
    }
    if words.has(["log"]) { return .logWavelength }
    if words.has(NameWords.middles) { return .wavelength }
    if isStart != isEnd { return isStart ? .lowerEdge : .upperEdge }
    return words.has(NameWords.waves) && !isStart ? .wavelength : nil
  }

  private static func ordinate(_ core: [String]) -> Ordinate? {
    func known(_ words: [String]) -> Ordinate? {
      let name = words.joined()
      for form in [name, name.hasSuffix("s") ? String(name.dropLast()) : name] {
        if case .ordinate(let kind)? = ColumnNames.vocabulary[form] { return kind }
      }
      return nil
    }
    guard !core.isEmpty else { return nil }
    if let kind = known(core) { return kind }
    let words = Set(core.map { $0 == "squared" || $0 == "square" ? "2" : $0 })
    let places: Set = ["planet", "planetary", "star", "stellar", "host", "surface", "earth"]
    if words.isSubset(of: places.union(["flux", "fluxes", "ratio", "contrast", "relative"])),
      words.contains("contrast") || words.contains("ratio") && !words.isDisjoint(with: ["flux", "fluxes"])
    {
      return .eclipseDepth
    }
    if words.isSubset(
      of: places.union(["radius", "ratio", "2", "rp", "rs", "rstar", "rplanet", "r", "p", "s"])),
      words.contains("radius") && words.contains("ratio") || words.contains("rp") || words.contains("rplanet")
    {
      return words.contains("2") ? .transitDepth : .radiusRatio
    }
    let eclipses: Set = ["eclipse", "secondary", "emission", "occultation", "dayside", "thermal", "day"]
    let transits: Set = ["transit", "primary", "transmission"]
    let depths: Set = ["depth", "depths"]
    if !words.isDisjoint(with: depths) {
      let rest = words.subtracting(depths).subtracting(places).subtracting(["spectrum", "relative"])
      if rest.isEmpty { return .depth }
      if rest.isSubset(of: eclipses) { return .eclipseDepth }
      return rest.isSubset(of: transits) ? .transitDepth : nil
    }
    let rest = core.filter { !places.contains($0) }
    return rest.count < core.count ? known(rest).flatMap { $0 == .flux ? .flux : nil } : nil
  }
}
