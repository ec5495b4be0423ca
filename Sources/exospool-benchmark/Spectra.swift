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
    abstract: "Spectra of 100 layers with Rayleigh scattering and collisions.",
    discussion: """
      k-distributions: the shipped tables, 8 points a bin, each gas 1e-4, isothermal unless told. Cross-sections: made up, 23 \
      pressures x 28 temperatures, one value a bin, 5 gases, double precision. Nodes: a profile of three temperatures. Each \
      figure is the median of single runs on one thread in processor time, which others that wait for the processor do not \
      add to, with its quartiles and the least; batches go by the clock.
      """)

  @Option(help: "Directory of the opacity tables; found as exospool finds the networks.")
  var opacities: String?

  @Option(help: "The few gases of the k-distributions.")
  var few = "H2O,CH4,CO2,CO"

  @Option(help: "The many gases of the k-distributions.")
  var many = "H2O,CH4,CO2,CO,NH3,HCN,C2H2,H2S,SO2,PH3,TiO,VO"

  @Option(help: "Runs of each.")
  var runs = 200

  func validate() throws {
    guard runs > 0 else { throw ValidationError("--runs is 1 or more.") }
  }

  private static let isothermal = TemperatureProfile.isothermal(Temperature(kelvins: 1234))
  private static let nodes = TemperatureProfile.points(
    [(1e6, 1900.0), (1e3, 1300), (1, 1000)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    })
  private static let star = StellarSpectrum.blackBody(Temperature(kelvins: 6000))

  func run() throws {
    BLAS.useThreads(1)
    let folder = ResourceFolder.opacity
    guard let directory = folder.path(option: opacities) else {
      throw ValidationError(folder.missing("opacity tables", flag: "--opacities") + ".")
    }
    let model = try OpacityLibrary(directory: directory).model(.physical)
    print("\(model.species.count) gases loaded: peak memory \(peakMebibytes()) MiB")
    let few = try self.few.split(separator: ",").map { try Species(String($0)) }
    let many = try self.many.split(separator: ",").map { try Species(String($0)) }
    // As many bins as a spectrum of WFC3 G141 has points.
    let first = SpectralGrid.standard.bin(wavelength: 1.12e-6)!
    let wfc3 = model.cut(to: first..<first + 28)
    for (gases, part) in [(few, model), (many, model), (few, wfc3), (many, wfc3)] {
      for (name, profile) in [("isothermal", Self.isothermal), ("nodes", Self.nodes)] {
        let planet = Self.planet(gases, profile)
        report("transit, \(gases.count) gases, \(part.bins.count) bins, \(name)") {
          _ = try? part.transitDepth(planet)
        }
      }
    }
    for gases in [few, many] {
      let planet = Self.planet(gases, Self.nodes)
      report("emission, \(gases.count) gases, \(model.bins.count) bins, nodes") {
        _ = try? model.emission(planet, star: Self.star)
      }
      report("transits with each gas muted, \(gases.count) gases, isothermal") {
        _ = try? model.mutedTransitDepths(Self.planet(gases, Self.isothermal))
      }
      report("eclipses with each gas muted, \(gases.count) gases, nodes") {
        _ = try? model.mutedEclipseDepths(planet, star: Self.star)
      }
    }
    for threads in [1, 2] { reportBatch(model, few, threads: threads) }

    let made: [Species] = [.water, .methane, .carbonMonoxide, .carbonDioxide, .ammonia]
    let crossSections = try Self.crossSectionModel(made)
    for (name, profile) in [("isothermal", Self.isothermal), ("nodes", Self.nodes)] {
      let planet = Self.planet(made, profile)
      report("transit, cross-sections, \(name)") { _ = try? crossSections.transitDepth(planet) }
      report("emission, cross-sections, \(name)") {
        _ = try? crossSections.emission(planet, star: Self.star)
      }
    }
    print("peak memory \(peakMebibytes()) MiB")
  }

  private func report(_ name: String, _ body: () -> Void) {
    let times = (0..<runs).map { _ in processorSeconds(body) * 1e3 }.sorted()
    func part(_ fraction: Double) -> String { fixed(quantile(ofSorted: times, fraction), 3) }
    print("\(name): \(part(0.5)) ms (\(part(0.25)) to \(part(0.75)), least \(part(0)))")
  }

  private func reportBatch(_ model: SpectrumModel, _ gases: [Species], threads: Int) {
    let planets = (0..<64).map { number in
      var planet = Self.planet(gases, Self.isothermal)
      planet.temperature = .isothermal(Temperature(kelvins: 800 + 20 * Double(number)))
      return planet
    }
    let rates = (0..<max(3, runs / 20)).map { _ in
      let duration = ContinuousClock().measure { _ = model.transitDepths(of: planets, threads: threads) }
      return 64 / (duration / .seconds(1))
    }.sorted()
    print(
      "batch, \(gases.count) gases, \(model.bins.count) bins, \(threads) threads: "
        + "\(fixed(quantile(ofSorted: rates, 0.5), 0)) transits a second (\(fixed(rates[0], 0)) to "
        + "\(fixed(rates[rates.count - 1], 0)))")
  }

  private static func planet(_ gases: [Species], _ temperature: TemperatureProfile) -> PlanetAtmosphere {
    PlanetAtmosphere(
      mass: Mass(jupiterMasses: 0.7), radius: Length(jupiterRadii: 1.35),
      stellarRadius: Length(solarRadii: 1.16), temperature: temperature,
      gases: gases.map { TraceGas($0, 1e-4) })
  }

  private static func crossSectionModel(_ species: [Species]) throws -> SpectrumModel {
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
