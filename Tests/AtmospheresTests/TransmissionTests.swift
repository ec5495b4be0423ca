import Atmospheres
import Foundation
import Testing
import Units

@Suite("Transmission")
struct TransmissionTests {
  /// In an isothermal atmosphere of constant gravity the column along a chord is n sqrt(2 pi r H)
  /// (Fortney 2005, MNRAS 364, 649, equation 4), relative corrections being of the order H/r = 4e-4 times a few.
  /// Layers of 0.06 H make the sum a midpoint rule whose square-root start costs 1 %.
  @Test("The column along a chord is that of an exponential atmosphere")
  func chordColumn() throws {
    let configuration = Samples.configuration(layers: 400)
    let planet = Samples.jupiter(gases: [])
    let structure = try HydrostaticStructure(
      mass: planet.mass.kilograms, radius: planet.radius.meters, grid: configuration.pressures,
      temperatures: [Double](repeating: 200, count: 400), meanMolarMass: [Double](repeating: 2.3, count: 400),
      constants: configuration.constants)
    let columns = TransitChords(structure).integrate(structure.densities)
    for layer in [0, 50, 200, 300] {
      let radius = structure.radius + structure.altitudes[layer]
      let scaleHeight = structure.thicknesses[layer] / configuration.pressures.logStep
      let expected = structure.densities[layer] * (2 * Double.pi * radius * scaleHeight).squareRoot()
      #expect(abs(columns[layer] / expected - 1) < 0.02)
    }
  }

  /// With z = s^2/2R the density-weighted mean pressure along a chord is that of the tangent layer over sqrt 2.
  @Test("The mean pressure along a chord is the tangent layer's over sqrt 2")
  func meanPressure() throws {
    let configuration = Samples.configuration(layers: 400)
    let planet = Samples.jupiter(gases: [])
    let structure = try HydrostaticStructure(
      mass: planet.mass.kilograms, radius: planet.radius.meters, grid: configuration.pressures,
      temperatures: [Double](repeating: 200, count: 400), meanMolarMass: [Double](repeating: 2.3, count: 400),
      constants: configuration.constants)
    let chords = TransitChords(structure)
    let columns = chords.integrate(structure.densities)
    let weighted = chords.integrate(zip(structure.densities, structure.pressures).map(*))
    for layer in [0, 100, 250] {
      let ratio = weighted[layer] / columns[layer] / structure.pressures[layer]
      #expect(abs(ratio * 2.0.squareRoot() - 1) < 0.02)
    }
  }

  /// h = H (gamma + ln tau_0), tau_0 = sigma n_0 sqrt(2 pi R H), for tau_0 >> 1 (de Wit & Seager 2013, Science 342,
  /// 1473, supplement, equation S11). Rays stand in the middle of layers of ln p = 0.25: error 0.03 H.
  @Test("A grey gas is as high as its closed form", arguments: [1e-28, 1e-26, 1e-24])
  func effectiveHeight(crossSection: Double) throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(crossSections: [try Samples.grey(.water, crossSection)]))
    let planet = Samples.jupiter(gases: [TraceGas(.water, 1e-3)])
    let depth = try model.transitDepth(planet)

    let constants = PhysicalConstants.codata2018
    let radius = planet.radius.meters
    let gravity = constants.gravitational * planet.mass.kilograms / (radius * radius)
    let molarMass = 2.3 + 1e-3 * Species.water.molarMass
    let scaleHeight = constants.boltzmann * 200 / (molarMass * constants.atomicMass * gravity)
    let bottomDensity = 1e6 / (constants.boltzmann * 200)
    let opticalDepth =
      crossSection * 1e-3 * bottomDensity * (2 * Double.pi * radius * scaleHeight).squareRoot()
    let closedForm = scaleHeight * (0.577_215_664_9 + log(opticalDepth))
    let height = (depth[2].squareRoot() * planet.stellarRadius.meters - radius)
    // Gravity falls with height: z^2/R more than the closed form.
    let expected = closedForm + closedForm * closedForm / radius
    #expect(abs(height - expected) < 0.05 * scaleHeight)
  }

  @Test("Without absorbers the disc is that of the planet")
  func empty() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid, opacities: Opacities())
    let planet = Samples.jupiter(gases: [])
    let expected = pow(planet.radius / planet.stellarRadius, 2)
    for depth in try model.transitDepth(planet) { #expect(abs(depth / expected - 1) < 1e-14) }
  }

  /// With everything below the deck opaque, the radius is that of the cloud top: the level at its pressure.
  @Test("A cloud deck sets the radius", arguments: [1e6, 1e3, 33, 1])
  func cloudDeck(pressure: Double) throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid, opacities: Opacities())
    let planet = Samples.jupiter(gases: [], aerosols: Aerosols(cloudTop: Pressure(pascals: pressure)))
    let radius = try model.transitDepth(planet)[0].squareRoot() * planet.stellarRadius.meters
    let constants = PhysicalConstants.codata2018
    // Hydrostatic with gravity falling as 1/r^2: 1/R - 1/r = (k T / mu G M) ln(p_0/p).
    let inverse =
      1 / planet.radius.meters
      - constants.boltzmann * 200
      / (2.3 * constants.atomicMass * constants.gravitational * planet.mass.kilograms)
      * log(1e6 / pressure)
    #expect(abs(radius - 1 / inverse) < 1e-2 * (1 / inverse - planet.radius.meters) + 1)
  }

  @Test("A haze makes blue deeper, by 4 H ln of the wavelengths' ratio")
  func haze() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(layers: 400), grid: Samples.grid, opacities: Opacities())
    let planet = Samples.jupiter(gases: [], aerosols: Aerosols(haze: Haze(enhancement: 100, slope: -4)))
    let radii = try model.transitDepth(planet).map { $0.squareRoot() * planet.stellarRadius.meters }
    let constants = PhysicalConstants.codata2018
    let gravity =
      constants.gravitational * planet.mass.kilograms / (radii[2] * radii[2])
    let scaleHeight = constants.boltzmann * 200 / (2.3 * constants.atomicMass * gravity)
    let expected = 4 * scaleHeight * log(Samples.grid.wavelengths[4] / Samples.grid.wavelengths[0])
    #expect(abs((radii[0] - radii[4]) / expected - 1) < 0.02)
  }

  /// A k-distribution without width is a cross-section: the one path checks the other, to single precision.
  @Test("A k-distribution without width is a cross-section")
  func narrowDistribution() throws {
    let planet = Samples.jupiter(gases: [TraceGas(.water, 1e-3)])
    let narrow = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(distributions: [try Samples.distribution(.water, mean: log(1e-26), width: 0)]))
    let grey = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(crossSections: [try Samples.grey(.water, 1e-26)]))
    for (a, b) in zip(try narrow.transitDepth(planet), try grey.transitDepth(planet)) {
      #expect(abs(a / b - 1) < 1e-9)
    }
  }

  /// Where nothing depends on temperature and pressure, tangent and local distributions are the same.
  @Test("A table of numbers absorbs like the closed form it came from", arguments: [0.0, 1, 3])
  func tabulated(width: Double) throws {
    let points = [(1e6, 1500.0), (1e2, 700)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let planet = Samples.jupiter(temperature: .points(points), gases: [TraceGas(.water, 1e-3)])
    let models = try [
      Samples.distribution(.water, mean: log(1e-26), width: width),
      Samples.tabulated(.water, mean: log(1e-26), width: width),
      Samples.tabulated(.water, mean: log(1e-26), width: width, isTangent: true),
    ].map {
      try SpectrumModel(
        configuration: Samples.configuration(), grid: Samples.grid, opacities: Opacities(distributions: [$0]))
    }
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    let depth = try models[0].transitDepth(planet)
    let flux = try models[0].emission(planet, star: star).flux
    for model in models.dropFirst() {
      for (a, b) in zip(depth, try model.transitDepth(planet)) { #expect(abs(a / b - 1) < 1e-8) }
      for (a, b) in zip(flux, try model.emission(planet, star: star).flux) { #expect(abs(a / b - 1) < 1e-5) }
    }
  }

  /// Where all k have one law of temperature, following it layer by layer is what the closed form does. Tables are in
  /// single precision: ln k of 60 to 4e-6, which moves depths by as much of a scale height, 4e-4 of the radius.
  @Test("Chord-effective numbers absorb like the closed form they came from", arguments: [0.0, 600])
  func tangentNumbers(slope: Double) throws {
    let configuration = Samples.configuration()
    let pair = try Samples.tangentPair(
      .water, mean: log(1e-27), width: 2, slope: slope, pressures: configuration.pressures.layers)
    let points = [(1e6, 1500.0), (1e2, 700)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    for profile in [TemperatureProfile.points(points), .isothermal(Temperature(kelvins: 700))] {
      let planet = Samples.jupiter(temperature: profile, gases: [TraceGas(.water, 1e-3)])
      let depths = try [pair.closedForm, pair.table].map {
        try SpectrumModel(
          configuration: configuration, grid: Samples.grid, opacities: Opacities(distributions: [$0])
        ).transitDepth(planet)
      }
      for (a, b) in zip(depths[0], depths[1]) { #expect(abs(a / b - 1) < 1e-8) }
    }
  }

  /// Random overlap: gases multiply, whatever their order. Two independent halves absorb at least as much as one
  /// gas of the same amount, since E[exp(-2k)] >= E[exp(-k)]^2.
  @Test("Gases overlap at random")
  func randomOverlap() throws {
    func model(_ widths: [(Species, Double)]) throws -> SpectrumModel {
      // Same molar mass for both, so that the structure is the same.
      var configuration = Samples.configuration()
      configuration.molarMasses = [.methane: Species.water.molarMass]
      return try SpectrumModel(
        configuration: configuration, grid: Samples.grid,
        opacities: Opacities(
          distributions: try widths.map { try Samples.distribution($0.0, mean: log(1e-26), width: $0.1) }))
    }
    func depth(_ model: SpectrumModel, _ gases: [Species], _ ratio: Double) throws -> Double {
      try model.transitDepth(Samples.jupiter(gases: gases.map { TraceGas($0, ratio) }))[0]
    }
    let wide = try model([(.water, 3), (.methane, 3)])
    let forward = try depth(wide, [.water, .methane], 1e-4)
    let backward = try depth(wide, [.methane, .water], 1e-4)
    #expect(abs(forward / backward - 1) < 1e-8)

    let together = try depth(wide, [.water], 2e-4)
    #expect(forward > together)
    // Without width there is nothing to overlap: twice the amount is twice the gas.
    let narrow = try model([(.water, 0), (.methane, 0)])
    let halves = try depth(narrow, [.water, .methane], 1e-4)
    let whole = try depth(narrow, [.water], 2e-4)
    #expect(abs(halves / whole - 1) < 1e-6)
  }

  @Test("What cannot be computed is refused with its reason")
  func refusals() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(distributions: [try Samples.distribution(.water, mean: log(1e-26), width: 1)]))
    func code(_ planet: PlanetAtmosphere) -> AtmosphereError.Code? {
      do {
        _ = try model.transitDepth(planet)
        return nil
      } catch { return error.code }
    }
    #expect(code(Samples.jupiter(gases: [TraceGas(.water, 1e-3)])) == nil)
    #expect(code(Samples.jupiter(gases: [TraceGas(.methane, 1e-3)])) == .missingOpacity)
    #expect(code(Samples.jupiter(gases: [TraceGas(.water, 1.5)])) == .badComposition)
    #expect(code(Samples.jupiter(gases: [TraceGas(.water, 0.1), TraceGas(.water, 0.1)])) == .badComposition)
    #expect(
      code(
        Samples.jupiter(
          temperature: .isothermal(Temperature(kelvins: 50)), gases: [TraceGas(.water, 1e-3)]))
        == .outsideTable)
    #expect(
      code(Samples.jupiter(temperature: .isothermal(Temperature(kelvins: .nan)), gases: [])) == .badProfile)
    var light = Samples.jupiter(gases: [])
    light.mass = Mass(earthMasses: 0.05)
    #expect(code(light) == .unbound)
    light.mass = Mass(earthMasses: -1)
    #expect(code(light) == .badPlanet)
  }
}
