import Markup
import Observations

/// The flags of a page, each once with its meaning. The flags themselves are for machines and for grep.
enum FlagList {
  static func markup(_ flags: [Flag]) -> Markup {
    let used = flags.uniqued.sorted { ($0.place, $0.name) < ($1.place, $1.name) }
    guard !used.isEmpty else { return "" }
    let items = used.map { "<dt><code>\($0.name)</code></dt><dd>\($0.meaning)</dd>" as Markup }
    return "<h3>Flags</h3><dl class=\"flags\">\(items)</dl>\n"
  }

  /// The list as a part of the page by itself.
  static func section(_ flags: [Flag]) -> Markup {
    let list = markup(flags)
    return list.isEmpty ? "" : "<aside>\(list)</aside>\n"
  }
}
