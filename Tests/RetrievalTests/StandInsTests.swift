import Atmospheres
import Foundation
import NumericalMethods
import Observations
import OpacityFiles
import SpectralPrior
import Testing

@testable import Retrieval

@Suite("Gases in the place of others") struct StandInsTests {
  private static let space = AtmosphereSpace(.transmission)

  /// A clear hot giant with water and some of one gas more.
  private static func row(carbonDioxide: Double) throws -> [Double] {
    var row = AtmosphereSpace.row(mass: 0.6 * 1.898e27, radius: 1.2 * 6.9911e7, temperature: 1300)
    for variable in space.variables.dropFirst(3) {
      switch variable.key {
      case "log10H2O": row.append(-3.5)
      case "log10CO2": row.append(carbonDioxide)
      case "cloudTop": row.append(variable.range.upperBound)
      default: row.append(variable.range.lowerBound)
      }
    }
    return row
  }

  /// - Parameters:
  ///   - lower: of the points, m.
  ///   - phosphine: in the planet that is observed, with no carbon dioxide; nil: carbon dioxide of 1e-5.
  /// - Returns: odds of the best gas in carbon dioxide's place, in the atmosphere with carbon dioxide that fits best.
  private static func candidate(
    lower: [Double], upper: [Double], ppm: Double, phosphine: Double?
  ) throws -> (best: StandIns.Candidate, carbonDioxide: Double) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    let forward = try OpacityLibrary(directory: folder.path).model(space.configuration)
    let species = try #require(forward.species.first { $0.formula == "PH3" })
    func target(_ values: [Double]) throws -> RetrievalTarget {
      let errors = values.map { _ in ppm * 1e-6 }
      let observation = SpectralObservation(
        kind: .transmission, lower: lower, upper: upper, values: values, upperErrors: errors,
        lowerErrors: errors, instruments: values.map { _ in 0 }, instrumentNames: ["any"])
      return try RetrievalTarget(
        coordinates: RetrievalCoordinates(space, observation, level: 0.0144, inflatesErrors: false),
        observation: observation, forward: forward, threads: 2)
    }
    let blank = try target(lower.map { _ in 0.0144 })
    func state(_ row: [Double]) -> RetrievalCoordinates.State {
      .init(row: row, depth: 0.0144, starRadius: 7e8, inflation: 1, logPrior: 0, logContext: 0)
    }
    let truth = state(try row(carbonDioxide: phosphine == nil ? -5 : -10))
    let heights = try #require(
      blank.heights(truth.row, adding: phosphine.map { TraceGas(species, pow(10, $0)) }))
    let observed = try target(blank.depths.depths(heights, truth))
    let states = try stride(from: -8, through: -2, by: 0.25).map { state(try row(carbonDioxide: $0)) }
    let best = try #require(
      states.max { a, b in
        func fit(_ state: RetrievalCoordinates.State) -> Double {
          observed.heights(state.row).map {
            observed.logLikelihood(observed.depths.depths($0, state), state)
          } ?? -.infinity
        }
        return fit(a) < fit(b)
      })
    let carbonDioxide = try #require(space.gases.first { $0.formula == "CO2" })
    return (
      try #require(StandIns(observed, threads: 2).best(for: carbonDioxide, draws: [best])),
      best.row[try #require(space.index("log10CO2"))]
    )
  }

  private static let grid = SpectralGrid.standard
  private static let infrared = (0..<grid.count).filter {
    grid.wavelengths[$0] > 1e-6 && grid.wavelengths[$0] < 5.2e-6
  }
  private static let (lower, upper) = (
    infrared.map { grid.edges[$0] }, infrared.map { grid.edges[$0 + 1] }
  )

  @Test("two broad points do not tell carbon dioxide from what absorbs beside it", arguments: [nil, -4.5])
  func broad(phosphine: Double?) throws {
    let found = try Self.candidate(
      lower: [1.1e-6, 1.3e-6, 1.5e-6, 3.2e-6, 4.0e-6], upper: [1.3e-6, 1.5e-6, 1.7e-6, 3.9e-6, 5.0e-6],
      ppm: 60,
      phosphine: phosphine)
    #expect(found.carbonDioxide > -7)
    #expect(found.best.odds > 0.2 && found.best.odds < 20, "\(found)")
  }

  @Test("a whole spectrum tells them apart")
  func whole() throws {
    let carbonDioxide = try Self.candidate(lower: Self.lower, upper: Self.upper, ppm: 60, phosphine: nil)
    #expect(carbonDioxide.carbonDioxide == -5 && carbonDioxide.best.odds < 1e-3, "\(carbonDioxide)")
    let phosphine = try Self.candidate(lower: Self.lower, upper: Self.upper, ppm: 60, phosphine: -4.5)
    #expect(phosphine.best.formula == "PH3" && phosphine.best.odds > 50, "\(phosphine)")
  }
}
