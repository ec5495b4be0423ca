import NumericalMethods
import Testing

@testable import Retrieval

@Suite("Runs of residuals") struct ResidualRunTests {
  @Test(
    "the run that goes one way is found, wherever it begins, and its size is that of independent residuals")
  func largest() {
    var residuals = [Double](repeating: 0, count: 40)
    for place in 13..<21 { residuals[place] = -1.5 }
    #expect(abs(ResidualRun.largest(residuals) - 1.5 * 8.0.squareRoot()) < 1e-12)
    // One alone is no run of its own size, and what changes sign is none.
    #expect(abs(ResidualRun.largest([0, 0, 5, 0, 0]) - 5 / 2.0.squareRoot()) < 1e-12)
    #expect(ResidualRun.largest((0..<40).map { $0.isMultiple(of: 2) ? 1 : -1 }) == 0)
    #expect(ResidualRun.largest([3]) == 0 && ResidualRun.largest([Double]()) == 0)
  }

  @Test("residuals that are only noise have runs of a few standard deviations")
  func noise() {
    var random = SeededRandom(seed: 8)
    let largest = (0..<200).map { _ in ResidualRun.largest((0..<300).map { _ in random.normal() }) }.sorted()
    #expect(largest[100] > 3 && largest[100] < 4.2 && largest[199] < 6)
  }
}
