/// The name of a job for its whole life: 13 characters, sorted by the time of the claim.
///
/// Nine characters hold milliseconds since 1970 (45 bits, good until 3084), four hold chance (20 bits).
/// The alphabet has no i, l, o, u, so that an id survives being read aloud. Uniqueness does not rest on
/// chance alone: the record of a new job is created exclusively.
package struct JobID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let text: String

  static let length = 13
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  /// Nil when `text` is not 13 characters of the alphabet.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.length, text.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
    self.text = String(text)
  }

  package init(claimedAt time: Timestamp, salt: UInt32 = .random(in: 0...UInt32.max)) {
    let milliseconds = UInt64(clamping: time.nanoseconds / 1_000_000) & (1 << 45 - 1)
    var bits = (high: milliseconds, low: UInt64(salt) & (1 << 20 - 1))
    var characters: [Character] = []
    for _ in 0..<4 {
      characters.append(Self.alphabet[Int(bits.low & 31)])
      bits.low >>= 5
    }
    for _ in 0..<9 {
      characters.append(Self.alphabet[Int(bits.high & 31)])
      bits.high >>= 5
    }
    text = String(characters.reversed())
  }

  package var description: String { text }

  package static func < (a: JobID, b: JobID) -> Bool { a.text < b.text }
}
