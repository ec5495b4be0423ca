/// Writes indented XML 1.0 in UTF-8. The same calls give the same bytes.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var open: [String] = []
  /// The first attribute that was given a number which is not finite, for the caller to refuse.
  private(set) var nonFinite: String?

  /// An attribute's value.
  enum Value {
    case text(String)
    case number(Double)
    case flag(Bool)
  }

  typealias Attribute = (name: String, value: Value?)

  /// An element with children, written by `body`.
  mutating func element(
    _ name: String, _ attributes: [Attribute] = [], _ body: (inout XMLWriter) -> Void
  ) {
    startTag(name, attributes)
    text += ">\n"
    open.append(name)
    body(&self)
    open.removeLast()
    text += indentation + "</\(name)>\n"
  }

  /// An element without children. Attributes whose value is `nil` are left out.
  mutating func element(_ name: String, _ attributes: [Attribute] = []) {
    startTag(name, attributes)
    text += "/>\n"
  }

  /// An element that holds text.
  mutating func element(_ name: String, _ attributes: [Attribute] = [], text content: String) {
    startTag(name, attributes)
    text += ">\(Self.escaped(content))</\(name)>\n"
  }

  /// Numbers separated by blanks, each as short as reads back to the same value.
  mutating func list(_ name: String, _ numbers: [Double]) -> Value {
    if numbers.contains(where: { !$0.isFinite }) { noteNonFinite(name) }
    return .text(numbers.map { "\($0)" }.joined(separator: " "))
  }

  private var indentation: String { String(repeating: "  ", count: open.count) }

  private mutating func startTag(_ name: String, _ attributes: [Attribute]) {
    text += indentation + "<\(name)"
    for attribute in attributes {
      guard let value = attribute.value else { continue }
      let content: String
      switch value {
      case .text(let text): content = Self.escaped(text)
      case .flag(let flag): content = flag ? "true" : "false"
      case .number(let number):
        if !number.isFinite { noteNonFinite("\(name)/@\(attribute.name)") }
        content = "\(number)"
      }
      text += " \(attribute.name)=\"\(content)\""
    }
  }

  private mutating func noteNonFinite(_ place: String) {
    if nonFinite == nil { nonFinite = (open + [place]).joined(separator: "/") }
  }

  /// Text fit for content and for attributes in double quotes. What XML 1.0 cannot hold at all is replaced.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
