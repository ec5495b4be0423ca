package import Interiors
package import JSONText
package import NumericalMethods
package import Units

/// Rocky planets with some water and no envelope, 0.1 to 10 Earth masses: what rocky-A and rocky-B learn from.
///
/// The ranges cover those of Zhao, Ni & Liu 2023 (ApJS 269, 1) and go a little beyond in mass, so that a planet
/// near the limit has neighbours on both sides within its errors.
/// - Core: its share of core and mantle is uniform, from almost none to 0.965: Fe/(Mg+Si) reaches 28, as theirs does.
/// - Water: 0.00001 + 0.12 u^3 of the mass. Half the planets have under 1.5 %, one in eight less than the Earth's
///   oceans: the density is high near nothing without excluding a few per cent.
/// - Mantle Fe/(Mg+Fe): normal, 0.12 +- 0.07, from 0 to 0.35; Mercury has 0.02, the Earth 0.107, Mars 0.21.
/// - Core density deficit: uniform, 0 to 0.18 of liquid iron's density; our Earth needs 0.09, Mars 0.25.
/// - Potential temperature 1,450 to 1,850 K, uniform (the Earth's is near 1,650); jump at the core 0.5 to 1.5 times
///   1,400 K (M/M_E)^0.75.
package struct RockyPrior: InteriorPrior {
  package let name = "rocky"
  package let mass = PriorDistribution.logUniform(0.08, 12)
  package let coreShare = PriorDistribution.uniform(0.0005, 0.965)
  package let water = PriorDistribution.power(1e-5, 0.12001, power: 3)
  package let mantleIron = PriorDistribution.truncatedNormal(mean: 0.12, sd: 0.07, 0...0.35)
  package let deficit = PriorDistribution.uniform(0, 0.18)
  package let potentialTemperature = PriorDistribution.uniform(1450, 1850)
  package let jumpFactor = PriorDistribution.uniform(0.5, 1.5)
  package let surfaceTemperature = PriorDistribution.uniform(274, 365)

  package let largestRadius = Length(earthRadii: 36)

  package init() {}

  package let columns = [
    "mass", "radius", "ironToMagnesiumSilicon", "loveNumber", "waterRadiusFraction", "mantleRadiusFraction",
    "coreRadiusFraction", "coreMassFraction", "cmbPressure", "cmbTemperature", "waterMassFraction",
    "mantleMassFraction", "mantleIronNumber", "coreDensityDeficit", "potentialTemperature",
    "cmbTemperatureJump", "momentOfInertiaFactor", "centralPressure",
  ]

  package var description: JSON {
    .object([
      .init("mass", mass.description), .init("coreShareOfCoreAndMantle", coreShare.description),
      .init("waterMassFraction", water.description), .init("mantleIronNumber", mantleIron.description),
      .init("coreDensityDeficit", deficit.description),
      .init("potentialTemperature", potentialTemperature.description),
      .init("cmbTemperatureJumpOver1400KTimesMassToThe075", jumpFactor.description),
      .init("surfaceTemperature", surfaceTemperature.description),
    ])
  }

  package var parameters: [(parameter: InteriorParameter, distribution: PriorDistribution)] {
    [
      (.mass, mass), (.waterShare, water), (.coreShare, coreShare), (.mantleIronNumber, mantleIron),
      (.coreDensityDeficit, deficit), (.potentialTemperature, potentialTemperature),
      (.temperatureJumpFactor, jumpFactor), (.surfaceTemperature, surfaceTemperature),
    ]
  }

  package func planet(_ values: [Double]) -> PlanetParameters {
    let mass = Mass(earthMasses: values[0])
    let water = values[1]
    var p = PlanetParameters(
      mass: mass, coreMassFraction: (1 - water) * values[2], waterMassFraction: water)
    p.mantleIronNumber = values[3]
    p.coreDensityDeficit = values[4]
    p.potentialTemperature = Temperature(kelvins: values[5])
    p.cmbTemperatureJump = values[6] * PlanetParameters.scaledTemperatureJump(mass: mass)
    p.surfaceTemperature = Temperature(kelvins: values[7])
    return p
  }

  package func row(_ planet: InteriorStructure) -> Result<[Float], Rejection> {
    guard let pressure = planet.cmbPressure, let temperature = planet.cmbMantleTemperature else {
      return .failure(Rejection("noCore"))
    }
    let p = planet.parameters
    let values = [
      p.mass.earthMasses, planet.radius.earthRadii, planet.ironToMagnesiumSilicon, planet.loveNumber,
      planet.radiusFraction(.water), planet.radiusFraction(.mantle), planet.radiusFraction(.core),
      p.coreMassFraction, pressure.gigapascals, temperature.kelvins, p.waterMassFraction,
      p.mantleMassFraction,
      p.mantleIronNumber, p.coreDensityDeficit, p.potentialTemperature.kelvins,
      p.cmbTemperatureJump.kelvins, planet.momentOfInertiaFactor, planet.centralPressure.gigapascals,
    ]
    guard values.allSatisfy(\.isFinite) else { return .failure(Rejection("notFinite")) }
    return .success(values.map(Float.init))
  }
}
