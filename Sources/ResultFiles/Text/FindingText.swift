import Analyses
import Observations
import PlainText

/// A finding as text for a terminal. Holds no control characters, whatever a record's names are.
enum FindingText {
  /// Of a planet: a row a posterior, or why there is none; then tables that people are shown, remarks and flags.
  static func lines(ofPlanet finding: Finding) -> [String] {
    let model = PlainText.line(finding.network.name)
    let notes = notes(flags: finding.flags, remarks: finding.remarks, indent: "    ")
    let posteriors = finding.shownPosteriors
    let shown = scalars(finding) + finding.tables.flatMap { table($0, of: finding) }
    guard !posteriors.isEmpty else {
      return shown.isEmpty
        ? ["  \(model): no numbers"] + notes : ["  \(model):"] + shown.map { "    " + $0 } + notes
    }
    return ["  \(PlainText.padded(model, to: 38)) median  16 % .. 84 %       2.5 % .. 97.5 %"]
      + posteriors.map { "    " + row($0) } + shown.map { "    " + $0 } + notes
  }

  /// Of a spectrum: its tables and fields; flags and remarks stand with those of the spectrum.
  static func lines(ofSpectrum finding: Finding) -> [String] {
    let posteriors = finding.shownPosteriors.map(row)
    let shown = scalars(finding) + posteriors
    let heading = "\(finding.method) by \(origin(of: finding)):"
    return (shown.isEmpty ? [] : [heading] + shown.map { "  " + $0 })
      + finding.tables.flatMap { table($0, of: finding) }
  }

  /// The network, and how like its training the input is.
  private static func origin(of finding: Finding) -> String {
    finding.network.name + (finding.domain.words.isEmpty ? "" : ", \(finding.domain.words)")
  }

  private static func scalars(_ finding: Finding) -> [String] {
    finding.fields.compactMap { field in
      guard let presentation = field.description.presentation else { return nil }
      let unit = presentation.unit.isEmpty ? "" : " " + presentation.unit
      return field.words.map { "\(presentation.shortTitle) \(PlainText.line($0))\(unit)" }
    }
  }

  private static func row(_ shown: Finding.ShownPosterior) -> String {
    let presentation = shown.presentation
    let posterior = shown.posterior
    let format = Numerals.format(for: posterior, factor: presentation.factor)
    func number(_ x: Double) -> String { PlainText.leftPadded(format(x), to: 7) }
    let title = presentation.shortTitle + (presentation.unit.isEmpty ? "" : ", \(presentation.unit)")
    let columns = [
      PlainText.padded(title, to: 34), number(posterior.p50),
      number(posterior.p16) + " .." + number(posterior.p84),
      number(posterior.p025) + " .." + number(posterior.p975), shown.marginal.sparkline(width: 16),
    ]
    return columns.joined(separator: "  ").trimmingTrailingBlanks
  }

  /// The network, then a line a row; nothing where the table is empty or only for programs.
  private static func table(_ table: FindingTable, of finding: Finding) -> [String] {
    let columns = table.shownColumns
    guard table.rowCount > 0, !columns.isEmpty else { return [] }
    return ["\(table.description.name) by \(origin(of: finding)):"]
      + (0..<table.rowCount).map { row in
        "  "
          + columns.enumerated().map { place, column in
            let text = column.words[row]
            let width = max(
              column.presentation.leastWidth, column.words.map(\.count).max() ?? 0)
            if column.presentation.isRightAligned { return PlainText.leftPadded(text, to: width) }
            return place == columns.count - 1 ? text : PlainText.padded(text, to: width)
          }.joined(separator: "  ").trimmingTrailingBlanks
      }
  }

  /// Sentences and, on one line, the flags.
  static func notes(flags: [Flag], remarks: [String], indent: String) -> [String] {
    let marks =
      flags.isEmpty ? [] : ["[" + flags.names.map { PlainText.line($0) }.joined(separator: ", ") + "]"]
    return (remarks.map { PlainText.line($0, limit: 400) } + marks).map { indent + $0 }
  }
}

extension Marginal {
  /// The histogram in block characters; empty without draws.
  func sparkline(width: Int) -> String {
    let counts = histogram(bins: width)
    guard let highest = counts.max(), highest > 0 else { return "" }
    let blocks = Array(" ▁▂▃▄▅▆▇█")
    return String(counts.map { blocks[($0 * (blocks.count - 1) + highest - 1) / highest] })
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
