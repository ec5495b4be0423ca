import Foundation
import Testing

@testable import MolecularBands

@Suite struct DiatomicsTests {
  /// TIPS (Gamache et al. 2021, JQSRT 271, 107713) at 296 K for H35Cl, the factor 8 of the nuclei taken out.
  @Test func hydrogenChloride() {
    let value = DiatomicMolecule.hydrogenChloride.partitionFunction(temperature: 296)
    #expect(abs(value / (160.65 / 8) - 1) < 0.01)
  }

  /// TIPS for 16OH without the factor 2 of the proton. Energies count from 2 B below the lowest level, N = 1; N stands
  /// for J: 6 %.
  @Test func hydroxyl() {
    let value = DiatomicMolecule.hydroxyl.partitionFunction(temperature: 296)
    let shift = exp(Spectroscopy.secondRadiationConstant * 2 * 18.55 / 296)
    #expect(abs(value * shift / (80.35 / 2) - 1) < 0.06)
  }

  /// At 296 K the sum over the lines of a band is its strength, stimulated emission and hot bands apart.
  @Test(
    arguments: [
      (DiatomicMolecule.hydrogenChloride, 3.1, 4.0, 5.3e-18), (.hydrogenChloride, 1.65, 1.95, 1.17e-19),
      (.hydroxyl, 2.4, 3.5, 1.8e-18), (.hydroxyl, 1.35, 1.65, 2.8e-19), (.siliconMonoxide, 7.4, 9.2, 5.8e-18),
      (.titaniumOxide, 9, 11.2, 2.0e-17), (.vanadiumOxide, 9, 11.2, 2.3e-17),
    ] as [(DiatomicMolecule, Double, Double, Double)])
  func bandsHaveTheirStrength(
    _ molecule: DiatomicMolecule, _ lower: Double, _ upper: Double, _ strength: Double
  ) {
    var molecule = molecule
    molecule.systems = []
    molecule.states = [molecule.states[0]]
    let sticks = BandStrengthTests.spectrum(molecule, temperature: 296)
    let sum = BandStrengthTests.sum(sticks, from: lower, to: upper)
    #expect(abs(sum / strength - 1) < 0.06, "\(molecule.species) \(lower) um: \(sum)")
  }

  /// R(0) of the fundamental of H35Cl, 2906.25 cm-1, P(1) 2865.10 (Rank, Rao & Wiggins 1965, J. Mol. Spectrosc. 17,
  /// 122): nothing lies between them but lines of H37Cl, 2 cm-1 lower, and none in the 35 cm-1 gap.
  @Test func bandCentreIsEmpty() {
    let sticks = BandStrengthTests.spectrum(DiatomicMolecule.hydrogenChloride, temperature: 296)
    let gap = BandStrengthTests.sum(sticks, from: 1e4 / 2900, to: 1e4 / 2870)
    let lines = BandStrengthTests.sum(sticks, from: 1e4 / 2910, to: 1e4 / 2860)
    #expect(lines > 1e-19 && gap < 0.03 * lines)
  }

  /// Squared dipole, J -> J + 1 from the closed form 8 pi^3/(3 h c) nu mu^2 (J + 1)/(2 J + 1).
  @Test func rotationHasItsDipole() {
    let molecule = DiatomicMolecule(
      species: "X",
      broadening: LineBroadening(molarMass: 20, lorentzHalfWidth: 0.1, temperatureExponent: 0.7),
      provenance: OpacityProvenance(method: "", sources: [], fidelity: ""), systems: [],
      states: [
        ElectronicState(
          "X", lambda: 0, multiplicity: 1, energy: 0, frequency: 1e5, anharmonicity: 0, rotation: 600,
          rotationChange: 0)
      ], reducedMass: 1, isotopologues: [(1, 1)], highestVibration: 0, highestJ: 3,
      infrared: [.rotation(dipole: 2)])
    // At 100 K all molecules are in J = 0, whose line lies at 1200 cm-1.
    let sum = BandStrengthTests.spectrum(molecule, temperature: 100).reduce(0, +)
    #expect(abs(sum / (Spectroscopy.strengthOfSquareDebye * 4 * 1200) - 1) < 1e-3)
  }

  @Test func meansOfASpectrumStay() throws {
    let grid = SamplingGrid.networks(pointsPerBin: 1)
    let shape = try BandShape(species: "FeH", table: "molecule\nFeH,1.002,-50,-49,-48,-47,-46", grid: grid)
    let table = MeanSpectrum.ironHydride.table(
      builder: OpacityBuilder(grid: grid, temperatures: [800], pressures: [1, 1e5]), means: shape)
    let bin = try #require(grid.bin(wavelength: 1.002))
    for pressure in 0..<2 {
      #expect(abs(log(1e4 * table.mean(temperature: 0, pressure: pressure, bin: bin)) + 49) < 1e-4)
      #expect(table.mean(temperature: 0, pressure: pressure, bin: bin + 1) < 1e-60)
    }
    // Wider lines: a narrower distribution.
    let lowest = (0..<2).map { table.logCrossSections[table.index(temperature: 0, pressure: $0, bin: bin)] }
    #expect(lowest[1] > lowest[0] + 1)
  }

  /// Each place in wavelength and temperature has one stated error, whatever the gas.
  @Test func everyPlaceHasOneError() {
    for recipe in OpacityRecipe.all {
      for wavelength in stride(from: 0.313, to: 16, by: 0.1) {
        for temperature in [310.0, 590, 700, 900, 1500, 1990, 2100, 2990] {
          let count = recipe.statedErrors.filter {
            $0.wavelengths.contains(wavelength) && $0.temperatures.contains(temperature)
          }.count
          #expect(count == 1, "\(recipe.species) \(wavelength) um \(temperature) K")
        }
      }
    }
  }
}
