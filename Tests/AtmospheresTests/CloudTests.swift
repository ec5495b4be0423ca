import Observations
import Testing
import Units

@testable import Atmospheres

@Suite("Clouds of particles")
struct CloudTests {
  private func model(layers: Int = 100) throws -> SpectrumModel {
    try SpectrumModel(
      configuration: Samples.configuration(layers: layers), grid: Samples.grid, opacities: Opacities())
  }

  private func enstatite(_ micrometers: Double, mass: Double = 1e-4) -> Cloud {
    Cloud(.particles(.enstatite, ParticleSizes(effectiveRadius: micrometers * 1e-6), massFraction: mass))
  }

  /// Refractive indices as published: at the wavelengths of the tables and between them.
  @Test("Indices are those of the tables")
  func indices() {
    let glass = Condensate.enstatite.refractiveIndex
    #expect(abs(glass.value(at: 9.8e-6).n - 1.468) < 1e-3 && abs(glass.value(at: 9.8e-6).k - 1.107) < 0.045)
    // Na D: 1.4904 at 20 C (Li 1976).
    #expect(abs(Condensate.potassiumChloride.refractiveIndex.value(at: 0.5893e-6).n - 1.4903) < 0.003)
    // 1.4585 (Malitson 1965).
    #expect(abs(Condensate.silica.refractiveIndex.value(at: 0.5876e-6).n - 1.4585) < 0.006)
    for condensate in Condensate.allCases {
      let index = condensate.refractiveIndex
      #expect(index.wavelengths[0] < 0.31e-6 && index.wavelengths.last! > 16e-6, "\(condensate)")
      for wavelength in [0.3e-6, 1e-6, 5e-6, 10e-6, 16e-6] {
        let (n, k) = index.value(at: wavelength)
        #expect((0.3...4).contains(n) && (1e-8...3).contains(k), "\(condensate) \(wavelength)")
      }
    }
    #expect(glass.value(at: 0.1e-6) == glass.value(at: 0.26e-6))
  }

  /// k = 3/(4 rho) Q / r: with Q = 2 + 1.992 x^(-2/3) where particles are large; x^4 where they are small and do not absorb; in a narrow
  /// distribution as the mean sphere.
  @Test("A mass of particles has the opacity of its spheres")
  func opacity() {
    let wavelengths = [1e-6, 2e-6]
    let table = MieTable(.potassiumChloride, wavelengths: wavelengths)
    let large = table.opacity(ParticleSizes(effectiveRadius: 1e-5, width: 0.2))
    let efficiency = 2 + 1.992 * pow(2 * Double.pi * 10, -2.0 / 3)
    #expect(abs(large.extinction[0] / (3 * efficiency / (4 * 1980 * 1e-5)) - 1) < 0.02)
    let small = table.opacity(ParticleSizes(effectiveRadius: 1e-9, width: 0.2))
    let slope = log(small.scattering[0] / small.scattering[1]) / log(2)
    #expect(abs(slope - 4) < 0.03)
    #expect(abs(small.asymmetry[0]) < 1e-3)

    // <r^6>/<r^3> of the distribution over r_eff^3 is exp(6 s^2); n of both wavelengths is 1.48.
    let wide = table.opacity(ParticleSizes(effectiveRadius: 1e-9, width: 0.5))
    #expect(abs(log(wide.scattering[1] / small.scattering[1]) - 6 * (0.25 - 0.04)) < 0.01)

    let diffuse = large.lossFromDiffuseBeam
    #expect(diffuse[0] < 0.5 * large.extinction[0] && diffuse[0] > large.extinction[0] - large.scattering[0])
  }

  @Test("Shares of a cloud follow its base, top and sedimentation")
  func shares() {
    let grid = PressureGrid(bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1), layerCount: 12)
    let mixed = Cloud(.powerLaw(opacity: 1, exponent: 0)).shares(grid)
    #expect(mixed.allSatisfy { abs($0 - 1) < 1e-12 })
    let cut = Cloud(
      .powerLaw(opacity: 1, exponent: 0), base: Pressure(pascals: 1e5), top: Pressure(pascals: pow(10, 2.25))
    ).shares(grid)
    #expect(cut[0] == 0 && cut[1] == 0 && abs(cut[2] - 1) < 1e-12 && abs(cut[6] - 1) < 1e-12)
    #expect(abs(cut[7] - 0.5) < 1e-12 && cut[8] == 0)
    let settled = Cloud(
      .powerLaw(opacity: 1, exponent: 0), base: Pressure(pascals: 1e6), sedimentation: 2
    ).shares(grid)
    #expect(abs(settled[4] / settled[0] - 1e-4) < 1e-12)
  }

  /// A well-mixed absorber is as high as its closed form: kappa rho = sigma n.
  @Test("A grey cloud is as high as a grey gas")
  func greyCloud() throws {
    let sigma = 1e-27
    let planet = Samples.jupiter(gases: [])
    var clouded = planet
    let kappa = sigma / (2.3 * Constants.atomicMass)
    clouded.aerosols.clouds = [Cloud(.powerLaw(opacity: kappa, exponent: 0))]
    let grey = try SpectrumModel(
      configuration: ModelConfiguration(
        name: "test", pressures: Samples.configuration().pressures,
        fill: .undiluted(heliumToHydrogen: 0.17, molarMass: 2.3), molarMasses: [.water: 0], rayleigh: [:]),
      grid: Samples.grid, opacities: Opacities(crossSections: [try Samples.grey(.water, sigma / 1e-3)]))
    var gaseous = planet
    gaseous.gases = [TraceGas(.water, 1e-3)]
    for (a, b) in zip(try model().transitDepth(clouded), try grey.transitDepth(gaseous)) {
      #expect(abs(a / b - 1) < 1e-12)
    }
  }

  /// 4 H ln of the wavelengths' ratio for small particles, as for a haze.
  @Test("A power law makes blue deeper, exponent H ln of the wavelengths' ratio", arguments: [0.0, 2, 4])
  func powerLaw(exponent: Double) throws {
    var planet = Samples.jupiter(gases: [])
    planet.aerosols.clouds = [Cloud(.powerLaw(opacity: 1e-2, exponent: exponent))]
    let radii = try model(layers: 400).transitDepth(planet).map {
      $0.squareRoot() * planet.stellarRadius.meters
    }
    let constants = PhysicalConstants.codata2018
    let gravity = constants.gravitational * planet.mass.kilograms / (radii[2] * radii[2])
    let scaleHeight = constants.boltzmann * 200 / (2.3 * constants.atomicMass * gravity)
    let expected = exponent * scaleHeight * log(Samples.grid.wavelengths[4] / Samples.grid.wavelengths[0])
    #expect(abs(radii[0] - radii[4] - expected) < 0.02 * scaleHeight * max(1, exponent))
  }

  @Test("More mass and a higher top hide more; the silicate band stands out at 10 um of small particles")
  func silicates() throws {
    func depth(_ cloud: Cloud, _ grid: SpectralGrid = Samples.grid) throws -> [Double] {
      var planet = Samples.jupiter(gases: [])
      planet.aerosols.clouds = [cloud]
      return try SpectrumModel(
        configuration: Samples.configuration(), grid: grid, opacities: Opacities()
      ).transitDepth(planet)
    }
    let thin = try depth(enstatite(0.1, mass: 1e-6))
    let thick = try depth(enstatite(0.1))
    for (a, b) in zip(thin, thick) { #expect(a < b) }
    var low = enstatite(0.1)
    low.top = Pressure(pascals: 1e5)
    for (a, b) in zip(try depth(low), thick) { #expect(a < b) }
    let infrared = SpectralGrid(first: Length(micrometers: 5), ratio: 1.15, count: 8)
    let band = try depth(enstatite(0.1), infrared)
    let peak = infrared.wavelengths.indices.max { band[$0] < band[$1] }!
    #expect((8.5e-6...11e-6).contains(infrared.wavelengths[peak]))
  }

  /// The mean of the covered and the clear spectrum, byte for byte the clear one where nothing is covered.
  @Test("A patchy limb or disc is the mean of its parts")
  func patches() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(crossSections: [try Samples.grey(.water, 1e-26)]))
    let points = [(1e6, 2000.0), (1e2, 700)].map {
      PressureTemperaturePoint(pressure: Pressure(pascals: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    let star = StellarSpectrum.blackBody(Temperature(kelvins: 5000))
    func spectra(_ aerosols: Aerosols) throws -> [[Double]] {
      let planet = Samples.jupiter(
        temperature: .points(points), gases: [TraceGas(.water, 1e-3)], aerosols: aerosols)
      let emission = try model.emission(planet, star: star)
      return [try model.transitDepth(planet), emission.flux, emission.eclipseDepth]
    }
    let aerosols = Aerosols(
      cloudTop: Pressure(bars: 1e-3), haze: Haze(enhancement: 1e3, slope: -4), clouds: [enstatite(0.1)])
    var patchy = aerosols
    patchy.coverage = 0
    #expect(try spectra(patchy) == spectra(.clear))
    patchy.coverage = 0.3
    for (mean, (covered, clear)) in zip(try spectra(patchy), zip(try spectra(aerosols), try spectra(.clear)))
    {
      for bin in mean.indices {
        #expect(abs(mean[bin] / (0.3 * covered[bin] + 0.7 * clear[bin]) - 1) < 1e-14)
        #expect(covered[bin] != clear[bin])
      }
    }
    patchy.coverage = 1.5
    #expect(throws: AtmosphereError.self) { try spectra(patchy) }
  }

  /// In emission an isothermal atmosphere with clouds stays a black body.
  @Test("A cloud in an isothermal atmosphere shines as a black body")
  func isothermalEmission() throws {
    let planet = Samples.jupiter(
      temperature: .isothermal(Temperature(kelvins: 900)), gases: [],
      aerosols: Aerosols(clouds: [enstatite(1)]))
    let flux = try model().emission(planet, star: .blackBody(Temperature(kelvins: 5000))).flux
    for (flux, wavelength) in zip(flux, Samples.grid.wavelengths) {
      #expect(abs(flux / PlanckFunction.flux(wavelength: wavelength, temperature: 900) - 1) < 1e-6)
    }
  }

  @Test("Some bins of a model have the clouds of those bins")
  func cut() throws {
    var planet = Samples.jupiter(gases: [])
    planet.aerosols.clouds = [enstatite(0.3)]
    let whole = try model().transitDepth(planet)
    let part = try model().cut(to: 1..<3).transitDepth(planet)
    for (a, b) in zip(part, whole[1..<3]) { #expect(abs(a / b - 1) < 1e-14) }
  }

  @Test("A cloud's notation says what it is, or what it should be")
  func notation() throws {
    let cloud = try Cloud(
      notation: "MgSiO3:mass=1e-5,radius=0.3,width=0.6,base=0.1,top=1e-4,sedimentation=2")
    #expect(
      cloud
        == Cloud(
          .particles(.enstatite, ParticleSizes(effectiveRadius: 0.3e-6, width: 0.6), massFraction: 1e-5),
          base: Pressure(bars: 0.1), top: Pressure(bars: 1e-4), sedimentation: 2))
    #expect(
      try Cloud(notation: "power:opacity=1e-3,exponent=2") == Cloud(.powerLaw(opacity: 1e-3, exponent: 2)))
    for text in [
      "", "MgSiO3", "MgSiO3:mass=1e-5", "MgO:mass=1e-5,radius=0.1", "power:exponent=2",
      "MgSiO3:mass=1e-5,radius=100", "MgSiO3:mass=-1,radius=0.1", "MgSiO3:mass=1e-5,radius=0.1,colour=2",
      "power:opacity=1e-3,width=0.5", "MgSiO3:mass=1e-5,mass=1e-6,radius=0.1", "power:opacity=1,base=0",
      "power:opacity=1e-3,exponent=1000", "power:opacity=1e7,exponent=0", "MgSiO3:mass=2,radius=0.1",
      "MgSiO3:mass=1e-5,radius=0.1,base=1e-3,top=0.1", "MgSiO3:mass=1e-5,radius=0.1,sedimentation=1000",
    ] {
      #expect(throws: AtmosphereError.self, "\(text)") { try Cloud(notation: text) }
    }
  }
}
