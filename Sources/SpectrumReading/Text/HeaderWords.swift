import Units

/// What the lines above a table say of units and of what was measured, besides naming its columns. Values may be guessed
/// only where these lines say nothing else.
struct HeaderWords: Sendable {
  struct UnitWord: Sendable {
    var word: String
    /// Meters, or the fraction of the star.
    var size: Double
    /// From 1.
    var line: Int
    /// It stands right behind the word for what it is the unit of.
    var isTied: Bool
  }

  struct Quantity: Sendable {
    /// What columns of it are named.
    var name: String
    var word: String
    var line: Int
    var text: String
  }

  private(set) var wavelengthUnits: [UnitWord] = []
  private(set) var depthUnits: [UnitWord] = []
  private(set) var quantities: [Quantity] = []
  /// A line that speaks of wavenumbers or frequencies.
  private(set) var wavenumberLine: Int?
  private(set) var speaksOfPlanets = false

  init() {}

  /// - Parameter lines: without their signs of comment, with their numbers.
  init(_ lines: [(number: Int, text: String)]) {
    for line in lines { take(line.text, line.number) }
  }

  private mutating func take(_ text: String, _ number: Int) {
    let tokens = Self.tokens(text)
    var lastWave: Int?
    var lastDepth: Int?
    for (place, token) in tokens.enumerated() {
      let word = token.word.lowercased()
      // `bins of 10 nm`, `5 %`: amounts, not the units of columns.
      let isAmount = place > 0 && TextTable.isNumber(tokens[place - 1].word)
      if NameWords.waves.contains(word) { lastWave = place }
      if ["depth", "depths", "dppm"].contains(word) { lastDepth = place }
      if ["wavenumber", "wavenumbers", "cm-1", "cm^-1", "frequency", "hz", "ghz", "thz"].contains(word) {
        wavenumberLine = wavenumberLine ?? number
      }
      if ["transmission", "transit", "eclipse", "emission", "occultation", "dayside", "planet", "exoplanet"]
        .contains(word)
      {
        speaksOfPlanets = true
      }
      let isBehindWave = lastWave.map { place - $0 <= 3 } ?? false
      if !isAmount, let unit = SpectralUnit(token.word), case .wavelength(let meters) = unit,
        Self.longUnits.contains(word) || token.isBracketed && isBehindWave
      {
        wavelengthUnits.append(
          UnitWord(word: token.word, size: meters, line: number, isTied: isBehindWave || lastWave == place))
      }
      if let role = ColumnNames.role(token.word), case .ordinate(let kind) = role,
        word.contains("/") || word == "dppm"
      {
        lastDepth = place
        let name = kind == .radiusRatio ? "rp_rs" : kind == .eclipseDepth ? "fp_fs" : "depth"
        quantities.append(Quantity(name: name, word: token.word, line: number, text: text))
      } else if word == "depth" || word == "depths" {
        quantities.append(Quantity(name: "depth", word: token.word, line: number, text: text))
      } else if word == "ratio", place > 0, tokens[place - 1].word.lowercased() == "radius" {
        quantities.append(Quantity(name: "rp_rs", word: "radius ratio", line: number, text: text))
      } else if Self.fluxes.contains(word)
        || word.contains("/") && [.perWavelength, .perFrequency].contains(FluxUnit(word))
      {
        quantities.append(Quantity(name: "flux", word: token.word, line: number, text: text))
      } else if Self.others.contains(word) {
        quantities.append(Quantity(name: word, word: token.word, line: number, text: text))
      }
      if !isAmount, ["%", "percent", "ppm", "ppt"].contains(word) || word == "cent",
        let fraction = DepthUnit.fraction(word == "cent" ? "percent" : word)
      {
        let isTied = lastDepth.map { place - $0 <= 3 } ?? false
        depthUnits.append(
          UnitWord(
            word: word == "cent" ? "per cent" : token.word, size: fraction, line: number, isTied: isTied))
      }
    }
  }

  /// Units that are no other word of a sentence.
  private static let longUnits: Set = [
    "um", "\u{b5}m", "\u{3bc}m", "micron", "microns", "micrometer", "micrometers", "micrometre",
    "micrometres", "nm",
    "nanometer", "nanometers", "nanometre", "nanometres", "angstrom", "angstroms", "ang", "\u{e5}",
  ]
  private static let fluxes: Set = [
    "flux", "fluxes", "counts", "intensity", "luminosity", "jy", "mjy", "radiance",
  ]
  private static let others: Set = [
    "albedo", "reflectance", "reflectivity", "magnitude", "magnitudes", "absorbance", "opacity",
    "transmittance",
    "polarization", "polarisation", "temperature", "emissivity",
  ]

  /// Words without the punctuation around them, and whether brackets stand around each.
  private static func tokens(_ text: String) -> [(word: String, isBracketed: Bool)] {
    text.split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "=" }.flatMap { piece in
      // `wl[um]`, `WL(nm)`: a name with its unit.
      let parts = ColumnNames.split(String(piece))
      guard !parts.unit.isEmpty, ColumnNames.isUnit(parts.unit), !parts.stem.isEmpty else {
        let word = piece.trimmingPrefix { "([{<'\"".contains($0) }
        var end = word
        while let last = end.last, ")]}>'\".:?!".contains(last) { end.removeLast() }
        // `(Rp/Rs)^2` keeps its bracket.
        return end.isEmpty
          ? [] : [(String(piece.contains("^") ? piece : end), piece.first == "(" || piece.first == "[")]
      }
      return [(parts.stem, false), (parts.unit, true)]
    }
  }

  // MARK: What follows from them

  /// Whether anything is said that forbids to guess in silence.
  var isTelling: Bool { !quantities.isEmpty || !wavelengthUnits.isEmpty || !depthUnits.isEmpty }

  /// The unit of a column of wavelengths that states none; `nil` where the words do not tell one.
  /// - Throws: `noWavelength` where they tell several, or another one than the values.
  func wavelengthUnit(
    ofValuesAbout median: Double, named name: String, _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) -> SpectralUnit? {
    let tied = wavelengthUnits.filter(\.isTied)
    let said = (tied.isEmpty ? wavelengthUnits : tied).filter { (5e-8..<6e-5).contains(median * $0.size) }
    guard let first = said.first else { return nil }
    let bySize = SpectralUnit.bySize(median)?.meters
    guard said.allSatisfy({ $0.size == first.size }), first.isTied || first.size == bySize,
      wavenumberLine == nil || first.isTied
    else {
      throw SpectrumError(
        .noWavelength,
        "\(name) has no unit of its own, its values are about \(Short.text(median)), and the header says "
          + said.map { "'\($0.word)' (line \($0.line))" }.joined(separator: ", ")
          + "; write the unit into the column's name, such as wavelength_um, wavelength_nm or wavelength_angstrom"
      )
    }
    remarks.assumptions.append(
      "\(name) has no unit of its own: \(first.word), as line \(first.line) says")
    return .wavelength(meters: first.size)
  }

  /// What a column of unnamed values is: `depth` where nothing else is said.
  /// - Throws: `unrecognised` where the words say several things, or what is no spectrum of a planet or star.
  func ordinateName() throws(SpectrumError) -> String {
    let names = Set(quantities.map(\.name))
    guard let first = quantities.first else { return "depth" }
    guard names.count == 1, ["depth", "rp_rs", "fp_fs", "flux"].contains(first.name),
      first.name != "flux" || !speaksOfPlanets
    else {
      throw SpectrumError(
        .unrecognised,
        "line \(first.line), '\(first.text.prefix(80))', says "
          + Set(quantities.map(\.word)).sorted().joined(separator: ", ")
          + ", but no line gives each column a name; \(UnnamedColumns.cure)")
    }
    return first.name
  }
}
