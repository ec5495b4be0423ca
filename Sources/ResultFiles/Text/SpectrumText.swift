package import Analyses
import Observations
import PlainText

/// The analysis of one spectrum as text for a terminal: the line of the log, and below it what is known, found and assumed.
package enum SpectrumText {
  /// Ends in a newline.
  package static func text(for analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    var lines = [
      LogLine.text(for: analysis), "  kind told by \(spectrum.kindSource); errors: \(spectrum.errorSource)",
    ]
    if let context = context(analysis.subject.context) { lines.append("  " + context) }
    lines += analysis.answers.flatMap(\.findings).flatMap(FindingText.lines(ofSpectrum:)).map { "  " + $0 }
    lines += (spectrum.assumptions + analysis.remarks).map { "  " + PlainText.line($0, limit: 400) }
    return lines.map { PlainText.line($0, limit: 420) }.joined(separator: "\n") + "\n"
  }

  /// In ASCII; `nil` where nothing is known.
  private static func context(_ context: SpectrumContext) -> String? {
    let parts = ContextField.all.compactMap { field in
      field.reading(of: context)?.text.map { "\(field.label) \($0.plain)" }
    }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: "  ") + (context.record.map { " (\(PlainText.line($0.file)))" } ?? "")
  }
}
