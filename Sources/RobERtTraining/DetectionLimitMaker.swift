package import Atmospheres
package import Observations
package import RobERt
import TrainingSets
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Tabulates with the forward model what each molecule does to a spectrum.
package enum DetectionLimitMaker {
  /// K
  package static let temperatures = [400.0, 700, 1100, 1600, 2200, 2800]
  private static let ratioCount = 8
  /// A star does not enter a ratio of fluxes, nor the planet's size a depth in scale heights, to first order.
  private static let mass = Mass(jupiterMasses: 0.7)
  private static let radius = Length(jupiterRadii: 1.3)
  private static let star = Temperature(kelvins: 5500)

  /// One molecule after the other, alone in a clear atmosphere: isothermal in transmission; in emission the profile of
  /// Guillot (2010) with kappa_th = 1e-3 m2/kg, gamma = 0.4 and T_int = 100 K, his figure for HD 209458 b.
  /// - Throws: where the model lacks a molecule's opacity.
  package static func make(
    kind: SpectrumKind, model: SpectrumModel
  ) throws(AtmosphereError) -> DetectionLimits {
    var features: [Float] = []
    var ratios: [[Double]] = []
    for entry in KnownMolecules.all {
      let range = entry.logMixingRatio
      let row = (0..<ratioCount).map {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(ratioCount - 1)
      }
      ratios.append(row)
      for temperature in temperatures {
        for ratio in row {
          features += try change(
            kind, model, TraceGas(entry.species, pow(10, ratio)), temperature)
        }
      }
    }
    return DetectionLimits(
      kind: kind, molecules: KnownMolecules.names, temperatures: temperatures, logMixingRatios: ratios,
      features: features)
  }

  private static func change(
    _ kind: SpectrumKind, _ model: SpectrumModel, _ gas: TraceGas, _ temperature: Double
  ) throws(AtmosphereError) -> [Float] {
    let gravity =
      PhysicalConstants.codata2018.gravitational * mass.kilograms / (radius.meters * radius.meters)
    let profile: TemperatureProfile =
      kind == .eclipse
      ? IrradiatedProfiles.points(
        GuillotProfile(
          internalTemperature: Temperature(kelvins: 100),
          equilibriumTemperature: Temperature(kelvins: temperature), thermalOpacity: 1e-3,
          visibleToThermalOpacity: 0.4), gravity: gravity)
      : .isothermal(Temperature(kelvins: temperature))
    let planet = PlanetAtmosphere(
      mass: mass, radius: radius, stellarRadius: Length(solarRadii: 1), temperature: profile, gases: [gas])
    if kind == .eclipse {
      let spectra = try model.mutedEclipseDepths(planet, star: .blackBody(star))
      return zip(spectra.whole, spectra.muted[0]).map { Float(log($0 / $1)) }
    }
    let spectra = try model.mutedTransitDepths(planet)
    let ratio =
      RecognitionContext.scaleHeightOverRadius(
        mass: mass.kilograms, radius: radius.meters, temperature: temperature) ?? .nan
    let mean = spectra.whole.reduce(0, +) / Double(spectra.whole.count)
    return zip(spectra.whole, spectra.muted[0]).map { Float(($0 - $1) / (2 * mean * ratio)) }
  }
}
