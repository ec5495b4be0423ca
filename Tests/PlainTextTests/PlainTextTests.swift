import PlainText
import Testing

@Suite struct PlainTextTests {
  static let hostile = "a\u{1B}[2J\n\u{2028}\u{202E}\u{E000}é😀"

  @Test func whatCannotBePrintedIsReplaced() {
    #expect(PlainText.line(Self.hostile) == "a?[2J????é😀")
    #expect(printable(Self.hostile) == "a\u{FFFD}[2J\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}é😀")
  }

  @Test func whatIsTooLongIsCut() {
    #expect(PlainText.line("abcdef", limit: 6) == "abcdef")
    #expect(PlainText.line("abcdefg", limit: 6) == "abcde…")
    #expect(printable("abcdef", limit: 6) == "abcdef")
    #expect(printable("abcdefg", limit: 6) == "abcdef...")
  }

  @Test func columnsAreFilled() {
    #expect(PlainText.padded("ab", to: 4) == "ab  " && PlainText.leftPadded("ab", to: 4) == "  ab")
    #expect(PlainText.padded("abcde", to: 4) == "abcde")
  }
}
