package import Observations
import Units

/// A result that cannot be written, because a number in it is not finite: our fault, not the input's.
package struct ResultDocumentError: Error, Sendable, Hashable {
  /// Path of the offending attribute.
  package var place: String

  package init(place: String) { self.place = place }
}

/// The result XML of one record, in the namespace `urn:exospool:result:1`; its schema is `Etc/schema/result.xsd`.
///
/// Units are those of `summary.json`: Earth masses and radii for planets, solar ones for stars, au, days, kelvins.
package enum ResultDocument {
  package static func xml(for analysis: SystemAnalysis) throws(ResultDocumentError) -> String {
    var writer = XMLWriter()
    writer.element("result", [("xmlns", .text(ResultNamespace.uri))]) { writer in
      write(analysis.provenance, to: &writer)
      writer.element("system") { writer in
        for name in analysis.names { writer.element("name", text: name) }
        for remark in analysis.remarks { writer.element("remark", text: remark) }
        for planet in analysis.planets { write(planet, to: &writer) }
      }
    }
    if let place = writer.nonFinite { throw ResultDocumentError(place: place) }
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
      for (name, hash) in provenance.modelHashes.sorted(by: { $0.key < $1.key }) {
        writer.element("model", [("name", .text(name)), ("sha256", .text(hash))])
      }
    }
  }

  private static func write(_ analysis: PlanetAnalysis, to writer: inout XMLWriter) {
    let planet = analysis.planet
    writer.element("planet") { writer in
      for name in planet.names { writer.element("name", text: name) }
      for flag in analysis.flags { writer.element("flag", text: flag) }
      for remark in analysis.remarks { writer.element("remark", text: remark) }
      writer.element("read") { writer in
        write(
          "mass", planet.mass, unit: "earthMass", isMinimum: planet.massIsMinimum, to: &writer
        ) { $0.earthMasses }
        write("radius", planet.radius, unit: "earthRadius", to: &writer) { $0.earthRadii }
        write("temperature", planet.temperature, unit: "K", to: &writer) { $0.kelvins }
        write("semimajorAxis", planet.semimajorAxis, unit: "au", to: &writer) { $0.astronomicalUnits }
        write("period", planet.period, unit: "d", to: &writer) { $0.days }
        write("eccentricity", planet.eccentricity, to: &writer) { $0.value }
        write("loveNumber", planet.loveNumber, to: &writer) { $0.value }
        write("ironToMagnesiumSilicon", planet.ironToMagnesiumSilicon, to: &writer) { $0.value }
        for list in planet.catalogueLists { writer.element("catalogueList", text: list) }
      }
      write(analysis.host, to: &writer)
      write(analysis.derived, to: &writer)
      writer.element("interior") { writer in
        for model in analysis.interiors { write(model, to: &writer) }
      }
    }
  }

  private static func write(_ host: PlanetHost, to writer: inout XMLWriter) {
    let (kind, stars): (String, [Star]) =
      switch host {
      case .star(let star): ("star", [star])
      case .binary(let stars): ("binary", stars)
      case .none: ("none", [])
      }
    writer.element("host", [("kind", .text(kind))]) { writer in
      for star in stars {
        writer.element("star") { writer in
          for name in star.names { writer.element("name", text: name) }
          write("mass", star.mass, unit: "solarMass", to: &writer) { $0.solarMasses }
          write("radius", star.radius, unit: "solarRadius", to: &writer) { $0.solarRadii }
          write("temperature", star.temperature, unit: "K", to: &writer) { $0.kelvins }
          write("metallicity", star.metallicity, unit: "dex", to: &writer) { $0.value }
          if let type = star.spectralType { writer.element("spectralType", text: type) }
        }
      }
    }
  }

  private static func write(_ derived: DerivedProperties, to writer: inout XMLWriter) {
    writer.element("derived") { writer in
      write(
        "bulkDensity", derived.bulkDensity, unit: "kg/m3", source: derived.bulkSource, to: &writer
      ) { $0.kilogramsPerCubicMeter }
      write(
        "surfaceGravity", derived.surfaceGravity, unit: "m/s2", source: derived.bulkSource, to: &writer
      ) { $0.metersPerSecondSquared }
      write(
        "equilibriumTemperature", derived.equilibriumTemperature, unit: "K",
        source: derived.equilibriumTemperatureSource, to: &writer
      ) { $0.kelvins }
    }
  }

  private static func write(_ model: InteriorPosterior, to writer: inout XMLWriter) {
    writer.element(
      "model",
      [
        ("name", .text(model.model)), ("sha256", .text(model.modelHash)), ("inDomain", .flag(model.inDomain)),
      ]
    ) { writer in
      for flag in model.flags { writer.element("flag", text: flag) }
      for remark in model.remarks { writer.element("remark", text: remark) }
      for quantity in InteriorQuantity.allCases {
        guard let posterior = model.outputs[quantity] else { continue }
        writer.element(
          "output",
          [
            ("quantity", .text(quantity.rawValue)),
            ("unit", quantity.unit.isEmpty ? nil : .text(quantity.unit)),
            ("mean", .number(posterior.mean)), ("sd", .number(posterior.sd)),
            ("p025", .number(posterior.p025)), ("p16", .number(posterior.p16)),
            ("p50", .number(posterior.p50)), ("p84", .number(posterior.p84)),
            ("p975", .number(posterior.p975)),
          ])
      }
      guard !model.mixture.isEmpty else { return }
      writer.element("mixture", [("coordinates", .text(model.mixtureCoordinates.joined(separator: " ")))]) {
        writer in
        for component in model.mixture {
          let (mean, sd) = (writer.list("mean", component.mean), writer.list("sd", component.sd))
          writer.element("component", [("weight", .number(component.weight)), ("mean", mean), ("sd", sd)])
        }
      }
    }
  }

  private static func write<Dimension>(
    _ name: String, _ measurement: Measurement<Dimension>?, unit: String? = nil, isMinimum: Bool = false,
    source: String? = nil, to writer: inout XMLWriter, in read: (Quantity<Dimension>) -> Double
  ) {
    guard let measurement else { return }
    func number(_ quantity: Quantity<Dimension>?) -> XMLWriter.Value? { quantity.map { .number(read($0)) } }
    writer.element(
      name,
      [
        ("unit", unit.map { .text($0) }), ("value", number(measurement.value)),
        ("upperError", number(measurement.upperError)), ("lowerError", number(measurement.lowerError)),
        ("upperLimit", number(measurement.upperLimit)), ("lowerLimit", number(measurement.lowerLimit)),
        ("isMinimum", isMinimum ? .flag(true) : nil), ("source", source.map { .text($0) }),
      ])
  }
}
