/// The names authors give to columns.
enum ColumnNames {
  /// Lower case, letters and digits only; a unit at the end is taken off.
  static func plain(_ name: String) -> String {
    let (stem, _) = split(name)
    return String(stem.lowercased().unicodeScalars.filter { isLetterOrDigit($0) }.map { Character($0) })
  }

  /// A name and the unit some authors write into it: `wave (A)`, `flux [Jy]`, `transit_depth_ppm`.
  static func split(_ name: String) -> (stem: String, unit: String) {
    if let last = name.last, let opening: Character = last == ")" ? "(" : last == "]" ? "[" : nil {
      guard let place = name.lastIndex(of: opening), place != name.startIndex else { return (name, "") }
      return (String(name[..<place]), String(name[name.index(after: place)...].dropLast()))
    }
    guard let place = name.lastIndex(where: { "_-. ".contains($0) }), place != name.startIndex else {
      return (name, "")
    }
    let unit = String(name[name.index(after: place)...])
    return trailingUnits.contains(unit.lowercased()) ? (String(name[..<place]), unit) : (name, "")
  }

  /// Units that cannot be taken for another word at the end of a name.
  private static let trailingUnits: Set = [
    "um", "micron", "microns", "nm", "angstrom", "angstroms", "ppm", "percent", "pct",
  ]

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar.value > 127
  }

  static func role(_ name: String) -> ColumnRole? {
    let word = plain(name)
    if let role = vocabulary[word] { return role }
    if word.hasPrefix("pl"), let role = vocabulary[String(word.dropFirst(2))] { return role }
    return errorRole(word)
  }

  /// A name made of an ordinate's and a word for errors: `depth_err`, `ERR_FLUX`, `yerrLow`, `fluxerr1`.
  private static func errorRole(_ word: String) -> ColumnRole? {
    let marks = ["uncertainty", "uncert", "error", "err", "sigma", "unc", "stdev", "std"]
    guard let mark = marks.first(where: { word.contains($0) }) else { return nil }
    if word.contains("wave") || word.contains("wl") || word.contains("lambda") { return .halfWidth }
    let rest = word.replacing(mark, with: "")
    if ["low", "lower", "neg", "minus", "lo", "dn", "down", "2"].contains(where: { rest.hasSuffix($0) }) {
      return .lowerError
    }
    if ["upp", "upper", "pos", "plus", "up", "hi", "high", "1"].contains(where: { rest.hasSuffix($0) }) {
      return .upperError
    }
    return .error
  }

  /// The ordinate's own name inside an error column's: `RpRs_lower_err` belongs to `RpRs_med`.
  static func stem(_ name: String) -> String {
    var word = plain(name)
    for part in [
      "uncertainty", "uncert", "error", "err", "sigma", "unc", "stdev", "std", "lower", "upper", "low", "upp",
      "neg", "pos", "minus", "plus", "med", "median", "value", "val", "mean",
    ] {
      word = word.replacing(part, with: "")
    }
    return word
  }

  /// True if the columns hold both a wavelength and something measured at it.
  static func areOfSpectrum(_ names: [String]) -> Bool {
    let roles = names.compactMap(role)
    let hasAxis = roles.contains { $0 == .wavelength || $0 == .logWavelength || $0 == .lowerEdge }
    return hasAxis && roles.contains(where: \.isOrdinate)
  }
}
