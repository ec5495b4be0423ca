import NumericalMethods
import Testing

@testable import RetrievalTraining

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Limits of information") struct InformationLimitTests {
  @Test("numbers between two ends have the law's mean, wherever its summit lies")
  func cutNormal() {
    var random = SeededRandom(seed: 2)
    // Curvature, slope, ends.
    for (curvature, slope, low, high) in [
      (1, 0, -0.5, 0.5), (4.0, 2.0, -3, 4), (100, 20, 0, 1), (100, 800, 0, 1), (100, -300, 0, 1),
      (0, 0, 2, 3),
      (1e-12, 3, 0, 1), (1e6, 5e5, 0, 1), (1e4, 1.1e4, 0, 1),
    ] as [(Double, Double, Double, Double)] {
      func density(_ x: Double) -> Double {
        let summit = min(max(curvature > 0 ? slope / curvature : low, low), high)
        return exp(slope * (x - summit) - 0.5 * curvature * (x * x - summit * summit))
      }
      var (sum, mean, square) = (0.0, 0.0, 0.0)
      let steps = 20_000
      for step in 0..<steps {
        let x = low + (high - low) * (Double(step) + 0.5) / Double(steps)
        let weight = density(x)
        sum += weight
        mean += weight * x
        square += weight * x * x
      }
      mean /= sum
      let deviation = (square / sum - mean * mean).squareRoot()
      let draws = (0..<4000).map { _ in
        random.cutNormal(curvature: curvature, slope: slope, between: low, high)
      }
      #expect(draws.allSatisfy { $0 >= low && $0 <= high })
      let drawn = draws.reduce(0, +) / 4000
      #expect(abs(drawn - mean) < 4 * deviation / 4000.0.squareRoot(), "\(curvature) \(slope)")
    }
  }

  @Test("means of a cut-off normal law are right on a ridge across the box")
  func ridge() {
    // x + y is known to 0.01, x - y to 1; the wall y < 1 cuts the ridge.
    let (stiff, soft) = (1 / (0.01 * 0.01), 1.0)
    let precision = [stiff + soft, stiff - soft, stiff - soft, stiff + soft]
    let centre = [0.3, 0.9]
    let slope = [60.0, 55]
    var (sum, mean) = (0.0, [0.0, 0.0])
    let steps = 600
    for i in 0..<steps {
      for j in 0..<steps {
        let x = [(Double(i) + 0.5) / Double(steps), (Double(j) + 0.5) / Double(steps)]
        let d = [x[0] - centre[0], x[1] - centre[1]]
        let quadratic =
          precision[0] * d[0] * d[0] + 2 * precision[1] * d[0] * d[1] + precision[3] * d[1] * d[1]
        let weight = exp(slope[0] * d[0] + slope[1] * d[1] - 0.5 * quadratic)
        sum += weight
        mean[0] += weight * x[0]
        mean[1] += weight * x[1]
      }
    }
    var random = SeededRandom(seed: 5)
    let found = TruncatedNormal(centre: centre, precision: precision, slope: slope).mean(
      sweeps: 20_000, &random)
    // The ridge is a third of the box long.
    #expect(abs(found[0] - mean[0] / sum) < 0.01 && abs(found[1] - mean[1] / sum) < 0.01)
  }

  @Test("the amount from which on a gas is found")
  func trace() throws {
    let truths = (0..<400).map { -8 + 7 * (Double($0) + 0.5) / 400 }
    // Found from -5 on, and between -7.2 and -5.8 by chance: with the bin below -5 only 8 of 9 are.
    let means = truths.map { $0 < -5 ? -6.5 : $0 }
    let limit = TraceLimit(truths: truths, means: means, range: -8 ... -1)
    #expect(limit.lines.count == 14 && limit.lines.reduce(0) { $0 + $1.spectra } == 400)
    let found = try #require(limit.limit)
    #expect(abs(found + 4.75) < 0.02)
    #expect(TraceLimit(truths: truths, means: truths.map { $0 + 1 }, range: -8 ... -1).limit == nil)
  }
}
