/// Turns the 80-byte cards of a header into keys and values (FITS standard 4.0, sections 4.1, 4.2).
///
/// Tolerant: a card it cannot read becomes a card without a value, for real headers hold many of those.
struct HeaderParser {
  private(set) var cards: [FITSCard] = []

  /// Continued strings are joined up to this length; no header of sense comes near it.
  private static let longestString = 16_384

  /// Takes the next card.
  mutating func take(_ card: ArraySlice<UInt8>) {
    let key = HeaderParser.text(card.prefix(8)).trimmingBlanks
    let rest = card.dropFirst(8)
    if key == "CONTINUE", continueString(rest) { return }
    if key == "HIERARCH", let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let words = HeaderParser.text(rest[..<equals]).split(separator: " ")
      cards.append(HeaderParser.card(words.joined(separator: " "), rest[(equals + 1)...]))
    } else if rest.starts(with: [UInt8(ascii: "="), UInt8(ascii: " ")]) {
      cards.append(HeaderParser.card(key, rest.dropFirst(2)))
    } else if !key.isEmpty {
      cards.append(FITSCard(key, .text(HeaderParser.text(rest).trimmingBlanksAtEnd)))
    }
  }

  /// Joins a CONTINUE card to a string that ends in `&`.
  private mutating func continueString(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let last = cards.last, case .text(let head) = last.value, head.hasSuffix("&"),
      head.utf8.count < HeaderParser.longestString,
      case .text(let tail) = HeaderParser.card("", rest).value
    else { return false }
    cards[cards.count - 1].value = .text(head.dropLast() + tail)
    return true
  }

  private static func card(_ key: String, _ field: ArraySlice<UInt8>) -> FITSCard {
    let field = field.drop { $0 == UInt8(ascii: " ") }
    guard let first = field.first else { return FITSCard(key, .undefined) }
    if first == UInt8(ascii: "'") { return quoted(key, field.dropFirst()) }
    let parts = field.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    let comment = parts.count > 1 ? text(parts[1]).trimmingBlanks : ""
    let word = text(parts[0]).trimmingBlanks
    return FITSCard(key, value(of: word), comment)
  }

  private static func value(of word: String) -> FITSValue {
    if word == "T" { return .logical(true) }
    if word == "F" { return .logical(false) }
    if let integer = Int(word) { return .integer(integer) }
    if let real = FITSHeader.decimal(word) { return .real(real) }
    return word.isEmpty ? .undefined : .text(word)
  }

  /// Keys in which a letter follows an apostrophe only where a pipeline forgot to double it: `'Barnard's star'`.
  private static let namesOfObjects: Set = ["OBJECT", "TARGNAME", "TARGPROP", "TARGET"]

  private static func quoted(_ key: String, _ field: ArraySlice<UInt8>) -> FITSCard {
    let quote = UInt8(ascii: "'")
    var content: [UInt8] = []
    var place = field.startIndex
    while place < field.endIndex {
      if field[place] == quote {
        let next = place + 1 < field.endIndex ? field[place + 1] : UInt8(ascii: " ")
        if next == quote {
          place += 1
        } else if !namesOfObjects.contains(key) || next == UInt8(ascii: " ") || next == UInt8(ascii: "/") {
          break
        }
      }
      content.append(field[place])
      place += 1
    }
    let rest = place < field.endIndex ? field[(place + 1)...] : []
    let comment = rest.firstIndex(of: UInt8(ascii: "/")).map { text(rest[($0 + 1)...]).trimmingBlanks } ?? ""
    return FITSCard(key, .text(text(content[...]).trimmingBlanksAtEnd), comment)
  }

  /// Headers are ASCII; anything else shows as `?` rather than break the text.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { (32...126).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}

extension StringProtocol {
  /// Blanks before a string's end mean nothing in FITS; those at its start do.
  var trimmingBlanksAtEnd: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
