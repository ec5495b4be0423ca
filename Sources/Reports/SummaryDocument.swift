package import JSONText
package import Observations
import Units

/// `summary.json`: the whole analysis of one record for machines. Field names are part of the interface.
package enum SummaryDocument {
  package static func json(for analysis: SystemAnalysis) -> JSON {
    .object([
      .init("format", .string("exospool-summary-1")),
      .init("names", .strings(analysis.names)),
      .init("planets", .array(analysis.planets.map(planet))),
      .init("remarks", .strings(analysis.remarks)),
      .init("provenance", provenance(analysis.provenance)),
    ])
  }

  private static func planet(_ analysis: PlanetAnalysis) -> JSON {
    let planet = analysis.planet
    let derived = analysis.derived
    return .object([
      .init("name", .string(planet.name)),
      .init("names", .strings(planet.names)),
      .init("host", host(analysis.host)),
      .init("mass", measurement(planet.mass, unit: "earthMass") { $0.earthMasses }),
      .init("massIsMinimum", .bool(planet.massIsMinimum)),
      .init("radius", measurement(planet.radius, unit: "earthRadius") { $0.earthRadii }),
      .init("temperature", measurement(planet.temperature, unit: "K") { $0.kelvins }),
      .init("semimajorAxis", measurement(planet.semimajorAxis, unit: "au") { $0.astronomicalUnits }),
      .init("period", measurement(planet.period, unit: "d") { $0.days }),
      .init("eccentricity", measurement(planet.eccentricity, unit: "") { $0.value }),
      .init("loveNumber", measurement(planet.loveNumber, unit: "") { $0.value }),
      .init("ironToMagnesiumSilicon", measurement(planet.ironToMagnesiumSilicon, unit: "") { $0.value }),
      .init("catalogueLists", .strings(planet.catalogueLists)),
      .init(
        "derived",
        .object([
          .init("bulkDensity", measurement(derived.bulkDensity, unit: "kg/m3") { $0.kilogramsPerCubicMeter }),
          .init(
            "surfaceGravity", measurement(derived.surfaceGravity, unit: "m/s2") { $0.metersPerSecondSquared }),
          .init("bulkSource", derived.bulkSource.map(JSON.string) ?? .null),
          .init(
            "equilibriumTemperature", measurement(derived.equilibriumTemperature, unit: "K") { $0.kelvins }),
          .init(
            "equilibriumTemperatureSource", derived.equilibriumTemperatureSource.map(JSON.string) ?? .null),
        ])),
      .init("flags", .strings(analysis.flags)),
      .init("remarks", .strings(analysis.remarks)),
      .init("interior", .object([.init("models", .array(analysis.interiors.map(model)))])),
    ])
  }

  private static func model(_ interior: InteriorPosterior) -> JSON {
    .object([
      .init("name", .string(interior.model)),
      .init("sha256", .string(interior.modelHash)),
      .init("inDomain", .bool(interior.inDomain)),
      .init("flags", .strings(interior.flags)),
      .init("remarks", .strings(interior.remarks)),
      .init("outputs", outputs(interior)),
      .init("mixtureCoordinates", .strings(interior.mixtureCoordinates)),
      .init(
        "mixture",
        .array(
          interior.mixture.map { component in
            .object([
              .init("weight", .number(component.weight)),
              .init("mean", .array(component.mean.map(JSON.number))),
              .init("sd", .array(component.sd.map(JSON.number))),
            ])
          })),
    ])
  }

  static func outputs(_ interior: InteriorPosterior) -> JSON {
    .object(
      InteriorQuantity.allCases.compactMap { quantity in
        interior.outputs[quantity].map { .init(quantity.rawValue, posterior($0)) }
      })
  }

  private static func posterior(_ posterior: Posterior) -> JSON {
    .object([
      .init("mean", .number(posterior.mean)), .init("sd", .number(posterior.sd)),
      .init("p025", .number(posterior.p025)), .init("p16", .number(posterior.p16)),
      .init("p50", .number(posterior.p50)), .init("p84", .number(posterior.p84)),
      .init("p975", .number(posterior.p975)),
    ])
  }

  static func measurement<Dimension>(
    _ measurement: Measurement<Dimension>?, unit: String, in read: (Quantity<Dimension>) -> Double
  ) -> JSON {
    guard let measurement else { return .null }
    func number(_ quantity: Quantity<Dimension>?) -> JSON { quantity.map { .number(read($0)) } ?? .null }
    var members: [JSON.Member] = [
      .init("value", number(measurement.value)), .init("upperError", number(measurement.upperError)),
      .init("lowerError", number(measurement.lowerError)),
    ]
    if measurement.upperLimit != nil { members.append(.init("upperLimit", number(measurement.upperLimit))) }
    if measurement.lowerLimit != nil { members.append(.init("lowerLimit", number(measurement.lowerLimit))) }
    if !unit.isEmpty { members.append(.init("unit", .string(unit))) }
    return .object(members)
  }

  private static func host(_ host: PlanetHost) -> JSON {
    let stars: [Star] =
      switch host {
      case .star(let star): [star]
      case .binary(let stars): stars
      case .none: []
      }
    return .array(stars.map(star))
  }

  private static func star(_ star: Star) -> JSON {
    .object([
      .init("names", .strings(star.names)),
      .init("mass", measurement(star.mass, unit: "solarMass") { $0.solarMasses }),
      .init("radius", measurement(star.radius, unit: "solarRadius") { $0.solarRadii }),
      .init("temperature", measurement(star.temperature, unit: "K") { $0.kelvins }),
      .init("metallicity", measurement(star.metallicity, unit: "dex") { $0.value }),
      .init("spectralType", star.spectralType.map(JSON.string) ?? .null),
    ])
  }

  static func provenance(_ provenance: Provenance) -> JSON {
    .object([
      .init("inputName", .string(provenance.inputName)),
      .init("inputSHA256", .string(provenance.inputSHA256)),
      .init("exospoolVersion", .string(provenance.exospoolVersion)),
      .init(
        "modelHashes",
        .object(provenance.modelHashes.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
      // As text: a JSON number loses what lies beyond 2^53 in most readers.
      .init("seed", .string(String(provenance.seed))),
      .init("catalogueHash", provenance.catalogueHash.map(JSON.string) ?? .null),
    ])
  }
}
