import Atmospheres
import Foundation
import Observations
import Units

/// Atmospheres small enough to work out by hand.
enum Samples {
  static let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.2, count: 5)

  /// No scattering, hydrogen and helium of 2.3 g/mol.
  static func configuration(layers: Int = 100, ceiling: Pressure? = nil) -> ModelConfiguration {
    ModelConfiguration(
      name: "test",
      pressures: PressureGrid(
        bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-5), layerCount: layers),
      fill: .undiluted(heliumToHydrogen: 0.17, molarMass: 2.3), rayleigh: [:], opacityPressureCeiling: ceiling
    )
  }

  /// A Jupiter whose scale height is 4e-4 of its radius: gravity is as good as constant.
  static func jupiter(
    temperature: TemperatureProfile = .isothermal(Temperature(kelvins: 200)), gases: [TraceGas],
    aerosols: Aerosols = .clear
  ) -> PlanetAtmosphere {
    PlanetAtmosphere(
      mass: Mass(jupiterMasses: 1), radius: Length(jupiterRadii: 1), stellarRadius: Length(solarRadii: 1),
      temperature: temperature, gases: gases, aerosols: aerosols)
  }

  /// One cross-section everywhere, m2.
  static func grey(_ species: Species, _ crossSection: Double) throws -> CrossSectionTable {
    try CrossSectionTable(
      species: species, temperatures: [100, 3000], pressures: [1e-6, 1e7],
      crossSections: [Double](repeating: crossSection, count: 4 * grid.count), grid: grid)
  }

  /// A k-distribution that is the same at all pressures and temperatures: ln k = mean + width q.
  static func distribution(_ species: Species, mean: Double, width: Double) throws -> KDistribution {
    let bins = [Double](repeating: 1, count: grid.count)
    return try KDistribution(
      species: species, weights: [0.25, 0.5, 0.25],
      form: .tangent(
        HermiteLevel(
          quantiles: [-1.2, 0, 1.2], coefficients: [[bins.map { $0 * mean }], [bins.map { $0 * width }], []]),
        TemperatureLaw(
          reference: 200, temperatures: [100, 200, 4000],
          logRatios: [Float](repeating: 0, count: 3 * grid.count))))
  }

  /// The same as numbers in a table, local or chord-effective.
  static func tabulated(
    _ species: Species, mean: Double, width: Double, isTangent: Bool = false
  ) throws -> KDistribution {
    let values = [-1.2, 0, 1.2].map { Float(mean + width * $0) }
    let table = try LogCrossSectionTable(
      temperatures: [100, 4000], pressures: [1, 1e4], pointCount: 3,
      logCrossSections: (0..<4 * grid.count).flatMap { _ in values })
    return try KDistribution(
      species: species, weights: [0.25, 0.5, 0.25], form: isTangent ? .tangentTable(table) : .local(table))
  }

  /// A closed form and the table of numbers that says the same at the layers' pressures: k rises as 1 + p / 1000 Pa, and
  /// with temperature as exp(slope (1/200 K - 1/T)).
  static func tangentPair(
    _ species: Species, mean: Double, width: Double, slope: Double, pressures: [Double]
  ) throws -> (closedForm: KDistribution, table: KDistribution) {
    let (quantiles, weights, temperatures) = ([-1.2, 0, 1.2], [0.25, 0.5, 0.25], [100.0, 200, 4000])
    func everywhere(_ value: Double) -> [Double] { [Double](repeating: value, count: grid.count) }
    let ratios: [Double] = temperatures.map { slope * (1 / 200 - 1 / $0) }
    let closedForm = try KDistribution(
      species: species, weights: weights,
      form: .tangent(
        HermiteLevel(
          quantiles: quantiles,
          coefficients: [[everywhere(mean), everywhere(3 * log(10))], [everywhere(width)], []]),
        TemperatureLaw(
          reference: 200, temperatures: temperatures,
          logRatios: ratios.flatMap { [Float](repeating: Float($0), count: grid.count) })))
    let ascending = pressures.sorted()
    var logs: [Float] = []
    for ratio in ratios {
      for pressure in ascending {
        let level = mean + log(1 + pressure / 1e3) + ratio
        for _ in 0..<grid.count { logs += quantiles.map { Float(level + width * $0) } }
      }
    }
    let table = try LogCrossSectionTable(
      temperatures: temperatures, pressures: ascending, pointCount: 3, logCrossSections: logs)
    return (closedForm, try KDistribution(species: species, weights: weights, form: .tangentTable(table)))
  }
}
