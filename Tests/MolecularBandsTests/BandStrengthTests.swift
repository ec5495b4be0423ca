import Foundation
import Testing
import Units

@testable import MolecularBands

/// Sums over lines against the band strengths they come from.
@Suite struct BandStrengthTests {
  static let grid = SamplingGrid(firstEdge: 0.28, ratio: 1.01, binCount: 430, pointsPerBin: 16)

  static func spectrum(_ model: some LineModel, temperature: Double) -> [Double] {
    var sticks = StickSpectra(grid: grid, temperatures: [temperature])
    model.addLines(to: &sticks)
    return sticks.lineStrengths(
      temperatureIndex: 0, partitionFunction: model.partitionFunctionOfLines(temperature: temperature))
  }

  static func sum(_ strengths: [Double], from lower: Double, to upper: Double) -> Double {
    strengths.indices.reduce(0.0) {
      let wavelength = 1e4 / grid.wavenumber(ofPoint: $1)
      return lower <= wavelength && wavelength < upper ? $0 + strengths[$1] : $0
    }
  }

  /// The model with levels enough for 500 K.
  static func cold(_ model: LinearMolecule) -> LinearMolecule {
    var model = model
    model.levelLimit = 2000
    return model
  }

  static func cold(_ model: SymmetricTop) -> SymmetricTop {
    var model = model
    model.levelLimit = 2000
    return model
  }

  static func cold(_ model: AsymmetricTop) -> AsymmetricTop {
    var model = model
    model.levelLimit = 1300
    return model
  }

  /// A linear molecule without anharmonicity or hot bands' shifts: the fundamental with its hot bands keeps its
  /// strength at any temperature, and P, Q, R share out all of it.
  static func harmonic(degeneracy: Int, direction: VibrationalBand.Direction) -> LinearMolecule {
    LinearMolecule(
      species: "test",
      broadening: LineBroadening(molarMass: 30, lorentzHalfWidth: 0.1, temperatureExponent: 0.7),
      provenance: OpacityProvenance(method: "", sources: [], fidelity: ""),
      modes: VibrationalModes(fundamentals: [1500], degeneracies: [degeneracy], anharmonicity: []),
      bands: [VibrationalBand("nu", [1], strength: 1e-18, direction)],
      rotation: 0.1, rotationChanges: [0], distortion: 0, doubling: 0, spinWeights: (1, 1), oddModes: [],
      levelLimit: 30_000, highestJ: 600)
  }

  @Test(arguments: [296.0, 1500.0]) func stretchKeepsItsStrength(_ temperature: Double) {
    let total = Self.spectrum(Self.harmonic(degeneracy: 1, direction: .parallel), temperature: temperature)
      .reduce(0, +)
    #expect(abs(total / 1e-18 - 1) < 1e-3)
  }

  @Test(arguments: [296.0, 1500.0]) func bendKeepsItsStrength(_ temperature: Double) {
    let total = Self.spectrum(
      Self.harmonic(degeneracy: 2, direction: .perpendicular), temperature: temperature
    ).reduce(0, +)
    #expect(abs(total / 1e-18 - 1) < 1.5e-3)
  }

  @Test func fundamentalsHaveThePublishedStrength() {
    let hydrogenCyanide = Self.spectrum(Self.cold(LinearMolecule.hydrogenCyanide), temperature: 296)
    // nu1 with its hot bands alone lies between 2.85 and 3.2 um; nu2 between 11.5 and 17 um.
    #expect(abs(Self.sum(hydrogenCyanide, from: 2.85, to: 3.25) / 9.5e-18 - 1) < 0.01)
    #expect(abs(Self.sum(hydrogenCyanide, from: 11, to: 18) / 1.06e-17 - 1) < 0.01)
    let ammonia = Self.spectrum(Self.cold(SymmetricTop.ammonia), temperature: 296)
    // Koops, Visser & Smit 1983: 138 and 28.2 km/mol; cm per molecule for one km/mol.
    let kilometre = 1e5 / Constants.avogadro
    #expect(abs(Self.sum(ammonia, from: 7.8, to: 18) / (138 * kilometre) - 1) < 0.03)
    #expect(abs(Self.sum(ammonia, from: 4.9, to: 7.4) / (28.2 * kilometre) - 1) < 0.03)
  }

  /// The nu4 band from v2 = 1 beside that from v2 = 0, and nu1 - nu2 beside nu1 + nu2, follow the Boltzmann factor.
  @Test func differenceBandFollowsItsLowerLevel() {
    let model = Self.cold(LinearMolecule.hydrogenCyanide)
    // nu1 - nu2 at 2600 cm-1: 3.75 to 3.95 um holds little else at low temperature.
    let cold = Self.sum(Self.spectrum(model, temperature: 300), from: 3.78, to: 3.92)
    let hot = Self.sum(Self.spectrum(model, temperature: 500), from: 3.78, to: 3.92)
    let c2 = Spectroscopy.secondRadiationConstant
    func population(_ temperature: Double) -> Double {
      2 * exp(-c2 * 712 / temperature) / model.modes.partitionFunction(temperature: temperature)
    }
    let ratio = population(500) / population(300)
    #expect(hot / cold > 0.7 * ratio && hot / cold < 1.6 * ratio)
  }

  /// Wavelengths in um of the strongest bin near each published band.
  @Test(
    arguments: [
      ("NH3", [10.5, 6.1, 3.0, 2.0, 1.5]), ("HCN", [14.0, 3.0, 7.1]), ("C2H2", [13.7, 3.0, 7.5]),
      ("H2S", [1.6, 1.95, 2.6, 4.0, 8.0]),
    ]) func bandsLieWhereTheyAreSeen(_ species: String, _ wavelengths: [Double]) throws
  {
    let strengths: [Double]
    switch species {
    case "NH3": strengths = Self.spectrum(Self.cold(SymmetricTop.ammonia), temperature: 500)
    case "HCN": strengths = Self.spectrum(Self.cold(LinearMolecule.hydrogenCyanide), temperature: 500)
    case "C2H2": strengths = Self.spectrum(Self.cold(LinearMolecule.acetylene), temperature: 500)
    default: strengths = Self.spectrum(Self.cold(AsymmetricTop.hydrogenSulfide), temperature: 500)
    }
    for wavelength in wavelengths {
      let inside = Self.sum(strengths, from: wavelength / 1.06, to: wavelength * 1.06) / (2 * 0.06)
      let below = Self.sum(strengths, from: wavelength / 1.28, to: wavelength / 1.16) / 0.1
      let above = Self.sum(strengths, from: wavelength * 1.16, to: wavelength * 1.28) / 0.1
      #expect(inside > 1.5 * min(below, above), "\(species) \(wavelength) um")
    }
  }
}

@Suite struct AsymmetricRotorTests {
  @Test func sharesOfALevelSumToItsWeight() {
    let rotor = AsymmetricRotor(a: 10.361, b: 9.016, c: 4.731, highestJ: 6)
    for direction in [VibrationalBand.Direction.a, .b, .c] {
      var sums = [Double](repeating: 0, count: rotor.levels.count)
      for transition in rotor.transitions(direction) { sums[transition.lower] += transition.strength }
      for (level, sum) in zip(rotor.levels, sums) where level.j < 6 {
        #expect(
          abs(sum / Double(2 * level.j + 1) - 1) < 2e-3, "\(direction) \(level.j) \(level.ka) \(level.kc)")
      }
    }
  }

  /// Closed forms for J = 1: B + C, A + C, A + B; from 0_00 a goes to 1_01, b to 1_11, c to 1_10.
  @Test func lowestLevelsAndSelectionRules() throws {
    let rotor = AsymmetricRotor(a: 5, b: 3, c: 2, highestJ: 1)
    #expect(rotor.levels.map { ($0.energy * 1e9).rounded() / 1e9 } == [0, 5, 7, 8])
    for (direction, name) in [(VibrationalBand.Direction.a, (0, 1)), (.b, (1, 1)), (.c, (1, 0))] {
      let uppers = rotor.transitions(direction).filter { $0.lower == 0 }
      #expect(uppers.count == 1)
      let upper = rotor.levels[try #require(uppers.first).upper]
      #expect((upper.ka, upper.kc) == name)
    }
  }

  /// The mean squares are the derivatives of the energies.
  @Test func meanSquaresAreDerivatives() {
    let step = 1e-5
    let middle = AsymmetricRotor(a: 10.361, b: 9.016, c: 4.731, highestJ: 5)
    let higher = AsymmetricRotor(a: 10.361, b: 9.016 + step, c: 4.731, highestJ: 5)
    let lower = AsymmetricRotor(a: 10.361, b: 9.016 - step, c: 4.731, highestJ: 5)
    for index in middle.levels.indices {
      let slope = (higher.levels[index].energy - lower.levels[index].energy) / (2 * step)
      #expect(abs(slope - middle.levels[index].squares.b) < 1e-6)
    }
  }
}
