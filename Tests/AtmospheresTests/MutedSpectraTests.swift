import Testing
import Units

@testable import Atmospheres

@Suite("Muted spectra")
struct MutedSpectraTests {
  private let profile = TemperatureProfile.points([
    PressureTemperaturePoint(pressure: Pressure(pascals: 1), temperature: Temperature(kelvins: 1000)),
    PressureTemperaturePoint(pressure: Pressure(pascals: 1e5), temperature: Temperature(kelvins: 1600)),
  ])

  private func planet(aerosols: Aerosols = .clear) -> PlanetAtmosphere {
    PlanetAtmosphere(
      mass: Mass(jupiterMasses: 1), radius: Length(jupiterRadii: 1.2), stellarRadius: Length(solarRadii: 1),
      temperature: profile, gases: [TraceGas(.water, 1e-4), TraceGas(.methane, 1e-5)], aerosols: aerosols)
  }

  private func model(transparent: Species? = nil) throws -> SpectrumModel {
    var configuration = ModelConfiguration.physical
    if let transparent { configuration.transparent.insert(transparent) }
    return try SpectrumModel(
      configuration: configuration, grid: Samples.grid,
      opacities: Opacities(
        distributions: [
          try Samples.tabulated(.water, mean: -57, width: 1),
          try Samples.distribution(.methane, mean: -55, width: 1.5),
        ].filter { $0.species != transparent }))
  }

  /// Transmittances are in single precision: 1e-7 each, adding up over a hundred layers to a few 1e-7 of the whole.
  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 * abs($1) }
  }

  @Test("the whole is the spectrum, and a muted gas is a transparent one", arguments: [nil, 2e3 as Double?])
  func transmission(cloud: Double?) throws {
    let planet = planet(aerosols: Aerosols(cloudTop: cloud.map { Pressure(pascals: $0) }))
    let spectra = try model().mutedTransitDepths(planet)
    #expect(agree(spectra.whole, try model().transitDepth(planet)))
    #expect(agree(spectra.muted[0], try model(transparent: .water).transitDepth(planet)))
    #expect(agree(spectra.muted[1], try model(transparent: .methane).transitDepth(planet)))
    #expect(!agree(spectra.whole, spectra.muted[0]) && !agree(spectra.whole, spectra.muted[1]))
  }

  @Test("where aerosols cover a part of the limb each is the mean of both parts")
  func patchy() throws {
    let aerosols = Aerosols(cloudTop: Pressure(pascals: 2e3), coverage: 0.3)
    let spectra = try model().mutedTransitDepths(planet(aerosols: aerosols))
    #expect(agree(spectra.whole, try model().transitDepth(planet(aerosols: aerosols))))
    let water = try model(transparent: .water)
    #expect(agree(spectra.muted[0], try water.transitDepth(planet(aerosols: aerosols))))
    #expect(
      !agree(
        spectra.muted[0], try water.transitDepth(planet(aerosols: Aerosols(cloudTop: Pressure(pascals: 2e3))))
      ))
    #expect(!agree(spectra.muted[0], try water.transitDepth(planet(aerosols: .clear))))
  }

  @Test("the same in emission", arguments: [nil, 2e3 as Double?])
  func emission(cloud: Double?) throws {
    let planet = planet(aerosols: Aerosols(cloudTop: cloud.map { Pressure(pascals: $0) }))
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    let spectra = try model().mutedEclipseDepths(planet, star: star)
    #expect(agree(spectra.whole, try model().emission(planet, star: star).eclipseDepth))
    #expect(
      agree(spectra.muted[0], try model(transparent: .water).emission(planet, star: star).eclipseDepth))
    #expect(
      agree(spectra.muted[1], try model(transparent: .methane).emission(planet, star: star).eclipseDepth))
    #expect(!agree(spectra.whole, spectra.muted[0]) && !agree(spectra.whole, spectra.muted[1]))
  }

  @Test("beyond the tables opacities are an error, or held where the configuration says so")
  func held() throws {
    var hot = planet()
    hot.temperature = .isothermal(Temperature(kelvins: 4500))
    let tables = try [Species.water, .methane].map { try Samples.distribution($0, mean: -57, width: 1) }
    func model(_ configuration: ModelConfiguration) throws -> SpectrumModel {
      try SpectrumModel(
        configuration: configuration, grid: Samples.grid, opacities: Opacities(distributions: tables))
    }
    #expect(throws: AtmosphereError.self) { try model(.physical).transitDepth(hot) }
    #expect(try model(.training).transitDepth(hot).allSatisfy { $0 > 0 })
  }
}
