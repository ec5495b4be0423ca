/// A planet's layers, solved: composition, temperatures, altitudes.
struct AtmosphericState {
  let composition: LayeredComposition
  let temperatures: [Double]
  /// The temperatures opacities are taken at.
  let opacityTemperatures: [Double]
  let structure: HydrostaticStructure

  var layerCount: Int { temperatures.count }
  let hasOneOpacityTemperature: Bool

  init(_ planet: PlanetAtmosphere, _ configuration: ModelConfiguration) throws(AtmosphereError) {
    guard planet.stellarRadius.meters > 0, planet.stellarRadius.meters.isFinite, planet.radius.meters > 0
    else {
      throw AtmosphereError(.badPlanet, "the radii of planet and star must be positive numbers")
    }
    let pressures = configuration.pressures.layers
    composition = try LayeredComposition(
      planet.gases, fill: configuration.fill, pressures: pressures, molarMasses: configuration.molarMasses)
    let gravity =
      configuration.constants.gravitational * planet.mass.kilograms
      / (planet.radius.meters * planet.radius.meters)
    temperatures = try planet.temperature.temperatures(at: pressures, gravity: gravity)
    if let fixed = configuration.opacityTemperature?.kelvins {
      opacityTemperatures = [Double](repeating: fixed, count: pressures.count)
    } else if let range = configuration.opacityTemperatureRange {
      opacityTemperatures = temperatures.map { min(max($0, range.lowerBound), range.upperBound) }
    } else {
      opacityTemperatures = temperatures
    }
    let opacityTemperature = opacityTemperatures[0]
    hasOneOpacityTemperature = opacityTemperatures.allSatisfy { $0 == opacityTemperature }
    structure = try HydrostaticStructure(
      mass: planet.mass.kilograms, radius: planet.radius.meters, grid: configuration.pressures,
      temperatures: temperatures, meanMolarMass: composition.meanMolarMass,
      constants: configuration.constants)
  }
}
