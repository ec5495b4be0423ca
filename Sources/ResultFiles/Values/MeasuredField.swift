import Analyses
import Observations
import Units

/// A measured number in the unit that results give it in.
struct MeasuredValue: Sendable, Hashable {
  var value: Double?
  var upperError: Double?
  var lowerError: Double?
  var upperLimit: Double?
  var lowerLimit: Double?

  init?<Dimension>(_ measurement: Measurement<Dimension>?, in read: (Quantity<Dimension>) -> Double) {
    guard let measurement else { return nil }
    value = measurement.value.map(read)
    upperError = measurement.upperError.map(read)
    lowerError = measurement.lowerError.map(read)
    upperLimit = measurement.upperLimit.map(read)
    lowerLimit = measurement.lowerLimit.map(read)
  }
}

/// A measured number that results give of a planet or a star: stated once for JSON, XML and their schemas.
struct MeasuredField<Subject>: Sendable {
  /// Member in JSON, element in XML.
  let name: String
  /// Empty for a pure number.
  let unit: String
  /// For the schema, without a full stop.
  let meaning: String
  let read: @Sendable (Subject) -> MeasuredValue?
  /// How a derived number was had.
  var source: (@Sendable (Subject) -> String?)?

  init(
    _ name: String, unit: String = "", _ meaning: String, source: (@Sendable (Subject) -> String?)? = nil,
    read: @escaping @Sendable (Subject) -> MeasuredValue?
  ) {
    self.name = name
    self.unit = unit
    self.meaning = meaning
    self.source = source
    self.read = read
  }
}

extension MeasuredField where Subject == Planet {
  static var all: [MeasuredField] {
    [
      MeasuredField("mass", unit: "earthMass", "mass, or m sin i where it is a minimum") {
        MeasuredValue($0.mass) { $0.earthMasses }
      },
      MeasuredField("radius", unit: "earthRadius", "radius") { MeasuredValue($0.radius) { $0.earthRadii } },
      MeasuredField("temperature", unit: "K", "equilibrium temperature, as the record has it") {
        MeasuredValue($0.temperature) { $0.kelvins }
      },
      MeasuredField("semimajorAxis", unit: "au", "semi-major axis of the orbit") {
        MeasuredValue($0.semimajorAxis) { $0.astronomicalUnits }
      },
      MeasuredField("period", unit: "d", "period of the orbit") { MeasuredValue($0.period) { $0.days } },
      MeasuredField("eccentricity", "eccentricity of the orbit") {
        MeasuredValue($0.eccentricity) { $0.value }
      },
      MeasuredField("loveNumber", "fluid Love number k2") { MeasuredValue($0.loveNumber) { $0.value } },
      MeasuredField("ironToMagnesiumSilicon", "molar Fe/(Mg+Si) of the whole planet") {
        MeasuredValue($0.ironToMagnesiumSilicon) { $0.value }
      },
      MeasuredField("metallicity", unit: "dex", "[M/H] of the atmosphere, of the Sun's") {
        MeasuredValue($0.metallicity) { $0.value }
      },
    ]
  }
}

extension MeasuredField where Subject == DerivedProperties {
  static var all: [MeasuredField] {
    [
      MeasuredField("bulkDensity", unit: "kg/m3", "mean density", source: { $0.bulkSource }) {
        MeasuredValue($0.bulkDensity) { $0.kilogramsPerCubicMeter }
      },
      MeasuredField(
        "surfaceGravity", unit: "m/s2", "gravity at the radius", source: { $0.bulkSource }
      ) {
        MeasuredValue($0.surfaceGravity) { $0.metersPerSecondSquared }
      },
      MeasuredField(
        "equilibriumTemperature", unit: "K", "equilibrium temperature, where the record has none",
        source: { $0.equilibriumTemperatureSource }
      ) {
        MeasuredValue($0.equilibriumTemperature) { $0.kelvins }
      },
    ]
  }
}

extension MeasuredField where Subject == Star {
  static var all: [MeasuredField] {
    [
      MeasuredField("mass", unit: "solarMass", "mass") { MeasuredValue($0.mass) { $0.solarMasses } },
      MeasuredField("radius", unit: "solarRadius", "radius") { MeasuredValue($0.radius) { $0.solarRadii } },
      MeasuredField("temperature", unit: "K", "effective temperature") {
        MeasuredValue($0.temperature) { $0.kelvins }
      },
      MeasuredField("metallicity", unit: "dex", "[Fe/H]") { MeasuredValue($0.metallicity) { $0.value } },
      MeasuredField("age", unit: "Gyr", "age") { MeasuredValue($0.age) { $0.gigayears } },
    ]
  }
}
