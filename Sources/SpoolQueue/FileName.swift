import PlainText

/// A file's name as the kernel knows it: up to 255 bytes, any but `/` and NUL, in no promised encoding.
package struct FileName: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// For logs and reports: one line, what cannot be printed is shown as `\xNN`.
  package var display: String {
    var text = ""
    for scalar in scalars {
      switch scalar {
      case .invalid(let byte): text += Self.escape(byte)
      case .valid(let value):
        if value == "\\" {
          text += "\\\\"
        } else if PlainText.isPrintable(value) {
          text.unicodeScalars.append(value)
        } else {
          for byte in String(value).utf8 { text += Self.escape(byte) }
        }
      }
    }
    return text
  }

  /// A name that is harmless in a shell, a terminal and a URL and still recognisable: letters, digits and
  /// `._+-` stay, all else becomes `_`; never hidden, never an option, at most `limit` bytes, extension kept.
  package func safe(limit: Int = 160) -> String {
    var text = ""
    for scalar in scalars {
      if case .valid(let value) = scalar, Self.isSafe(value) {
        text.unicodeScalars.append(value)
      } else {
        text.append("_")
      }
    }
    if let first = text.first, first == "." || first == "-" { text = "_" + text.dropFirst() }
    if text.isEmpty { text = "unnamed" }
    return Self.clip(text, to: limit)
  }

  /// The safe name without its last extension.
  package func safeStem(limit: Int = 120) -> String {
    let name = safe(limit: 255)
    let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : String(name[..<$0]) } ?? name
    return Self.clip(stem, to: limit)
  }

  /// Why the intake passes the name over, or nil when it may be taken.
  package var ignoredBecause: String? {
    if bytes.first == UInt8(ascii: ".") { return "names that begin with a dot are ignored" }
    for suffix in [".part", ".tmp", "~", ".crdownload"] where bytes.hasSuffix(Array(suffix.utf8)) {
      return "names that end in \(suffix) are files still being written"
    }
    return nil
  }

  private enum Scalar {
    case valid(Unicode.Scalar)
    case invalid(UInt8)
  }

  private var scalars: [Scalar] {
    var result: [Scalar] = []
    var index = 0
    while index < bytes.count {
      var iterator = bytes[index...].makeIterator()
      var decoder = UTF8()
      if case .scalarValue(let value) = decoder.decode(&iterator) {
        result.append(.valid(value))
        index += UTF8.width(value)
      } else {
        result.append(.invalid(bytes[index]))
        index += 1
      }
    }
    return result
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }

  private static func isSafe(_ value: Unicode.Scalar) -> Bool {
    if value.isASCII {
      switch value {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "+", "-": return true
      default: return false
      }
    }
    return value.properties.isAlphabetic
  }

  /// Cuts in the middle of the stem's end, so that a short extension (`.xml`, `.fits.gz`) is kept.
  private static func clip(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var tail = ""
    if let dot = text.lastIndex(of: "."), text[dot...].utf8.count <= 16 { tail = String(text[dot...]) }
    var head = ""
    for character in text {
      if head.utf8.count + String(character).utf8.count + tail.utf8.count > limit { break }
      head.append(character)
    }
    return head + tail
  }
}

extension [UInt8] {
  func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}
