package import Analyses
package import InteriorMDN
import NumericalMethods
package import Observations
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Made-up analyses with the shapes that real ones have.
package enum Samples {
  /// A planet before it becomes an analysis, so that tests may change any part.
  package struct Sketch: Sendable {
    package var planet: Planet
    package var host: PlanetHost
    package var derived: DerivedProperties
    package var interiors: [InteriorPosterior]
    package var flags: [Flag]
    package var remarks: [String]

    package init(
      planet: Planet, host: PlanetHost = .none, derived: DerivedProperties = DerivedProperties(),
      interiors: [InteriorPosterior], flags: [Flag], remarks: [String] = []
    ) {
      self.planet = planet
      self.host = host
      self.derived = derived
      self.interiors = interiors
      self.flags = flags
      self.remarks = remarks
    }

    package var analysis: PlanetAnalysis {
      PlanetAnalysis(
        of: PreparedPlanet(planet: planet, host: host, derived: derived, flags: flags, remarks: remarks),
        answers: [
          MethodAnswer(method: InteriorMethod.description, findings: interiors.map { Finding($0) })
        ])
    }
  }

  package static func system(_ planets: [Sketch], names: [String] = ["Sample system"]) -> SystemAnalysis {
    SystemAnalysis(
      names: names, planets: planets.map(\.analysis), remarks: [],
      provenance: Provenance(
        inputName: "sample.xml", inputSHA256: String(repeating: "ab", count: 32), exospoolVersion: "0.1.0",
        networks: [
          NetworkIdentity(name: "rocky-A", sha256: String(repeating: "cd", count: 32)),
          NetworkIdentity(name: "layered", sha256: String(repeating: "ef", count: 32)),
        ],
        seed: UInt64.max))
  }

  /// Like the Earth: a core of 54 +- 3 % and a trace of water by `rocky-A`, four layers by `layered`.
  package static func earthLike(name: String = "Sample b", aliases: [String] = []) -> Sketch {
    var planet = Planet(names: [name] + aliases)
    planet.mass = Measurement(
      value: Mass(earthMasses: 1), upperError: Mass(earthMasses: 0.012), lowerError: Mass(earthMasses: 0.01))
    planet.radius = Measurement(
      value: Length(earthRadii: 1), upperError: Length(earthRadii: 0.01), lowerError: Length(earthRadii: 0.01)
    )
    var derived = DerivedProperties()
    derived.equilibriumTemperature = Measurement(
      value: Temperature(kelvins: 255), upperError: Temperature(kelvins: 3),
      lowerError: Temperature(kelvins: 3))
    derived.equilibriumTemperatureSource = "derived from star and orbit, albedo 0.3"
    derived.bulkDensity = Measurement(
      value: Density(kilogramsPerCubicMeter: 5496), upperError: Density(kilogramsPerCubicMeter: 180),
      lowerError: Density(kilogramsPerCubicMeter: 170))
    derived.surfaceGravity = Measurement(value: Acceleration(metersPerSecondSquared: 9.8))
    return Sketch(
      planet: planet, host: .star(Star(names: ["Sample"])), derived: derived,
      interiors: [rocky(), layered(), refused("rocky-B"), refused("layered-k2")],
      flags: [.temperatureDerived], remarks: [])
  }

  package static func rocky(seed: UInt64 = 1, count: Int = 2000) -> InteriorPosterior {
    var random = SeededRandom(seed: seed)
    var draws: [InteriorQuantity: [Double]] = [:]
    for _ in 0..<count {
      let water = 0.004 * abs(random.normal())
      let core = 0.54 + 0.03 * random.normal() - water
      draws[.waterRadiusFraction, default: []].append(water)
      draws[.coreRadiusFraction, default: []].append(core)
      draws[.mantleRadiusFraction, default: []].append(1 - core - water)
      draws[.coreMassFraction, default: []].append(0.33 + 0.04 * random.normal())
      draws[.cmbPressure, default: []].append(137 + 9 * random.normal())
      draws[.cmbTemperature, default: []].append(2610 + 60 * random.normal())
    }
    return posterior("rocky-A", draws: draws, flags: [.compositionFromStar])
  }

  package static func layered(seed: UInt64 = 2, count: Int = 2000) -> InteriorPosterior {
    var random = SeededRandom(seed: seed)
    var draws: [InteriorQuantity: [Double]] = [:]
    for _ in 0..<count {
      let weights = [
        1, exp(0.3 * random.normal()), exp(-1 + 0.7 * random.normal()), exp(-2 + 0.5 * random.normal()),
      ]
      let total = weights.reduce(0, +)
      for (quantity, weight) in zip(radiusFractions, weights) {
        draws[quantity, default: []].append(weight / total)
      }
      for (quantity, share) in zip(massFractions, [0.4, 0.5, 0.09, 0.01]) {
        draws[quantity, default: []].append(share + share / 10 * random.normal())
      }
    }
    return posterior("layered", draws: draws, flags: [])
  }

  package static func refused(_ model: String) -> InteriorPosterior {
    InteriorPosterior(
      model: model, modelHash: String(repeating: "0", count: 64), inDomain: false,
      flags: [.loveNumberMissing],
      remarks: ["The model \(model) needs a Love number."], outputs: [:], draws: [:], mixture: [],
      mixtureCoordinates: [])
  }

  /// A planet of which only the mass is known, and that as a minimum.
  package static func massOnly(name: String = "Sample c") -> Sketch {
    var planet = Planet(names: [name])
    planet.mass = Measurement(value: Mass(jupiterMasses: 3.2), upperError: Mass(jupiterMasses: 0.2))
    planet.massIsMinimum = true
    return Sketch(
      planet: planet, host: .none, derived: DerivedProperties(),
      interiors: [refused("rocky-A"), refused("layered")],
      flags: [.radiusMissing, .massIsMinimum], remarks: ["Line 12: the record has no radius."])
  }

  private static let radiusFractions: [InteriorQuantity] = [
    .coreRadiusFraction, .mantleRadiusFraction, .waterRadiusFraction, .envelopeRadiusFraction,
  ]
  private static let massFractions: [InteriorQuantity] = [
    .coreMassFraction, .mantleMassFraction, .waterMassFraction, .envelopeMassFraction,
  ]

  package static func posterior(_ model: String, draws: [InteriorQuantity: [Double]], flags: [Flag])
    -> InteriorPosterior
  {
    InteriorPosterior(
      model: model, modelHash: String(repeating: "cd", count: 32), inDomain: true, flags: flags, remarks: [],
      outputs: draws.mapValues { Posterior(draws: $0) }, draws: draws,
      mixture: [MixtureComponent(weight: 1, mean: [0.5, -1], sd: [0.1, 0.2])], mixtureCoordinates: ["a", "b"])
  }
}
