/// How a JSON document is laid out; what it says is the same in all.
package enum JSONLayout: Sendable {
  /// On one line without a blank: headers of model files.
  case compact
  /// On one line with a blank after each comma: a line of a log.
  case line
  /// Over several lines, two blanks a level, ending in a newline; arrays of plain values stay on one line, however
  /// long, and so do small objects of numbers: results.
  case document
  /// As `document`, but each member of each object on a line of its own: model cards.
  case card
}

extension JSON {
  package var line: String { text(.line) }
  package var document: String { text(.document) }

  package func text(_ layout: JSONLayout) -> String {
    var writer = JSONWriter(layout: layout)
    writer.write(self, level: 0)
    return writer.isOverLines ? writer.text + "\n" : writer.text
  }
}

private struct JSONWriter {
  let layout: JSONLayout
  var text = ""

  init(layout: JSONLayout) { self.layout = layout }

  var isOverLines: Bool { layout == .document || layout == .card }

  mutating func write(_ value: JSON, level: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? value.description : "null"
    case .string(let value): quote(value)
    case .array(let elements):
      let isOnOneLine = !isOverLines || elements.allSatisfy(\.isScalar)
      write(elements, between: ("[", "]"), level: isOnOneLine ? nil : level) { writer, element in
        writer.write(element, level: level + 1)
      }
    case .object(let members):
      let isSmall = members.count <= 7 && members.allSatisfy { $0.value.number != nil }
      let isOnOneLine = !isOverLines || members.isEmpty || (layout == .document && isSmall)
      write(members, between: ("{", "}"), level: isOnOneLine ? nil : level) { writer, member in
        writer.quote(member.key)
        writer.text += writer.isOverLines ? ": " : ":"
        writer.write(member.value, level: level + 1)
      }
    }
  }

  /// - Parameter level: of the brackets; `nil` where all stays on their line.
  private mutating func write<Item>(
    _ items: [Item], between brackets: (String, String), level: Int?, each: (inout JSONWriter, Item) -> Void
  ) {
    func newLine(_ level: Int) -> String { "\n" + String(repeating: "  ", count: level) }
    text += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { text += level == nil && layout != .compact ? ", " : "," }
      if let level { text += newLine(level + 1) }
      each(&self, item)
    }
    if let level { text += newLine(level) }
    text += brackets.1
  }

  /// RFC 8259 section 7, and beyond it whatever a line reader might take for the end of a line.
  private mutating func quote(_ string: String) {
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

extension JSON {
  fileprivate var isScalar: Bool { members == nil && elements == nil }
}
