package import JSONText
package import Observations
import PlainText

/// `summary.json` and the log lines of a spectrum. Field names are part of the interface.
package enum SpectrumSummary {
  package static func json(for analysis: SpectrumAnalysis) -> JSON {
    .object([
      .init("format", .string("exospool-summary-1")),
      .init("names", .strings(analysis.spectrum.object.map { [$0] } ?? [])),
      .init("planets", .array([])),
      .init("spectrum", spectrum(analysis)),
      .init("remarks", .strings(analysis.remarks)),
      .init("provenance", SummaryDocument.provenance(analysis.provenance)),
    ])
  }

  private static func spectrum(_ analysis: SpectrumAnalysis) -> JSON {
    let spectrum = analysis.spectrum
    return .object([
      .init("object", text(spectrum.object)),
      .init("kind", .string(spectrum.kind.rawValue)),
      .init("kindSource", .string(spectrum.kindSource)),
      .init("layout", .string(spectrum.layout)),
      .init("telescope", text(spectrum.telescope)),
      .init("instrument", text(spectrum.instrument)),
      .init("points", .integer(spectrum.count)),
      .init("usablePoints", .integer(spectrum.isMasked.count { !$0 })),
      .init("wavelengthMin", .number((spectrum.wavelength.first ?? .nan) * 1e6)),
      .init("wavelengthMax", .number((spectrum.wavelength.last ?? .nan) * 1e6)),
      .init("wavelengthUnit", .string("um")),
      .init("fluxUnit", .string(spectrum.unit)),
      .init("errorSource", .string(spectrum.errorSource)),
      .init("coverage", .number(analysis.resampled.gridCoverage)),
      .init("context", ContextSummary.json(analysis.context)),
      .init("molecules", MoleculeSummary.molecules(analysis.molecules)),
      .init("recognition", MoleculeSummary.recognition(analysis.molecules)),
      .init("assumptions", .strings(spectrum.assumptions)),
      .init("flags", .strings(analysis.flags)),
    ])
  }

  private static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// One line for `log/results.log`, without the time: object, kind, range, points, coverage of the grid, molecules seen, flags.
  package static func line(for analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    let low = Numerals.significant((spectrum.wavelength.first ?? .nan) * 1e6, digits: 4)
    let high = Numerals.significant((spectrum.wavelength.last ?? .nan) * 1e6, digits: 4)
    let coverage = Numerals.fixed(analysis.resampled.gridCoverage * 100, decimals: 1)
    let flags = analysis.flags.map { PlainText.line($0) }.joined(separator: ",")
    return [
      PlainText.padded(PlainText.line(spectrum.object ?? "unnamed object"), to: 20),
      PlainText.padded(spectrum.kind.rawValue, to: 12),
      PlainText.padded("um \(low)-\(high)", to: 18),
      PlainText.padded("points \(spectrum.count)", to: 14),
      PlainText.padded("grid% \(coverage)", to: 11),
      PlainText.line(spectrum.layout, limit: 30),
      MoleculeSummary.seen(analysis.molecules),
      flags.isEmpty ? "-" : flags,
    ].joined(separator: "  ")
  }

  /// For a terminal: the line of the log, and below it what was assumed and remarked.
  package static func text(for analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    var lines = [
      line(for: analysis), "  kind told by \(spectrum.kindSource); errors: \(spectrum.errorSource)",
    ]
    if let context = ContextSummary.line(analysis.context) { lines.append("  " + context) }
    lines += MoleculeSummary.lines(analysis.molecules).map { "  " + $0 }
    lines += (spectrum.assumptions + analysis.remarks).map { "  " + PlainText.line($0, limit: 400) }
    return lines.map { PlainText.line($0, limit: 420) }.joined(separator: "\n") + "\n"
  }

  /// The same for machines, on one line.
  package static func jsonLine(for analysis: SpectrumAnalysis) -> String {
    JSON.object([
      .init("spectrum", spectrum(analysis)),
      .init("inputName", .string(analysis.provenance.inputName)),
      .init("inputSHA256", .string(analysis.provenance.inputSHA256)),
    ]).line
  }
}
