import InteriorSpaces
import NumericalMethods
import Testing

@Suite("Priors of interiors")
struct InteriorPriorTests {
  static let distributions: [PriorDistribution] =
    RockyPrior().parameters.map(\.distribution) + LayeredPrior().parameters.map(\.distribution)
    + GiantPrior().parameters.map(\.distribution)

  @Test("rank and value are inverse", arguments: distributions)
  func inverse(_ distribution: PriorDistribution) {
    for step in 1..<100 {
      let rank = Double(step) / 100
      #expect(abs(distribution.rank(of: distribution.value(atRank: rank)) - rank) < 1e-9)
    }
    #expect(distribution.rank(of: -1e9) == 0 && distribution.rank(of: 1e9) == 1)
  }

  /// 4,000 draws: the largest distance of their ranks from uniform is below 1.95 / sqrt(4000) = 0.031 in 999 of 1,000 cases.
  @Test("draws have uniform ranks", arguments: distributions)
  func uniform(_ distribution: PriorDistribution) {
    var random = SeededRandom(seed: 11)
    let ranks = (0..<4000).map { _ in distribution.rank(of: distribution.draw(&random)) }.sorted()
    let distance = ranks.enumerated().map { abs($1 - (Double($0) + 0.5) / 4000) }.max() ?? 1
    #expect(distance < 0.031)
  }

  @Test("each parameter sets what it names")
  func parameters() {
    for prior in [RockyPrior(), LayeredPrior(), GiantPrior()] as [any InteriorPrior] {
      let middle = prior.parameters.map { $0.distribution.value(atRank: 0.5) }
      for (index, parameter) in prior.parameters.enumerated() {
        var changed = middle
        changed[index] = parameter.distribution.value(atRank: 0.6)
        #expect(prior.planet(changed) != prior.planet(middle), "\(parameter.parameter)")
        let sum =
          prior.planet(changed).coreMassFraction + prior.planet(changed).mantleMassFraction
          + prior.planet(changed).waterMassFraction + prior.planet(changed).envelopeMassFraction
        #expect(abs(sum - 1) < 1e-12)
      }
    }
  }
}
