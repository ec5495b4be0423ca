import Foundation
import NumericalMethods
import Observations
import Retrieval
import Tensors
import Testing

@Suite("Weights of samples") struct ImportanceWeightsTests {
  @Test("mean, effective number and shares of weights, whatever their scale")
  func weights() {
    let raw = [1.0, 2, 0, 5]
    let weights = LogWeights(raw.map { log($0) + 800 })
    #expect(abs(weights.logMean - (log(2) + 800)) < 1e-12)
    #expect(abs(weights.effectiveSampleSize - 64.0 / 30) < 1e-12)
    for (share, value) in zip(weights.normalised, raw) { #expect(abs(share - value / 8) < 1e-12) }
    #expect(LogWeights([-.infinity]).effectiveSampleSize == 0)
  }

  @Test("systematic resampling takes each as often as its weight says, to within one")
  func resampling() {
    var random = SeededRandom(seed: 4)
    let weights = [0.4, 0.05, 0, 0.3, 0.25]
    for _ in 0..<100 {
      let chosen = systematicResampling(weights, count: 37, &random)
      #expect(chosen == chosen.sorted() && chosen.count == 37)
      for (index, weight) in weights.enumerated() {
        let expected = 37 * weight
        #expect(abs(Double(chosen.count { $0 == index }) - expected) < 1)
      }
    }
  }

  /// The estimate of Zhang & Stephens by its definition, written anew: no helper shared with the library.
  private static func zhangStephens(_ x: [Double]) -> (shape: Double, scale: Double) {
    let n = Double(x.count)
    let m = 30 + Int(n.squareRoot())
    let star = x[Int(n / 4 + 0.5) - 1]
    var thetas: [Double] = []
    var profile: [Double] = []
    for j in 1...m {
      let theta = 1 / x[x.count - 1] + (1 - (Double(m) / (Double(j) - 0.5)).squareRoot()) / (3 * star)
      let k = x.map { log(1 - theta * $0) }.reduce(0, +) / n
      thetas.append(theta)
      profile.append(n * (log(-theta / k) - k - 1))
    }
    var estimate = 0.0
    for (j, theta) in thetas.enumerated() {
      estimate += theta / profile.map { exp($0 - profile[j]) }.reduce(0, +)
    }
    let k = x.map { log(1 - estimate * $0) }.reduce(0, +) / n
    return ((n * k + 5) / (n + 10), -k / estimate)
  }

  @Test("the tail is replaced by a generalised Pareto law's order statistics", arguments: [0.2, 0.6, 1.1])
  func definition(shape: Double) {
    var random = SeededRandom(seed: 12)
    let raw = (0..<1000).map { _ in (pow(1 - random.uniform(), -shape) - 1) / shape + 0.3 }
    let smoothing = ParetoSmoothing(LogWeights(raw.map { log($0) - 50 }))
    let sorted = raw.sorted()
    let tail = Int(3 * 1000.0.squareRoot())
    let threshold = sorted[1000 - tail - 1]
    let law = Self.zhangStephens(sorted.suffix(tail).map { $0 - threshold })
    #expect(abs(smoothing.shape - law.shape) < 1e-6)
    // 94 values tell the shape to about (1 + k) / sqrt 94.
    #expect(abs(smoothing.shape - shape) < 0.35)
    let result = smoothing.logWeights.values.map { exp($0 + 50) }.sorted()
    for rank in 0..<(1000 - tail) { #expect(abs(result[rank] / sorted[rank] - 1) < 1e-9) }
    for z in 1...tail {
      let p = (Double(z) - 0.5) / Double(tail)
      let expected = min(threshold + law.scale / law.shape * (pow(1 - p, -law.shape) - 1), sorted[999])
      #expect(abs(result[1000 - tail + z - 1] / expected - 1) < 1e-6)
    }
  }

  @Test("equal weights and few weights are left as they are")
  func nothingToSmooth() {
    let equal = LogWeights([Double](repeating: -3, count: 100))
    #expect(ParetoSmoothing(equal).logWeights == equal && ParetoSmoothing(equal).shape == 0)
    let few = LogWeights([0, 1, 2, 9])
    #expect(ParetoSmoothing(few).logWeights == few)
  }

  /// Two unknowns with flat prior, three data that are linear in them; the surrogate's data are shifted and its errors wider.
  @Test("samples of a wrong surrogate, weighted, have the exact posterior and evidence of a linear problem")
  func wrongSurrogate() throws {
    let error = 0.03
    func logLikelihood(_ point: [Double], shift: Double, error: Double) -> Double {
      let data = [0.5, 0.9, 0.1]
      let model = [point[0] + shift, point[0] + point[1], point[0] - point[1] - shift]
      return zip(data, model).reduce(0) { sum, item in
        let z = (item.0 - item.1) / error
        return sum - 0.5 * z * z - log(error * (2 * Double.pi).squareRoot())
      }
    }
    // Normal equations: x has precision 3 / e^2 and mean (0.5 + 0.9 + 0.1) / 3, y 2 / e^2 and (0.9 - 0.1) / 2; what is left of the
    // data is (0, 0, 0).
    let expected = (
      x: 0.5, y: 0.4, deviationX: error / 3.0.squareRoot(), deviationY: error / 2.0.squareRoot()
    )
    let logEvidence = -log(6.0.squareRoot() * error * (2 * Double.pi).squareRoot())
    var random = SeededRandom(seed: 40)
    let count = 4096
    let points = Matrix<Double>(
      rows: count, columns: 2, elements: (0..<2 * count).map { _ in random.uniform() })
    var chain = SequentialMonteCarlo(
      points: points, logDensities: [Double](repeating: 0, count: count), particles: count,
      random: random)
    let arrived = chain.carry(
      from: { [Double](repeating: 0, count: $0.rows) },
      to: { points in
        (0..<points.rows).map { logLikelihood(Array(points.row($0)), shift: 0.02, error: 1.3 * error) }
      }, sweeps: (5, 10, 1))
    try #require(arrived)
    let samples = (0..<count).map { Array(chain.points.row($0)) }
    let smoothing = ParetoSmoothing(
      LogWeights(zip(samples, chain.logDensities).map { logLikelihood($0, shift: 0, error: error) - $1 }))
    #expect(smoothing.shape < 0.7 && smoothing.logWeights.effectiveSampleSize > 1500)
    let x = Posterior(draws: samples.map { $0[0] }, weights: smoothing.logWeights.normalised)
    let y = Posterior(draws: samples.map { $0[1] }, weights: smoothing.logWeights.normalised)
    #expect(abs(x.mean - expected.x) < 0.08 * expected.deviationX)
    #expect(abs(y.mean - expected.y) < 0.08 * expected.deviationY)
    #expect(abs(x.sd / expected.deviationX - 1) < 0.06 && abs(y.sd / expected.deviationY - 1) < 0.06)
    #expect(abs(chain.logEvidence + smoothing.logWeights.logMean - logEvidence) < 0.1)
    // Unweighted they would be wrong: the surrogate's mean of x is the same, of y it is not.
    let plain = Posterior(draws: samples.map { $0[1] })
    #expect(abs(plain.mean - expected.y) > 0.3 * expected.deviationY)
  }

  @Test("a sample's summary by weights is that of so many copies")
  func summary() {
    let draws = [3.0, 1, 2, 7, 5, 4]
    let counts = [2, 4, 1, 1, 3, 5]
    let weighted = Posterior(draws: draws, weights: counts.map { Double($0) / 16 })
    let copies = zip(draws, counts).flatMap { [Double](repeating: $0, count: $1) }
    let plain = Posterior(draws: copies)
    #expect(abs(weighted.mean - plain.mean) < 1e-12 && abs(weighted.sd - plain.sd) < 1e-12)
    var random = SeededRandom(seed: 8)
    let many = (0..<20_000).map { _ in random.normal() }
    // Drawn from N(0, 1) and weighted to N(1, 1).
    let logWeights = LogWeights(many.map { $0 - 0.5 })
    let shifted = Posterior(draws: many, weights: logWeights.normalised)
    #expect(abs(shifted.p50 - 1) < 0.05 && abs(shifted.p84 - shifted.p16 - 2 * 0.99446) < 0.08)
  }
}
