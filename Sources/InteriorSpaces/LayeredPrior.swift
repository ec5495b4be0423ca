package import Interiors
package import JSONText
package import NumericalMethods
package import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Planets with a core, a mantle, water and an H/He envelope, 0.1 to 25 Earth masses, 100 to 2,500 K: what
/// layered and layered-k2 learn from (the subject of Baumeister & Tosi 2023, A&A 676, A106).
///
/// Log-ratios of the fractions are learnt, so each has a floor:
/// - Envelope: log-uniform in mass fraction, 1e-9 to 0.2. Below about 1e-8 of an Earth it lies under the transit
///   level's 20 mbar and is a few kilometres thick: a planet without an envelope, as the Earth is, is in the prior.
/// - Water: 0.00001 + 0.7 u^4 of the condensed mass; one in seven has less than the Earth's oceans.
/// - Core: its share of core and mantle is uniform from 0.01 to 0.95, so each has at least 0.2 % of the mass.
///
/// Temperatures: the envelope is isothermal at the equilibrium temperature down to a pressure of 1.75 bar (T/278 K)^2.75 (age/Gyr)^0.38
/// times a log-uniform factor, 0.7 to 12, adiabatic below; the age is log-uniform, 0.1 to 13 Gyr. That pressure gives the radii of the cooled
/// planets of Tang et al. 2025 (arXiv; solar metallicity, 278 to 1,563 K, 1 to 20 Earth masses, 0.1 to 20 % of envelope) whatever mass
/// and envelope, to 0.2 dex; at 50 times solar it is 6 to 30 times as much, so the factor holds metals up to some twenty times solar. Above
/// 1,563 K it is carried on. Water starts at the envelope's temperature, at least 273 K; the mantle at its potential temperature (1,450 to 1,850 K) or the water's, whichever is
/// hotter. Radii above 8 Earth radii are left out.
package struct LayeredPrior: InteriorPrior {
  package let name = "layered"
  package let mass = PriorDistribution.logUniform(0.08, 30)
  package let equilibriumTemperature = PriorDistribution.logUniform(80, 2700)
  package let envelope = PriorDistribution.logUniform(1e-9, 0.2)
  package let water = PriorDistribution.power(1e-5, 0.70001, power: 4)
  package let coreShare = PriorDistribution.uniform(0.01, 0.95)
  package let mantleIron = PriorDistribution.truncatedNormal(mean: 0.12, sd: 0.07, 0...0.35)
  package let deficit = PriorDistribution.uniform(0, 0.18)
  package let potentialTemperature = PriorDistribution.uniform(1450, 1850)
  package let jumpFactor = PriorDistribution.uniform(0.5, 1.5)
  package let age = PriorDistribution.logUniform(0.1, 13)
  package let radiativeConvectiveFactor = PriorDistribution.logUniform(0.7, 12)
  package let largestRadius = Length(earthRadii: 8)

  package init() {}

  package let columns = [
    "mass", "radius", "equilibriumTemperature", "loveNumber", "coreRadiusFraction", "mantleRadiusFraction",
    "waterRadiusFraction", "envelopeRadiusFraction", "coreMassFraction", "mantleMassFraction",
    "waterMassFraction", "envelopeMassFraction", "mantleIronNumber", "coreDensityDeficit",
    "potentialTemperature", "cmbTemperatureJump", "radiativeConvectivePressure", "ironToMagnesiumSilicon",
    "cmbPressure", "cmbTemperature", "momentOfInertiaFactor",
  ]

  package var description: JSON {
    .object([
      .init("mass", mass.description), .init("equilibriumTemperature", equilibriumTemperature.description),
      .init("envelopeMassFraction", envelope.description),
      .init("waterShareOfCondensedMass", water.description),
      .init("coreShareOfCoreAndMantle", coreShare.description),
      .init("mantleIronNumber", mantleIron.description),
      .init("coreDensityDeficit", deficit.description),
      .init("potentialTemperature", potentialTemperature.description),
      .init("cmbTemperatureJumpOver1400KTimesMassToThe075", jumpFactor.description),
      .init(
        "radiativeConvectivePressureOver1.75BarTimesTOver278KToThe2.75TimesAgeOverGyrToThe0.38",
        radiativeConvectiveFactor.description
      ), .init("age", age.description),
      .init("largestRadiusEarthRadii", .number(largestRadius.earthRadii)),
    ])
  }

  package var parameters: [(parameter: InteriorParameter, distribution: PriorDistribution)] {
    [
      (.mass, mass), (.envelopeMassFraction, envelope), (.waterShare, water), (.coreShare, coreShare),
      (.equilibriumTemperature, equilibriumTemperature), (.mantleIronNumber, mantleIron),
      (.coreDensityDeficit, deficit), (.potentialTemperature, potentialTemperature),
      (.temperatureJumpFactor, jumpFactor), (.radiativeConvectiveFactor, radiativeConvectiveFactor),
      (.age, age),
    ]
  }

  package func planet(_ values: [Double]) -> PlanetParameters {
    let mass = Mass(earthMasses: values[0])
    let envelope = values[1]
    let water = (1 - envelope) * values[2]
    var p = PlanetParameters(
      mass: mass, coreMassFraction: (1 - envelope - water) * values[3], waterMassFraction: water,
      envelopeMassFraction: envelope)
    p.equilibriumTemperature = Temperature(kelvins: values[4])
    p.mantleIronNumber = values[5]
    p.coreDensityDeficit = values[6]
    p.potentialTemperature = Temperature(kelvins: values[7])
    p.cmbTemperatureJump =
      values[8] * PlanetParameters.scaledTemperatureJump(mass: min(mass, Mass(earthMasses: 10)))
    p.radiativeConvectivePressure = Pressure(
      bars: values[9] * 1.75 * pow(p.equilibriumTemperature.kelvins / 278, 2.75) * pow(values[10], 0.38))
    return p
  }

  package func row(_ planet: InteriorStructure) -> Result<[Float], Rejection> {
    guard planet.radius <= largestRadius else { return .failure(Rejection("radiusAboveLimit")) }
    guard let pressure = planet.cmbPressure, let temperature = planet.cmbMantleTemperature else {
      return .failure(Rejection("noCore"))
    }
    let p = planet.parameters
    let values = [
      p.mass.earthMasses, planet.radius.earthRadii, p.equilibriumTemperature.kelvins, planet.loveNumber,
      planet.radiusFraction(.core), planet.radiusFraction(.mantle), planet.radiusFraction(.water),
      planet.radiusFraction(.envelope), p.coreMassFraction, p.mantleMassFraction, p.waterMassFraction,
      p.envelopeMassFraction, p.mantleIronNumber, p.coreDensityDeficit, p.potentialTemperature.kelvins,
      p.cmbTemperatureJump.kelvins, p.radiativeConvectivePressure.bars, planet.ironToMagnesiumSilicon,
      pressure.gigapascals, temperature.kelvins, planet.momentOfInertiaFactor,
    ]
    guard values.allSatisfy(\.isFinite), (4...7).allSatisfy({ values[$0] > 0 }), planet.loveNumber > 0 else {
      return .failure(Rejection("notFinite"))
    }
    return .success(values.map(Float.init))
  }
}
