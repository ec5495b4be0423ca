import NumericalMethods
import Observations
import Testing
import Units

@testable import Atmospheres

/// Spectra computed 16 bins at a time, leaving out what cannot be seen, against the same sums with nothing left out.
///
/// What is left out or shortened is stated at `ChordKernels.absorb`: up to 2e-6 of a ring where a gas is thin, which over the
/// height in which it turns thin, a scale height and less, is a few 1e-7 of the absorbed area of ten scale heights.
@Suite("Spectra by vectors of bins")
struct VectorSpectraTests {
  private static let grid = SpectralGrid(first: Length(micrometers: 0.6), ratio: 1.05, count: 37)
  private static let names = ["H2O", "CH4", "CO2", "CO", "NH3", "Na"]
  private static let gases = names.map { try! Species($0) }

  /// Bands and windows four decades apart, k over g three, pressure broadening in the windows, hot bands: of no gas in
  /// particular. The first three are chord-effective.
  private static let tables: [KDistribution] = {
    var random = SeededRandom(seed: 11)
    return gases.enumerated().map { index, species in
      let table = table(&random)
      return try! KDistribution(
        species: species, weights: [0.05, 0.11, 0.16, 0.18, 0.18, 0.16, 0.11, 0.05],
        form: index < 3 ? .tangentTable(table) : .local(table))
    }
  }()

  private static func table(_ random: inout SeededRandom) -> LogCrossSectionTable {
    let temperatures: [Double] = [300, 600, 1000, 1600, 3000]
    let pressures: [Double] = [0.1, 1, 30, 1e3, 1e4, 1e5]
    let bands: [Double] = (0..<grid.count).map { _ in random.uniform() }
    let energies: [Double] = (0..<grid.count).map { _ in 4000 * random.uniform() }
    var logs: [Float] = []
    for temperature in temperatures {
      let inverse: Double = 1 / temperature - 1 / 1500
      for pressure in pressures {
        let collisions: Double = log(1 + pressure / 1e3)
        for (band, energy) in zip(bands, energies) {
          let level: Double = -63 + 9 * band - energy * inverse
          for point in 0..<8 {
            let q: Double = -1.6 + 3.2 * Double(point) / 7
            logs.append(Float(level + 2.2 * q + (0.4 - 0.2 * q) * collisions))
          }
        }
      }
    }
    return try! LogCrossSectionTable(
      temperatures: temperatures, pressures: pressures, pointCount: 8, logCrossSections: logs)
  }

  private static let model = try! model(.physical)

  private static func model(_ configuration: ModelConfiguration) throws -> SpectrumModel {
    try SpectrumModel(configuration: configuration, grid: grid, opacities: Opacities(distributions: tables))
  }

  enum Kind: CaseIterable, Sendable { case isothermal, twoLevels, points, guillot }

  /// Planets of all sorts, with decks and hazes.
  private static func planets(_ kind: Kind, count: Int) -> [PlanetAtmosphere] {
    var draw = Draw()
    return (0..<count).map { _ in
      PlanetAtmosphere(
        mass: Mass(jupiterMasses: draw.between(0.3, 2)), radius: Length(jupiterRadii: draw.between(0.8, 1.5)),
        stellarRadius: Length(solarRadii: 1), temperature: draw.temperature(kind), gases: draw.gases(kind),
        aerosols: draw.aerosols())
    }
  }

  /// What the hottest layer would send out by itself, by bin.
  private static func brightest(_ planet: PlanetAtmosphere) throws -> [Double] {
    let hottest = try AtmosphericState(planet, .physical).temperatures.max()!
    return grid.wavelengths.map { PlanckFunction.flux(wavelength: $0, temperature: hottest) }
  }

  private struct Draw {
    var random = SeededRandom(seed: 5)

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    mutating func power(_ low: Double, _ high: Double) -> Double { pow(10, between(low, high)) }
    mutating func kelvins(_ low: Double, _ high: Double) -> Temperature {
      Temperature(kelvins: between(low, high))
    }

    mutating func gases(_ kind: Kind) -> [TraceGas] {
      var traces: [TraceGas] = []
      for species in VectorSpectraTests.gases where random.uniform() < 0.6 {
        let ratio = power(-9, -1.3)
        guard kind == .twoLevels, random.uniform() < 0.6 else {
          traces.append(TraceGas(species, ratio))
          continue
        }
        let profile = TwoLevelMixingRatio(
          deep: ratio, high: power(-9, -1.3), boundary: Pressure(pascals: power(0, 5)),
          width: between(-0.5, 1))
        traces.append(TraceGas(species, .twoLevel(profile)))
      }
      return traces
    }

    mutating func temperature(_ kind: Kind) -> TemperatureProfile {
      switch kind {
      case .isothermal, .twoLevels: return .isothermal(kelvins(350, 2800))
      case .points:
        let pressures: [Double] = [1e6, 1e3, 1, 1e-3]
        return .points(
          pressures.map {
            PressureTemperaturePoint(pressure: Pressure(pascals: $0), temperature: kelvins(350, 2800))
          })
      case .guillot:
        return .guillot(
          GuillotProfile(
            internalTemperature: Temperature(kelvins: 100), equilibriumTemperature: kelvins(600, 1600),
            thermalOpacity: power(-4, -2), visibleToThermalOpacity: power(-1.5, 0.5)))
      }
    }

    mutating func aerosols() -> Aerosols {
      var aerosols = Aerosols.clear
      if random.uniform() < 0.4 { aerosols.cloudTop = Pressure(pascals: power(-1, 5.5)) }
      if random.uniform() < 0.3 { aerosols.haze = Haze(enhancement: power(-1, 4), slope: between(-6, -1)) }
      return aerosols
    }
  }

  @Test("A transit is that of rays with nothing left out", arguments: Kind.allCases)
  func transit(kind: Kind) throws {
    for planet in Self.planets(kind, count: 12) {
      let ratio = planet.radius / planet.stellarRadius
      let disc = ratio * ratio
      let exact = try Self.model.layeredTransitDepth(planet)
      for (depth, exact) in zip(try Self.model.transitDepth(planet), exact) {
        #expect(abs(depth - exact) < 1e-6 * (exact - disc) && abs(depth - exact) < 2e-8)
      }
    }
  }

  /// Transmittances are in single precision, 1e-7 of the hottest layer's light a gas, and as much is left out; optical
  /// depths add up to 1e-6 of themselves.
  @Test("Emission is that of layers with nothing left out", arguments: [Kind.points, .guillot])
  func emission(kind: Kind) throws {
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    for planet in Self.planets(kind, count: 12) {
      let exact = try Self.model.layeredFlux(planet)
      let fluxes = try Self.model.emission(planet, star: star).flux
      for (bin, bright) in try Self.brightest(planet).enumerated() {
        #expect(abs(fluxes[bin] - exact[bin]) < 1e-5 * exact[bin] + 5e-7 * bright)
      }
    }
  }

  @Test("Muted gases are as transparent ones", arguments: Kind.allCases)
  func muted(kind: Kind) throws {
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    for planet in Self.planets(kind, count: 3) {
      let transit = try Self.model.mutedTransitDepths(planet)
      let eclipse = try Self.model.mutedEclipseDepths(planet, star: star)
      #expect(transit.muted.count == planet.gases.count && eclipse.muted.count == planet.gases.count)
      let depth = try Self.model.transitDepth(planet)
      for (a, b) in zip(transit.whole, depth) { #expect(abs(a - b) < 1e-7 * b) }
      let whole = try Self.model.emission(planet, star: star)
      // As eclipse depths.
      let brightest = zip(try Self.brightest(planet), zip(whole.eclipseDepth, whole.flux)).map {
        $0 * $1.0 / $1.1
      }
      for (bin, bright) in brightest.enumerated() {
        #expect(
          abs(eclipse.whole[bin] - whole.eclipseDepth[bin]) < 1e-5 * whole.eclipseDepth[bin] + 5e-7 * bright)
      }
      for (index, gas) in planet.gases.enumerated() {
        var configuration = ModelConfiguration.physical
        configuration.transparent.insert(gas.species)
        let without = try Self.model(configuration)
        for (a, b) in zip(transit.muted[index], try without.layeredTransitDepth(planet)) {
          #expect(abs(a - b) < 1e-7 * b)
        }
        let depths = try without.emission(planet, star: star).eclipseDepth
        for (bin, bright) in brightest.enumerated() {
          #expect(abs(eclipse.muted[index][bin] - depths[bin]) < 1e-5 * depths[bin] + 5e-7 * bright)
        }
      }
    }
  }

  /// Other neighbours share a vector of bins then, so that other things are left out.
  @Test("Any bins by themselves are as among all", arguments: [[36], [0, 1, 17, 30], Array(5..<27)])
  func cut(bins: [Int]) throws {
    let part = Self.model.cut(to: bins)
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    for planet in Self.planets(.isothermal, count: 3) + Self.planets(.points, count: 3) {
      let whole = try Self.model.transitDepth(planet)
      let flux = try Self.model.emission(planet, star: star).flux
      for (bin, depth) in zip(bins, try part.transitDepth(planet)) { #expect(abs(whole[bin] - depth) < 2e-8) }
      let bright = try Self.brightest(planet)
      for (bin, part) in zip(bins, try part.emission(planet, star: star).flux) {
        #expect(abs(flux[bin] - part) < 1e-5 * part + 5e-7 * bright[bin])
      }
    }
  }

  @Test("Gases too hot for their tables are an error here, too")
  func outsideTable() {
    var planet = Self.planets(.isothermal, count: 1)[0]
    planet.gases = [TraceGas(Self.gases[0], 1e-3), TraceGas(Self.gases[4], 1e-3)]
    planet.temperature = .isothermal(Temperature(kelvins: 3100))
    #expect { try Self.model.transitDepth(planet) } throws: {
      ($0 as? AtmosphereError)?.code == .outsideTable
    }
    planet.gases.append(TraceGas(.titaniumOxide, 1e-9))
    #expect { try Self.model.transitDepth(planet) } throws: {
      ($0 as? AtmosphereError)?.code == .missingOpacity
    }
  }
}
