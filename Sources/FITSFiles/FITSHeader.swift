/// The value of a header card.
package enum FITSValue: Sendable, Hashable {
  case text(String)
  case integer(Int)
  case real(Double)
  case logical(Bool)
  /// The key stands there without a value.
  case undefined
}

/// One key of a header, continued strings joined.
package struct FITSCard: Sendable, Hashable {
  /// Upper case; `HIERARCH` keys without that word, their parts joined by single blanks.
  package var key: String
  package var value: FITSValue
  package var comment: String

  package init(_ key: String, _ value: FITSValue, _ comment: String = "") {
    self.key = key
    self.value = value
    self.comment = comment
  }
}

/// The cards of one HDU in the file's order. A key that stands there twice is read as its first card.
package struct FITSHeader: Sendable, Hashable {
  package private(set) var cards: [FITSCard]
  private var places: [String: Int]

  package init(_ cards: [FITSCard] = []) {
    self.cards = cards
    places = [:]
    for (place, card) in cards.enumerated() where places[card.key] == nil { places[card.key] = place }
  }

  package mutating func append(_ card: FITSCard) {
    if places[card.key] == nil { places[card.key] = cards.count }
    cards.append(card)
  }

  package subscript(key: String) -> FITSCard? { places[key].map { cards[$0] } }

  /// The key's string without blanks around it; `nil` when absent, empty or no string.
  package func text(_ key: String) -> String? {
    guard case .text(let text)? = self[key]?.value else { return nil }
    let trimmed = text.trimmingBlanks
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The key's number, integer or real. Numbers quoted as strings are accepted: real headers hold them.
  package func number(_ key: String) -> Double? {
    switch self[key]?.value {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .text(let text): FITSHeader.decimal(text.trimmingBlanks)
    default: nil
    }
  }

  package func integer(_ key: String) -> Int? {
    switch self[key]?.value {
    case .integer(let value): value
    case .real(let value): Int(exactly: value)
    default: nil
    }
  }

  package func logical(_ key: String) -> Bool? {
    guard case .logical(let value)? = self[key]?.value else { return nil }
    return value
  }

  /// All lines of a commentary key (`COMMENT`, `HISTORY`) or of a key that is repeated, as text.
  package func lines(_ key: String) -> [String] {
    cards.filter { $0.key == key }.map {
      if case .text(let text) = $0.value { text } else { $0.comment }
    }
  }

  /// A decimal number as FITS writes it (`1.5E3`, `1.5D3`), and nothing else: no `nan`, no hexadecimal.
  package static func decimal(_ text: some StringProtocol) -> Double? {
    guard !text.isEmpty, text.utf8.count <= 70 else { return nil }
    var plain: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        plain.append(byte)
      case UInt8(ascii: "E"), UInt8(ascii: "e"), UInt8(ascii: "D"), UInt8(ascii: "d"):
        plain.append(UInt8(ascii: "e"))
      default: return nil
      }
    }
    return Double(String(decoding: plain, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}

extension StringProtocol {
  /// Without blanks and tabs at either end.
  package var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
