import Observations
import Testing
import Units

@Suite("Derived properties")
struct DerivedPropertiesTests {
  static func measured<D>(_ value: Quantity<D>, _ upper: Quantity<D>, _ lower: Quantity<D>) -> Measurement<D>
  {
    Measurement(value: value, upperError: upper, lowerError: lower)
  }

  static var earth: Planet {
    var planet = Planet(names: ["Earth"])
    let mass = Mass(kilograms: 5.9722e24)
    let radius = Length(meters: 6.3710e6)
    planet.mass = measured(mass, 0.02 * mass, 0.01 * mass)
    planet.radius = measured(radius, 0.01 * radius, 0.02 * radius)
    planet.semimajorAxis = Measurement(value: Length(astronomicalUnits: 1))
    return planet
  }

  static var sun: Star {
    var star = Star(names: ["Sun"])
    star.temperature = Measurement(value: Temperature(kelvins: 5772))
    star.radius = Measurement(value: Length(solarRadii: 1))
    star.mass = Measurement(value: Mass(solarMasses: 1))
    return star
  }

  /// Expected: 5513 kg m-3 and 9.82 m s-2 (NSSDCA Earth fact sheet, mean radius), to the digits it gives.
  @Test("Earth's density and gravity")
  func earthBulk() throws {
    let derived = DerivedProperties(of: Self.earth, around: .star(Self.sun))
    let density = try #require(derived.bulkDensity?.value)
    let gravity = try #require(derived.surfaceGravity?.value)
    #expect(abs(density.kilogramsPerCubicMeter - 5513) < 1)
    #expect(abs(gravity.metersPerSecondSquared - 9.82) < 0.005)
  }

  /// Upper density error: mass up 2 %, radius down 2 % to the third power; second-order terms are below 0.4 %.
  @Test("each side of an error goes to its own side, and a negative power exchanges them")
  func twoSidedErrors() throws {
    let density = try #require(DerivedProperties(of: Self.earth, around: .none).bulkDensity)
    let value = try #require(density.value)
    let upper = try #require(density.upperError) / value
    let lower = try #require(density.lowerError) / value
    #expect(abs(upper - (0.02 * 0.02 + 0.06 * 0.06).squareRoot()) < 0.004)
    #expect(abs(lower - (0.01 * 0.01 + 0.03 * 0.03).squareRoot()) < 0.004)
  }

  @Test("a radius that reaches to zero leaves the density without an upper error, and says so")
  func unboundedError() throws {
    var planet = Self.earth
    planet.radius?.lowerError = Length(meters: 7e6)
    let derived = DerivedProperties(of: planet, around: .none)
    #expect(derived.bulkDensity?.value != nil)
    #expect(derived.bulkDensity?.upperError == nil)
    #expect(derived.bulkDensity?.lowerError != nil)
    #expect(derived.remarks.contains { $0.contains("no upper error") })
  }

  @Test("m sin i gives lower limits, an upper limit of the mass upper ones")
  func limits() throws {
    var planet = Self.earth
    planet.massIsMinimum = true
    let minimum = try #require(DerivedProperties(of: planet, around: .none).bulkDensity)
    #expect(minimum.value == nil && minimum.upperLimit == nil)
    #expect(abs(try #require(minimum.lowerLimit).kilogramsPerCubicMeter - 5513) < 1)

    planet.massIsMinimum = false
    planet.mass = Measurement(value: nil, upperLimit: Mass(kilograms: 2 * 5.9722e24))
    let bounded = try #require(DerivedProperties(of: planet, around: .none).bulkDensity)
    #expect(bounded.value == nil && bounded.lowerLimit == nil)
    #expect(abs(try #require(bounded.upperLimit).kilogramsPerCubicMeter - 2 * 5513) < 2)
  }

  /// T_sun sqrt(R_sun / (2 au)) = 278.3 K: a textbook number for albedo 0.
  @Test("Earth's equilibrium temperature at albedo 0 is 278.3 K, from the axis or from the period")
  func equilibriumTemperature() throws {
    let fromAxis = DerivedProperties(of: Self.earth, around: .star(Self.sun))
    #expect(abs(try #require(fromAxis.equilibriumTemperature?.value).kelvins - 278.3) < 0.1)
    #expect(fromAxis.equilibriumTemperatureSource?.contains("semimajor axis") == true)
    #expect(fromAxis.equilibriumTemperature?.upperError == nil, "not every input has an error")

    var planet = Self.earth
    planet.semimajorAxis = nil
    planet.period = Measurement(value: TimeSpan(days: 365.25))
    let fromPeriod = DerivedProperties(of: planet, around: .star(Self.sun))
    #expect(abs(try #require(fromPeriod.equilibriumTemperature?.value).kelvins - 278.3) < 0.1)
    #expect(fromPeriod.equilibriumTemperatureSource?.contains("period") == true)
  }

  /// d ln T = d ln T_star + d ln R_star / 2 - d ln a / 2; second order below 1e-3 of these errors' squares.
  @Test("the temperature's errors come from star and orbit")
  func temperatureErrors() throws {
    var (planet, star) = (Self.earth, Self.sun)
    func percent<D>(_ measurement: inout Measurement<D>?, _ upper: Double, _ lower: Double) {
      guard let value = measurement?.value else { return }
      measurement?.upperError = upper / 100 * value
      measurement?.lowerError = lower / 100 * value
    }
    percent(&star.temperature, 1, 1)
    percent(&star.radius, 2, 4)
    percent(&planet.semimajorAxis, 3, 5)
    let derived = DerivedProperties(of: planet, around: .star(star))
    let temperature = try #require(derived.equilibriumTemperature)
    let value = try #require(temperature.value)
    let upper = try #require(temperature.upperError) / value
    let lower = try #require(temperature.lowerError) / value
    #expect(abs(upper - (1.0 + 1.0 + 6.25).squareRoot() / 100) < 1.5e-3)
    #expect(abs(lower - (1.0 + 4.0 + 2.25).squareRoot() / 100) < 1.5e-3)
  }

  /// Twice the light: T grows by 2^(1/4), whatever the orbit.
  @Test("two equal suns add their light")
  func binary() throws {
    let one = DerivedProperties(of: Self.earth, around: .star(Self.sun)).equilibriumTemperature?.value
    let two = DerivedProperties(of: Self.earth, around: .binary([Self.sun, Self.sun]))
    let ratio = try #require(two.equilibriumTemperature?.value) / (try #require(one))
    #expect(abs(ratio - 2.0.squareRoot().squareRoot()) < 1e-12)
    #expect(two.equilibriumTemperatureSource?.contains("2 stars") == true)
  }

  @Test("mean flux grows with eccentricity as (1 - e2)^(-1/2)")
  func eccentricity() throws {
    let circular = DerivedProperties(of: Self.earth, around: .star(Self.sun)).equilibriumTemperature?.value
    var planet = Self.earth
    planet.eccentricity = Measurement(value: Ratio(0.6))
    let eccentric = DerivedProperties(of: planet, around: .star(Self.sun)).equilibriumTemperature?.value
    let ratio = try #require(eccentric) / (try #require(circular))
    #expect(abs(ratio * ratio * ratio * ratio - 1 / 0.8) < 1e-12)
  }

  @Test("what is missing is named, not filled in")
  func missing() {
    var star = Self.sun
    star.radius = nil
    let derived = DerivedProperties(of: Self.earth, around: .star(star))
    #expect(derived.equilibriumTemperature == nil)
    #expect(derived.remarks == ["No equilibrium temperature: the radius of the star is not given."])
    #expect(DerivedProperties(of: Self.earth, around: .none).equilibriumTemperature == nil)
  }

  @Test("a temperature in the record is not derived again")
  func givenTemperature() {
    var planet = Self.earth
    planet.temperature = Measurement(value: Temperature(kelvins: 255))
    #expect(DerivedProperties(of: planet, around: .star(Self.sun)).equilibriumTemperature == nil)
  }
}
