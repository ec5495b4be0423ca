import ArgumentParser
import Atmospheres
import Installation
import NumericalMethods
import Observations
import OpacityFiles
import Tensors
import Units

struct Spectra: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Spectra of 100 layers in 400 bins with Rayleigh scattering and collisions.",
    discussion: """
      k-distributions: the shipped tables, 8 points a bin. Cross-sections: made up, 23 pressures x 28 temperatures, one \
      value a bin, 5 gases, double precision. Nodes: a profile of three temperatures.
      """)

  @Option(help: "Directory of the opacity tables; found as exospool finds the networks.")
  var opacities: String?

  @Option(help: "Gases of the k-distributions.")
  var gases = "H2O,CH4,CO2,CO"

  @Option(help: "Threads of the batch.")
  var threads = 2

  func run() throws {
    BLAS.useThreads(1)
    let folder = ResourceFolder.opacity
    guard let directory = folder.path(option: opacities) else {
      throw ValidationError(folder.missing("opacity tables", flag: "--opacities") + ".")
    }
    let library = try OpacityLibrary(directory: directory)
    let species = try gases.split(separator: ",").map { try Species(String($0)) }
    let made: [Species] = [.water, .methane, .carbonMonoxide, .carbonDioxide, .ammonia]
    let models = [
      ("k-distributions", try library.model(.physical), species),
      ("cross-sections", try crossSectionModel(made), made),
    ]
    let nodes = [(1e6, 1900.0), (1e3, 1300), (1, 1000)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 6000))
    for (name, model, gases) in models {
      for (profile, temperature) in [
        ("isothermal", TemperatureProfile.isothermal(Temperature(kelvins: 1234))), ("nodes", .points(nodes)),
      ] {
        let planet = PlanetAtmosphere(
          mass: Mass(jupiterMasses: 0.7), radius: Length(jupiterRadii: 1.35),
          stellarRadius: Length(solarRadii: 1.16),
          temperature: temperature, gases: gases.map { TraceGas($0, 1e-4) })
        _ = try model.transitDepth(planet)
        let transit = bestSeconds { _ = try? model.transitDepth(planet) }
        let emission = bestSeconds { _ = try? model.emission(planet, star: star) }
        let batch = [PlanetAtmosphere](repeating: planet, count: 32)
        let many = bestSeconds { _ = model.transitDepths(of: batch, threads: threads) } / 32
        print(
          "\(name), \(gases.count) gases, \(profile): transmission \(fixed(transit * 1e3, 3)) ms, emission "
            + "\(fixed(emission * 1e3, 3)) ms; \(threads) threads \(fixed(1 / many, 0)) transmission spectra a second"
        )
      }
    }
  }

  private func crossSectionModel(_ species: [Species]) throws -> SpectrumModel {
    let grid = SpectralGrid.standard
    let temperatures = (0..<28).map { 300 + 100 * Double($0) }
    let pressures = PressureGrid(bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-5), layerCount: 22)
      .levels
      .reversed()
    var random = SeededRandom(seed: 1)
    let tables = try species.map { gas in
      try CrossSectionTable(
        species: gas, temperatures: temperatures, pressures: Array(pressures),
        crossSections: (0..<23 * 28 * grid.count).map { _ in 1e-26 * (0.01 + random.uniform()) }, grid: grid)
    }
    let pairs = try [(Species.hydrogen, Species.hydrogen), (.hydrogen, .helium)].map {
      try CollisionInducedAbsorption(
        pair: $0, temperatures: temperatures,
        coefficients: [Double](repeating: 1e-55, count: 28 * grid.count),
        grid: grid)
    }
    return try SpectrumModel(
      configuration: .physical, grid: grid, opacities: Opacities(crossSections: tables, collisions: pairs))
  }
}
