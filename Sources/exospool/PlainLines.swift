import PlainText

/// A stream of strangers' lines for a terminal: whole lines alone are printed, and nothing in them that a terminal obeys.
struct PlainLines {
  private var rest: [UInt8] = []

  /// The whole lines that have come so far; the beginning of a further one waits for its end.
  mutating func text(adding bytes: [UInt8]) -> String {
    rest += bytes
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return "" }
    let whole = rest[..<end]
    rest.removeSubrange(...end)
    let lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.map { Self.printable($0) + "\n" }.joined()
  }

  /// What waits for its end, once no more will come.
  mutating func remainder() -> String {
    defer { rest = [] }
    return rest.isEmpty ? "" : Self.printable(rest[...])
  }

  private static func printable(_ line: ArraySlice<UInt8>) -> String {
    PlainText.line(String(decoding: line, as: UTF8.self), limit: .max)
  }
}
