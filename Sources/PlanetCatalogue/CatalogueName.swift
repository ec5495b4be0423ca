/// Names of stars and planets as different people write them.
enum CatalogueName {
  /// The same for `HD209458b`, `HD 209458 b`, `hd-209458_B`: lower case, without blanks, dashes, underscores and quotes.
  ///
  /// A plus stays, and so do full stops: `BD+14 4559` is no `BD-14 4559`, and `KOI-13.01` no `KOI-1301`.
  static func key(_ name: String) -> String {
    var key = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars where !isSeparator(scalar) { key.append(scalar) }
    return String(key)
  }

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
