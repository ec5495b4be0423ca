import Atmospheres
import Foundation
import NumericalMethods
import Observations
import Retrieval
import SpectralPrior
import Testing
import Units

@Suite("Spaces of atmospheres") struct AtmosphereSpaceTests {
  @Test("a row is a planet and the planet's sizes make the row", arguments: AtmosphereSpace.Name.allCases)
  func roundTrip(name: AtmosphereSpace.Name) throws {
    let space = AtmosphereSpace(name)
    var random = SeededRandom(seed: 1)
    for _ in 0..<100 {
      let row = space.draw(&random)
      let planet = space.planet(row)
      let (mass, radius) = (planet.mass.kilograms, planet.radius.meters)
      #expect(abs(mass / AtmosphereSpace.mass(row) - 1) < 1e-12)
      let sizes = AtmosphereSpace.row(
        mass: mass, radius: radius, temperature: AtmosphereSpace.temperature(row))
      #expect(zip(sizes, row).allSatisfy { abs($0 - $1) < 1e-12 })
      // H = k T / (mu g), s = 2 H / R.
      let gravity = Constants.gravitational * mass / (radius * radius)
      let height =
        Constants.boltzmann * AtmosphereSpace.temperature(row) / (2.3 * Constants.atomicMass * gravity)
      #expect(abs(exp(row[0]) * radius / (2 * height) - 1) < 1e-12)
      #expect(space.logPrior(row) != nil)
    }
  }

  @Test("the prior's density adds up to 1 over the ranges", arguments: AtmosphereSpace.Name.allCases)
  func normalised(name: AtmosphereSpace.Name) {
    let space = AtmosphereSpace(name)
    var random = SeededRandom(seed: 2)
    let ranges = space.variables.map(\.range)
    let logVolume = ranges.reduce(0) { $0 + log($1.upperBound - $1.lowerBound) }
    let draws = 200_000
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<draws {
      let row = ranges.map { random.uniform($0.lowerBound, $0.upperBound) }
      let density = space.logPrior(row).map { exp($0 + logVolume) } ?? 0
      sum += density
      squares += density * density
    }
    let mean = sum / Double(draws)
    let error = ((squares / Double(draws) - mean * mean) / Double(draws)).squareRoot()
    #expect(abs(mean - 1) < 4 * error + 1e-9, "\(mean) +- \(error)")
  }

  @Test("outside the ranges there is no atmosphere")
  func outside() {
    for name in AtmosphereSpace.Name.allCases {
      let space = AtmosphereSpace(name)
      var random = SeededRandom(seed: 3)
      var row = space.draw(&random)
      row[3] = space.variables[3].range.upperBound + 0.01
      #expect(space.logPrior(row) == nil)
    }
    // Inside the box of ln s, ln T and ln R, but heavier than any planet of the published set.
    let row = AtmosphereSpace.row(mass: 3 * 1.898e27, radius: 1.2 * 6.9911e7, temperature: 1500)
    let space = AtmosphereSpace(.exoGAN2018)
    #expect(zip(row, space.variables).allSatisfy { $1.range.contains($0) })
    #expect(space.logPrior(row + [-4, -4, -4, -4]) == nil)
  }

  @Test("titanium oxide and H- are absent from cold atmospheres")
  func cold() throws {
    let space = AtmosphereSpace(.transmission)
    var random = SeededRandom(seed: 4)
    var row = space.draw(&random)
    row[1] = log(1499)
    #expect(space.planet(row).gases.count == space.gases.count - 2 && space.planet(row).hydrogenAnion == nil)
    row[1] = log(1501)
    #expect(space.planet(row).gases.count == space.gases.count && space.planet(row).hydrogenAnion != nil)
  }

  @Test(
    "gases that are left out are neither in rows nor in planets", arguments: AtmosphereSpace.Name.allCases)
  func chosenGases(name: AtmosphereSpace.Name) {
    let (all, chosen) = (AtmosphereSpace(name), AtmosphereSpace(name, only: ["CH4", "H2O", "H-"]))
    #expect(all.isWhole && !chosen.isWhole)
    #expect(chosen.gases == [.water, .methane])
    let others = all.variables.filter { AtmosphereSpace.formula($0) == nil }.map(\.key)
    #expect(chosen.variables.filter { AtmosphereSpace.formula($0) == nil }.map(\.key) == others)
    let hasAnion = all.index("log10H-") != nil
    #expect(chosen.count == others.count + (hasAnion ? 3 : 2) && (chosen.index("log10H-") != nil) == hasAnion)
    var random = SeededRandom(seed: 5)
    let row = chosen.draw(&random)
    #expect(chosen.planet(row).gases.map(\.species) == [.water, .methane] && chosen.logPrior(row) != nil)
  }
}

@Suite("Shapes of spectra") struct SpectrumShapeTests {
  @Test("depths make a shape, and the shape the depths")
  func transmission() {
    var random = SeededRandom(seed: 5)
    let depths = (0..<400).map { _ in 1.08 + 0.03 * random.normal() }
    let shape = SpectrumShape(relativeDepths: depths, scaleHeightRatio: 0.01)
    #expect(abs(shape.values.reduce(0, +)) < 1e-9)
    let mean = depths.reduce(0, +) / 400
    #expect(abs(shape.level - (mean - 1) / 0.01) < 1e-9)
    let again = shape.relativeDepths(scaleHeightRatio: 0.01)
    #expect(zip(again, depths).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("brightness temperatures make a shape, and the shape eclipse depths")
  func eclipse() {
    let shape = SpectrumShape(brightnessTemperatures: [1000, 1500, 2000], temperature: 1250)
    #expect(zip(shape.values, [-0.2, 0.2, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 } && shape.level == 0)
    #expect(
      zip(shape.brightnessTemperatures(temperature: 1250), [1000.0, 1500, 2000]).allSatisfy {
        abs($0 - $1) < 1e-9
      })
    for temperature in [300.0, 1500, 3500] {
      for wavelength in [5e-7, 2e-6, 1.5e-5] {
        let flux = PlanckFunction.flux(wavelength: wavelength, temperature: temperature)
        guard flux > 1e-200 else { continue }
        let found = PlanckFunction.brightnessTemperature(flux: flux, wavelength: wavelength)
        #expect(abs(found / temperature - 1) < 1e-10)
      }
    }
  }
}
