package import Observations

/// One column of numbers as a file has it.
package struct SpectrumColumn: Sendable, Hashable {
  package var name: String
  package var unit: String
  package var values: [Double]

  package init(_ name: String, unit: String = "", _ values: [Double]) {
    self.name = name
    self.unit = unit
    self.values = values
  }
}

/// What a reader of a format has found: columns and keys, before anything is understood of them.
package struct SpectrumSource: Sendable {
  /// The layout in words.
  package var layout: String
  package var columns: [SpectrumColumn]
  /// Upper-case keys of headers; `ERRORHDU` says where the errors lie when no column name does.
  package var keys: [String: String]
  /// Words about the ordinate that stand outside the columns: comments, titles.
  package var notes: String
  /// Which order, segment or instrument each point belongs to; edges are never drawn across these.
  package var segments: [Int]?
  package var instruments: [String]?
  package var assumptions: [String] = []
  package var flags: [Flag] = []

  package init(
    layout: String, columns: [SpectrumColumn], keys: [String: String] = [:], notes: String = "",
    segments: [Int]? = nil, instruments: [String]? = nil
  ) {
    self.layout = layout
    self.columns = columns
    self.keys = keys
    self.notes = notes
    self.segments = segments
    self.instruments = instruments
  }
}

/// What a column is, told from its name.
package enum ColumnRole: Sendable, Hashable {
  case wavelength, logWavelength, lowerEdge, upperEdge, halfWidth, width
  case ordinate(Ordinate)
  case error, upperError, lowerError, inverseVariance, variance
  case quality

  package enum Ordinate: Sendable, Hashable {
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
}

/// The names authors give to columns.
package enum ColumnNames {
  /// Lower case, letters and digits only; a unit at the end is taken off.
  package static func plain(_ name: String) -> String {
    let (stem, _) = split(name)
    return String(stem.lowercased().unicodeScalars.filter { isLetterOrDigit($0) }.map { Character($0) })
  }

  /// A name and the unit some authors write into it: `wave (A)`, `flux [Jy]`, `transit_depth_ppm`.
  package static func split(_ name: String) -> (stem: String, unit: String) {
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

  package static func role(_ name: String) -> ColumnRole? {
    let word = plain(name)
    if let role = exact[word] { return role }
    if word.hasPrefix("pl"), let role = exact[String(word.dropFirst(2))] { return role }
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
  package static func stem(_ name: String) -> String {
    var word = plain(name)
    for part in [
      "uncertainty", "uncert", "error", "err", "sigma", "unc", "stdev", "std", "lower", "upper", "low", "upp",
      "neg", "pos", "minus", "plus", "med", "median", "value", "val", "mean",
    ] {
      word = word.replacing(part, with: "")
    }
    return word
  }

  private static let exact: [String: ColumnRole] = {
    var table: [String: ColumnRole] = [:]
    func add(_ role: ColumnRole, _ names: String) {
      for name in names.split(separator: " ") { table[String(name)] = role }
    }
    add(
      .wavelength,
      "wave wavelength wavelengths lambda lam wl wls wav wvl wavelen wavelengthum wavelengthmicron "
        + "wavelengthmicrons waveum wlum microns micron centralwavelength centrallambda centralwavelng "
        + "centerwavelength wavelengthcenter wavelengthcentre wavecenter wavecentre wlcenter wlcentre "
        + "wlmid wavemid midwavelength meanwavelength frequency freq wavenumber wn lambdacenter wcen "
        + "spectralaxis bincenter bincentre centrelambda x wav_um wavum angstrom")
    add(.logWavelength, "loglam loglambda logwave logwavelength")
    add(
      .lowerEdge,
      "wavemin minwavelength wavelengthmin wlmin wllo wllow wavelo wavelow wavelengthlow wavelengthlo "
        + "lowerwavelength lambdamin lambdalow wlloum lammin binlo binlow binstart binmin loweredge edgelow "
        + "wavelengthlower wavelower wllower wavstart wavestart wave1 wl1 wavelengthstart bandmin")
    add(
      .upperEdge,
      "wavemax maxwavelength wavelengthmax wlmax wlhi wlhigh wavehi wavehigh wavelengthhigh wavelengthhi "
        + "upperwavelength lambdamax lambdahigh wlhium lammax binhi binhigh binend binmax upperedge edgehigh "
        + "wavelengthupper waveupper wlupper wavend waveend wave2 wl2 wavelengthend bandmax wlup waveup")
    add(
      .halfWidth,
      "halfwidth binhalfwidth waveerror waveerr wavelengtherror wavelengtherr hw wlerr wlerror xerr")
    add(
      .width,
      "binwidth width bandwidth wavewidth wavelengthwidth wlwidth deltawave deltalambda deltawavelength dwave "
        + "dlambda dwl dlam delw wavebinwidth binsize")
    add(
      .ordinate(.transitDepth),
      "transitdepth transitdepths tdepth trandep trandepth transdepth dppm dppms rprs2 rprssquared rprssq "
        + "rp2rs2 depthtransit transit transmission radiusratio2 delta tranmid")
    add(
      .ordinate(.radiusRatio),
      "rprs ratror rpvalue rprsmed rpstar radiusratio rpoverrs rpr rporstar rpvalues ror")
    add(
      .ordinate(.eclipseDepth),
      "fpfs eclipsedepth eclipdepth especlipdep eclipdep eclipse occultationdepth occdepth fpfsvalue fpvalue "
        + "fpfsmed fpmed fp fpfstar secondaryeclipsedepth eclipsedepths emissiondepth")
    add(.ordinate(.depth), "depth depths yval depthfraction depthppm depthpercent spectrum_depth specdepth")
    add(
      .ordinate(.flux),
      "flux fluxes flam fnu fluxdensity intensity counts spec sciflux data relativeflux fluxfinal spectrum "
        + "flux1 fluxlambda calflux reducedflux net surfbright y")
    add(
      .error,
      "error err sigma unc uncertainty noise std stdev stddev stat staterror errorfraction depthuncertainty "
        + "sciflux_err scierror yerr fluxerror fluxerr efl eflux dflux errflux sig variancesqrt")
    add(.upperError, "errup errupper errhigh errhi errplus errpos erroru err1 trandeperr1 yerrupp yerrup")
    add(.lowerError, "errlow errlower errlo errminus errneg errorl err2 trandeperr2 yerrlow yerrlo errdown")
    add(.inverseVariance, "ivar inversevariance invvar")
    add(.variance, "variance var scivar fluxvar")
    add(.quality, "dq quality qual flag flags dataquality mask andmask ignore bad badpix dqflags")
    return table
  }()
}
