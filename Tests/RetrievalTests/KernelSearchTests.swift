import NumericalMethods
import Retrieval
import Testing

@Suite("Kernels that find and weigh a density of few coordinates") struct KernelSearchTests {
  private static func normal(_ x: Double, _ mean: Double, _ deviation: Double) -> Double {
    let z = (x - mean) / deviation
    return exp(-0.5 * z * z) / (deviation * (2 * Double.pi).squareRoot())
  }

  /// ln of 0.7 N(0.3, 0.02) + 0.3 N(0.7, 0.04) in the first coordinate times N(0.5, 0.05) in each other, times e^5.
  private static func twoModes(_ point: [Double]) -> Double {
    5 + log(0.7 * normal(point[0], 0.3, 0.02) + 0.3 * normal(point[0], 0.7, 0.04))
      + point.dropFirst().reduce(0) { $0 + log(normal($1, 0.5, 0.05)) }
  }

  /// Of new draws from the last kernels: ln of the integral, the first coordinate's share below 0.5, effective share.
  private static func weighed(
    _ density: ([Double]) -> Double, width: Int, seed: UInt64
  ) throws -> (logIntegral: Double, low: Double, share: Double) {
    var random = SeededRandom(seed: seed)
    func uniform() -> [Double] { (0..<width).map { _ in random.uniform() } }
    let first = (0..<1000).map { _ in uniform() }
    var search = KernelSearch(
      first, logFirsts: first.map { _ in 0 }, logTargets: first.map(density))
    var rounds = 0
    while search.advance(), search.position < 1 || search.effectiveSampleSize < 200 {
      rounds += 1
      try #require(rounds < 60)
      let mixture = search.mixture(KernelSearch.kernels, &random)
      let inside = (0..<250).map { _ in mixture.sample(&random) }
        .filter { $0.allSatisfy { $0 > 0 && $0 < 1 } }
      search.add(
        inside, logFirsts: inside.map { _ in 0 }, logTargets: inside.map(density), from: mixture,
        drawn: 250, threads: 1)
    }
    let mixture = search.mixture(100, &random)
    let draws = (0..<4000).map { _ in mixture.sample(&random) }
    let weights = LogWeights(
      draws.map { draw in
        draw.allSatisfy { $0 > 0 && $0 < 1 } ? density(draw) - mixture.logDensity(draw) : -.infinity
      })
    let low = zip(draws, weights.normalised).reduce(0) { $0 + ($1.0[0] < 0.5 ? $1.1 : 0) }
    return (weights.logMean, low, weights.effectiveSampleSize / 4000)
  }

  @Test("two valleys keep their shares, and the evidence is the integral", arguments: [3, 5])
  func valleys(width: Int) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let result = try Self.weighed(Self.twoModes, width: width, seed: seed)
      // 4,000 draws worth 400 or more: 0.05 in ln, 0.023 in the share.
      #expect(abs(result.logIntegral - 5) < 0.15)
      #expect(abs(result.low - 0.7) < 0.08)
      #expect(result.share > 0.1)
    }
  }

  @Test("a density that is high at the walls is whole")
  func walls() throws {
    let result = try Self.weighed({ -20 * $0[0] + 30 * $0[1] }, width: 3, seed: 4)
    let exact = log(-expm1(-20.0) / 20) + log(expm1(30.0) / 30)
    #expect(abs(result.logIntegral - exact) < 0.1)
  }

  @Test("a mixture's density integrates to 1, and is that of its draws")
  func normalised() {
    var random = SeededRandom(seed: 7)
    let points = (0..<300).map { _ -> [Double] in
      let x = random.normal()
      return [0.5 + 0.05 * x, 0.4 + 0.1 * x * x + 0.01 * random.normal()]
    }
    let mixture = FittedKernels(points, weights: points.map { _ in 1.0 / 300 }, count: 20, &random)
    let (steps, low, high) = (1200, -2.0, 3.0)
    let cell = (high - low) / Double(steps)
    var (total, inside) = (0.0, 0.0)
    for i in 0..<steps {
      for j in 0..<steps {
        let point = [low + (Double(i) + 0.5) * cell, low + (Double(j) + 0.5) * cell]
        let mass = exp(mixture.logDensity(point)) * cell * cell
        total += mass
        if point[0] < 0.5, point[1] < 0.45 { inside += mass }
      }
    }
    #expect(abs(total - 1) < 0.005)
    let draws = (0..<20_000).map { _ in mixture.sample(&random) }
    let share = Double(draws.count { $0[0] < 0.5 && $0[1] < 0.45 }) / 20_000
    #expect(abs(share - inside) < 0.015)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
