/// A column's name taken apart: lower-case words, split at signs, at changes of case and between letters and digits;
/// words written together (`errorneg`, `ratrorerr`) are split where all of their parts are known.
struct NameWords {
  let words: [String]

  /// - Parameter stem: a name without its unit.
  init(_ stem: String) {
    words = Self.tokens(stem).flatMap(Self.parts)
  }

  func has(_ set: Set<String>) -> Bool { words.contains { set.contains($0) } }

  /// The words that neither say how sure a number is, nor which side of it, nor what state it is in.
  var core: [String] {
    var core: [String] = []
    var followsMark = false
    for word in words {
      let isMark = Self.errorMarks.contains(word)
      // ERR1 and ERR2 are the archives' upper and lower errors; the 2 of `rp^2` is a square.
      let isSide = followsMark && (word == "1" || word == "2")
      if !isMark, !isSide, !Self.lowerSide.contains(word), !Self.upperSide.contains(word),
        !Self.fillers.contains(word)
      {
        core.append(word)
      }
      followsMark = isMark
    }
    return core.first == "pl" && core.count > 1 ? Array(core.dropFirst()) : core
  }

  var isError: Bool { has(Self.errorMarks) }

  enum Side { case lower, upper }

  var side: Side? {
    if has(Self.lowerSide) { return .lower }
    if has(Self.upperSide) { return .upper }
    guard let mark = words.lastIndex(where: { Self.errorMarks.contains($0) }), mark + 1 < words.count else {
      return nil
    }
    return words[mark + 1] == "1" ? .upper : words[mark + 1] == "2" ? .lower : nil
  }

  // MARK: Taking apart

  private static func tokens(_ stem: String) -> [String] {
    enum Sort { case lower, upper, digit, other }
    var tokens: [String] = []
    var token = ""
    var last = Sort.other
    func sort(_ scalar: Unicode.Scalar) -> Sort {
      scalar.value > 127
        ? .lower
        : ("0"..."9").contains(scalar)
          ? .digit : ("a"..."z").contains(scalar) ? .lower : ("A"..."Z").contains(scalar) ? .upper : .other
    }
    func close() {
      if !token.isEmpty { tokens.append(token.lowercased()) }
      token = ""
    }
    let plain = stem.replacing("+/-", with: "\u{b1}").replacing("+-", with: "\u{b1}")
    let scalars = Array(plain.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      if let word = signs[scalar] {
        close()
        tokens.append(word)
        last = .other
        continue
      }
      // A sign of plus or minus says which side only at an end of the name.
      if scalar == "+" || scalar == "-", place == scalars.count - 1 || place == 0 {
        close()
        tokens.append(scalar == "+" ? "plus" : "minus")
        last = .other
        continue
      }
      let next = sort(scalar)
      if next == .other || next != last && !(last == .upper && next == .lower && token.count == 1) {
        if !(last == .upper && next == .lower) || next == .other { close() }
      }
      if next != .other { token.unicodeScalars.append(scalar) }
      last = next
    }
    close()
    return tokens
  }

  /// Signs that are words.
  private static let signs: [Unicode.Scalar: String] = [
    "\u{3bb}": "lambda", "\u{3c3}": "sigma", "\u{394}": "delta", "\u{3b4}": "delta", "\u{2206}": "delta",
    "\u{b2}": "2", "*": "star", "\u{2605}": "star", "\u{22c6}": "star", "\u{2217}": "star",
    "\u{2606}": "star",
    "\u{bd}": "half", "\u{b1}": "err",
  ]

  /// The known words that a word is written together from, as few as can be; else the word itself.
  private static func parts(_ word: String) -> [String] {
    if pieces.contains(word) || ColumnNames.vocabulary[word]?.isOrdinate == true || word.utf8.count > 40 {
      return [word]
    }
    let letters = Array(word)
    var best: [[String]?] = [[]]
    for end in 1...letters.count {
      var found: [String]?
      for start in max(0, end - 24)..<end {
        guard let before = best[start], before.count < (found?.count ?? 5) - 1 else { continue }
        let piece = String(letters[start..<end])
        if pieces.contains(piece) { found = before + [piece] }
      }
      best.append(found)
    }
    return best[letters.count] ?? [word]
  }

  // MARK: Words

  static let errorMarks: Set = [
    "error", "errors", "err", "errs", "uncertainty", "uncertainties", "uncert", "unc", "sigma", "sigmas",
    "sig",
    "stdev", "stddev", "std", "noise",
  ]
  static let lowerSide: Set = ["lower", "low", "lo", "neg", "negative", "minus", "dn", "down", "below"]
  static let upperSide: Set = ["upper", "upp", "up", "hi", "high", "pos", "positive", "plus", "above"]
  /// Words of state and small words: they change neither what a number is nor its size.
  static let fillers: Set = [
    "the", "of", "at", "in", "a", "an", "for", "from", "to", "on", "is", "and", "with", "value", "values",
    "val",
    "mean", "median", "med", "best", "norm", "normalized", "normalised", "corrected", "corr", "observed",
    "obs",
    "final", "calibrated", "measured", "weighted", "average", "avg", "data", "rm", "mathrm", "vacuum", "vac",
    "air",
    "rest", "um", "nm", "ppm", "percent", "spectral", "level", "smoothed", "combined", "fraction", "raw",
  ]
  static let waves: Set = [
    "wave", "waves", "wavelength", "wavelengths", "wl", "wls", "wvl", "wav", "lambda", "lam", "wavelen",
    "micron",
    "microns", "angstrom", "angstroms",
  ]
  static let bins: Set = [
    "bin", "bins", "band", "bandpass", "channel", "edge", "edges", "boundary", "bound", "grid",
  ]
  static let starts: Set = [
    "min", "minimum", "lower", "low", "lo", "start", "begin", "left", "short", "shorter", "blue", "1", "from",
  ]
  static let ends: Set = [
    "max", "maximum", "upper", "high", "hi", "end", "stop", "right", "long", "longer", "red", "2", "to", "up",
  ]
  static let middles: Set = [
    "center", "centre", "central", "centers", "centres", "cen", "mid", "middle", "midpoint", "mean", "eff",
    "effective", "pivot",
  ]
  static let widths: Set = ["width", "widths", "size", "delta", "d", "bandwidth", "binwidth", "binsize"]
  /// What makes a number something other than a measured spectrum or its error.
  static let strange: Set = [
    "model", "models", "fit", "fitted", "bestfit", "residual", "residuals", "resid", "sky", "background",
    "bkg",
    "bkgd", "bgd", "continuum", "telluric", "blaze", "template", "throughput", "response", "sensitivity",
    "gross",
    "snr", "night", "nightside", "phase", "phi", "amplitude", "time", "date", "mjd", "bjd", "jd", "pixel",
    "pix",
    "index", "number", "chi", "offset", "baseline", "airmass", "pressure", "temperature", "altitude", "limit",
    "limb",
    "shift", "scatter", "flag", "mass", "period", "poisson", "rnoise", "flat",
  ]

  /// What words written together are made of.
  private static let pieces: Set<String> = {
    var pieces = errorMarks.union(waves).union(widths).union(middles)
    pieces.formUnion(lowerSide)
    pieces.formUnion(upperSide)
    pieces.formUnion([
      "half", "bin", "band", "edge", "min", "max", "value", "norm", "star", "planet", "ratio",
    ])
    pieces.formUnion(ColumnNames.vocabulary.filter { $0.value.isOrdinate && $0.key.utf8.count >= 4 }.keys)
    pieces.formUnion(["rp", "rs", "fp", "fs"])
    pieces.subtract(["d", "a"])
    return pieces
  }()
}
