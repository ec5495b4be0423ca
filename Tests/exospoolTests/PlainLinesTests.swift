import Testing

@testable import exospool

@Suite struct PlainLinesTests {
  @Test func linesAreWholeAndPlain() {
    var lines = PlainLines()
    #expect(lines.text(adding: Array("one\ntw".utf8)) == "one\n")
    #expect(lines.text(adding: []) == "")
    // A character that comes in two pieces.
    #expect(lines.text(adding: [UInt8(ascii: "o"), 0xC4]) == "")
    #expect(lines.text(adding: [0x8C, 0x1B, 0x0A, 0x0A, 0x41]) == "twoČ?\n\n")
    #expect(lines.remainder() == "A")
    #expect(lines.remainder() == "")
  }
}
