/// A mark on a result, for machines and for grep, with what it means for people.
package struct Flag: Sendable, Hashable {
  /// Kebab-case: `errors-absent`.
  package let name: String
  /// One sentence.
  package let meaning: String
  /// Where lists of flags have it, the lower first: what the input lacks, then what models did about it, then the rest.
  package let place: Int

  package init(_ name: String, place: Int, _ meaning: String) {
    self.name = name
    self.meaning = meaning
    self.place = place
  }
}

extension Sequence where Element == Flag {
  package var names: [String] { map(\.name) }

  /// Each flag once, where it stands first.
  package var uniqued: [Flag] {
    var seen: Set<String> = []
    return filter { seen.insert($0.name).inserted }
  }
}
