import Atmospheres
import Foundation
import NumericalMethods
import Observations
import SpectralPrior
import Testing

@testable import Retrieval

@Suite("Gases in the place of others") struct StandInsTests {
  /// - Parameters:
  ///   - lower: of the points, m.
  ///   - phosphine: in the planet that is observed, with no carbon dioxide; nil: carbon dioxide of 1e-5.
  /// - Returns: odds of the best gas in carbon dioxide's place, in the atmosphere with carbon dioxide that fits best.
  private static func candidate(
    lower: [Double], upper: [Double], ppm: Double, phosphine: Double?
  ) throws -> (best: StandIns.Candidate, carbonDioxide: Double) {
    let forward = try HotGiant.forward()
    let species = try #require(forward.species.first { $0.formula == "PH3" })
    func target(_ values: [Double]) throws -> RetrievalTarget {
      try HotGiant.target(HotGiant.observation(lower, upper, values, ppm: ppm), forward)
    }
    let blank = try target(lower.map { _ in HotGiant.depth })
    let truth = HotGiant.state(try HotGiant.row(carbonDioxide: phosphine == nil ? -5 : -10))
    let heights = try #require(
      blank.heights(truth.row, adding: phosphine.map { TraceGas(species, pow(10, $0)) }))
    let observed = try target(blank.depths.depths(heights, truth))
    let states = try stride(from: -8, through: -2, by: 0.25).map {
      HotGiant.state(try HotGiant.row(carbonDioxide: $0))
    }
    let best = try #require(
      states.max { a, b in
        func fit(_ state: RetrievalCoordinates.State) -> Double {
          observed.heights(state.row).map {
            observed.logLikelihood(observed.depths.depths($0, state), state)
          } ?? -.infinity
        }
        return fit(a) < fit(b)
      })
    let carbonDioxide = try #require(HotGiant.space.gases.first { $0.formula == "CO2" })
    return (
      try #require(StandIns(observed, threads: 2).best(for: carbonDioxide, draws: [best])),
      best.row[try #require(HotGiant.space.index("log10CO2"))]
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
