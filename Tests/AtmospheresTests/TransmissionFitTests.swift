import Atmospheres
import Foundation
import NumericalMethods
import Testing
import Units

@Suite("Fits of transmission spectra")
struct TransmissionFitTests {
  /// What a known planet shows, with noise of 5 ppm on signals of hundreds, is fitted to chi2 = 1 a point within five of
  /// its own standard deviations, and the known values lie within four errors.
  @Test("A simulated planet is found again")
  func recovers() throws {
    let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.05, count: 20)
    var tables: [CrossSectionTable] = []
    for (species, seed) in [(Species.water, UInt64(1)), (.carbonDioxide, 2)] {
      var random = SeededRandom(seed: seed)
      let bins = (0..<grid.count).map { _ in 1e-26 * exp(random.uniform(-5, 5)) }
      // Twice the cross-section at twice the temperature, so that temperature shows in the bands too.
      tables.append(
        try CrossSectionTable(
          species: species, temperatures: [200, 3000], pressures: [1e-6, 1e7],
          crossSections: bins + bins.map { $0 * 3 } + bins + bins.map { $0 * 3 }, grid: grid))
    }
    var configuration = ModelConfiguration.physical
    configuration.pressures = PressureGrid(
      bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-4), layerCount: 40)
    let model = try SpectrumModel(
      configuration: configuration, grid: grid, opacities: Opacities(crossSections: tables))
    let truth = PlanetAtmosphere(
      mass: Mass(jupiterMasses: 0.5), radius: Length(jupiterRadii: 1.2), stellarRadius: Length(solarRadii: 1),
      temperature: .isothermal(Temperature(kelvins: 1250)),
      gases: [TraceGas(.water, 1e-3), TraceGas(.carbonDioxide, 1e-5)])
    var random = SeededRandom(seed: 9)
    let edges = try #require(grid.edges)
    let depth = try model.transitDepth(truth).map { $0 + 5e-6 * random.normal() }
    let data = MeasuredDepths(
      lower: Array(edges.dropLast()), upper: Array(edges.dropFirst()), depth: depth,
      error: [Double](repeating: 5e-6, count: grid.count),
      instrument: [String](repeating: "a", count: grid.count))
    var fit = TransmissionFit(
      model: model, mass: truth.mass, stellarRadius: truth.stellarRadius, gases: [.water, .carbonDioxide])
    fit.hasOffsets = true
    let result = try #require(fit.fit(data))
    // 20 points, 5 parameters: chi2 of 15 degrees of freedom is 15 +- 5.5.
    #expect(result.chiSquared < 15 + 5 * 5.5)
    #expect(result.flatChiSquared > 50 * result.chiSquared)
    let expected = [1.2, 1250, -3, -5]
    for (parameter, value) in zip(result.parameters, expected) {
      let error = try #require(parameter.error)
      #expect(abs(parameter.value - value) < 4 * error)
    }
  }

  @Test("Nothing to fit is told")
  func nothing() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid, opacities: Opacities())
    let fit = TransmissionFit(
      model: model, mass: Mass(jupiterMasses: 1), stellarRadius: Length(solarRadii: 1), gases: [])
    #expect(
      fit.fit(MeasuredDepths(lower: [1e-3], upper: [2e-3], depth: [0.01], error: [1e-5], instrument: ["a"]))
        == nil)
  }
}
