import Tensors
import Testing
import Units

@testable import Atmospheres

@Suite("Batches of spectra")
struct SpectrumBatchTests {
  private static let names = ["log10_x_H2O", "temperature_k", "radius_jupiter", "log10_cloud_top_bar"]

  private func model() throws -> SpectrumModel {
    try SpectrumModel(
      configuration: .physical, grid: Samples.grid,
      opacities: Opacities(distributions: [try Samples.tabulated(.water, mean: -57, width: 1)]))
  }

  private func parameters() throws -> PlanetParameters {
    try PlanetParameters(
      columns: Self.names, mass: Mass(jupiterMasses: 1), stellarRadius: Length(solarRadii: 1))
  }

  /// Too hot, too much water, not bound, no number: each is its row's own misfortune.
  private var rows: Matrix<Double> {
    Matrix(
      rows: 8, columns: 4,
      elements: [
        [-4, 1200, 1, 0], [-3, 800, 1.2, -2], [-4, 5000, 1, 0], [0.5, 1200, 1, 0], [-4, 3900, 30, 0],
        [-4, .nan, 1, 0], [-5, 1500, 0.9, -3], [-6, 1500, 0.9, 1],
      ].flatMap { $0 })
  }

  @Test("Rows are their planets' spectra, whatever the number of threads", arguments: [1, 2, 3, 11])
  func threads(count: Int) throws {
    let (model, parameters) = (try model(), try parameters())
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    let results = model.transitDepths(of: rows, parameters, threads: count)
    let emissions = model.emissions(of: rows, parameters, star: star, threads: count)
    #expect(results.count == 8 && emissions.count == 8)
    for (row, result) in results.enumerated() {
      let (x, t, r, p) = (rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3])
      let planet = PlanetAtmosphere(
        mass: Mass(jupiterMasses: 1), radius: Length(jupiterRadii: r), stellarRadius: Length(solarRadii: 1),
        temperature: .isothermal(Temperature(kelvins: t)), gases: [TraceGas(.water, pow(10, x))],
        aerosols: Aerosols(cloudTop: Pressure(bars: pow(10, p))))
      switch result {
      case .success(let depths):
        #expect(depths == (try model.transitDepth(planet)))
        #expect(try emissions[row].get() == model.emission(planet, star: star))
      case .failure(let error):
        #expect(throws: error) { try model.transitDepth(planet) }
        #expect(throws: error) { try emissions[row].get() }
      }
    }
    let codes = results.map { result in
      if case .failure(let error) = result { error.code } else { nil as AtmosphereError.Code? }
    }
    #expect(codes == [nil, nil, .outsideTable, .badComposition, .unbound, .badProfile, nil, nil])
  }

  @Test("Columns go by their names")
  func keys() throws {
    let quantities: [FitParameter.Quantity] = [
      .radius, .temperature, .temperatureAt(Pressure(bars: 1e-3)), .equilibriumTemperature,
      .logThermalOpacity,
      .logOpacityRatio, .logMixingRatio(.water), .logCloudTop, .cloudFraction, .logHaze, .hazeSlope,
      .logCondensate(.enstatite), .logParticleRadius, .logHydrogenAnion, .offset("NRS1"),
    ]
    for quantity in quantities { #expect(FitParameter.Quantity(key: quantity.key)?.key == quantity.key) }
    #expect(Set(quantities.map(\.key)).count == quantities.count)
    #expect(FitParameter.Quantity(key: "log10_x_H2O") == .logMixingRatio(.water))
    for name in ["", "temperature", "log10_x_", "log10_x_Qq", "offset_ppm_", "temperature_k_at_1ex_bar"] {
      #expect(FitParameter.Quantity(key: name) == nil)
    }
    #expect {
      try PlanetParameters(
        columns: ["depth"], mass: Mass(jupiterMasses: 1), stellarRadius: Length(solarRadii: 1))
    } throws: { "\($0)".contains("depth") }
  }

  @Test("Columns may stand in any order, and say which profile it is")
  func planets() throws {
    func planet(_ columns: [FitParameter.Quantity], _ values: [Double]) -> PlanetAtmosphere {
      PlanetParameters(
        columns: columns, mass: Mass(jupiterMasses: 1), stellarRadius: Length(solarRadii: 1),
        radius: Length(jupiterRadii: 1.3)
      ).planet(values)
    }
    let cloudy: [FitParameter.Quantity] = [
      .logCondensate(.enstatite), .logParticleRadius, .hazeSlope, .logHaze,
    ]
    let a = planet(cloudy + [.temperature], [-5, -1, -2, 3, 900])
    let b = planet([.temperature] + cloudy.reversed(), [900, 3, -2, -1, -5])
    #expect(a == b && a.aerosols.haze == Haze(enhancement: 1000, slope: -2) && a.aerosols.clouds.count == 1)
    #expect(a.radius == Length(jupiterRadii: 1.3))
    let point = FitParameter.Quantity.temperatureAt(Pressure(bars: 1))
    if case .points(let points) = planet([point], [700]).temperature {
      #expect(points.count == 1)
    } else {
      Issue.record("no points")
    }
    if case .guillot(let profile) = planet([.equilibriumTemperature], [700]).temperature {
      #expect(profile.equilibriumTemperature == Temperature(kelvins: 700))
    } else {
      Issue.record("not irradiated")
    }
  }
}
