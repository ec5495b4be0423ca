/// A JSON value whose members keep their order, so that one analysis always gives the same bytes.
package indirect enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Written with the shortest digits that read back to the same value; `null` where not finite.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  package static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }

  /// On one line, without a final newline.
  package var line: String {
    var text = ""
    write(into: &text, indent: nil)
    return text
  }

  /// Over several lines, two blanks a level, ending in a newline. Arrays of numbers stay on one line.
  package var document: String {
    var text = ""
    write(into: &text, indent: 0)
    return text + "\n"
  }

  private func write(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? value.description : "null"
    case .string(let value): Self.write(value, into: &text)
    case .array(let values):
      let inner = values.allSatisfy(\.isScalar) ? nil : indent.map { $0 + 1 }
      Self.write(values, between: ("[", "]"), into: &text, indent: inner) { value, text in
        value.write(into: &text, indent: inner)
      }
    case .object(let members):
      let inner = members.count <= 7 && members.allSatisfy(\.value.isNumeric) ? nil : indent.map { $0 + 1 }
      Self.write(members, between: ("{", "}"), into: &text, indent: inner) { member, text in
        Self.write(member.key, into: &text)
        text += indent == nil ? ":" : ": "
        member.value.write(into: &text, indent: inner)
      }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private var isNumeric: Bool {
    switch self {
    case .number, .integer: true
    default: false
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (String, String), into text: inout String, indent: Int?,
    each: (Item, inout String) -> Void
  ) {
    text += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent {
        text += "\n" + String(repeating: "  ", count: indent)
      } else if index > 0 {
        text += " "
      }
      each(item, &text)
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent - 1) }
    text += brackets.1
  }

  /// RFC 8259 section 7, and beyond it whatever a line reader might take for the end of a line.
  private static func write(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
        "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
