import Atmospheres
import Foundation
import Testing
import Units

@Suite("Emission")
struct EmissionTests {
  static let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))

  private func model(_ opacities: Opacities) throws -> SpectrumModel {
    try SpectrumModel(configuration: Samples.configuration(), grid: Samples.grid, opacities: opacities)
  }

  /// Whatever absorbs, an isothermal atmosphere over an isothermal ground shines as a black body: the sum over
  /// layers telescopes, and 2 sum of w mu = 1. In single precision to its rounding.
  @Test("An isothermal atmosphere is a black body", arguments: [1e-30, 1e-26, 1e-22])
  func isothermal(crossSection: Double) throws {
    let grey = try model(Opacities(crossSections: [try Samples.grey(.water, crossSection)]))
    let wide = try model(
      Opacities(distributions: [try Samples.distribution(.water, mean: log(crossSection), width: 2)]))
    let planet = Samples.jupiter(
      temperature: .isothermal(Temperature(kelvins: 900)), gases: [TraceGas(.water, 1e-3)])
    for (candidate, tolerance) in [(grey, 1e-13), (wide, 1e-6)] {
      let spectrum = try candidate.emission(planet, star: Self.star)
      for (bin, wavelength) in Samples.grid.wavelengths.enumerated() {
        let planck = PlanckFunction.flux(wavelength: wavelength, temperature: 900)
        #expect(abs(spectrum.flux[bin] / planck - 1) < tolerance)
        let ratio =
          planck / PlanckFunction.flux(wavelength: wavelength, temperature: 5000)
          * pow(planet.radius / planet.stellarRadius, 2)
        #expect(abs(spectrum.eclipseDepth[bin] / ratio - 1) < tolerance)
      }
    }
  }

  @Test("A k-distribution without width is a cross-section")
  func narrowDistribution() throws {
    let points = [(1e6, 1500.0), (1e2, 700)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let planet = Samples.jupiter(temperature: .points(points), gases: [TraceGas(.water, 1e-3)])
    let narrow = try model(
      Opacities(distributions: [try Samples.distribution(.water, mean: log(1e-26), width: 0)]))
    let grey = try model(Opacities(crossSections: [try Samples.grey(.water, 1e-26)]))
    let (a, b) = (
      try narrow.emission(planet, star: Self.star).flux, try grey.emission(planet, star: Self.star).flux
    )
    for (a, b) in zip(a, b) { #expect(abs(a / b - 1) < 1e-6) }
  }

  /// k rising as 1 + p/1000 Pa along chords is 1 + sqrt 2 p/1000 Pa in a layer: the one written as a tangent
  /// distribution, the other as a table of numbers at the very pressures of the layers.
  @Test("A layer absorbs like the chord that is tangent at sqrt 2 its pressure")
  func tangentPressure() throws {
    let configuration = Samples.configuration()
    let bins = [Double](repeating: 1, count: Samples.grid.count)
    let tangent = try KDistribution(
      species: .water, weights: [1],
      form: .tangent(
        HermiteLevel(
          quantiles: [0],
          coefficients: [[bins.map { $0 * log(1e-27) }, bins.map { $0 * 3 * log(10) }], [], []]),
        TemperatureLaw(
          reference: 200, temperatures: [100, 200, 4000],
          logRatios: [Float](repeating: 0, count: 3 * Samples.grid.count))))
    let pressures = Array(configuration.pressures.layers.reversed())
    let local = try KDistribution(
      species: .water, weights: [1],
      form: .local(
        LogCrossSectionTable(
          temperatures: [100, 4000], pressures: pressures, pointCount: 1,
          logCrossSections: (0..<2).flatMap { _ in
            pressures.flatMap { p in bins.map { _ in Float(log(1e-27 * (1 + 2.0.squareRoot() * p / 1e3))) } }
          })))
    let points = [(1e6, 1500.0), (1e2, 700)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let planet = Samples.jupiter(temperature: .points(points), gases: [TraceGas(.water, 1e-3)])
    let fluxes = try [tangent, local].map {
      try SpectrumModel(
        configuration: configuration, grid: Samples.grid, opacities: Opacities(distributions: [$0])
      ).emission(planet, star: Self.star).flux
    }
    for (a, b) in zip(fluxes[0], fluxes[1]) { #expect(abs(a / b - 1) < 1e-5) }
  }

  /// An absorbing gas lets us see where it is cold or hot: lines in absorption where temperature falls with
  /// height, in emission where it rises.
  @Test("Absorbers show the temperature gradient", arguments: [(1500.0, 700.0), (700, 1500)])
  func gradient(bottom: Double, top: Double) throws {
    let points = [(1e6, bottom), (1e-3, top)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let planet = Samples.jupiter(temperature: .points(points), gases: [TraceGas(.water, 1e-3)])
    let weak = try model(Opacities(crossSections: [try Samples.grey(.water, 1e-28)]))
    let strong = try model(Opacities(crossSections: [try Samples.grey(.water, 1e-25)]))
    let difference =
      try strong.emission(planet, star: Self.star).flux[0] - weak.emission(planet, star: Self.star).flux[0]
    #expect((difference > 0) == (top > bottom))
  }

  @Test("Nothing is seen through a cloud deck")
  func cloudDeck() throws {
    let points = [(1e6, 2000.0), (1e4, 1000), (1e-5, 1000)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let planet = Samples.jupiter(
      temperature: .points(points), gases: [], aerosols: Aerosols(cloudTop: Pressure(pascals: 1e3)))
    let flux = try model(Opacities()).emission(planet, star: Self.star).flux
    for (bin, wavelength) in Samples.grid.wavelengths.enumerated() {
      #expect(abs(flux[bin] / PlanckFunction.flux(wavelength: wavelength, temperature: 1000) - 1) < 1e-13)
    }
  }

  /// A deck in the middle of a layer: what is below its top neither shines nor absorbs, and the deck is as warm as the
  /// layer. With a grey gas, intensities at the cosine mu are B of the deck times its transmittance and, by layer above,
  /// B (T(top) - T(bottom)), T = exp(-tau/mu).
  @Test("A deck hides all of what lies beneath its top", arguments: [0.1, 0.5, 0.9])
  func deckWithinLayer(share: Double) throws {
    let configuration = Samples.configuration(layers: 11)
    let levels = configuration.pressures.levels
    let points = [(1e6, 2000.0), (1e-5, 500)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let clouded = 4
    let top = levels[clouded] * pow(levels[clouded + 1] / levels[clouded], share)
    func flux(_ aerosols: Aerosols) throws -> [Double] {
      try SpectrumModel(
        configuration: configuration, grid: Samples.grid,
        opacities: Opacities(crossSections: [try Samples.grey(.water, 3e-27)])
      ).emission(
        Samples.jupiter(temperature: .points(points), gases: [TraceGas(.water, 1e-3)], aerosols: aerosols),
        star: Self.star
      ).flux
    }
    let within = try flux(Aerosols(cloudTop: Pressure(pascals: top)))
    let atTop = try flux(Aerosols(cloudTop: Pressure(pascals: levels[clouded + 1])))
    let below = try flux(Aerosols(cloudTop: Pressure(pascals: levels[clouded - 1] * 0.999)))
    for bin in within.indices {
      #expect(abs(within[bin] / atTop[bin] - 1) < 1e-12)
      #expect(within[bin] < below[bin] * 0.999)
    }
  }

  /// Wien's displacement law and the Stefan-Boltzmann law, by the trapezoidal rule over ln wavelength: of the
  /// integral, 1e-5 lies outside 0.1 to 1000 um at 3000 K.
  @Test("Planck's function integrates to Stefan and Boltzmann's")
  func planck() {
    var integral = 0.0
    let step = log(1e4) / 4000
    for k in 0...4000 {
      let wavelength = 1e-7 * exp(Double(k) * step)
      integral += PlanckFunction.flux(wavelength: wavelength, temperature: 3000) * wavelength * step
    }
    #expect(abs(integral / (Constants.stefanBoltzmann * 81e12) - 1) < 1e-5)
    let peak = 2.897_771_955e-3 / 3000
    let atPeak = PlanckFunction.flux(wavelength: peak, temperature: 3000)
    #expect(atPeak > PlanckFunction.flux(wavelength: peak * 0.99, temperature: 3000))
    #expect(atPeak > PlanckFunction.flux(wavelength: peak * 1.01, temperature: 3000))
  }
}
