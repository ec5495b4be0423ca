import Units

/// A terrestrial body: what is assumed of its interior, and what is measured.
///
/// The core mass fraction is a published one; the mantle's iron and the core's light elements follow
/// geochemistry and the measured density of each core. Within what that allows, the density deficits of the
/// Earth's and of Mars's core were chosen knowing the radii.
package struct SolarSystemBody: Sendable {
  package struct Mark: Sendable {
    package enum Quantity: String, Sendable {
      case radius = "radius (km)"
      case cmbPressure = "P at core-mantle boundary (GPa)"
      case centralPressure = "P at centre (GPa)"
      case momentOfInertiaFactor = "C/MR2"
      case coreRadiusFraction = "core radius / radius"
      case loveNumber = "fluid k2"
    }

    package var quantity: Quantity
    package var measured: Double
    /// Relative difference allowed.
    package var tolerance: Double
    package var source: String
  }

  package var name: String
  package var parameters: PlanetParameters
  package var assumptions: String
  package var marks: [Mark]

  /// The value of a mark in a solved body.
  package static func value(_ quantity: Mark.Quantity, of s: InteriorStructure) -> Double {
    switch quantity {
    case .radius: s.radius.kilometers
    case .cmbPressure: s.cmbPressure?.gigapascals ?? .nan
    case .centralPressure: s.centralPressure.gigapascals
    case .momentOfInertiaFactor: s.momentOfInertiaFactor
    case .coreRadiusFraction: s.radiusFraction(.core)
    case .loveNumber: s.loveNumber
    }
  }

  private init(
    _ name: String, mass: Double, core: Double, mantleIron: Double, deficit: Double, potential: Double,
    jump: Double, surface: Double, assumptions: String, marks: [Mark]
  ) {
    self.name = name
    var p = PlanetParameters(mass: Mass(kilograms: mass), coreMassFraction: core)
    p.mantleIronNumber = mantleIron
    p.coreDensityDeficit = deficit
    p.potentialTemperature = Temperature(kelvins: potential)
    p.cmbTemperatureJump = Temperature(kelvins: jump)
    p.surfaceTemperature = Temperature(kelvins: surface)
    parameters = p
    self.assumptions = assumptions
    self.marks = marks
  }

  private static func radius(_ kilometers: Double, _ source: String, within tolerance: Double = 0.01) -> Mark
  {
    Mark(quantity: .radius, measured: kilometers, tolerance: tolerance, source: source)
  }

  package static let earth = SolarSystemBody(
    "Earth", mass: 5.9722e24, core: 0.3246, mantleIron: 0.107, deficit: 0.088, potential: 1650, jump: 1400,
    surface: 288,
    assumptions: """
      core mass fraction 0.3246 (PREM); mantle Fe/(Mg+Fe) 0.107 (McDonough & Sun 1995); core 8.8 % lighter than liquid iron; \
      potential temperature 1,650 K (Katsura 2022), jump at the core 1,400 K
      """,
    marks: [
      radius(6371.0, "Dziewonski & Anderson 1981 (PREM)", within: 0.005),
      Mark(quantity: .cmbPressure, measured: 135.75, tolerance: 0.03, source: "PREM"),
      Mark(quantity: .centralPressure, measured: 363.85, tolerance: 0.05, source: "PREM"),
      Mark(quantity: .momentOfInertiaFactor, measured: 0.3309, tolerance: 0.01, source: "PREM, integrated"),
      Mark(quantity: .coreRadiusFraction, measured: 0.5462, tolerance: 0.01, source: "PREM"),
      Mark(quantity: .loveNumber, measured: 0.934, tolerance: 0.02, source: "PREM, Radau's equation"),
    ])

  package static let venus = SolarSystemBody(
    "Venus", mass: 4.8675e24, core: 0.31, mantleIron: 0.107, deficit: 0.09, potential: 1650, jump: 1200,
    surface: 735,
    assumptions: "core mass fraction 0.31 (0.28-0.33 in models); mantle, core and temperature as the Earth's",
    marks: [radius(6051.8, "Rosenblatt et al. 1994")])

  package static let mars = SolarSystemBody(
    "Mars", mass: 6.417e23, core: 0.24, mantleIron: 0.21, deficit: 0.25, potential: 1600, jump: 200,
    surface: 210,
    assumptions: """
      core mass fraction 0.24 and core density 6.0 g/cm3 (Staehler et al. 2021), which is 25 % under liquid iron's; \
      mantle Fe/(Mg+Fe) 0.21 (Khan et al. 2022)
      """,
    marks: [radius(3389.5, "Seidelmann et al. 2007")])

  package static let mercury = SolarSystemBody(
    "Mercury", mass: 3.301e23, core: 0.70, mantleIron: 0.02, deficit: 0.07, potential: 1600, jump: 150,
    surface: 440,
    assumptions: """
      core mass fraction 0.70 (0.68-0.75 in models); mantle Fe/(Mg+Fe) 0.02 (Nittler et al. 2018); core 7 % lighter than \
      liquid iron
      """,
    marks: [radius(2439.4, "Perry et al. 2015")])

  package static let moon = SolarSystemBody(
    "Moon", mass: 7.346e22, core: 0.0165, mantleIron: 0.18, deficit: 0.1, potential: 1400, jump: 100,
    surface: 250,
    assumptions: """
      core mass fraction 0.0165 (Viswanathan et al. 2019); mantle Fe/(Mg+Fe) 0.18 (Khan et al. 2006); no crust
      """,
    marks: [radius(1737.4, "Archinal et al. 2018")])

  package static let all = [earth, venus, mars, mercury, moon]
}
