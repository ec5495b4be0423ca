package import Interiors
package import JSONText
package import NumericalMethods
package import Units

/// Giants of 0.05 to 13 Jupiter masses with a core of rock and ice and an H/He envelope with heavy elements: what giant learns from. Below 25
/// Earth masses `LayeredPrior` speaks of the same planets.
///
/// - Core: 0.001 + 0.95 u^3 of the mass: half the planets have under 12 %.
/// - Heavy elements of the envelope: log-uniform, 0.007 to 0.7 of its mass (half of solar to some 150 times).
/// - Thermal state: `GiantThermalState` at an age log-uniform from 0.1 to 13 Gyr, times a normal factor (0.3) in the internal temperature and a
///   log-uniform one (0.3 to 3) in the pressure where convection begins. Radii above 2.3 of Jupiter's are left out.
package struct GiantPrior: InteriorPrior {
  package let name = "giant"
  package let mass = PriorDistribution.logUniform(14, 4500)
  package let core = PriorDistribution.power(0.001, 0.951, power: 3)
  package let metals = PriorDistribution.logUniform(0.007, 0.7)
  package let equilibriumTemperature = PriorDistribution.logUniform(45, 2700)
  package let age = PriorDistribution.logUniform(0.1, 13)
  package let internalFactor = PriorDistribution.truncatedNormal(mean: 1, sd: 0.3, 0.4...2)
  package let pressureFactor = PriorDistribution.logUniform(0.3, 3)
  package let largestRadius = Length(earthRadii: 25.8)

  package init() {}

  package let columns = [
    "mass", "radius", "equilibriumTemperature", "loveNumber", "coreRadiusFraction", "envelopeRadiusFraction",
    "coreMassFraction", "envelopeMassFraction", "envelopeMetalFraction", "heavyElementMass", "corePressure",
    "coreTemperature", "momentOfInertiaFactor", "internalTemperature", "radiativeConvectivePressure",
  ]

  package var description: JSON {
    .object([
      .init("mass", mass.description), .init("coreMassFraction", core.description),
      .init("envelopeMetalFraction", metals.description),
      .init("equilibriumTemperature", equilibriumTemperature.description), .init("age", age.description),
      .init("internalTemperatureOverRelation", internalFactor.description),
      .init("radiativeConvectivePressureOverRelation", pressureFactor.description),
      .init("largestRadiusEarthRadii", .number(largestRadius.earthRadii)),
    ])
  }

  package var parameters: [(parameter: InteriorParameter, distribution: PriorDistribution)] {
    [
      (.mass, mass), (.coreShare, core), (.envelopeMetalFraction, metals),
      (.equilibriumTemperature, equilibriumTemperature), (.age, age),
      (.internalTemperatureFactor, internalFactor), (.radiativeConvectiveFactor, pressureFactor),
    ]
  }

  package func planet(_ values: [Double]) -> PlanetParameters {
    let state = GiantThermalState(
      mass: Mass(earthMasses: values[0]), equilibriumTemperature: Temperature(kelvins: values[3]),
      age: values[4], internalFactor: values[5], pressureFactor: values[6])
    var p = PlanetParameters(
      mass: Mass(earthMasses: values[0]), coreMassFraction: values[1], envelopeMassFraction: 1 - values[1])
    p.coreMaterial = .rockAndIce
    p.envelopeMetalFraction = values[2]
    p.equilibriumTemperature = Temperature(kelvins: values[3])
    p.internalTemperature = state.internalTemperature
    p.radiativeConvectivePressure = state.radiativeConvectivePressure
    return p
  }

  package func row(_ planet: InteriorStructure) -> Result<[Float], Rejection> {
    guard planet.radius <= largestRadius else { return .failure(Rejection("radiusAboveLimit")) }
    guard let core = planet.layer(.core) else { return .failure(Rejection("noCore")) }
    let p = planet.parameters
    let values = [
      p.mass.earthMasses, planet.radius.earthRadii, p.equilibriumTemperature.kelvins, planet.loveNumber,
      planet.radiusFraction(.core), planet.radiusFraction(.envelope), p.coreMassFraction,
      p.envelopeMassFraction, p.envelopeMetalFraction, planet.heavyElements.earthMasses,
      core.topPressure.gigapascals, core.topTemperature.kelvins, planet.momentOfInertiaFactor,
      p.internalTemperature.kelvins, p.radiativeConvectivePressure.bars,
    ]
    guard values.allSatisfy(\.isFinite), planet.loveNumber > 0 else {
      return .failure(Rejection("notFinite"))
    }
    return .success(values.map(Float.init))
  }
}
