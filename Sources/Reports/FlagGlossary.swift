/// What each flag means, in a sentence for people. The flags themselves are for machines and for grep.
package enum FlagGlossary {
  /// In the order in which the manual lists them.
  package static let entries: [(flag: String, meaning: String)] = [
    ("mass-missing", "No mass is known, and no interior can be inferred without one."),
    ("mass-is-limit", "Only a limit of the mass is known, and no interior can be inferred from it."),
    ("radius-missing", "No radius is known, and no interior can be inferred without one."),
    ("radius-is-limit", "Only a limit of the radius is known, and no interior can be inferred from it."),
    (
      "mass-is-minimum",
      "The mass is m sin i, a minimum: the planet may be heavier, and denser, than it is taken to be."
    ),
    ("error-missing", "A value without an error was taken as exact, which makes the intervals too narrow."),
    ("error-one-sided", "A value has an error on one side only, which was used for both."),
    (
      "outside-domain",
      "The planet lies outside what the model was trained on, so the model gives no numbers."
    ),
    (
      "domain-edge",
      "Part of what the errors allow lies outside what the model was trained on and was left out."
    ),
    (
      "composition-from-star",
      "The planet's Fe/(Mg+Si) was estimated from the star's metallicity, with the scatter of that relation."
    ),
    (
      "composition-unknown",
      "Nothing is known of the planet's Fe/(Mg+Si): the result averages over what is possible."
    ),
    ("temperature-derived", "The equilibrium temperature was derived from the star and the orbit."),
    (
      "temperature-unknown", "No equilibrium temperature is known: the result averages over what is possible."
    ),
    ("love-number-missing", "No Love number k2 is known, and the model needs it."),
    ("planet-retracted", "The catalogue lists the planet as retracted: it may not exist."),
    ("planet-controversial", "The catalogue lists the planet as controversial: it may not exist."),
    ("padding-missing", "The FITS file ends before its last block is full; nothing of the data is missing."),
    ("stellar-spectrum", "This is the flux of a star or a brown dwarf, not the depth of a planet."),
    ("outside-grid", "No wavelength lies within the 0.3 to 16 um that the networks see."),
    ("several-quantities", "The file holds several quantities; the remarks say which one was taken."),
    ("errors-absent", "The file gives no errors."),
    (
      "wavelength-unit-assumed",
      "The unit of the wavelengths is not stated; the remarks say what was assumed."
    ),
    (
      "wavelength-unit-corrected",
      "The stated unit of the wavelengths cannot be right; the remarks say what was taken instead."
    ),
    ("error-array", "This is the array of errors of another file, not a spectrum."),
    ("duplicate-wavelengths", "Some wavelengths stand in the file more than once."),
    (
      "too-few-bins", "Fewer than three bins of the grid have a value with an error: no molecule can be told."
    ),
    (
      "errors-estimated",
      "For the molecules the errors were taken from the scatter between neighbouring bins."
    ),
    (
      "outside-training",
      "The spectrum looks like none that the network was trained on: no molecule is called seen or not seen."
    ),
    ("no-molecule-seen", "No molecule is probable enough to be called seen."),
  ]

  package static func meaning(of flag: String) -> String? { meanings[flag] }

  private static let meanings = Dictionary(uniqueKeysWithValues: entries.map { ($0.flag, $0.meaning) })
}

extension FlagGlossary {
  /// Those of a page's flags that are known, each with its meaning.
  static func list(of flags: [String]) -> Markup {
    let used = Set(flags)
    let entries = entries.filter { used.contains($0.flag) }
    guard !entries.isEmpty else { return "" }
    let items = entries.map { "<dt><code>\($0.flag)</code></dt><dd>\($0.meaning)</dd>" as Markup }
    return "<h3>Flags</h3><dl class=\"flags\">\(items)</dl>\n"
  }

  /// The list as a part of the page by itself.
  static func section(of flags: [String]) -> Markup {
    let list = list(of: flags)
    return list.isEmpty ? "" : "<aside>\(list)</aside>\n"
  }
}
