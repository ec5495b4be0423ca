import Markup
import Testing

@Suite struct TicksTests {
  @Test func ticksAreRoundFewAndInside() {
    for (low, high) in [(0.0, 1.0), (45.2, 62.1), (0, 1.13), (2430, 2790), (1e-7, 3e-7), (99.99, 100.01)] {
      let ticks = Ticks(from: low, to: high, atMost: 5)
      #expect((2...5).contains(ticks.values.count), "\(low) to \(high): \(ticks.values)")
      #expect(ticks.values.allSatisfy { $0 >= low && $0 <= high })
      #expect(Set(ticks.values.map(ticks.label)).count == ticks.values.count)
    }
    #expect(Ticks(from: 45.2, to: 62.1, atMost: 5).values == [50, 55, 60])
  }
}
