/// Strangers' text made safe for one line of a log or a terminal.
package enum PlainText {
  /// A line of its own: what cannot be printed becomes `?`; what is longer than `limit` characters ends in an ellipsis.
  package static func line(_ text: String, limit: Int = 80) -> String {
    let safe = replacing(text.unicodeScalars, by: "?")
    return safe.count <= limit ? safe : safe.prefix(limit - 1) + "…"
  }

  /// Padded with blanks on the right to `width` characters; longer text stays whole.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Padded with blanks on the left.
  package static func leftPadded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Whether the character shows itself and does nothing: no control character (newline, escape), no separator of
  /// lines or paragraphs, no direction mark, nothing that Unicode leaves open.
  package static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  fileprivate static func replacing(_ scalars: some Sequence<Unicode.Scalar>, by mark: Unicode.Scalar)
    -> String
  {
    var text = ""
    for scalar in scalars { text.unicodeScalars.append(isPrintable(scalar) ? scalar : mark) }
    return text
  }
}

/// Strangers' text quoted in a sentence: what cannot be printed becomes U+FFFD, and what is longer than `limit` code
/// points is cut there, with three dots behind.
package func printable(_ text: some StringProtocol, limit: Int = 80) -> String {
  let scalars = text.unicodeScalars
  let safe = PlainText.replacing(scalars.prefix(limit), by: "\u{FFFD}")
  return scalars.count > limit ? safe + "..." : safe
}
