package import Atmospheres
import NumericalMethods
import Units

/// Profiles of Guillot (2010): opacities around those of hot Jupiters, a fifth of them with a stratosphere hotter than
/// what lies beneath.
package enum IrradiatedProfiles {
  static let description =
    "Guillot 2010, internal temperature 50-400 K, thermal opacity 3e-4 to 1e-2 m2/kg (log), visible over thermal opacity "
    + "0.1-0.5 (log, 4 in 5) or 2-10 (log): the upper atmosphere colder or hotter than the lower by a sixth or more"

  /// - Parameters:
  ///   - equilibriumTemperature: K.
  ///   - gravity: m s-2.
  static func draw(
    equilibriumTemperature: Double, gravity: Double, _ random: inout SeededRandom
  ) -> TemperatureProfile {
    let isInverted = random.uniform() < 0.2
    let ratio = isInverted ? random.logUniform(2, 10) : random.logUniform(0.1, 0.5)
    let profile = GuillotProfile(
      internalTemperature: Temperature(kelvins: random.uniform(50, 400)),
      equilibriumTemperature: Temperature(kelvins: equilibriumTemperature),
      thermalOpacity: random.logUniform(3e-4, 1e-2), visibleToThermalOpacity: ratio)
    return points(profile, gravity: gravity)
  }

  /// A profile as points, eight a decade, which follow it to a kelvin.
  package static func points(_ profile: GuillotProfile, gravity: Double) -> TemperatureProfile {
    .points(
      (0...56).map { step in
        let pressure = pow(10, Double(step) / 8 - 1)
        return PressureTemperaturePoint(
          pressure: Pressure(pascals: pressure),
          temperature: Temperature(kelvins: profile.temperature(at: pressure, gravity: gravity)))
      })
  }
}

#if canImport(Glibc)
  import Glibc
#endif
