package import Analyses
package import JSONText
import Observations
import Units

/// `summary.json` of a spectrum, and its line in `log/results.jsonl`. Member names are part of the interface.
package enum SpectrumJSON {
  package static func document(for analysis: SpectrumAnalysis) -> JSON {
    .object([
      .init("format", .string(SystemJSON.summaryFormat)),
      .init("names", .strings(analysis.spectrum.object.map { [$0] } ?? [])),
      .init("planets", .array([])),
      .init("spectrum", spectrum(analysis)),
      .init("remarks", .strings(analysis.remarks)),
      .init("units", UnitsJSON.ofSpectra(analysis.answers.map(\.method))),
      .init("provenance", SystemJSON.provenance(analysis.provenance, analysis.answers)),
    ])
  }

  package static func line(for analysis: SpectrumAnalysis) -> String {
    JSON.object([
      .init("spectrum", spectrum(analysis, isLine: true)),
      .init("inputName", .string(analysis.provenance.inputName)),
      .init("inputSHA256", .string(analysis.provenance.inputSHA256)),
    ]).line
  }

  /// - Parameter isLine: only what lines of logs have.
  private static func spectrum(_ analysis: SpectrumAnalysis, isLine: Bool = false) -> JSON {
    .object(
      SpectrumField.head.map { .init($0.name, $0.value(analysis)) }
        + analysis.answers.flatMap { FindingJSON.spectrumMembers($0, isLine: isLine) }
        + SpectrumField.tail.map { .init($0.name, $0.value(analysis)) })
  }
}

/// What results give of a spectrum as read: stated once for JSON and its schema.
struct SpectrumField: Sendable {
  let name: String
  let kind: Kind
  let meaning: String
  let value: @Sendable (SpectrumAnalysis) -> JSON

  /// For the schema.
  enum Kind: Sendable { case text, optionalText, number, optionalNumber, count, texts, context }

  /// Of a number.
  var unit: String? {
    switch kind {
    case .number, .count: "1"
    case .optionalNumber: "um"
    case .text, .optionalText, .texts, .context: nil
    }
  }

  init(
    _ name: String, _ kind: Kind, _ meaning: String, value: @escaping @Sendable (SpectrumAnalysis) -> JSON
  ) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
    self.value = value
  }

  /// Before the findings.
  static let head: [SpectrumField] = [
    SpectrumField("object", .optionalText, "name of planet or star, as the file has it") {
      optional($0.spectrum.object)
    },
    SpectrumField("kind", .text, "transmission, eclipse or stellar") { .string($0.spectrum.kind.rawValue) },
    SpectrumField("kindSource", .text, "what told the kind") { .string($0.spectrum.kindSource) },
    SpectrumField("layout", .text, "how the file was read") { .string($0.spectrum.layout) },
    SpectrumField("telescope", .optionalText, "as the file has it") { optional($0.spectrum.telescope) },
    SpectrumField("instrument", .optionalText, "as the file has it") { optional($0.spectrum.instrument) },
    SpectrumField("points", .count, "rows") { .integer(($0.spectrum.count)) },
    SpectrumField("usablePoints", .count, "rows that are not masked") {
      .integer(($0.spectrum.isMasked.count { !$0 }))
    },
    SpectrumField("wavelengthMin", .optionalNumber, "centre of the first bin, um") {
      .number(($0.spectrum.wavelength.first ?? .nan) * 1e6)
    },
    SpectrumField("wavelengthMax", .optionalNumber, "centre of the last bin, um") {
      .number(($0.spectrum.wavelength.last ?? .nan) * 1e6)
    },
    SpectrumField("wavelengthUnit", .text, "um") { _ in .string("um") },
    SpectrumField(
      "fluxUnit", .text,
      "unit of the ordinate in the file; numbers in result.fits are fractions where it is a depth"
    ) { .string($0.spectrum.unit) },
    SpectrumField("errorSource", .text, "column, HDU or row of the errors; or why there are none") {
      .string($0.spectrum.errorSource)
    },
    SpectrumField("coverage", .number, "fraction of the 400 bins from 0.3 to 16 um covered by half or more") {
      .number($0.subject.resampled.gridCoverage)
    },
    SpectrumField("context", .context, "what is known of star and planet, or null") {
      context($0.subject.context)
    },
  ]

  /// Behind the findings.
  static let tail: [SpectrumField] = [
    SpectrumField("assumptions", .texts, "sentences for people: what had to be assumed") {
      .strings($0.spectrum.assumptions)
    },
    SpectrumField("flags", .texts, "marks for machines") { .strings($0.flags.names) },
  ]

  private static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  private static func context(_ context: SpectrumContext) -> JSON {
    guard !context.isEmpty else { return .null }
    var members = ContextField.all.map { field -> JSON.Member in
      guard let reading = field.reading(of: context),
        case .object(let value) = SystemJSON.measurement(reading.value, unit: field.unit)
      else { return .init(field.name, .null) }
      return .init(field.name, .object(value + [.init("source", .string(reading.source.rawValue))]))
    }
    members.insert(.init("planetMassIsMinimum", .bool(context.planetMassIsMinimum)), at: 3)
    if let radius = MeasuredValue(context.overruledStarRadius, in: { $0.solarRadii }) {
      members.append(
        .init("starRadiusInCatalogue", SystemJSON.measurement(radius, unit: "solarRadius")))
    }
    return .object(members + [.init("record", context.record.map(record) ?? .null)])
  }

  private static func record(_ record: SpectrumContext.Record) -> JSON {
    .object([
      .init("file", .string(record.file)), .init("matchedName", .string(record.matchedName)),
      .init("planet", optional(record.planet)), .init("star", optional(record.star)),
    ])
  }
}
