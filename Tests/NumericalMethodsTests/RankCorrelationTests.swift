import NumericalMethods
import Testing

@Suite("Rank correlation")
struct RankCorrelationTests {
  @Test("it knows order alone, and shares ranks among equals")
  func ranks() {
    #expect(abs(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000]) - 1) < 1e-15)
    #expect(abs(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]) + 1) < 1e-15)
    #expect(rankCorrelation([1, 1, 1], [1, 2, 3]) == 0)
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
    #expect(abs(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / (4.5 * 5.0).squareRoot()) < 1e-15)
  }
}
