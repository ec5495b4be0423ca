import Atmospheres
package import JSONText
package import NeuralNetworks
package import NumericalMethods
package import Observations
import Units

/// The task of Waldmann (2016, ApJ 820, 107, section 3): emission spectra of a single gas for five planets.
///
/// T_irr is within 20 % of the planet's own; the profile is that of Guillot (2010), never isothermal but for one in twenty,
/// which shows nothing whatever gas it holds.
package struct WaldmannPrior: SpectrumPrior {
  package let name = "waldmann-2016"
  package let kind = SpectrumKind.eclipse

  package init() {}

  struct Host: Sendable {
    let name: String
    let mass: Mass
    let radius: Length
    let stellarRadius: Length
    let starTemperature: Double
    /// T_irr / sqrt 2, K.
    let equilibriumTemperature: Double
  }

  /// GJ 1214 b: Cloutier et al. 2021, AJ 162, 174. HD 189733 b: Torres, Winn & Holman 2008, ApJ 677, 1324. HD 209458 b:
  /// Southworth 2010, MNRAS 408, 1689. WASP-39 b: Mancini et al. 2018, A&A 613, A41. WASP-12 b: Collins, Kielkopf & Stassun
  /// 2017, AJ 153, 78. Rounded.
  static let hosts = [
    Host(
      name: "GJ 1214 b", mass: Mass(earthMasses: 8.2), radius: Length(earthRadii: 2.74),
      stellarRadius: Length(solarRadii: 0.215), starTemperature: 3250, equilibriumTemperature: 596),
    Host(
      name: "HD 189733 b", mass: Mass(jupiterMasses: 1.14), radius: Length(jupiterRadii: 1.14),
      stellarRadius: Length(solarRadii: 0.756), starTemperature: 5040, equilibriumTemperature: 1200),
    Host(
      name: "HD 209458 b", mass: Mass(jupiterMasses: 0.69), radius: Length(jupiterRadii: 1.36),
      stellarRadius: Length(solarRadii: 1.155), starTemperature: 6065, equilibriumTemperature: 1449),
    Host(
      name: "WASP-39 b", mass: Mass(jupiterMasses: 0.281), radius: Length(jupiterRadii: 1.279),
      stellarRadius: Length(solarRadii: 0.932), starTemperature: 5485, equilibriumTemperature: 1166),
    Host(
      name: "WASP-12 b", mass: Mass(jupiterMasses: 1.47), radius: Length(jupiterRadii: 1.90),
      stellarRadius: Length(solarRadii: 1.657), starTemperature: 6360, equilibriumTemperature: 2580),
  ]

  package var description: JSON {
    .object([
      .init("kind", .string(kind.rawValue)),
      .init("planets", .array(Self.hosts.map { .string($0.name) })),
      .init("irradiationTemperature", .string("within 20 % of the planet's")),
      .init("profile", .string(IrradiatedProfiles.description + "; isothermal: one in 20")),
      .init("gases", .string("one alone, each as often")),
      .init("molecules", KnownMolecules.description),
    ])
  }

  package func draw(_ random: inout SeededRandom) -> DrawnPlanet {
    let host = Self.hosts[min(Int(random.uniform() * 5), 4)]
    let index = min(Int(random.uniform() * Double(KnownMolecules.all.count)), KnownMolecules.all.count - 1)
    let gases = KnownMolecules.alone(index, &random)
    let temperature = host.equilibriumTemperature * random.uniform(0.8, 1.2)
    let gravity =
      PhysicalConstants.codata2018.gravitational * host.mass.kilograms
      / (host.radius.meters * host.radius.meters)
    let irradiated = IrradiatedProfiles.draw(
      equilibriumTemperature: temperature, gravity: gravity, &random)
    let isIsothermal = random.uniform() < 0.05
    return DrawnPlanet(
      atmosphere: PlanetAtmosphere(
        mass: host.mass, radius: host.radius, stellarRadius: host.stellarRadius,
        temperature: isIsothermal ? .isothermal(Temperature(kelvins: temperature)) : irradiated, gases: gases),
      starTemperature: host.starTemperature, temperature: temperature)
  }
}
