import Atmospheres
import NumericalMethods
import Units

/// Profiles of Guillot (2010): opacities around those of hot Jupiters, a fifth of them with a stratosphere hotter than
/// what lies beneath; held within the temperatures of the opacity tables.
enum IrradiatedProfiles {
  static let description =
    "Guillot 2010, internal temperature 50-400 K, thermal opacity 3e-4 to 3e-2 m2/kg (log), visible over thermal opacity "
    + "0.1-0.8 (log, 4 in 5) or 1.5-10 (log); held within 300-2990 K, the range of the opacities"

  /// K
  private static let range = 300.0...2990.0

  /// - Parameters:
  ///   - equilibriumTemperature: K.
  ///   - gravity: m s-2.
  static func draw(
    equilibriumTemperature: Double, gravity: Double, _ random: inout SeededRandom
  ) -> TemperatureProfile {
    let isInverted = random.uniform() < 0.2
    let ratio = isInverted ? random.logUniform(1.5, 10) : random.logUniform(0.1, 0.8)
    let profile = GuillotProfile(
      internalTemperature: Temperature(kelvins: random.uniform(50, 400)),
      equilibriumTemperature: Temperature(kelvins: equilibriumTemperature),
      thermalOpacity: random.logUniform(3e-4, 3e-2), visibleToThermalOpacity: ratio)
    return points(profile, gravity: gravity)
  }

  /// A profile as points, eight a decade, which follow it to a kelvin.
  static func points(_ profile: GuillotProfile, gravity: Double) -> TemperatureProfile {
    .points(
      (0...56).map { step in
        let pressure = pow(10, Double(step) / 8 - 1)
        return PressureTemperaturePoint(
          pressure: Pressure(pascals: pressure),
          temperature: held(profile.temperature(at: pressure, gravity: gravity)))
      })
  }

  static func isothermal(_ temperature: Double) -> TemperatureProfile { .isothermal(held(temperature)) }

  static func held(_ temperature: Double) -> Temperature {
    Temperature(kelvins: min(max(temperature, range.lowerBound), range.upperBound))
  }
}

#if canImport(Glibc)
  import Glibc
#endif
