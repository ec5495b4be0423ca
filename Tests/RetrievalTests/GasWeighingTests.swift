import Observations
import Testing

@testable import Retrieval

@Suite("What samples say of each gas") struct GasWeighingTests {
  /// Edges of bins of a hundredth, between two wavelengths, m.
  private static func bins(_ range: ClosedRange<Double>) -> (lower: [Double], upper: [Double]) {
    let grid = SpectralGrid.standard
    let places = (0..<grid.count).filter { range.contains(grid.wavelengths[$0]) }
    return (places.map { grid.edges[$0] }, places.map { grid.edges[$0 + 1] })
  }

  @Test(
    "carbon dioxide that Spitzer's filters alone show is theirs, and water of Hubble's points is not",
    arguments: [false, true])
  func filters(isResolved: Bool) throws {
    let near = Self.bins(1.1e-6...1.7e-6)
    let far = isResolved ? Self.bins(3.2e-6...5e-6) : (lower: [3.2e-6, 4.0e-6], upper: [3.9e-6, 5.0e-6])
    let (lower, upper) = (near.lower + far.lower, near.upper + far.upper)
    let observation = HotGiant.observation(lower, upper, lower.map { _ in HotGiant.depth }, ppm: 30)
    let target = try HotGiant.target(observation, HotGiant.forward())
    let state = HotGiant.state(try HotGiant.row(carbonDioxide: -4))
    let heights = try #require(target.heights(state.row))
    let sample = RetrievalTarget.Evaluation(
      state: state, heights: heights, depths: target.depths.depths(heights, state), logLikelihood: 0)
    let gases = GasWeighing(target: target, observation: observation, surrogate: nil, threads: 1)
      .evidence([sample], shares: [1], effectiveSampleSize: 1, draws: [0, 0, 0], affordable: 0).gases
    for (formula, isOfFilters) in [("H2O", false), ("CO2", !isResolved)] {
      let gas = try #require(gases.first { $0.formula == formula })
      #expect(gas.significance > 5 && gas.probability > 0.8, "\(gas)")
      #expect(gas.isOfFilters == isOfFilters, "\(gas)")
    }
  }
}
