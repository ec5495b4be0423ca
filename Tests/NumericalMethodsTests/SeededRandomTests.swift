import NumericalMethods
import Testing

@Suite("Seeded random numbers")
struct SeededRandomTests {
  @Test("a seed and a stream fix the sequence")
  func repeats() {
    var a = SeededRandom(seed: 7, stream: 3)
    var b = SeededRandom(seed: 7, stream: 3)
    var other = SeededRandom(seed: 7, stream: 4)
    let first = (0..<8).map { _ in a.next() }
    #expect(first == (0..<8).map { _ in b.next() })
    #expect(first != (0..<8).map { _ in other.next() })
  }

  @Test("a saved state goes on where it stopped")
  func restores() {
    var a = SeededRandom(seed: 1)
    _ = a.normal()
    var b = SeededRandom(seed: 99)
    b.words = a.words
    #expect(a.next() == b.next())
  }

  /// With n = 100,000 the mean scatters by 1/sqrt(n) = 0.003 and the variance by sqrt(2/n) = 0.0045; five sigma allowed.
  @Test("normal numbers have mean 0 and variance 1")
  func normalMoments() {
    var random = SeededRandom(seed: 11)
    let values = (0..<100_000).map { _ in random.normal() }
    let mean = values.reduce(0, +) / 1e5
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    #expect(abs(mean) < 0.016)
    #expect(abs(variance - 1) < 0.0225)
  }

  @Test("quantiles lie between order statistics")
  func quantiles() {
    #expect(quantile(ofSorted: [1, 2, 4], 0.5) == 2)
    #expect(quantile(ofSorted: [1, 2, 4], 0.75) == 3)
    #expect(quantile(ofSorted: [5], 0.9) == 5)
  }

  @Test("order statistics are values themselves, the median of an even number the upper one")
  func orderStatistics() {
    #expect(upperMedian([3, 1, 2]) == 2 && upperMedian([4, 1, 2, 3]) == 3 && upperMedian([7]) == 7)
    #expect(upperMedian([Double]()) == nil)
    #expect(orderStatistic([5, 4, 3, 2, 1], 0.2) == 2 && orderStatistic([2, 1], 0) == 1)
  }
}
