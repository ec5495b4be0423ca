import Atmospheres
import NumericalMethods
import Testing

@testable import Retrieval

@Suite("Least squares, kernels and adaptive importance sampling") struct RefinementTests {
  /// Residuals of a straight model with a wall through its summit, or of a bent one; both with known integrals.
  private struct Toy: LeastSquaresTarget {
    struct Sample: Sendable {
      var point: [Double]
    }

    var dimensions: Int
    /// ln of what the density is multiplied by.
    var logScale = 0.0
    let residual: @Sendable ([Double]) -> [Double]

    func sample(at point: [Double]) -> Sample? { Sample(point: point) }
    func residuals(_ sample: Sample) -> [Double] { residual(sample.point) }
    func logDensity(_ sample: Sample) -> Double {
      logScale - 0.5 * residual(sample.point).reduce(0) { $0 + $1 * $1 }
    }
  }

  /// Normal with deviations 1e-4, 2e-4 and 0.1 along turned axes.
  private static let turned = Toy(dimensions: 3, logScale: 7) { x in
    let (a, b, c) = (x[0] - 0.4, x[1] - 0.5, x[2] - 0.6)
    return [(0.6 * a + 0.8 * b) / 1e-4, (0.8 * a - 0.6 * b - 0.5 * c) / 2e-4, c / 0.1]
  }

  /// Straight in the first coordinate, which lies two deviations beyond the wall; in the others a ridge that is bent by five of its widths
  /// where it is one deviation long.
  private static let bent = Toy(dimensions: 3, logScale: -3) { x in
    let u = (x[1] - 0.5) / 0.2
    return [(x[0] + 0.002) / 0.001, u, (x[2] - 0.3 - 0.005 * u * u) / 0.001]
  }

  private static func sampler(
    _ toy: Toy, seed: UInt64 = 1, threads: Int = 1, most: Int = 6000
  ) throws -> AdaptiveSampler<Toy> {
    var random = SeededRandom(seed: seed)
    let starts = (0..<24).map { _ in (0..<toy.dimensions).map { _ in random.uniform() } }
    var refinement = Refinement(toy, threads: threads, random: random)
    let found = refinement.sample(from: starts, effective: 1000, most: most)
    let sampler = try #require(found)
    #expect(refinement.evaluations <= most && refinement.evaluations >= sampler.evaluations)
    return sampler
  }

  private static func moments(_ sampler: AdaptiveSampler<Toy>, _ j: Int) -> (mean: Double, deviation: Double)
  {
    // As results have them.
    let weights = ParetoSmoothing(sampler.logWeights).logWeights.normalised
    let values = sampler.samples.map { $0.point[j] }
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let square = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    return (mean, square.squareRoot())
  }

  @Test("a narrow ridge has its integral, means and widths")
  func ridge() throws {
    let sampler = try Self.sampler(Self.turned)
    // The determinant of the axes is 1 but for the sign.
    let integral = 7 + 1.5 * log(2 * Double.pi) + log(1e-4 * 2e-4 * 0.1)
    // A thousand effective samples: 0.03.
    #expect(abs(sampler.logWeights.logMean - integral) < 0.08)
    let deviation = 0.1
    #expect(abs(Self.moments(sampler, 2).mean - 0.6) < 0.12 * deviation)
    #expect(abs(Self.moments(sampler, 2).deviation / deviation - 1) < 0.08)
    // b = (0.8 r1 - 0.6 r2 - 0.3 c), a = 0.6 r1 + 0.8 r2 + 0.4 c.
    #expect(abs(Self.moments(sampler, 0).mean - 0.4) < 0.12 * 0.04)
    #expect(abs(Self.moments(sampler, 0).deviation / 0.04 - 1) < 0.08)
  }

  @Test("beyond a wall and along a bend the integral is right, too")
  func bend() throws {
    let sampler = try Self.sampler(Self.bent)
    let tail = 0.5 * erfc(2 / 2.0.squareRoot())
    let middle = erf(2.5 / 2.0.squareRoot())
    let integral = -3 + 1.5 * log(2 * Double.pi) + log(0.001 * tail * 0.2 * middle * 0.001)
    // A thousand effective samples: 0.03. Without `settle` it is 0.07 too low.
    #expect(abs(sampler.logWeights.logMean - integral) < 0.1)
    // A normal law's tail from two deviations on: mean 2 + 0.3732.
    #expect(abs(Self.moments(sampler, 0).mean - 0.000_373_2) < 0.000_04)
    #expect(abs(Self.moments(sampler, 1).mean - 0.5) < 0.03)
  }

  @Test("the same seed gives the same samples, whatever the threads")
  func deterministic() throws {
    let (one, three) = (
      try Self.sampler(Self.bent, threads: 1), try Self.sampler(Self.bent, threads: 3)
    )
    #expect(one.logWeights == three.logWeights && one.samples.map(\.point) == three.samples.map(\.point))
    #expect(try Self.sampler(Self.bent, seed: 2).logWeights != one.logWeights)
  }

  @Test("a density that is nowhere gives nothing")
  func nothing() {
    struct Nowhere: LeastSquaresTarget {
      var dimensions: Int { 2 }
      func sample(at point: [Double]) -> Int? { nil }
      func logDensity(_ sample: Int) -> Double { 0 }
      func residuals(_ sample: Int) -> [Double] { [] }
    }
    var refinement = Refinement(Nowhere(), threads: 1, random: SeededRandom(seed: 1))
    let sampler = refinement.sample(from: [[0.5, 0.5], [0.2, 0.3]], effective: 10, most: 100)
    #expect(sampler == nil)
  }

  @Test("kernels are normalised, and draws have their density")
  func kernels() throws {
    let kernel = try #require(
      KernelMixture.Kernel(centre: [0.2, 0.7], precision: [50, 20, 20, 30]))
    let wide = try #require(KernelMixture.Kernel(weight: 3, centre: [0.5, 0.1], precision: [4, 0, 0, 9]))
    let mixture = KernelMixture([kernel, wide])
    #expect(mixture.kernels.map(\.weight) == [0.25, 0.75])
    // Over a square of 24 to a side.
    var (sum, inside) = (0.0, 0.0)
    let steps = 400
    for i in 0..<steps {
      for j in 0..<steps {
        let point = [
          24 * (Double(i) + 0.5) / Double(steps) - 12, 24 * (Double(j) + 0.5) / Double(steps) - 12,
        ]
        let part = exp(mixture.logDensity(point)) * pow(24 / Double(steps), 2)
        sum += part
        if point.allSatisfy({ $0 > 0 && $0 < 1 }) { inside += part }
      }
    }
    #expect(abs(sum - 1) < 1e-3)
    var random = SeededRandom(seed: 4)
    let draws = (0..<20_000).map { _ in mixture.draw(&random) }
    let share = Double(draws.count { $0.allSatisfy { $0 > 0 && $0 < 1 } }) / 20_000
    #expect(abs(share - inside) < 0.015)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
