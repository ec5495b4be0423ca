/// Header cards as bytes (FITS standard 4.0, sections 4.1, 4.2).
enum CardWriter {
  /// The 80-byte lines of a card: one, or more where a string or a comment is long.
  static func lines(_ card: FITSCard) -> [[UInt8]] {
    precondition(
      (1...8).contains(card.key.utf8.count)
        && card.key.utf8.allSatisfy {
          (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "-")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
        }, "`\(card.key)` is no FITS keyword")
    let key = Array(card.key.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 8 - card.key.utf8.count)
    if card.key == "HISTORY" || card.key == "COMMENT" {
      let text = if case .text(let text) = card.value { text } else { card.comment }
      return chunks(ascii(text), of: 72).map { padded(key + $0) }
    }
    switch card.value {
    case .text(let text): return string(key, text, card.comment)
    case .integer(let value): return [fixed(key, String(value), card.comment)]
    case .real(let value): return [fixed(key, decimal(value), card.comment)]
    case .logical(let value): return [fixed(key, value ? "T" : "F", card.comment)]
    case .undefined: return [fixed(key, "", card.comment)]
    }
  }

  /// Shortest decimal that reads back as the same number, with a point so that it stays a real.
  private static func decimal(_ value: Double) -> String {
    precondition(value.isFinite, "a FITS keyword holds finite numbers")
    let text = value.description.uppercased()
    guard let exponent = text.firstIndex(of: "E"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  private static func fixed(_ key: [UInt8], _ value: String, _ comment: String) -> [UInt8] {
    let blanks = String(repeating: " ", count: max(0, 20 - value.utf8.count))
    return commented(key + Array("= \(blanks)\(value)".utf8), comment)
  }

  private static func commented(_ line: [UInt8], _ comment: String) -> [UInt8] {
    let comment = ascii(comment)
    guard !comment.isEmpty, line.count + 4 < FITSStructure.cardLength else { return padded(line) }
    return padded(Array((line + Array(" / ".utf8) + comment).prefix(FITSStructure.cardLength)))
  }

  /// A string; beyond 68 characters it goes on in CONTINUE cards (section 4.2.1.2).
  private static func string(_ key: [UInt8], _ text: String, _ comment: String) -> [[UInt8]] {
    let quote = UInt8(ascii: "'")
    // A doubled quote must not be torn apart.
    let units = ascii(text).map { $0 == quote ? [quote, quote] : [$0] }
    if units.reduce(0, { $0 + $1.count }) <= 68 {
      var content = units.flatMap { $0 }
      while content.count < 8 { content.append(UInt8(ascii: " ")) }
      var line = key + Array("= '".utf8) + content + [quote]
      while line.count < 30 { line.append(UInt8(ascii: " ")) }
      return [commented(line, comment)]
    }
    var pieces: [[UInt8]] = [[]]
    for unit in units {
      if pieces[pieces.count - 1].count + unit.count > 67 { pieces.append([]) }
      pieces[pieces.count - 1] += unit
    }
    return pieces.enumerated().map { place, piece in
      let head = place == 0 ? key + Array("= '".utf8) : Array("CONTINUE  '".utf8)
      let tail = place < pieces.count - 1 ? [UInt8(ascii: "&"), quote] : [quote]
      return padded(head + piece + tail)
    }
  }

  private static func chunks(_ bytes: [UInt8], of length: Int) -> [[UInt8]] {
    guard !bytes.isEmpty else { return [[]] }
    return stride(from: 0, to: bytes.count, by: length).map {
      Array(bytes[$0..<min($0 + length, bytes.count)])
    }
  }

  static func padded(_ line: [UInt8]) -> [UInt8] {
    line + [UInt8](repeating: UInt8(ascii: " "), count: FITSStructure.cardLength - line.count)
  }

  /// Headers take printable ASCII only: each other character becomes `?`.
  static func ascii(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { (32...126).contains($0.value) ? UInt8($0.value) : UInt8(ascii: "?") }
  }
}
