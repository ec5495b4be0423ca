import Atmospheres
package import JSONText
package import NeuralNetworks
package import NumericalMethods
package import Observations
import Units

/// Emission of planets of all kinds, from warm Neptunes to ultra-hot Jupiters, with mixtures of gases.
package struct EmissionPrior: SpectrumPrior {
  package let name = "emission"
  package let kind = SpectrumKind.eclipse

  package init() {}

  package var description: JSON {
    .object([
      .init("kind", .string(kind.rawValue)), .init("bodies", .string(RandomBody.description)),
      .init("equilibriumTemperature", .string("400-3000 K (log)")),
      .init(
        "profile",
        .string(
          IrradiatedProfiles.description
            + " at 4 in 5; 5 % isothermal; else three points, each within 45 % of the equilibrium temperature"
        )),
      .init("clouds", .string("grey deck at 1 in 5, top 1e-3 to 10 bar (log)")),
      .init("gases", .string("none 5 %, one alone 15 %, else each with its frequency")),
      .init("molecules", KnownMolecules.description),
    ])
  }

  package func draw(_ random: inout SeededRandom) -> DrawnPlanet {
    let temperature = random.logUniform(400, 3000)
    let body = RandomBody(&random)
    let gases = KnownMolecules.mixture(&random)
    let isClouded = random.uniform() < 0.2
    let top = Pressure(bars: random.logUniform(1e-3, 10))
    let choice = random.uniform()
    let profile: TemperatureProfile =
      if choice < 0.05 {
        .isothermal(Temperature(kelvins: temperature))
      } else if choice < 0.20 {
        .points(
          [1e-4, 0.03, 3].map { bars in
            PressureTemperaturePoint(
              pressure: Pressure(bars: bars),
              temperature: Temperature(kelvins: temperature * random.uniform(0.55, 1.45)))
          })
      } else {
        IrradiatedProfiles.draw(equilibriumTemperature: temperature, gravity: body.gravity, &random)
      }
    return DrawnPlanet(
      atmosphere: PlanetAtmosphere(
        mass: body.mass, radius: body.radius, stellarRadius: body.stellarRadius, temperature: profile,
        gases: gases, aerosols: Aerosols(cloudTop: isClouded ? top : nil)),
      starTemperature: body.starTemperature, temperature: temperature)
  }
}

/// Transmission through the atmospheres of planets of all kinds, with clouds and haze and mixtures of gases.
package struct TransmissionPrior: SpectrumPrior {
  package let name = "transmission"
  package let kind = SpectrumKind.transmission

  package init() {}

  package var description: JSON {
    .object([
      .init("kind", .string(kind.rawValue)), .init("bodies", .string(RandomBody.description)),
      .init(
        "temperature", .string("300-2800 K, isothermal at 7 in 10, else " + IrradiatedProfiles.description)),
      .init("clouds", .string("grey deck at 1 in 2, top 1e-6 to 10 bar (log)")),
      .init("haze", .string("at 2 in 5, 1 to 1e4 times hydrogen (log), slope -8 to -1")),
      .init("gases", .string("none 5 %, one alone 15 %, else each with its frequency")),
      .init("molecules", KnownMolecules.description),
    ])
  }

  package func draw(_ random: inout SeededRandom) -> DrawnPlanet {
    let temperature = random.uniform(300, 2800)
    let body = RandomBody(&random)
    let gases = KnownMolecules.mixture(&random)
    let isClouded = random.uniform() < 0.5
    let top = Pressure(bars: random.logUniform(1e-6, 10))
    let isHazy = random.uniform() < 0.4
    let haze = Haze(enhancement: random.logUniform(1, 1e4), slope: random.uniform(-8, -1))
    let isIsothermal = random.uniform() < 0.7
    let irradiated = IrradiatedProfiles.draw(
      equilibriumTemperature: temperature, gravity: body.gravity, &random)
    return DrawnPlanet(
      atmosphere: PlanetAtmosphere(
        mass: body.mass, radius: body.radius, stellarRadius: body.stellarRadius,
        temperature: isIsothermal ? .isothermal(Temperature(kelvins: temperature)) : irradiated, gases: gases,
        aerosols: Aerosols(cloudTop: isClouded ? top : nil, haze: isHazy ? haze : nil)),
      starTemperature: body.starTemperature, temperature: temperature)
  }
}

/// A planet and its star, without the atmosphere.
private struct RandomBody {
  let mass: Mass
  let radius: Length
  let stellarRadius: Length
  let starTemperature: Double
  /// m s-2
  let gravity: Double

  static let description =
    "radius 0.1-2 Jupiter radii, gravity 3-60 m/s2 (log), star 0.12-2 solar radii (log) and 2600-7500 K"

  init(_ random: inout SeededRandom) {
    radius = Length(jupiterRadii: random.uniform(0.1, 2))
    gravity = random.logUniform(3, 60)
    mass = Mass(
      kilograms: gravity * radius.meters * radius.meters / PhysicalConstants.codata2018.gravitational)
    stellarRadius = Length(solarRadii: random.logUniform(0.12, 2))
    starTemperature = random.uniform(2600, 7500)
  }
}
