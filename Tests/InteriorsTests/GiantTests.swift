import Interiors
import Testing
import Units

/// Giants: spheres of 165 K at 1 bar, Y = 0.275, a core half rock and half ice.
@Suite("Giant planets")
struct GiantTests {
  static let jupiterMass = Mass(kilograms: 1.898_13e27)
  static let jupiterRadius = Length(meters: 71_492e3)

  private static func giant(_ mass: Double, core: Double, metals: Double = 0) -> PlanetParameters {
    let mass = Mass(kilograms: mass * jupiterMass.kilograms)
    let share = core * Constants.earthMass / mass.kilograms
    var p = PlanetParameters(mass: mass, coreMassFraction: share, envelopeMassFraction: 1 - share)
    p.coreMaterial = .rockAndIce
    p.envelopeMetalFraction = metals
    p.equilibriumTemperature = Temperature(kelvins: 165)
    p.transitPressure = Pressure(bars: 1)
    p.radiativeConvectivePressure = Pressure(bars: 0.001)
    return p
  }

  /// Radii and k2 of another integrator along the adiabats of the table's gradient column; adiabats of its entropy, as ours, give 0.002 to
  /// 0.004 more in radius.
  @Test(
    "radii and Love numbers of cold spheres",
    arguments: [
      (1.0, 0.0, 0.990, 0.614), (1, 10, 0.972, 0.569), (1, 25, 0.946, 0.511), (0.3, 10, 0.852, 0.440),
    ])
  func spheres(_ planet: (mass: Double, core: Double, radius: Double, loveNumber: Double)) throws {
    let s = try InteriorModel.shared.solve(Self.giant(planet.mass, core: planet.core))
    #expect(abs(s.radius / Self.jupiterRadius - planet.radius) < 0.006)
    #expect(abs(s.loveNumber - planet.loveNumber) < 0.01)
  }

  /// Jupiter's C/MR2 of 0.26393 is with its equatorial radius, 0.2760 with the mean one, 69,911 km; some 5 Earth masses of heavy
  /// elements in a core and 4 % in the envelope are what models of its gravity have.
  @Test("Jupiter's radius and moment of inertia within 2 %")
  func jupiter() throws {
    let s = try InteriorModel.shared.solve(Self.giant(1, core: 5, metals: 0.04))
    #expect(abs(s.radius.kilometers / 69_911 - 1) < 0.02, "\(s.radius.kilometers)")
    #expect(abs(s.momentOfInertiaFactor / 0.2760 - 1) < 0.02, "\(s.momentOfInertiaFactor)")
  }

  @Test("from 0.05 to 13 Jupiter masses there is a planet, and metals and cores make it smaller")
  func range() throws {
    for mass in [0.05, 0.1, 0.3, 1, 3, 13] {
      let light = try InteriorModel.shared.solve(Self.giant(mass, core: 5)).radius.kilometers
      let metals = try InteriorModel.shared.solve(Self.giant(mass, core: 5, metals: 0.2)).radius.kilometers
      let core = try InteriorModel.shared.solve(Self.giant(mass, core: 10)).radius.kilometers
      #expect(metals < light && core < light, "\(mass): \(light) \(metals) \(core)")
    }
  }

  @Test("metals are a share")
  func errors() {
    #expect(throws: InteriorsError.self) {
      try InteriorModel.shared.solve(Self.giant(1, core: 5, metals: 1.2))
    }
  }
}
