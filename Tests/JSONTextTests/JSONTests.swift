import JSONText
import Testing

@Suite struct JSONTests {
  @Test("reads and writes back")
  func roundTrip() throws {
    let text = #"{"a":[1,-2.5,1e-07,true,false,null],"b":{"c":"tab\tquote\" é 😀"},"d":[]}"#
    let value = try JSON(parsing: text.utf8)
    #expect(value.text(.compact) == text)
    #expect(try JSON(parsing: value.text(.card).utf8) == value)
    #expect(value["a"]?.elements?[1].number == -2.5)
    #expect(try JSON(parsing: #""\ud83d\ude00\u0041""#.utf8) == .string("😀A"))
  }

  @Test(
    "what is not JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "01x", "nul", "\"a", "\"\\x\"", "\"\\ud800\"", "1 2", "1e999",
      "\"\u{1}\"",
      "+-", String(repeating: "[", count: 100_000),
    ])
  func refused(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text.utf8) }
  }

  @Test func whatIsNotFiniteIsNull() {
    #expect(JSON.array([.number(.nan), .number(.infinity), .number(1e-300)]).line == "[null, null, 1e-300]")
  }

  static let sample = JSON.object([
    .init("a", .object([.init("x", .number(0.5)), .init("n", .integer(-3))])),
    .init("b", .array([.null, .bool(true), .string("\u{85}\r\n\"")])),
    .init("c", .array([.object([]), .array([])])),
  ])

  @Test(
    "each layout says the same",
    arguments: [
      (JSONLayout.compact, #"{"a":{"x":0.5,"n":-3},"b":[null,true,"\u0085\u000d\n\""],"c":[{},[]]}"#),
      (.line, #"{"a":{"x":0.5, "n":-3}, "b":[null, true, "\u0085\u000d\n\""], "c":[{}, []]}"#),
      (
        .document,
        #"""
        {
          "a": {"x": 0.5, "n": -3},
          "b": [null, true, "\u0085\u000d\n\""],
          "c": [
            {},
            []
          ]
        }

        """#
      ),
      (
        .card,
        #"""
        {
          "a": {
            "x": 0.5,
            "n": -3
          },
          "b": [null, true, "\u0085\u000d\n\""],
          "c": [
            {},
            []
          ]
        }

        """#
      ),
    ])
  func layouts(layout: JSONLayout, expected: String) throws {
    #expect(Self.sample.text(layout) == expected)
    #expect(try JSON(parsing: expected.utf8) == Self.sample)
  }
}
