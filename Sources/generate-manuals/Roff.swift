import Foundation

/// Text in mdoc(7), line by line.
struct Roff {
  private(set) var text = ""

  mutating func macro(_ line: String) { text += "." + line + "\n" }

  /// A new line for each sentence, so that the formatter sets the blank between them, and at most 80 columns.
  mutating func paragraph(_ prose: String) {
    var line = ""
    func isEnd(_ word: Substring) -> Bool { word.last.map { ".:?!".contains($0) } ?? false }
    for word in prose.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > 78 || isEnd(line.split(separator: " ").last ?? "") {
        text += Self.escape(line) + "\n"
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { text += Self.escape(line) + "\n" }
  }

  mutating func literal(_ lines: [String]) {
    macro("Bd -literal -offset indent")
    for line in lines { text += Self.escape(line) + "\n" }
    macro("Ed")
  }

  mutating func discussion(_ blocks: [Discussion.Block]) {
    for (index, block) in blocks.enumerated() {
      if index > 0 { macro("Pp") }
      paragraph(block.lines.joined(separator: " "))
    }
  }

  /// Terms with their meanings; a term is a macro call without its dot.
  mutating func table(_ rows: [(term: String, meaning: String)]) {
    macro("Bl -tag -width Ds")
    for row in rows {
      macro("It \(row.term)")
      paragraph(row.meaning)
    }
    macro("El")
  }

  mutating func references(_ pages: [(name: String, section: Int)]) {
    for (index, page) in pages.enumerated() {
      macro("Xr \(page.name) \(page.section)\(index + 1 < pages.count ? " ," : "")")
    }
  }

  /// Text as one argument list of a macro, where quotes would group words.
  static func argument(_ text: String) -> String {
    escape(text).map { $0 == "\"" ? "\\(dq" : String($0) }.joined()
  }

  /// Backslashes, and dots and quotes that would begin a request.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for character in text { escaped += character == "\\" ? "\\e" : String(character) }
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}

/// A command's discussion, taken apart: paragraphs, and headed blocks of indented lines (`Examples:`).
enum Discussion {
  struct Block: Equatable {
    /// Empty for a plain paragraph.
    var heading: String
    var lines: [String]
    var isPlain: Bool { heading.isEmpty }
  }

  static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    for part in text.split(separator: "\n", omittingEmptySubsequences: false).split(whereSeparator: \.isEmpty)
    {
      let lines = part.map(String.init)
      if lines.count > 1, !lines[0].isEmpty, lines[0].allSatisfy({ $0.isUppercase || $0 == " " }) {
        blocks.append(Block(heading: lines[0].capitalized, lines: Array(lines.dropFirst())))
      } else if lines.count > 1, lines[0].hasSuffix(":"), lines.dropFirst().allSatisfy({ $0.hasPrefix("  ") })
      {
        blocks.append(
          Block(
            heading: String(lines[0].dropLast()), lines: lines.dropFirst().map { String($0.dropFirst(2)) }))
      } else {
        blocks.append(Block(heading: "", lines: lines))
      }
    }
    return blocks
  }
}
