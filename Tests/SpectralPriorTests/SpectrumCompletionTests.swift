import Foundation
import NumericalMethods
import Observations
import SpectralPrior
import Tensors
import Testing
import Units

@Suite("Completion of spectra by components") struct SpectrumCompletionTests {
  private static let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.1, count: 12)

  /// Three components of twelve bins, remainders of differing size.
  private static func prior(_ random: inout SeededRandom) -> SpectralComponents {
    SpectralComponents(
      mean: (0..<12).map { 5 + sin(Double($0)) },
      loadings: Matrix(rows: 3, columns: 12, elements: (0..<36).map { _ in random.normal() }),
      residualVariance: (0..<12).map { 0.01 + 0.02 * Double($0 % 3) })
  }

  /// Points of all kinds: finer than bins, across edges, as wide as five bins, two instruments, one twice.
  private static func observation(_ random: inout SeededRandom) -> PointObservation {
    let edges: [(Double, Double, Int)] = [
      (1.0, 1.03, 0), (1.03, 1.06, 0), (1.05, 1.12, 0), (1.3, 1.5, 0), (1.12, 1.2, 0), (1.2, 1.9, 1),
      (2.0, 2.1, 1),
      (2.0, 2.1, 1), (1.01, 2.9, 1),
    ]
    return PointObservation(
      lower: edges.map { $0.0 * 1e-6 }, upper: edges.map { $0.1 * 1e-6 },
      values: edges.map { _ in 5 + random.normal() },
      errors: edges.indices.map { 0.1 + 0.05 * Double($0 % 4) },
      instruments: edges.map { $0.2 }, grid: grid)
  }

  /// The normal law of all bins and points at once, conditioned by brute force.
  private static func bruteForce(
    _ prior: SpectralComponents, _ observation: PointObservation, baselines: [[Double]]
  ) throws -> (mean: [Double], deviation: [Double], distance: Double, logEvidence: Double) {
    let (bins, n) = (prior.binCount, observation.count)
    func covariance(_ a: Int, _ b: Int) -> Double {
      let shared = (0..<prior.count).reduce(0.0) {
        $0 + prior.loadings[$1, a] * prior.loadings[$1, b]
      }
      return shared + (a == b ? prior.residualVariance[a] : 0)
    }
    let responses = observation.responses.map { response in
      (0..<bins).map { response.bins.contains($0) ? response.weights[$0 - response.firstBin] : 0 }
    }
    // Cov(bin, point) and Cov(point, point).
    let mixed = (0..<bins).map { bin in
      responses.map { response in
        (0..<bins).reduce(0.0) { $0 + covariance(bin, $1) * response[$1] }
      }
    }
    let points = (0..<n).map { a in
      (0..<n).map { b -> Double in
        var sum = a == b ? observation.variances[a] : 0
        for bin in 0..<bins { sum += responses[a][bin] * mixed[bin][b] }
        for baseline in baselines { sum += baseline[a] * baseline[b] }
        return sum
      }
    }
    let residual = zip(observation.values, observation.points(of: prior.mean)).map { $0 - $1 }
    let solved = try #require(solveSymmetric(points, residual))
    var (mean, deviation) = (prior.mean, [Double](repeating: 0, count: bins))
    for bin in 0..<bins {
      mean[bin] += zip(mixed[bin], solved).reduce(0) { $0 + $1.0 * $1.1 }
      let gain = try #require(solveSymmetric(points, mixed[bin]))
      deviation[bin] = (covariance(bin, bin) - zip(mixed[bin], gain).reduce(0) { $0 + $1.0 * $1.1 })
        .squareRoot()
    }
    let distance = zip(residual, solved).reduce(0) { $0 + $1.0 * $1.1 }
    // ln of the determinant, by pivots of elimination.
    var (a, logDeterminant) = (points, 0.0)
    for k in 0..<n {
      logDeterminant += log(a[k][k])
      for i in k + 1..<max(n, k + 1) {
        let factor = a[i][k] / a[k][k]
        for j in k..<n { a[i][j] -= factor * a[k][j] }
      }
    }
    return (mean, deviation, distance, -0.5 * (distance + logDeterminant + Double(n) * log(2 * Double.pi)))
  }

  @Test("the small solve gives what conditioning the whole normal law gives", arguments: [0, 1, 2])
  func bruteForceAgrees(offsets: Int) throws {
    var random = SeededRandom(seed: 11)
    let prior = Self.prior(&random)
    let observation = Self.observation(&random)
    #expect(observation.count == 9 && observation.responses.last?.weights.count == 12)
    let baselines = (0..<offsets).map { instrument in
      observation.instruments.map { $0 == instrument ? 0.3 : 0 }
    }
    let completion = try #require(SpectrumCompletion(prior, observation, baselines: baselines))
    let expected = try Self.bruteForce(prior, observation, baselines: baselines)
    for bin in 0..<12 {
      #expect(abs(completion.mean[bin] - expected.mean[bin]) < 1e-9)
      #expect(abs(completion.deviation[bin] - expected.deviation[bin]) < 1e-9)
    }
    #expect(abs(completion.distance - expected.distance) < 1e-8)
    #expect(abs(completion.logEvidence - expected.logEvidence) < 1e-8)
    #expect(completion.baselines.count == offsets && completion.pointCount == 9)
  }

  @Test("an observation of nothing leaves the prior")
  func nothing() throws {
    var random = SeededRandom(seed: 3)
    let prior = Self.prior(&random)
    let observation = PointObservation(
      lower: [1e-6], upper: [1.1e-6], values: [.nan], errors: [1], instruments: [0], grid: Self.grid)
    let completion = try #require(SpectrumCompletion(prior, observation))
    #expect(completion.mean == prior.mean && completion.distance == 0)
    for bin in 0..<12 {
      let variance = (0..<3).reduce(prior.residualVariance[bin]) {
        $0 + prior.loadings[$1, bin] * prior.loadings[$1, bin]
      }
      #expect(abs(completion.deviation[bin] - variance.squareRoot()) < 1e-12)
    }
  }

  @Test(
    "distances of spectra drawn from the prior are chi-squared, bins lie within their deviations as often as they say"
  )
  func calibration() throws {
    var random = SeededRandom(seed: 5)
    let prior = Self.prior(&random)
    let template = Self.observation(&random)
    let draws = 2000
    var (sum, inside) = (0.0, 0)
    for _ in 0..<draws {
      let spectrum = zip(prior.spectrum((0..<3).map { _ in random.normal() }), prior.residualVariance).map {
        $0 + $1.squareRoot() * random.normal()
      }
      var observation = template
      observation.replace(
        values: zip(template.points(of: spectrum), template.variances).map {
          $0 + $1.squareRoot() * random.normal()
        })
      let completion = try #require(SpectrumCompletion(prior, observation))
      sum += completion.distance
      inside += (0..<12).count { abs(completion.mean[$0] - spectrum[$0]) < completion.deviation[$0] }
    }
    // Mean 9 with a standard error of sqrt(18 / 2000) = 0.095; 68.3 % of 24,000, correlated within a spectrum.
    #expect(abs(sum / Double(draws) - 9) < 0.4)
    #expect(abs(Double(inside) / Double(12 * draws) - 0.6827) < 0.015)
  }
}
