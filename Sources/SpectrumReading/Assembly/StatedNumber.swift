/// A number with errors and a unit, as people write it behind a key: `0.28 Mjup`, `1120 +- 20 K`, `0.93 +0.02 -0.03`,
/// `0.9(1)`, `1.155:0.016`.
struct StatedNumber {
  /// `nil` for what is no number, and for one that may be read in two ways (`0,28`).
  let value: Double?
  /// Positive.
  private(set) var upperError: Double?
  private(set) var lowerError: Double?
  /// Lower case, letters alone.
  private(set) var unit: String?

  init(_ text: String) {
    var spaced = text
    for sign in ["+/-", "+-", "\u{b1}", ":"] { spaced = spaced.replacing(sign, with: " \u{b1} ") }
    for sign in ["/+", "/-"] { spaced = spaced.replacing(sign, with: " " + sign.dropFirst()) }
    let words = TextLine.cells(spaced, " ")
    guard let first = words.first else {
      value = nil
      return
    }
    let (number, rest) = Self.split(first)
    value = number
    if rest.first == "(" {
      takeErrorOfLastDigits(rest, of: first)
    } else {
      unit = Self.letters(rest)
    }
    var place = 1
    while place < words.count {
      let isBoth = words[place] == "\u{b1}"
      if isBoth { place += 1 }
      guard place < words.count else { break }
      let (number, rest) = Self.split(words[place])
      if let number {
        if isBoth || number > 0 { upperError = abs(number) }
        if isBoth || number < 0 { lowerError = abs(number) }
        unit = unit ?? Self.letters(rest)
      } else {
        unit = unit ?? Self.letters(words[place])
      }
      place += 1
    }
  }

  /// `0.9(1)`: the error is of the last digit.
  private mutating func takeErrorOfLastDigits(_ rest: String, of word: String) {
    let digits = rest.dropFirst().prefix { $0 != ")" }
    unit = Self.letters(String(rest.dropFirst(digits.count + 2)))
    guard let error = Double(digits), error > 0 else { return }
    let decimals = word.prefix { $0 != "(" }.drop { $0 != "." }.dropFirst().count
    let size = digits.contains(".") ? error : error / exponential10(Double(decimals))
    (upperError, lowerError) = (size, size)
  }

  /// A number and what follows it without a blank (`0.28Mjup`).
  private static func split(_ word: String) -> (number: Double?, rest: String) {
    let bare = TextLine.trimmed(word, of: ",;")
    if let number = number(bare) { return (number, "") }
    let digits = bare.prefix { $0.isNumber || ".,+-\u{2212}".contains($0) }
    return (number(String(digits)), String(bare.dropFirst(digits.count)))
  }

  /// `1,120` is a thousand and more; any other comma might be a decimal one, and is none here.
  private static func number(_ text: String) -> Double? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    let areThousands =
      groups.count > 1 && groups[0].count <= 3 && groups[0].first != "0"
      && groups.dropFirst().allSatisfy { $0.prefix { $0.isNumber }.count == 3 && $0.count >= 3 }
    let number = TextTable.number(areThousands ? groups.joined() : text)
    return number.isFinite ? number : nil
  }

  private static func letters(_ word: String) -> String? {
    let plain = word.lowercased().filter { $0.isLetter || $0 == "\u{2609}" || $0 == "\u{2295}" }
    return plain.isEmpty ? nil : plain
  }
}
