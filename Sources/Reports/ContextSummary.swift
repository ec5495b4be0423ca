import JSONText
import Observations
import PlainText
import Units

/// Star and planet of a spectrum: as `spectrum.context` of `summary.json`, as facts of the report, as a line of text.
enum ContextSummary {
  /// `null` where nothing is known.
  static func json(_ context: SpectrumContext) -> JSON {
    guard !context.isEmpty else { return .null }
    var members: [JSON.Member] = [
      .init("starRadius", value(context.starRadius, unit: "solarRadius") { $0.solarRadii }),
      .init("starTemperature", value(context.starTemperature, unit: "K") { $0.kelvins }),
      .init("planetMass", value(context.planetMass, unit: "earthMass") { $0.earthMasses }),
      .init("planetMassIsMinimum", .bool(context.planetMassIsMinimum)),
      .init("planetRadius", value(context.planetRadius, unit: "earthRadius") { $0.earthRadii }),
      .init("planetTemperature", value(context.planetTemperature, unit: "K") { $0.kelvins }),
    ]
    if let radius = context.overruledStarRadius {
      members.append(
        .init(
          "starRadiusInCatalogue", SummaryDocument.measurement(radius, unit: "solarRadius") { $0.solarRadii })
      )
    }
    members.append(.init("record", context.record.map(record) ?? .null))
    return .object(members)
  }

  private static func record(_ record: SpectrumContext.Record) -> JSON {
    .object([
      .init("file", .string(record.file)), .init("matchedName", .string(record.matchedName)),
      .init("planet", record.planet.map(JSON.string) ?? .null),
      .init("star", record.star.map(JSON.string) ?? .null),
    ])
  }

  /// A measurement with who says it.
  private static func value<Dimension>(
    _ value: SpectrumContext.Value<Dimension>?, unit: String, in read: (Quantity<Dimension>) -> Double
  ) -> JSON {
    guard let value,
      case .object(let members) = SummaryDocument.measurement(value.measurement, unit: unit, in: read)
    else { return .null }
    return .object(members + [.init("source", .string(value.source.rawValue))])
  }

  /// What is known, each with its name, its value with unit, and who says it.
  struct Fact {
    var name: String
    var value: ValueText
    var unit: String
    var source: String
  }

  static func facts(_ context: SpectrumContext) -> [Fact] {
    func fact<Dimension>(
      _ name: String, _ value: SpectrumContext.Value<Dimension>?, unit: String, isMinimum: Bool = false,
      in read: (Quantity<Dimension>) -> Double
    ) -> Fact? {
      guard let value, let text = ValueText(value.measurement, isMinimum: isMinimum, in: read) else {
        return nil
      }
      return Fact(
        name: name, value: text, unit: unit, source: source(value.source, of: context.record))
    }
    return [
      fact("Star’s radius", context.starRadius, unit: "R☉") { $0.solarRadii },
      fact("Star’s temperature", context.starTemperature, unit: "K") { $0.kelvins },
      fact(
        "Planet’s mass", context.planetMass, unit: "M⊕", isMinimum: context.planetMassIsMinimum
      ) { $0.earthMasses },
      fact("Planet’s radius", context.planetRadius, unit: "R⊕") { $0.earthRadii },
      fact("Planet’s temperature", context.planetTemperature, unit: "K") { $0.kelvins },
    ].compactMap { $0 }
  }

  private static func source(_ source: SpectrumContext.Source, of record: SpectrumContext.Record?) -> String {
    switch source {
    case .input: "the spectrum’s file"
    case .catalogue: record?.file ?? "the catalogue"
    case .derived: "derived from \(record?.file ?? "the catalogue")"
    }
  }

  /// The section of the report; nothing where nothing is known.
  static func section(_ context: SpectrumContext) -> Markup {
    let facts = facts(context)
    guard !facts.isEmpty else { return "" }
    let items = facts.map { fact -> Markup in
      "<div><dt>\(fact.name)</dt><dd>\(fact.value.markup) \(fact.unit) <small>(<bdi>\(fact.source)</bdi>)</small></dd></div>"
    }
    return "<h2>Star and planet</h2>\n<dl class=\"facts\">\(items)</dl>\n"
  }

  /// For a terminal, in ASCII; `nil` where nothing is known.
  static func line(_ context: SpectrumContext) -> String? {
    func part<Dimension>(
      _ name: String, _ value: SpectrumContext.Value<Dimension>?, isMinimum: Bool = false,
      in read: (Quantity<Dimension>) -> Double
    ) -> String? {
      ValueText(value?.measurement, isMinimum: isMinimum, in: read).map { "\(name) \($0.plain)" }
    }
    let parts = [
      part("star R_sun", context.starRadius) { $0.solarRadii },
      part("K", context.starTemperature) { $0.kelvins },
      part("planet M_E", context.planetMass, isMinimum: context.planetMassIsMinimum) { $0.earthMasses },
      part("R_E", context.planetRadius) { $0.earthRadii },
      part("K", context.planetTemperature) { $0.kelvins },
    ].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    let place = context.record.map { " (\(PlainText.line($0.file)))" } ?? ""
    return parts.joined(separator: "  ") + place
  }
}
