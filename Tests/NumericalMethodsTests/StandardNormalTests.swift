import NumericalMethods
import Testing

@Suite("Standard normal law")
struct StandardNormalTests {
  /// Abramowitz & Stegun 1964, tables 26.1 and 26.5.
  @Test(
    "values of tables",
    arguments: [
      (1.0, 0.841_344_746_068_54), (1.96, 0.975_002_104_85), (-2.0, 0.022_750_131_948),
      (-6.361_340_902_404_056, 1e-10),
    ])
  func tables(value: Double, rank: Double) {
    #expect(abs(StandardNormal.rank(of: value) - rank) < 1e-10 * rank)
    #expect(abs(StandardNormal.value(atRank: rank) - value) < 1e-9)
  }

  @Test("rank and value are inverse, far out too")
  func inverse() {
    for place in 1..<1000 {
      let rank = Double(place) / 1000
      #expect(abs(StandardNormal.rank(of: StandardNormal.value(atRank: rank)) - rank) < 1e-13)
    }
    for step in 0...160 {
      let value = -8 + 0.1 * Double(step)
      let back = StandardNormal.value(atRank: StandardNormal.rank(of: value))
      // Near 1 a rank has no more than 1e-16.
      #expect(abs(back - value) < (value < 5 ? 1e-9 : 0.3), "\(value)")
    }
    #expect(StandardNormal.value(atRank: 0).isFinite && StandardNormal.value(atRank: 1).isFinite)
  }
}
