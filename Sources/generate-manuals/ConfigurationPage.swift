/// `exospool.toml(5)` from the commented configuration itself.
///
/// In that file a comment block above a key describes the key, a block that stands alone is prose, and a key may be
/// commented out to show its default.
struct ConfigurationPage {
  let source: String

  var text: String {
    var page = Roff()
    page.macro("Dd \(ManualPage.date)")
    page.macro("Dt EXOSPOOL.TOML 5")
    page.macro("Os exospool")
    page.macro("Sh NAME")
    page.macro("Nm exospool.toml")
    page.macro("Nd configuration of exospoold")
    page.macro("Sh DESCRIPTION")
    var isListOpen = false
    var isFirst = true
    for entry in Self.entries(of: source) {
      if let key = entry.key {
        if !isListOpen { page.macro("Bl -tag -width Ds") }
        isListOpen = true
        page.macro("It Li \(Roff.argument(key))")
        page.paragraph(entry.prose.joined(separator: " "))
      } else {
        if isListOpen { page.macro("El") }
        if !isFirst { page.macro("Pp") }
        isListOpen = false
        page.paragraph(entry.prose.joined(separator: " "))
      }
      isFirst = false
    }
    if isListOpen { page.macro("El") }
    page.macro("Sh SEE ALSO")
    page.references([("exospool", 1), ("exospoold", 8)])
    return page.text
  }

  struct Entry: Equatable {
    var prose: [String]
    /// `key = value`, or the table's header; `nil` for prose that stands alone.
    var key: String?
  }

  static func entries(of source: String) -> [Entry] {
    var entries: [Entry] = []
    var prose: [String] = []
    func isKey(_ line: Substring) -> Bool {
      guard let equals = line.firstIndex(of: "=") else { return false }
      let name = line[..<equals].drop { $0 == " " }
      let key = name.split(separator: " ", omittingEmptySubsequences: true)
      return key.count == 1 && key[0].allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber }
    }
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.hasPrefix("#") ? line.dropFirst(line.hasPrefix("# ") ? 2 : 1) : line
      if bare.allSatisfy({ $0 == " " }) {
        if !prose.isEmpty { entries.append(Entry(prose: prose, key: nil)) }
        prose = []
      } else if isKey(bare) {
        entries.append(Entry(prose: prose, key: String(bare)))
        prose = []
      } else if line.hasPrefix("#") {
        prose.append(String(bare))
      } else {
        if !prose.isEmpty { entries.append(Entry(prose: prose, key: nil)) }
        prose = []
        entries.append(Entry(prose: ["Table \(line):"], key: nil))
      }
    }
    if !prose.isEmpty { entries.append(Entry(prose: prose, key: nil)) }
    return entries
  }
}
