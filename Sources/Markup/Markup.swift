/// HTML or SVG text in which strangers' text cannot turn into markup.
///
/// Interpolated strings are escaped, interpolated markup is not, and a bare `Double` does not compile: numbers
/// go through `Numerals`, so that each carries the digits it deserves.
package struct Markup: ExpressibleByStringInterpolation, Sendable, Equatable {
  package private(set) var text: String

  package init(stringLiteral value: String) { text = value }

  /// Text that is markup already: only what the caller's own code wrote.
  package init(trusted text: String) { self.text = text }

  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    package mutating func appendLiteral(_ literal: String) { text += literal }
    package mutating func appendInterpolation(_ string: String) { text += Markup.escape(string) }
    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    package mutating func appendInterpolation(_ markups: [Markup]) {
      for markup in markups { text += markup.text }
    }
    package mutating func appendInterpolation(_ integer: Int) { text += String(integer) }
  }

  package static func + (a: Markup, b: Markup) -> Markup { Markup(trusted: a.text + b.text) }
  package static func += (a: inout Markup, b: Markup) { a.text += b.text }

  package var isEmpty: Bool { text.isEmpty }

  /// Safe in element content and in attributes quoted either way. Characters that HTML forbids become U+FFFD.
  package static func escape(_ string: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(string.utf8.count)
    for scalar in string.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): escaped += "\u{FFFD}"
      case _ where scalar.value & 0xFFFE == 0xFFFE: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Sequence where Element == Markup {
  package func joined(separator: Markup = "") -> Markup {
    Markup(trusted: map(\.text).joined(separator: separator.text))
  }
}
