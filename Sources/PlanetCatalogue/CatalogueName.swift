/// Names of stars and planets as different people write them.
enum CatalogueName {
  /// The same for `HD209458b`, `HD 209458 b`, `hd-209458_B`: lower case, without blanks, dashes, underscores and quotes.
  ///
  /// Gliese's stars are `Gl`, `GJ` and `Gliese`; `WASP-039` is `WASP-39`; `* bet Pic b` is `beta Pic b`; a remark in
  /// brackets at the end is none of the name. A plus stays, and so do full stops: `BD+14 4559` is no `BD-14 4559`, and
  /// `KOI-13.01` no `KOI-1301`.
  static func key(_ name: String) -> String {
    var key = String.UnicodeScalarView()
    for scalar in withoutSigns(spaced(name).lowercased()).unicodeScalars where !isSeparator(scalar) {
      if let letter = greek[scalar] {
        key.append(contentsOf: letter.unicodeScalars)
      } else {
        key.append(scalar)
      }
    }
    return withoutZeros(withOneGliese(String(key)))
  }

  /// Without the stars of SIMBAD's names and a remark in brackets; short Greek letters in full.
  private static func withoutSigns(_ name: String) -> String {
    var name = name
    // `(AB)` says which stars.
    if name.last == ")", let place = name.lastIndex(of: "("), place != name.startIndex,
      name[place...].count > 5
    {
      name = String(name[..<place])
    }
    for start in ["v* ", "* "] where name.hasPrefix(start) { name = String(name.dropFirst(start.count)) }
    for (short, long) in shortGreek where name.hasPrefix(short + " ") || name.hasPrefix(short + "_") {
      return long + name.dropFirst(short.count)
    }
    return name
  }

  private static func withOneGliese(_ key: String) -> String {
    for start in ["gliese", "gj", "gl"] where key.hasPrefix(start) {
      let rest = key.dropFirst(start.count)
      if let first = rest.first, first.isASCII, first.isNumber { return "gj" + rest }
    }
    return key
  }

  /// Zeros between the letters of a survey and a number; coordinates (`J0122`) keep theirs.
  private static func withoutZeros(_ key: String) -> String {
    let letters = key.prefix { $0.isASCII && $0.isLetter }
    guard !letters.isEmpty, letters.last != "j" else { return key }
    let digits = key.dropFirst(letters.count)
    let rest = digits.drop { $0 == "0" }
    guard let first = rest.first, first.isASCII, first.isNumber else { return key }
    return String(letters) + rest
  }

  private static let greek: [Unicode.Scalar: String] = [
    "\u{3b1}": "alpha", "\u{3b2}": "beta", "\u{3b3}": "gamma", "\u{3b4}": "delta", "\u{3b5}": "epsilon",
    "\u{3b6}": "zeta", "\u{3b7}": "eta", "\u{3b8}": "theta", "\u{3b9}": "iota", "\u{3ba}": "kappa",
    "\u{3bb}": "lambda", "\u{3bc}": "mu", "\u{3bd}": "nu", "\u{3be}": "xi", "\u{3bf}": "omicron",
    "\u{3c0}": "pi",
    "\u{3c1}": "rho", "\u{3c3}": "sigma", "\u{3c4}": "tau", "\u{3c5}": "upsilon", "\u{3c6}": "phi",
    "\u{3c7}": "chi",
    "\u{3c8}": "psi", "\u{3c9}": "omega",
  ]
  private static let shortGreek = [
    ("alf", "alpha"), ("bet", "beta"), ("gam", "gamma"), ("del", "delta"), ("eps", "epsilon"),
    ("zet", "zeta"),
    ("tet", "theta"), ("iot", "iota"), ("kap", "kappa"), ("lam", "lambda"), ("omi", "omicron"),
    ("sig", "sigma"),
    ("ups", "upsilon"), ("ome", "omega"),
  ]

  /// The name with each run of white space made one blank.
  static func spaced(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return " -_'\"\t\n\r".unicodeScalars.contains(scalar) }
    // The minus sign, and what typesetting makes of dashes and quotes.
    return scalar == "\u{2212}" || scalar.properties.isWhitespace || scalar.properties.isDash
      || scalar.properties.isQuotationMark
  }
}
