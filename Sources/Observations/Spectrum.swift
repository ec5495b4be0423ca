/// What a spectrum is of. The raw value is the word in JSON and in `EXOKIND`.
package enum SpectrumKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Transit depth (Rp/Rs)^2 against wavelength.
  case transmission
  /// Eclipse depth Fp/Fs against wavelength.
  case eclipse
  /// Flux of a self-luminous source: a star, and as well a brown dwarf or a galaxy.
  case stellar
}

/// A one-dimensional spectrum as read: points in ascending wavelength, in SI, with what had to be assumed.
///
/// All arrays have one element a point. A masked point holds its place but is never used.
package struct Spectrum: Sendable, Hashable {
  package var object: String?
  package var kind: SpectrumKind
  /// What told the kind: a header key, a column's name, the values.
  package var kindSource: String
  /// The layout of the file, in words.
  package var layout: String
  package var instrument: String?
  package var telescope: String?
  /// Stellar radius in solar radii, where the file gives it (`RSTAR`).
  package var starRadius: Double?
  /// What else the file states of star and planet (`TSTAR`, `MPLAN`, `RPLAN`, `TPLAN`), and the errors of all.
  package var stated = StatedContext()
  /// The keys of all these that are not the file's but the user's word.
  package var keysOfUser: Set<String> = []

  /// Bin centres, m.
  package var wavelength: [Double]
  /// Bin edges, m: as the file gives them, else half-way to the neighbours.
  package var lowerEdge: [Double]
  package var upperEdge: [Double]
  package var edgesAreGiven: Bool
  /// Depth as a fraction; of a stellar spectrum the flux in `unit`.
  package var value: [Double]
  /// One standard deviation upwards and downwards, positive, as `value`; `nil` where the file has no errors.
  package var upperError: [Double]?
  package var lowerError: [Double]?
  package var isMasked: [Bool]
  /// What each point was observed by, where the file says so.
  package var instruments: [String]?

  /// The unit the file writes the value in (`ppm`, `%`, `Jy`); of a flux also that of `value`.
  package var unit: String
  /// Where the errors come from: a column, an HDU, a row; or why there are none.
  package var errorSource: String
  /// Sentences: what had to be assumed.
  package var assumptions: [String]
  /// Kebab-case marks: `errors-absent`, `wavelength-unit-corrected` ...
  package var flags: [Flag]

  package var count: Int { wavelength.count }

  /// As a fraction: a planet that covers, or outshines, more of its star than this is none that is known.
  package static func greatestUsualDepth(_ kind: SpectrumKind) -> Double { kind == .eclipse ? 0.03 : 0.05 }

  /// Symmetric errors: the mean of both sides, which is exact to second order for a slightly skewed one.
  package var error: [Double]? {
    guard let upperError, let lowerError else { return nil }
    return zip(upperError, lowerError).map { ($0 + $1) / 2 }
  }

  package init(
    kind: SpectrumKind, kindSource: String, layout: String, wavelength: [Double], lowerEdge: [Double],
    upperEdge: [Double], edgesAreGiven: Bool, value: [Double], upperError: [Double]?, lowerError: [Double]?,
    isMasked: [Bool], unit: String, errorSource: String
  ) {
    self.kind = kind
    self.kindSource = kindSource
    self.layout = layout
    self.wavelength = wavelength
    self.lowerEdge = lowerEdge
    self.upperEdge = upperEdge
    self.edgesAreGiven = edgesAreGiven
    self.value = value
    self.upperError = upperError
    self.lowerError = lowerError
    self.isMasked = isMasked
    self.unit = unit
    self.errorSource = errorSource
    assumptions = []
    flags = []
  }
}
