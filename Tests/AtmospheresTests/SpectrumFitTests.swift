import Atmospheres
import Foundation
import NumericalMethods
import Observations
import Testing
import Units

@Suite("Fits of spectra")
struct SpectrumFitTests {
  /// Water and carbon dioxide with cross-sections of their own in 20 bins, three times larger at 3000 K than at 200 K, so
  /// that temperature shows in the bands too.
  struct World {
    let model: SpectrumModel
    var truth = PlanetAtmosphere(
      mass: Mass(jupiterMasses: 0.5), radius: Length(jupiterRadii: 1.2), stellarRadius: Length(solarRadii: 1),
      temperature: .isothermal(Temperature(kelvins: 1250)),
      gases: [TraceGas(.water, 1e-3), TraceGas(.carbonDioxide, 1e-5)])

    init() throws {
      let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.05, count: 20)
      var tables: [CrossSectionTable] = []
      for (species, seed) in [(Species.water, UInt64(1)), (.carbonDioxide, 2)] {
        var random = SeededRandom(seed: seed)
        let bins = (0..<grid.count).map { _ in 1e-26 * exp(random.uniform(-5, 5)) }
        tables.append(
          try CrossSectionTable(
            species: species, temperatures: [200, 3000], pressures: [1e-6, 1e7],
            crossSections: bins + bins.map { $0 * 3 } + bins + bins.map { $0 * 3 }, grid: grid))
      }
      var configuration = ModelConfiguration.physical
      configuration.pressures = PressureGrid(
        bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-4), layerCount: 30)
      model = try SpectrumModel(
        configuration: configuration, grid: grid, opacities: Opacities(crossSections: tables))
    }

    /// One point a bin with normal noise, of two instruments from the middle on.
    func observe(
      _ depths: [Double], noise: Double, seed: UInt64, claimed: Double? = nil
    ) throws -> MeasuredDepths {
      var random = SeededRandom(seed: seed)
      let edges = model.grid.edges
      let half = model.grid.count / 2
      return MeasuredDepths(
        lower: Array(edges.dropLast()), upper: Array(edges.dropFirst()),
        depth: depths.map { $0 + noise * random.normal() },
        error: [Double](repeating: claimed ?? noise, count: depths.count),
        instrument: depths.indices.map { $0 < half ? "blue" : "red" })
    }

    func fit() -> SpectrumFit {
      var fit = SpectrumFit(
        model: model, mass: truth.mass, stellarRadius: truth.stellarRadius, gases: [.water, .carbonDioxide])
      fit.startCount = 6
      return fit
    }
  }

  private func value(_ result: FittedSpectrum, _ quantity: FitParameter.Quantity) throws
    -> FittedSpectrum.Parameter
  {
    try #require(result.parameters.first { $0.parameter.quantity == quantity })
  }

  private func error(_ parameter: FittedSpectrum.Parameter) throws -> Double {
    guard case .error(let error) = parameter.constraint else {
      Issue.record("\(parameter.parameter.name) has no error but \(parameter.constraint)")
      return .nan
    }
    return error
  }

  @Test("Where no start has a spectrum, the reason is that of the spectrum")
  func reason() throws {
    let world = try World()
    let data = try world.observe(world.model.transitDepth(world.truth), noise: 1e-5, seed: 1)
    var fit = world.fit()
    fit.dissociation = ThermalDissociation(metallicity: -1)
    let error = #expect(throws: AtmosphereError.self) { try fit.fit(data) }
    #expect(error?.code == .badComposition)
  }

  /// With the radius held no valley is left that bends. Three parameters, six draws of noise: 18 pulls. Pulls of one fit
  /// share what is degenerate, so the six draws are the safe count: the sum of squares is 18 +- 10.4.
  @Test("Errors are as large as the misses")
  func pulls() throws {
    let world = try World()
    let depths = try world.model.transitDepth(world.truth)
    let expected: [(FitParameter.Quantity, Double)] = [
      (.temperature, 1250), (.logMixingRatio(.water), -3), (.logMixingRatio(.carbonDioxide), -5),
    ]
    var squares = 0.0
    var fit = world.fit()
    fit.hasClouds = false
    fit.held = ["radius_jupiter": 1.2]
    fit.startCount = 3
    for seed in 1...6 {
      let result = try fit.fit(try world.observe(depths, noise: 1e-6, seed: UInt64(seed)))
      // chi2 of 17 degrees of freedom is 17 +- 5.8.
      #expect(result.freedom == 17 && result.chiSquared < 17 + 5 * 5.8)
      #expect(result.flatChiSquared > 50 * result.chiSquared)
      #expect(try value(result, .radius).constraint == .held)
      for (quantity, truth) in expected {
        let parameter = try value(result, quantity)
        let pull = (parameter.value - truth) / (try error(parameter))
        squares += pull * pull
      }
    }
    #expect((1.5..<18 + 3 * 10.4).contains(squares))
  }

  /// Of hazes between grey and blue, size and amount are both known.
  @Test("Particles are found, their amount and their size") func particles() throws {
    let world = try World()
    var truth = world.truth
    truth.aerosols.clouds = [
      Cloud(.particles(.enstatite, ParticleSizes(effectiveRadius: 0.2e-6), massFraction: 3e-6))
    ]
    truth.aerosols.coverage = 0.7
    truth.hydrogenAnion = .constant(1e-9)
    var fit = world.fit()
    fit.hasClouds = false
    fit.condensate = .enstatite
    fit.hasCloudFraction = true
    fit.hasHydrogenAnion = true
    fit.held = ["radius_jupiter": 1.2, "temperature_k": 1250, "log10_x_H2O": -3, "log10_x_CO2": -5]
    fit.startCount = 4
    let result = try fit.fit(try world.observe(try world.model.transitDepth(truth), noise: 1e-7, seed: 1))
    #expect(result.chiSquared < 16 + 5 * 5.7)
    for (quantity, truth) in [
      (.logParticleRadius, log10(0.2)), (.logCondensate(.enstatite), log10(3e-6)), (.cloudFraction, 0.7),
      (.logHydrogenAnion, -9),
    ] as [(FitParameter.Quantity, Double)] {
      let parameter = try value(result, quantity)
      #expect(abs(parameter.value - truth) < 4 * (try error(parameter)) + 1e-3, "\(parameter.parameter.name)")
      #expect(try error(parameter) < 0.2)
    }
  }

  /// Fits take what heat does to the gas into account: water that is broken up is more than is seen.
  @Test("A fit with dissociation finds what there was of water") func dissociation() throws {
    let world = try World()
    var truth = world.truth
    truth.mass = Mass(jupiterMasses: 5)
    truth.temperature = .isothermal(Temperature(kelvins: 2700))
    truth.dissociation = ThermalDissociation()
    var fit = SpectrumFit(
      model: world.model, mass: truth.mass, stellarRadius: truth.stellarRadius,
      gases: [.water, .carbonDioxide])
    fit.hasClouds = false
    fit.held = ["radius_jupiter": 1.2, "temperature_k": 2700]
    fit.startCount = 3
    let data = try world.observe(try world.model.transitDepth(truth), noise: 1e-7, seed: 2)
    let blind = try fit.fit(data)
    fit.dissociation = ThermalDissociation()
    let result = try fit.fit(data)
    #expect(result.chiSquared < 18 + 5 * 6 && blind.chiSquared > 4 * result.chiSquared)
    #expect(abs(try value(result, .logMixingRatio(.water)).value + 3) < 0.02)
    #expect(result.planet.dissociation == fit.dissociation)
  }

  /// Clear sky and no radius known: mixing ratios and radius trade along a valley far longer than its curvature says.
  @Test("Where the parabola deceives, limits take its place, and hold the truth")
  func valley() throws {
    let world = try World()
    var fit = world.fit()
    fit.hasClouds = false
    fit.startCount = 3
    let result = try fit.fit(
      try world.observe(try world.model.transitDepth(world.truth), noise: 1e-6, seed: 1))
    guard case .between(let low, let high) = try value(result, .logMixingRatio(.water)).constraint else {
      Issue.record("water has \(try value(result, .logMixingRatio(.water)).constraint)")
      return
    }
    #expect((low...high).contains(-3) && high - low > 1)
  }

  @Test("The offset between two instruments is found")
  func offset() throws {
    let world = try World()
    var data = try world.observe(try world.model.transitDepth(world.truth), noise: 5e-6, seed: 3)
    for place in data.depth.indices where data.instrument[place] == "red" { data.depth[place] += 80e-6 }
    var fit = world.fit()
    let without = try fit.fit(data)
    fit.hasOffsets = true
    let result = try fit.fit(data)
    let offset = try value(result, .offset("red"))
    #expect(!result.parameters.contains { $0.parameter.quantity == .offset("blue") })
    #expect(abs(offset.value - 80) < 4 * (try error(offset)))
    #expect(result.chiSquared < without.chiSquared - 25)
  }

  @Test("A gas that is not there gets an upper limit above nothing and below what would show")
  func upperLimit() throws {
    var world = try World()
    world.truth.gases[1] = TraceGas(.carbonDioxide, 0)
    var fit = world.fit()
    fit.hasClouds = false
    let result = try fit.fit(
      // Without noise: a real draw finds the gas at two errors once in forty.
      try world.observe(try world.model.transitDepth(world.truth), noise: 0, seed: 5, claimed: 2e-6))
    let constraint = try value(result, .logMixingRatio(.carbonDioxide)).constraint
    guard case .below(let limit) = constraint else {
      Issue.record("no upper limit but \(constraint)")
      return
    }
    #expect(limit < -5 && limit > -11)
    let best = try value(result, .logMixingRatio(.carbonDioxide)).value
    #expect(best < limit)
  }

  /// Errors given as 5 ppm where they are 13: 12 ppm are missing. The error of the noise is about its own over sqrt(2 n).
  @Test("Noise beyond the errors is found")
  func extraNoise() throws {
    let world = try World()
    let depths = try world.model.transitDepth(world.truth)
    var fit = world.fit()
    fit.hasClouds = false
    fit.startCount = 3
    fit.inflatesErrors = true
    var mean = 0.0
    for seed in 1...4 {
      let result = try fit.fit(try world.observe(depths, noise: 13e-6, seed: UInt64(seed), claimed: 5e-6))
      let noise = try #require(result.extraNoise)
      #expect(abs(noise.value - 12e-6) < 4 * noise.error)
      // Likeliest noise makes chi2 a point one, whatever it was.
      #expect(abs((try #require(result.inflatedChiSquared)) / 20 - 1) < 0.1)
      mean += noise.value / 4
    }
    // Four parameters take their part of 20 points: sqrt(16/20) of the scatter is left, 10.5 of 12 ppm.
    #expect(mean > 7e-6 && mean < 15e-6)
    #expect(
      try fit.fit(try world.observe(depths, noise: 4e-6, seed: 1, claimed: 9e-6)).extraNoise?.value == 0)
  }

  @Test("Starts in many places find what one start misses")
  func manyStarts() throws {
    var world = try World()
    world.truth.gases = [TraceGas(.water, 3e-4), TraceGas(.carbonDioxide, 3e-4)]
    world.truth.temperature = .isothermal(Temperature(kelvins: 2500))
    world.truth.aerosols.cloudTop = Pressure(bars: 1e-3)
    let data = try world.observe(try world.model.transitDepth(world.truth), noise: 1e-6, seed: 4)
    var fit = world.fit()
    fit.startCount = 1
    let one = try fit.fit(data)
    fit.startCount = 8
    let many = try fit.fit(data)
    // 20 points, 5 parameters: 15 +- 5.5.
    #expect(many.chiSquared < 15 + 5 * 5.5)
    #expect(one.chiSquared > many.chiSquared + 100)
    #expect(many.starts.made == 8 && many.starts.agreeing < 8)
  }

  @Test("Threads and repeats change nothing; another seed ends in the same minimum")
  func repeats() throws {
    let world = try World()
    let data = try world.observe(try world.model.transitDepth(world.truth), noise: 5e-6, seed: 6)
    var fit = world.fit()
    fit.startCount = 12
    let first = try fit.fit(data)
    fit.threads = 3
    let second = try fit.fit(data)
    #expect(first.parameters == second.parameters && first.depths == second.depths)
    fit.seed = 77
    #expect(abs(try fit.fit(data).chiSquared - first.chiSquared) < 0.05)
  }

  /// The day side as hot at the top as at the bottom: one temperature, and gas that cannot be seen in it.
  @Test("An eclipse gives the temperature, and says that an isothermal sky hides its gas")
  func eclipse() throws {
    let world = try World()
    let star = Temperature(kelvins: 5500)
    let depths = try world.model.emission(world.truth, star: .blackBody(star)).eclipseDepth
    var fit = world.fit()
    fit.geometry = .eclipse(starTemperature: star, radius: world.truth.radius)
    fit.hasClouds = false
    fit.gases = [.water]
    let result = try fit.fit(try world.observe(depths, noise: 2e-6, seed: 8))
    let temperature = try value(result, .temperature)
    #expect(abs(temperature.value - 1250) < 4 * (try error(temperature)))
    #expect(try value(result, .logMixingRatio(.water)).constraint == .none)
    #expect(!result.parameters.contains { $0.parameter.quantity == .radius })
  }

  @Test("Clouds over half the limb are told from none and from a full deck")
  func cloudFraction() throws {
    var world = try World()
    let clear = try world.model.transitDepth(world.truth)
    world.truth.aerosols.cloudTop = Pressure(bars: 1e-5)
    let cloudy = try world.model.transitDepth(world.truth)
    let data = try world.observe(zip(clear, cloudy).map { 0.5 * $0 + 0.5 * $1 }, noise: 3e-6, seed: 2)
    var fit = world.fit()
    fit.startCount = 12
    let full = try fit.fit(data)
    fit.hasCloudFraction = true
    let result = try fit.fit(data)
    #expect(result.chiSquared < full.chiSquared + 0.1)
    // 20 points, 6 parameters: 14 +- 5.3.
    #expect(result.chiSquared < 14 + 5 * 5.3)
    #expect(abs(try value(result, .cloudFraction).value - 0.5) < 0.35)
  }

  @Test("What cannot be fitted is refused with the reason")
  func refusals() throws {
    let world = try World()
    let data = try world.observe(try world.model.transitDepth(world.truth), noise: 5e-6, seed: 1)
    var fit = world.fit()
    #expect { try fit.fit(data[[0, 1, 2]]) } throws: { error in
      (error as? AtmosphereError)?.code == .badData && "\(error)".contains("3 usable points")
    }
    var outside = data
    for place in outside.lower.indices {
      outside.lower[place] *= 1e3
      outside.upper[place] *= 1e3
    }
    #expect { try fit.fit(outside) } throws: { error in "\(error)".contains("0 usable points") }
    fit.held = ["haze": 1]
    #expect { try fit.fit(data) } throws: { error in "\(error)".contains("haze is no parameter") }
    fit.held = [:]
    fit.gases = [.sodium]
    #expect { try fit.fit(data) } throws: { error in
      (error as? AtmosphereError)?.code == .missingOpacity && "\(error)".contains("Na")
    }
    fit.gases = []
    fit.mass = Mass(jupiterMasses: 1e-4)
    #expect { try fit.fit(data) } throws: { error in "\(error)".contains("not bound") }
  }

  @Test("A model cut to some bins says there what the whole says")
  func cut() throws {
    let world = try World()
    let whole = try world.model.transitDepth(world.truth)
    let part = try world.model.cut(to: 3..<12).transitDepth(world.truth)
    #expect(part.count == 9)
    // The same sums in the same order: only the vector kernels' last places may differ.
    for (a, b) in zip(whole[3..<12], part) { #expect(abs(a - b) < 1e-12 * a) }
    let some = [0, 3, 7, 11]
    for (bin, depth) in zip(some, try world.model.cut(to: some).transitDepth(world.truth)) {
      #expect(abs(whole[bin] - depth) < 1e-12 * depth)
    }
    #expect(world.model.cut(to: 3..<12).cut(to: some.dropFirst()).bins == [3, 7, 11])
  }

  @Test("A k-distribution cut to some bins is the same there, in transit and eclipse")
  func cutDistributions() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(distributions: [
        try Samples.distribution(.water, mean: -60, width: 1.5),
        try Samples.tabulated(.carbonDioxide, mean: -61, width: 1),
      ]))
    let planet = Samples.jupiter(gases: [TraceGas(.water, 1e-3), TraceGas(.carbonDioxide, 1e-3)])
    let part = model.cut(to: 1..<4)
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    // Optical depths are in single precision.
    for (a, b) in zip(try model.transitDepth(planet)[1..<4], try part.transitDepth(planet)) {
      #expect(abs(a - b) < 1e-7 * a)
    }
    for (a, b) in zip(
      try model.emission(planet, star: star).flux[1..<4], try part.emission(planet, star: star).flux)
    {
      #expect(abs(a - b) < 1e-5 * a)
    }
  }
}
