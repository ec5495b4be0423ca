/// What a spectrum's abscissa is measured in: a factor to SI, of wavelength, frequency, wavenumber or energy.
package enum SpectralUnit: Sendable, Hashable {
  /// Meters in one unit of wavelength.
  case wavelength(meters: Double)
  /// Hertz in one unit of frequency.
  case frequency(hertz: Double)
  /// Reciprocal meters in one unit of wavenumber.
  case wavenumber(perMeter: Double)

  /// Reads a unit string as instruments and authors write it. `A` is the Angstrom, never the ampere.
  ///
  /// - Returns: `nil` for a string that is no unit of wavelength, frequency or wavenumber.
  package init?(_ text: String) {
    let word = UnitText.plain(text)
    if let unit = SpectralUnit.table[word] {
      self = unit
    } else if let unit = SpectralUnit.table[UnitText.singular(word)] {
      self = unit
    } else {
      return nil
    }
  }

  /// The wavelength in meters of a value in this unit; not finite for a frequency or wavenumber of zero.
  package func wavelength(_ value: Double) -> Double {
    switch self {
    case .wavelength(let meters): value * meters
    case .frequency(let hertz): Constants.speedOfLight / (value * hertz)
    case .wavenumber(let perMeter): 1 / (value * perMeter)
    }
  }

  /// True where a larger value means a longer wavelength.
  package var growsWithWavelength: Bool {
    if case .wavelength = self { return true }
    return false
  }

  private static let table: [String: SpectralUnit] = {
    var table: [String: SpectralUnit] = [:]
    func add(_ unit: SpectralUnit, _ names: String...) { for name in names { table[name] = unit } }
    add(
      .wavelength(meters: 1e-10), "a", "ang", "angstrom", "angs", "angstroem", "angstrm", "aa", "å",
      "\u{212b}", "0.1nm")
    add(.wavelength(meters: 1e-9), "nm", "nanometer", "nanometre")
    add(
      .wavelength(meters: 1e-6), "um", "µm", "\u{3bc}m", "micron", "micrometer", "micrometre", "mum", "mu",
      "mic", "\u{3bc}")
    add(.wavelength(meters: 1e-3), "mm", "millimeter", "millimetre")
    add(.wavelength(meters: 1e-2), "cm", "centimeter", "centimetre")
    add(.wavelength(meters: 1), "m", "meter", "metre")
    add(.frequency(hertz: 1), "hz", "hertz", "s-1", "1/s")
    add(.frequency(hertz: 1e9), "ghz")
    add(.frequency(hertz: 1e12), "thz")
    add(.wavenumber(perMeter: 100), "cm-1", "1/cm", "kayser", "cm^-1", "cm**-1", "percm")
    add(.wavenumber(perMeter: 1), "m-1", "1/m")
    add(.wavenumber(perMeter: 1e6), "um-1", "1/um", "1/micron")
    return table
  }()
}

/// What a depth (a ratio of areas or fluxes) is written in: its factor to a plain fraction.
package enum DepthUnit {
  /// The factor; `nil` for a string that is no such unit. An empty string is none: the caller says what to assume.
  package static func fraction(_ text: String) -> Double? {
    switch UnitText.plain(text) {
    case "%", "percent", "per cent", "percentage", "pct": 0.01
    case "ppm", "partspermillion", "1e-6", "10^-6": 1e-6
    case "ppt", "partsperthousand", "permille", "1e-3", "10^-3": 1e-3
    case "ppb": 1e-9
    case "fraction", "none", "1", "ratio", "dimensionless", "unitless", "absolute", "adimensional", "--",
      "-", "null":
      1
    default: nil
    }
  }
}

/// What family a flux unit belongs to, from the words in it.
package enum FluxUnit: String, Sendable, Hashable {
  /// Flux density per wavelength: erg s-1 cm-2 A-1, W m-2 um-1.
  case perWavelength
  /// Flux density per frequency: Jy, erg s-1 cm-2 Hz-1.
  case perFrequency
  /// Surface brightness: MJy/sr.
  case surfaceBrightness
  /// Detector counts or rates: DU/PIXEL, counts, electrons, DN/s.
  case counts
  /// Scaled or normalised: `Relative Flux`.
  case relative

  /// - Returns: `nil` where the string holds no word of flux.
  package init?(_ text: String) {
    let word = UnitText.plain(text)
    func has(_ parts: String...) -> Bool { parts.contains { word.contains($0) } }
    if word.isEmpty { return nil }
    if has("sr", "arcsec") { self = .surfaceBrightness; return }
    if has("jy") || has("erg", "w", "j") && has("hz") { self = .perFrequency; return }
    if has("count", "cnt", "dn", "du", "adu", "electron", "e-") && !has("erg") { self = .counts; return }
    if has("erg", "w/m", "wm", "w m", "watt", "flam", "photon", "flambda") { self = .perWavelength; return }
    if has("relative", "normal", "arbitrary", "arb") { self = .relative; return }
    return nil
  }
}

/// Unit strings without what authors vary in.
enum UnitText {
  /// Lower case, without blanks, brackets around the whole, or stars of powers.
  static func plain(_ text: String) -> String {
    var word = text.lowercased().filter { !" \t'\"".contains($0) }
    while let first = word.first, let last = word.last, word.count > 1,
      first == "[" && last == "]" || first == "(" && last == ")" || first == "{" && last == "}"
    {
      word = String(word.dropFirst().dropLast())
    }
    return word
  }

  /// `microns` to `micron`; `s` itself stays.
  static func singular(_ word: String) -> String {
    word.count > 2 && word.hasSuffix("s") ? String(word.dropLast()) : word
  }
}
