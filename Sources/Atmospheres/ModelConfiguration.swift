package import Units

/// What a model assumes beyond the planet itself.
package struct ModelConfiguration: Sendable {
  package var name: String
  package var constants: PhysicalConstants
  package var pressures: PressureGrid
  package var fill: FillGas
  /// Molar masses in place of the species' own, g/mol.
  package var molarMasses: [Species: Double]
  package var rayleigh: [Species: RayleighScattering]
  /// Gases that may be there without absorbing.
  package var transparent: Set<Species>
  /// The temperature all opacities are taken at; nil where they follow the profile.
  package var opacityTemperature: Temperature?
  /// Where the profile leaves it, opacities are held at its ends; nil where that is an error.
  package var opacityTemperatureRange: ClosedRange<Double>?
  /// Above this pressure the k-distributions are held: there their fit extrapolates.
  package var opacityPressureCeiling: Pressure?
  /// Gauss-Legendre angles over one hemisphere in emission.
  package var angleCount: Int

  package init(
    name: String, constants: PhysicalConstants = .codata2018, pressures: PressureGrid = .standard,
    fill: FillGas = .solar, molarMasses: [Species: Double] = [:],
    rayleigh: [Species: RayleighScattering] = RayleighScattering.standard,
    transparent: Set<Species> = [.nitrogen], opacityTemperature: Temperature? = nil,
    opacityPressureCeiling: Pressure? = nil, angleCount: Int = 4
  ) {
    self.name = name
    self.constants = constants
    self.pressures = pressures
    self.fill = fill
    self.molarMasses = molarMasses
    self.rayleigh = rayleigh
    self.transparent = transparent
    self.opacityTemperature = opacityTemperature
    self.opacityPressureCeiling = opacityPressureCeiling
    self.angleCount = angleCount
  }

  /// What we ship and run: opacities follow the temperature, trace gases dilute hydrogen and helium.
  package static let physical = ModelConfiguration(
    name: "physical", opacityPressureCeiling: Pressure(pascals: 1e5))

  /// The same for training sets: the hottest planets' opacities are held at 3000 K, where the tables end, instead of leaving
  /// those planets out.
  package static var training: ModelConfiguration {
    var configuration = physical
    configuration.name = "training"
    configuration.opacityTemperatureRange = 300...3000
    return configuration
  }
}
