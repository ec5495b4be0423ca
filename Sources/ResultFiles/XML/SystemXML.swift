package import Analyses
import Observations

/// A result that cannot be written, because a number in it is not finite: our fault, not the input's.
package struct ResultFileError: Error, Sendable, Hashable {
  /// Path of the offending attribute.
  package let place: String
}

/// The result XML of one record, in the namespace `urn:exospool:result:1`; its schema is `Etc/schema/result.xsd`.
///
/// Units are those of `summary.json`: Earth masses and radii for planets, solar ones for stars, au, days, kelvins.
package enum SystemXML {
  package static func text(for analysis: SystemAnalysis) throws(ResultFileError) -> String {
    var writer = XMLWriter()
    writer.element("result", [("xmlns", .text(ResultNamespace.uri))]) { writer in
      write(analysis.provenance, to: &writer)
      writer.element("system") { writer in
        for name in analysis.names { writer.element("name", text: name) }
        for remark in analysis.remarks { writer.element("remark", text: remark) }
        for planet in analysis.planets { write(planet, to: &writer) }
      }
    }
    if let place = writer.nonFinite { throw ResultFileError(place: place) }
    return writer.text
  }

  private static func write(_ provenance: Provenance, to writer: inout XMLWriter) {
    writer.element(
      "provenance",
      [
        ("inputName", .text(provenance.inputName)), ("inputSHA256", .text(provenance.inputSHA256)),
        ("exospoolVersion", .text(provenance.exospoolVersion)), ("seed", .text(String(provenance.seed))),
      ]
    ) { writer in
      for network in provenance.networks {
        writer.element("model", [("name", .text(network.name)), ("sha256", .text(network.sha256))])
      }
    }
  }

  private static func write(_ analysis: PlanetAnalysis, to writer: inout XMLWriter) {
    let subject = analysis.subject
    let planet = subject.planet
    writer.element("planet") { writer in
      for name in planet.names { writer.element("name", text: name) }
      for flag in subject.flags.names { writer.element("flag", text: flag) }
      for remark in subject.remarks { writer.element("remark", text: remark) }
      writer.element("read") { writer in
        write(MeasuredField<Planet>.all, of: planet, isMinimum: planet.massIsMinimum, to: &writer)
        for list in planet.catalogueLists { writer.element("catalogueList", text: list) }
      }
      write(subject.host, to: &writer)
      writer.element("derived") { write(MeasuredField<DerivedProperties>.all, of: subject.derived, to: &$0) }
      for answer in analysis.answers {
        writer.element(answer.method.key) { writer in
          for finding in answer.findings { FindingXML.write(finding, to: &writer) }
        }
      }
    }
  }

  private static func write(_ host: PlanetHost, to writer: inout XMLWriter) {
    let kind =
      switch host {
      case .star: "star"
      case .binary: "binary"
      case .none: "none"
      }
    writer.element("host", [("kind", .text(kind))]) { writer in
      for star in host.stars {
        writer.element("star") { writer in
          for name in star.names { writer.element("name", text: name) }
          write(MeasuredField<Star>.all, of: star, to: &writer)
          if let type = star.spectralType { writer.element("spectralType", text: type) }
        }
      }
    }
  }

  /// - Parameter isMinimum: the mass is m sin i.
  private static func write<Subject>(
    _ fields: [MeasuredField<Subject>], of subject: Subject, isMinimum: Bool = false,
    to writer: inout XMLWriter
  ) {
    for field in fields {
      guard let value = field.read(subject) else { continue }
      func number(_ number: Double?) -> XMLWriter.Value? { number.map { .number($0) } }
      writer.element(
        field.name,
        [
          ("unit", field.unit.isEmpty ? nil : .text(field.unit)), ("value", number(value.value)),
          ("upperError", number(value.upperError)), ("lowerError", number(value.lowerError)),
          ("upperLimit", number(value.upperLimit)), ("lowerLimit", number(value.lowerLimit)),
          ("isMinimum", isMinimum && field.name == "mass" ? .flag(true) : nil),
          ("source", field.source.flatMap { $0(subject) }.map { .text($0) }),
        ])
    }
  }
}
