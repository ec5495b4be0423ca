import Units

/// The names authors give to columns.
enum ColumnNames {
  /// Lower case, letters and digits only; a unit at the end is taken off.
  static func plain(_ name: String) -> String { letters(split(name).stem) }

  private static func letters(_ stem: String) -> String {
    String(stem.lowercased().unicodeScalars.filter { isLetterOrDigit($0) }.map { Character($0) })
  }

  /// A name and the unit some authors write into it: `wave (A)`, `flux [Jy]`, `transit_depth_ppm`, `Depth, %`.
  static func split(_ name: String) -> (stem: String, unit: String) {
    if let last = name.last, let opening: Character = last == ")" ? "(" : last == "]" ? "[" : nil {
      guard let place = name.lastIndex(of: opening), place != name.startIndex else { return (name, "") }
      let unit = String(name[name.index(after: place)...].dropLast())
      let stem = String(name[..<place])
      // `Wavelength [um] (vacuum)`: the unit stands in the brackets before.
      if !isUnit(unit), stem.contains(where: { "([".contains($0) }) {
        let trimmed = TextLine.trimmed(stem)
        let inner = split(trimmed)
        if isUnit(inner.unit) { return (inner.stem + " " + unit, inner.unit) }
      }
      return (stem, unit)
    }
    guard let place = name.lastIndex(where: { "_-. /,".contains($0) }), place != name.startIndex else {
      return (name, "")
    }
    let unit = String(name[name.index(after: place)...])
    let stem = String(name[..<place])
    if trailingUnits.contains(unit.lowercased()) { return (TextLine.trimmed(stem, of: " ,/"), unit) }
    // One letter is a unit only behind a wavelength: `wave_A`.
    if ["a", "m"].contains(unit.lowercased()), vocabulary[letters(stem)] == .wavelength {
      return (stem, unit)
    }
    return (name, "")
  }

  /// Whether a text is a unit of anything that a spectrum holds.
  static func isUnit(_ text: String) -> Bool {
    SpectralUnit(text) != nil || DepthUnit.fraction(text) != nil || FluxUnit(text) != nil
  }

  /// Units that cannot be taken for another word at the end of a name.
  private static let trailingUnits: Set = [
    "um", "\u{b5}m", "\u{3bc}m", "micron", "microns", "nm", "angstrom", "angstroms", "ang", "ppm", "percent",
    "pct",
    "%", "\u{e5}", "jy", "mjy",
  ]

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar.value > 127
  }

  static func role(_ name: String) -> ColumnRole? {
    let (stem, _) = split(name)
    let word = letters(stem)
    if let role = vocabulary[word] { return role }
    if word.hasPrefix("pl"), let role = vocabulary[String(word.dropFirst(2))] { return role }
    return ColumnRole(words: NameWords(stem), prefix: name.prefix(2))
  }

  /// The ordinate's own name inside an error column's: `RpRs_lower_err` belongs to `RpRs_med`.
  static func stem(_ name: String) -> String {
    let own = name.hasPrefix("e_") || name.hasPrefix("E_") ? String(name.dropFirst(2)) : name
    return NameWords(split(own).stem).core.joined()
  }

  /// True if the columns hold both a wavelength and something measured at it.
  static func areOfSpectrum(_ names: [String]) -> Bool {
    let roles = names.compactMap(role)
    let hasAxis = roles.contains { $0 == .wavelength || $0 == .logWavelength || $0 == .lowerEdge }
    return hasAxis && roles.contains(where: \.isOrdinate)
  }
}
