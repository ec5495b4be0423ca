package import Units

/// Planets as rows of numbers: what each column is, and what all of them share. What a fit varies and what a sampler draws
/// become planets here.
package struct PlanetParameters: Sendable {
  package var columns: [FitParameter.Quantity]
  package var mass: Mass
  package var stellarRadius: Length
  /// At 10 bar, of planets without a column for it.
  package var radius: Length?
  package var dissociation: ThermalDissociation?

  package init(
    columns: [FitParameter.Quantity], mass: Mass, stellarRadius: Length, radius: Length? = nil,
    dissociation: ThermalDissociation? = nil
  ) {
    self.columns = columns
    self.mass = mass
    self.stellarRadius = stellarRadius
    self.radius = radius
    self.dissociation = dissociation
  }

  /// Columns by their keys, as `FitParameter.Quantity.key` writes them.
  /// - Throws: `badProfile` where a name is none.
  package init(
    columns names: [String], mass: Mass, stellarRadius: Length, radius: Length? = nil,
    dissociation: ThermalDissociation? = nil
  ) throws(AtmosphereError) {
    var columns: [FitParameter.Quantity] = []
    for name in names {
      guard let quantity = FitParameter.Quantity(key: name) else {
        throw AtmosphereError(
          .badProfile, "\(name) is no parameter of a planet; there are such as temperature_k and log10_x_H2O")
      }
      columns.append(quantity)
    }
    self.init(
      columns: columns, mass: mass, stellarRadius: stellarRadius, radius: radius, dissociation: dissociation)
  }

  /// The planet of one row: with points of a profile where there are such columns, irradiated where there is an equilibrium
  /// temperature, else isothermal. What is not given is 0, and no model takes it; offsets are no property of planets.
  /// - Parameter values: one a column.
  package func planet(_ values: some Collection<Double>) -> PlanetAtmosphere {
    var radius = radius ?? Length(meters: 0)
    var gases: [TraceGas] = []
    var points: [PressureTemperaturePoint] = []
    var temperature = TemperatureProfile.isothermal(Temperature(kelvins: 0))
    var guillot = GuillotProfile(
      internalTemperature: Temperature(kelvins: 100), equilibriumTemperature: Temperature(kelvins: 0),
      thermalOpacity: 0, visibleToThermalOpacity: 0)
    var aerosols = Aerosols.clear
    var haze = Haze(enhancement: 0, slope: -4)
    var condensates: [(Condensate, massFraction: Double)] = []
    var sizes = ParticleSizes(effectiveRadius: 0)
    var anion: MixingRatioProfile?
    for (column, value) in zip(columns, values) {
      switch column {
      case .radius: radius = Length(jupiterRadii: value)
      case .temperature: temperature = .isothermal(Temperature(kelvins: value))
      case .temperatureAt(let pressure):
        points.append(PressureTemperaturePoint(pressure: pressure, temperature: Temperature(kelvins: value)))
      case .equilibriumTemperature: guillot.equilibriumTemperature = Temperature(kelvins: value)
      case .logThermalOpacity: guillot.thermalOpacity = pow(10, value)
      case .logOpacityRatio: guillot.visibleToThermalOpacity = pow(10, value)
      case .logMixingRatio(let species): gases.append(TraceGas(species, pow(10, value)))
      case .logCloudTop: aerosols.cloudTop = Pressure(bars: pow(10, value))
      case .logHaze: haze.enhancement = pow(10, value)
      case .hazeSlope: haze.slope = value
      case .cloudFraction: aerosols.coverage = value
      case .logCondensate(let condensate): condensates.append((condensate, pow(10, value)))
      case .logParticleRadius: sizes.effectiveRadius = pow(10, value) * 1e-6
      case .logHydrogenAnion: anion = .constant(pow(10, value))
      case .offset: break
      }
    }
    if !points.isEmpty {
      temperature = .points(points)
    } else if columns.contains(.equilibriumTemperature) {
      temperature = .guillot(guillot)
    }
    if columns.contains(.logHaze) { aerosols.haze = haze }
    aerosols.clouds = condensates.map { Cloud(.particles($0, sizes, massFraction: $1)) }
    return PlanetAtmosphere(
      mass: mass, radius: radius, stellarRadius: stellarRadius, temperature: temperature, gases: gases,
      aerosols: aerosols, dissociation: dissociation, hydrogenAnion: anion)
  }
}
