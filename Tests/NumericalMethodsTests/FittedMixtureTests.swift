import NumericalMethods
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Mixtures fitted to weighted points")
struct FittedMixtureTests {
  /// Two laws far apart, one narrow and tilted, a quarter and three quarters by weight though as many points are of each.
  private static func points(_ random: inout SeededRandom) -> ([[Double]], [Double]) {
    var points: [[Double]] = []
    for index in 0..<2000 {
      let (a, b) = (random.normal(), random.normal())
      points.append(index % 2 == 0 ? [3 + a, -1 + 0.5 * b] : [-4 + a, a + 0.1 * b])
    }
    return (points, points.indices.map { ($0 % 2 == 0 ? 0.25 : 0.75) / 1000 })
  }

  @Test("means, deviations and weights come back")
  func fit() throws {
    var random = SeededRandom(seed: 1)
    let (points, weights) = Self.points(&random)
    let mixture = try #require(
      FittedMixture(points, weights: weights, parts: 2, isForDraws: false, &random))
    #expect(mixture.parts.count == 2)
    let (first, second) = (mixture.parts[0], mixture.parts[1])
    // 1,000 points each: a mean is known to 0.03 deviations, a deviation to 0.022; five sigma.
    #expect(abs(first.weight - 0.75) < 1e-3 && abs(second.weight - 0.25) < 1e-3)
    #expect(abs(first.mean[0] + 4) < 0.16 && abs(first.mean[1]) < 0.16)
    #expect(abs(second.mean[0] - 3) < 0.16 && abs(second.mean[1] + 1) < 0.08)
    #expect(abs(first.sd[0] - 1) < 0.12 && abs(second.sd[1] - 0.5) < 0.06)
    // The narrow one is tilted: across it density falls within 0.1 to 1.4e-4 of the peak's at 4.2 deviations.
    let densities = mixture.logDensities([[-4, 0], [-4, 0.6]])
    #expect(densities[0] - densities[1] > 12)
  }

  @Test("draws have the density that is said")
  func draws() throws {
    var random = SeededRandom(seed: 2)
    let (points, weights) = Self.points(&random)
    let mixture = try #require(
      FittedMixture(points, weights: weights, parts: 3, isForDraws: true, &random))
    // The integral of a known density, a normal law of deviation 3 about the origin, by draws of the mixture and of that law.
    let broad = FittedMixture([.init(weight: 1, mean: [0, 0], sd: [6, 6])])
    let drawn = (0..<20_000).map { _ in broad.sample(&random) }
    let ratios = zip(mixture.logDensities(drawn), broad.logDensities(drawn)).map { exp($0 - $1) }
    let mean = ratios.reduce(0, +) / 20_000
    let scatter =
      (ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot() / 20_000.0.squareRoot()
    #expect(abs(mean - 1) < 5 * scatter, "\(mean) +- \(scatter)")
    // Moments of the mixture's own draws are those of its parts.
    let own = (0..<20_000).map { _ in mixture.sample(&random)[0] }
    let expected = mixture.parts.reduce(0) { $0 + $1.weight * $1.mean[0] }
    #expect(abs(own.reduce(0, +) / 20_000 - expected) < 0.13)
  }

  @Test("without enough points there is no mixture")
  func few() {
    var random = SeededRandom(seed: 3)
    #expect(
      FittedMixture([[0, 0], [1, 1]], weights: [0.5, 0.5], parts: 1, isForDraws: true, &random) == nil)
    #expect(
      FittedMixture(
        [[Double]](repeating: [1, 1], count: 64), weights: [Double](repeating: 1 / 64.0, count: 64), parts: 1,
        isForDraws: true, &random) == nil)
  }
}
