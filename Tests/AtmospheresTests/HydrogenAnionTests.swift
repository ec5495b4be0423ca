import Testing
import Units

@testable import Atmospheres

@Suite("H-")
struct HydrogenAnionTests {
  /// 39.5e-22 m2 at 0.85 um, where it is largest (Wishart 1979, MNRAS 187, 59P: 39.5 to 1 %); none beyond 1.6419 um.
  @Test("Photodetachment has its maximum and its threshold")
  func photodetachment() {
    #expect(abs(HydrogenAnion.photodetachment(at: 0.85e-6) / 39.5e-22 - 1) < 0.02)
    let values = stride(from: 0.4e-6, through: 1.6e-6, by: 0.01e-6).map {
      ($0, HydrogenAnion.photodetachment(at: $0))
    }
    let largest = values.max { $0.1 < $1.1 }!
    #expect((0.82e-6...0.87e-6).contains(largest.0))
    #expect(HydrogenAnion.photodetachment(at: 1.65e-6) == 0)
    #expect(HydrogenAnion.photodetachment(at: 1.64e-6) < 2e-24)
  }

  /// 1.06e-26 cm4 dyn-1 at 0.9113 um and 2520 K (Bell & Berrington 1987 by John 1988).
  @Test("Free-free absorption is that of the tables")
  func freeFree() {
    let value = HydrogenAnion.freeFree(at: 0.9113e-6, temperature: 2520) / 1e-3
    #expect(abs(value / 1.06e-26 - 1) < 0.01)
  }

  /// John 1988: n(H-) / (n(H) p(e)) = 0.750 T^-2.5 exp(8763/T) cm2 dyn-1.
  @Test("Saha's law has John's constant", arguments: [1500.0, 2500, 4000])
  func saha(temperature: Double) {
    let energy = Constants.boltzmann * temperature
    let perDyne = 1 / (HydrogenAnion.equilibrium(temperature: temperature) * 10)
    #expect(abs(perDyne / (0.750 * pow(temperature, -2.5) * exp(14_388 / (1.6419 * temperature))) - 1) < 1e-3)
    #expect(energy > 0)
  }

  /// The sum of the separable parts is the formula: bound-free less stimulated emission, and free-free with the electrons
  /// and atoms in equilibrium.
  @Test("Sources add up to the absorption", arguments: [900.0, 2000, 2620, 3000])
  func sources(temperature: Double) {
    let wavelengths = [0.35e-6, 0.5e-6, 0.9e-6, 1.4e-6, 1.63e-6, 2.2e-6, 4.5e-6, 12e-6]
    let density = 1e12
    let sources = HydrogenAnion.sources(
      densities: [density], temperatures: [temperature], wavelengths: wavelengths)
    for (bin, wavelength) in wavelengths.enumerated() {
      let sum = sources.reduce(0) { $0 + $1.amounts[0] * $1.crossSection[bin] }
      let free =
        HydrogenAnion.freeFree(at: wavelength, temperature: temperature)
        * HydrogenAnion.equilibrium(temperature: temperature)
      let bound =
        HydrogenAnion.photodetachment(at: wavelength)
        * (1 - exp(-Constants.secondRadiation / (wavelength * temperature)))
      #expect(abs(sum / (density * (bound + free)) - 1) < 5e-4, "\(wavelength) m")
    }
  }

  /// H- is as high as a gas of the same cross-section, and beyond its threshold lower.
  @Test("A given mixing ratio of H- absorbs in transmission and emission")
  func spectra() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid, opacities: Opacities())
    let points = [(1e6, 3000.0), (1e2, 1500)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    var planet = Samples.jupiter(temperature: .points(points), gases: [])
    planet.mass = Mass(jupiterMasses: 20)
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 6000))
    let (clear, shining) = (try model.transitDepth(planet), try model.emission(planet, star: star).flux)
    planet.hydrogenAnion = .constant(1e-8)
    let depth = try model.transitDepth(planet)
    for (a, b) in zip(depth, clear) { #expect(a > b) }
    // 1 um against 1.73 um.
    #expect(depth[0] > depth[3])
    for (a, b) in zip(try model.emission(planet, star: star).flux, shining) { #expect(a < b) }
    planet.hydrogenAnion = .constant(2)
    #expect(throws: AtmosphereError.self) { try model.transitDepth(planet) }
  }
}
