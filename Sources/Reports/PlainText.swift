/// Strangers' text made safe for one line of a log or a terminal.
package enum PlainText {
  /// Control characters (newlines, escapes), line and paragraph separators and direction marks become `?`; what
  /// is longer than `limit` characters ends in an ellipsis.
  package static func line(_ text: String, limit: Int = 80) -> String {
    var safe = ""
    for scalar in text.unicodeScalars { safe.unicodeScalars.append(isHarmless(scalar) ? scalar : "?") }
    return safe.count <= limit ? safe : safe.prefix(limit - 1) + "…"
  }

  /// Padded with blanks on the right to `width` characters; longer text stays whole.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Padded with blanks on the left.
  static func leftPadded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate, .unassigned: false
    default: true
    }
  }
}
