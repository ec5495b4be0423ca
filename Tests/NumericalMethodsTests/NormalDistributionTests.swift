import NumericalMethods
import Testing

@Suite("Normal law and ranks")
struct NormalDistributionTests {
  @Test(
    "quantiles are those of tables",
    arguments: [
      (0.5, 0), (0.841344746068543, 1), (0.977249868051821, 2), (0.975, 1.959963984540054),
      (1e-10, -6.361340902404056),
    ])
  func quantiles(probability: Double, expected: Double) {
    #expect(abs(NormalDistribution.quantile(probability) - expected) < 1e-11)
    #expect(abs(NormalDistribution.probability(below: expected) - probability) < 1e-14)
  }

  @Test("the quantile undoes the probability")
  func inverse() {
    for place in 1..<1000 {
      let p = Double(place) / 1000
      #expect(abs(NormalDistribution.probability(below: NormalDistribution.quantile(p)) - p) < 1e-14)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
  }

  @Test("rank correlation knows order alone, and shares ranks among equals")
  func ranks() {
    #expect(abs(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000]) - 1) < 1e-15)
    #expect(abs(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]) + 1) < 1e-15)
    #expect(rankCorrelation([1, 1, 1], [1, 2, 3]) == 0)
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
    #expect(abs(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / (4.5 * 5.0).squareRoot()) < 1e-15)
  }
}
