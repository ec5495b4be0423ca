/// The tags of a text of XML, one after the other, with what stands between them: as much of XML as a VOTable needs.
///
/// It resolves nothing but the five predefined entities and checks no nesting.
struct TagScanner {
  enum Event {
    /// The element's name without its prefix.
    case start(String, attributes: [String: String], isEmpty: Bool)
    case end(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// - Returns: `nil` at the end, and where a tag is not closed.
  mutating func next() -> Event? {
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { place = end }
        return .text(Self.plain(bytes[place..<end]))
      }
      if starts("<!--") {
        skip(behind: "-->")
      } else if starts("<![CDATA[") {
        let start = place + 9
        skip(behind: "]]>")
        // One that is not closed has no text: the table then has no end either.
        let end = bytes[..<place].suffix(3).elementsEqual("]]>".utf8) ? max(start, place - 3) : start
        return .text(String(decoding: bytes[start..<end], as: UTF8.self))
      } else if starts("<?") || starts("<!") {
        skip(behind: ">")
      } else {
        return tag()
      }
    }
    return nil
  }

  private mutating func tag() -> Event? {
    var end = place + 1
    var quote: UInt8?
    while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
      if let open = quote {
        if bytes[end] == open { quote = nil }
      } else if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") {
        quote = bytes[end]
      }
      end += 1
    }
    guard end < bytes.count else {
      place = bytes.count
      return nil
    }
    var inside = bytes[place + 1..<end]
    place = end + 1
    if inside.first == UInt8(ascii: "/") { return .end(Self.name(inside.dropFirst())) }
    let isEmpty = inside.last == UInt8(ascii: "/")
    if isEmpty { inside = inside.dropLast() }
    return .start(Self.name(inside), attributes: Self.attributes(inside), isEmpty: isEmpty)
  }

  private static func name(_ inside: ArraySlice<UInt8>) -> String {
    let word = inside.prefix { $0 > 32 }
    let colon = word.lastIndex(of: UInt8(ascii: ":"))
    return String(decoding: colon.map { word[($0 + 1)...] } ?? word, as: UTF8.self)
  }

  private static func attributes(_ inside: ArraySlice<UInt8>) -> [String: String] {
    var found: [String: String] = [:]
    var rest = inside.drop { $0 > 32 }
    while let mark = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = String(decoding: rest[..<mark], as: UTF8.self)
      let value = rest[(mark + 1)...].drop { $0 <= 32 }
      guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = value.dropFirst().firstIndex(of: quote)
      else { break }
      found[TextLine.trimmed(key)] = plain(value[(value.startIndex + 1)..<end])
      rest = rest[(end + 1)...]
    }
    return found
  }

  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let text = TextLine.trimmed(String(decoding: bytes, as: UTF8.self))
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private func starts(_ word: String) -> Bool { bytes[place...].starts(with: word.utf8) }

  private mutating func skip(behind word: String) {
    let sought = Array(word.utf8)
    while place < bytes.count, !bytes[place...].starts(with: sought) { place += 1 }
    place = min(bytes.count, place + sought.count)
  }
}
