/// A publication that whoever uses a method's results cites.
package struct Reference: Sendable, Hashable {
  /// Of the entry: `Waldmann2016`.
  package let key: String
  /// Of the entry, in BibTeX's order of words.
  package let authors: String
  package let year: Int
  package let title: String
  package let journal: String
  package let volume: String
  package let pages: String
  /// Without the resolver's address; empty where none is known.
  package let doi: String

  package init(
    _ key: String, authors: String, year: Int, title: String, journal: String, volume: String, pages: String,
    doi: String = ""
  ) {
    self.key = key
    self.authors = authors
    self.year = year
    self.title = title
    self.journal = journal
    self.volume = volume
    self.pages = pages
    self.doi = doi
  }

  /// One BibTeX entry, without a newline at its end.
  package var bibTeX: String {
    let fields = [
      ("author", authors), ("title", "{\(title)}"), ("journal", journal), ("year", String(year)),
      ("volume", volume), ("pages", pages), ("doi", doi),
    ].filter { !$0.1.isEmpty }
    return "@article{\(key),\n" + fields.map { "  \($0) = {\($1)}" }.joined(separator: ",\n") + "\n}"
  }
}

extension [MethodAnswer] {
  /// BibTeX of the methods that found something, each entry once, this program's first.
  package func bibliography(version: String) -> [String] {
    let program =
      "@software{exospool,\n  author = {{The exospool authors}},\n  title = {{exospool}},\n  version = {\(version)}\n}"
    var seen: Set<String> = []
    return [program]
      + filter { !$0.findings.isEmpty }.flatMap(\.method.references).filter { seen.insert($0.key).inserted }
      .map(\.bibTeX)
  }
}
