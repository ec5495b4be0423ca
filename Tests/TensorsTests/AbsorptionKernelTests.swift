import Glibc
import NumericalMethods
import Tensors
import Testing

@Suite("Loops of radiative transfer")
struct AbsorptionKernelTests {
  /// The series, the reduction and two roundings; ln 2 is taken off in two parts, which leaves 1e-17 at |x| = 700.
  @Test("exp in double precision is right to 1.5 units in the last place")
  func exponential() {
    let x = (0...200_000).map { -700 + 1400 * Double($0) / 200_000 }
    var y = x
    AbsorptionKernels.exponential(x, &y, x.count)
    var worst = 0.0
    for (x, y) in zip(x, y) { worst = max(worst, abs(y - exp(x)) / exp(x).ulp) }
    #expect(worst < 1.5)
    var ends = [0.0, 0, 0]
    AbsorptionKernels.exponential([-1e9, 0, .nan], &ends, 3)
    #expect(ends[0] > 0 && ends[0] < 1e-300 && ends[1] == 1 && ends[2].isNaN)
  }

  /// Sum in Double of what the kernel sums in Float: products of 1 - sum, a few units of 6e-8.
  @Test("The mean of exponentials is that of plain loops", arguments: [1, 3, 8, 20])
  func exponentialMean(points: Int) {
    let bins = 77
    var random = SeededRandom(seed: 7)
    let k = (0..<points * bins).map { _ in Float(exp(random.uniform(-12, 4))) }
    let weights = GaussLegendreRule(count: points).weights.map { Float($0) }
    let amounts = (0..<bins).map { _ in Float(random.uniform(0, 3)) }
    var transmittance = [Float](repeating: 0.5, count: bins)
    AbsorptionKernels.multiplyByExponentialMean(
      k: k, weights: weights, points: points, amount: amounts, into: &transmittance, bins)
    for j in 0..<bins {
      var mean = 0.0
      for g in 0..<points { mean += Double(weights[g]) * exp(-Double(k[g * bins + j]) * Double(amounts[j])) }
      #expect(abs(Double(transmittance[j]) - 0.5 * mean) < 2e-7)
    }
  }

  @Test("Slant paths add up layer by layer", arguments: [2, 8])
  func slantMeans(points: Int) {
    let bins = 33
    var random = SeededRandom(seed: 8)
    let k = (0..<points * bins).map { _ in Float(exp(random.uniform(-8, 2))) }
    let weights = GaussLegendreRule(count: points).weights.map { Float($0) }
    let amounts = (0..<bins).map { _ in Float(random.uniform(0, 1)) }
    let slants: [Float] = [1, 2.5]
    var depths = [Float](repeating: 0, count: points * bins)
    var transmittance: [Float] = []
    for _ in 0..<2 {
      transmittance = [Float](repeating: 1, count: 2 * bins)
      AbsorptionKernels.multiplyBySlantMeans(
        k: k, weights: weights, points: points, amount: amounts, opticalDepth: &depths, slants: slants,
        slantCount: 2, into: &transmittance, bins)
    }
    for j in 0..<bins {
      for s in 0..<2 {
        var mean = 0.0
        for g in 0..<points {
          mean += Double(weights[g]) * exp(-2 * Double(k[g * bins + j] * amounts[j] * slants[s]))
        }
        #expect(abs(Double(transmittance[s * bins + j]) - mean) < 1e-6)
      }
    }
  }
}
