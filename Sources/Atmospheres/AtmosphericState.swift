/// A planet's layers, solved: composition, temperatures, altitudes.
struct AtmosphericState {
  let composition: LayeredComposition
  let temperatures: [Double]
  /// The temperatures opacities are taken at.
  let opacityTemperatures: [Double]
  let structure: HydrostaticStructure
  /// Mixing ratio of H-, one a layer; nil where none is counted.
  let hydrogenAnion: [Double]?

  var layerCount: Int { temperatures.count }
  let hasOneOpacityTemperature: Bool

  init(_ planet: PlanetAtmosphere, _ configuration: ModelConfiguration) throws(AtmosphereError) {
    guard planet.stellarRadius.meters > 0, planet.stellarRadius.meters.isFinite, planet.radius.meters > 0
    else {
      throw AtmosphereError(.badPlanet, "the radii of planet and star must be positive numbers")
    }
    let pressures = configuration.pressures.layers
    let given = try LayeredComposition(
      planet.gases, fill: configuration.fill, pressures: pressures, molarMasses: configuration.molarMasses)
    let gravity =
      configuration.constants.gravitational * planet.mass.kilograms
      / (planet.radius.meters * planet.radius.meters)
    temperatures = try planet.temperature.temperatures(at: pressures, gravity: gravity)
    var anion: [Double]?
    if let dissociation = planet.dissociation {
      (composition, anion) = try dissociation.equilibrium(
        of: given, pressures: pressures, temperatures: temperatures)
    } else {
      composition = given
    }
    if let profile = planet.hydrogenAnion { anion = pressures.map { profile.value(at: $0) } }
    guard anion?.allSatisfy({ $0 >= 0 && $0 <= 1 }) ?? true else {
      throw AtmosphereError(.badComposition, "the mixing ratio of H- is outside 0...1")
    }
    hydrogenAnion = anion
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
