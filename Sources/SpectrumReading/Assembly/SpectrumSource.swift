import JobContract
import Observations

/// What a reader of a format has found: columns and keys, before anything is understood of them.
package struct SpectrumSource: Sendable {
  /// The layout in words.
  package var layout: String
  package var columns: [SpectrumColumn]
  /// Upper-case keys of headers; `ERRORHDU` says where the errors lie when no column name does.
  package var keys: [String: String]
  /// Words about the ordinate that stand outside the columns: comments, titles.
  package var notes: String
  /// Which order, segment or instrument each point belongs to; edges are never drawn across these.
  package var segments: [Int]?
  package var instruments: [String]?
  /// What lines above a text table say that are no names of its columns.
  var words = HeaderWords()
  /// The file names its columns; else their values told what they are.
  var areColumnsNamed = true
  /// Columns of the file that no role was found for.
  var unusedColumns: [String] = []
  var remarks = ReadingRemarks()
  /// The keys that are the user's word, not the file's.
  var keysOfUser: Set<String> = []

  package init(
    layout: String, columns: [SpectrumColumn], keys: [String: String] = [:], notes: String = "",
    segments: [Int]? = nil, instruments: [String]? = nil
  ) {
    self.layout = layout
    self.columns = columns
    self.keys = keys
    self.notes = notes
    self.segments = segments
    self.instruments = instruments
  }

  /// The columns whose names tell what they are, in the file's order.
  var roles: [(place: Int, role: ColumnRole)] {
    columns.indices.compactMap { place in ColumnNames.role(columns[place].name).map { (place, $0) } }
  }
}

extension SpectrumSource {
  /// The same with what the user says, which goes before the file's own keys, errors and all.
  func heeding(_ statement: UserStatement) -> SpectrumSource {
    guard !statement.isEmpty else { return self }
    var source = self
    for (key, value) in statement.keys {
      for ending in ["_UP", "_LO"] { source.keys[key + ending] = nil }
      source.keys[key] = value
      source.keysOfUser.insert(key)
    }
    let overruled = statement.keys.keys.sorted().filter { keys[$0] != nil && keys[$0] != statement.keys[$0] }
    source.remarks.assumptions.append(
      "the user says \(statement.lines.joined(separator: ", "))"
        + (overruled.isEmpty
          ? ""
          : "; the file's own \(overruled.map { "\($0) = \(keys[$0] ?? "")" }.joined(separator: ", ")) not used")
    )
    return source
  }
}

/// What had to be assumed of a file, in the order in which it came up.
struct ReadingRemarks {
  /// Sentences for people.
  var assumptions: [String] = []
  var flags: [Flag] = []

  /// Names the columns that the spectrum was made without.
  mutating func nameUnused(in source: SpectrumSource, used: [String]) {
    let aside = source.columns.map(\.name).filter { name in
      !used.contains(name) && ColumnNames.role(name) != .quality
    }
    let names = (aside + source.unusedColumns).filter { !$0.isEmpty }
    guard !names.isEmpty else { return }
    let more = names.count > 12 ? " and \(names.count - 12) more" : ""
    assumptions.append("columns not used: \(names.prefix(12).joined(separator: ", "))\(more)")
  }
}
