import Atmospheres
import Foundation
import MolecularBands
import Observations
import OpacityFiles
import Testing

@Suite("The two means of a band") struct TwoMeansTests {
  private let grid = SpectralGrid(wavelengths: [1e-6, 2e-6])

  /// k = 1, 3 in the first bin and 5, 7 in the second, in 1e-24 m2, at any temperature and pressure.
  private func distribution() throws -> KDistribution {
    let logs = [1.0, 3, 5, 7].map { Float(log($0 * 1e-24)) }
    return try KDistribution(
      species: .water, weights: [0.25, 0.75],
      form: .local(
        LogCrossSectionTable(
          temperatures: [500, 1000], pressures: [1, 100], pointCount: 2,
          logCrossSections: logs + logs + logs + logs)))
  }

  @Test("bins weigh by the wavenumbers they share with the band")
  func weights() throws {
    let table = try distribution()
    #expect(zip(grid.edges, [0.5e-6, 1.5e-6, 2.5e-6]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    // 1 to 2 um: 1e6 - 1e6 / 1.5 of the first bin, 1e6 / 1.5 - 1e6 / 2 of the second.
    let (first, second) = ((1 - 1 / 1.5) / 0.5, (1 / 1.5 - 1 / 2) / 0.5)
    let means = try #require(
      try table.twoMeans(from: 1e-6, to: 2e-6, grid: grid, temperature: 700, pressure: 10))
    #expect(abs(means.logOfMean - log(1e-24 * (first * 2.5 + second * 6.5))) < 1e-5)
    let meanOfLog = log(1e-24) + first * 0.75 * log(3) + second * (0.25 * log(5) + 0.75 * log(7))
    #expect(abs(means.meanOfLog - meanOfLog) < 1e-5)
    #expect(try table.twoMeans(from: 3e-6, to: 4e-6, grid: grid, temperature: 700, pressure: 10) == nil)
  }

  @Test("what lies below the floor counts as the floor")
  func floor() {
    let means = TwoMeans(logCrossSections: [-200, -50], quadrature: [0.5, 0.5], shares: [1])
    #expect(abs(means.meanOfLog - (BandMoments.floor - 50) / 2) < 1e-12)
  }

  @Test("a comparison takes the temperatures, pressures and bands that count")
  func comparison() throws {
    let lines = [
      "0.9,1.2,500,0.0001,-50,-52", "0.9,1.2,600,0.0001,-50,-52", "0.9,1.2,500,0.001,-50,-52",
      "0.9,1.2,500,0.0001,-60,-62", "3,4,500,0.0001,-50,-52",
    ].map { "H2O," + $0 }
    let moments = try BandMoments(species: "H2O", table: (["molecule"] + lines).joined(separator: "\n"))
    let comparison = try MomentsComparison(
      distribution(), grid: grid, with: moments, temperatures: [500], pressures: [10])
    #expect(comparison.rows.count == 1)
    let difference = try #require(comparison.rows.first?.difference)
    #expect(abs(difference.logOfMean - log(2.5e-24) - 50 - log(1e4)) < 1e-5)
    #expect(abs(difference.meanOfLog - log(1e-24) - 0.75 * log(3) - 52 - log(1e4)) < 1e-5)
  }
}
