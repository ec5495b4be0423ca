import Foundation
import NumericalMethods
import Observations
import SpectralPrior
import Testing

@testable import Retrieval

@Suite("Likelihood of measured points") struct PointLikelihoodTests {
  /// Three instruments' points between 1 and 2 um.
  private static func observation(isSkewed: Bool = false, instruments: [Int] = [0, 0, 1, 1, 2])
    -> SpectralObservation
  {
    var observation = SpectralObservation(
      kind: .transmission, lower: [1, 1.2, 1.4, 1.6, 1.8].map { $0 * 1e-6 },
      upper: [1.2, 1.4, 1.6, 1.8, 2].map { $0 * 1e-6 }, values: [0.0101, 0.0103, 0.0102, 0.0104, 0.01],
      upperErrors: [5, 6, 4, 5, 7].map { $0 * 1e-5 },
      lowerErrors: [5, 6, 4, 5, 7].map { (isSkewed ? 1.5 : 1) * $0 * 1e-5 },
      instruments: instruments, instrumentNames: ["a", "b", "c"])
    observation.offsetDeviation = 1e-4
    return observation
  }

  private static let model = [0.01015, 0.01022, 0.01011, 0.01019, 0.01008]

  /// ln of the normal density of all points at once, offsets in the covariance.
  private static func whole(
    _ observation: SpectralObservation, inflation: Double, variances: [Double], modes: [[Double]] = []
  ) throws -> Double {
    let n = observation.points.count
    let deviation = observation.offsetDeviation
    var a = (0..<n).map { i in
      (0..<n).map { j -> Double in
        let (first, second) = (observation.points.instruments[i], observation.points.instruments[j])
        var element = first == second && first > 0 ? deviation * deviation : 0
        if i == j { element += inflation * inflation * observation.points.variances[i] + variances[i] }
        for mode in modes { element += mode[i] * mode[j] }
        return element
      }
    }
    let residual = zip(observation.points.values, model).map { $0 - $1 }
    let solved = try #require(solveSymmetric(a, residual))
    var logDeterminant = 0.0
    for k in 0..<n {
      logDeterminant += log(a[k][k])
      for i in k + 1..<max(n, k + 1) {
        let factor = a[i][k] / a[k][k]
        for j in k..<n { a[i][j] -= factor * a[k][j] }
      }
    }
    let distance = zip(residual, solved).reduce(0) { $0 + $1.0 * $1.1 }
    return -0.5 * (distance + logDeterminant + Double(n) * log(2 * Double.pi))
  }

  @Test("offsets are integrated out, as the whole covariance has them", arguments: [1.0, 1.7])
  func offsets(inflation: Double) throws {
    let observation = Self.observation()
    let likelihood = PointLikelihood(observation)
    let none = [Double](repeating: 0, count: 5)
    let expected = try Self.whole(observation, inflation: inflation, variances: none)
    #expect(abs(likelihood.logLikelihood(Self.model, inflation: inflation) - expected) < 1e-9)
    let widened = [1, 2, 3, 4, 5].map { $0 * 1e-10 }
    let wider = try Self.whole(observation, inflation: inflation, variances: widened)
    let errors = try #require(likelihood.errors(inflation: inflation, variances: widened, modes: []))
    #expect(abs(likelihood.logLikelihood(Self.model, errors) - wider) < 1e-9)
  }

  @Test("errors of a model that points share are integrated out likewise", arguments: [1.0, 1.7])
  func modes(inflation: Double) throws {
    let observation = Self.observation()
    let variances = [1, 2, 3, 4, 5].map { $0 * 1e-10 }
    let modes = [[3, 1, -2, 4, 1], [0, 2, 2, -1, 3]].map { $0.map { $0 * 2e-5 } }
    let expected = try Self.whole(observation, inflation: inflation, variances: variances, modes: modes)
    let likelihood = PointLikelihood(observation)
    let errors = try #require(likelihood.errors(inflation: inflation, variances: variances, modes: modes))
    #expect(abs(likelihood.logLikelihood(Self.model, errors) - expected) < 1e-9)
  }

  @Test("the law of a factor on the model is the likelihood's, factor by factor")
  func amplitude() throws {
    let likelihood = PointLikelihood(Self.observation())
    let errors = try #require(
      likelihood.errors(
        inflation: 1.3, variances: [1, 2, 3, 4, 5].map { $0 * 1e-10 },
        modes: [[3, 1, -2, 4, 1].map { $0 * 2e-5 }]))
    let law = try #require(likelihood.amplitude(Self.model, errors))
    func logLikelihood(_ z: Double) -> Double {
      likelihood.logLikelihood(Self.model.map { $0 * (law.mean + z * law.deviation) }, errors)
    }
    for z in [-3, -0.7, 1, 2.5] {
      #expect(abs(logLikelihood(z) - logLikelihood(0) + 0.5 * z * z) < 1e-6, "\(z)")
    }
  }

  @Test("without offsets, two-sided errors are split normal laws that integrate to one")
  func twoSides() {
    let observation = Self.observation(isSkewed: true, instruments: [0, 0, 0, 0, 0])
    let likelihood = PointLikelihood(observation)
    var expected = 0.0
    for point in 0..<5 {
      let residual = observation.points.values[point] - Self.model[point]
      let (up, down) = (observation.upperErrors[point], observation.lowerErrors[point])
      let error = residual < 0 ? up : down
      expected +=
        -residual * residual / (2 * error * error) - log((up + down) / 2 * (2 * Double.pi).squareRoot())
    }
    #expect(abs(likelihood.logLikelihood(Self.model) - expected) < 1e-9)
    // The model of the first point runs over all depths.
    let steps = 4000
    let sum = (0..<steps).reduce(0.0) { sum, step in
      var model = observation.points.values
      model[0] += (Double(step) - Double(steps) / 2) * 5e-7
      return sum + 5e-7 * exp(likelihood.logLikelihood(model))
    }
    var rest = observation.points.values
    rest[0] = observation.points.values[0]
    let peak = likelihood.logLikelihood(rest)
    let (up, down) = (observation.upperErrors[0], observation.lowerErrors[0])
    let own = -log((up + down) / 2 * (2 * Double.pi).squareRoot())
    #expect(abs(log(sum) - (peak - own)) < 1e-3)
  }

  @Test("chi-squared is that of the residuals; a model further off is less probable")
  func chiSquared() {
    let observation = Self.observation(instruments: [0, 0, 0, 0, 0])
    let likelihood = PointLikelihood(observation)
    let expected = zip(observation.points.values, zip(Self.model, observation.upperErrors)).reduce(0) {
      sum, item in
      let z = (item.0 - item.1.0) / item.1.1
      return sum + z * z
    }
    #expect(abs(likelihood.chiSquared(Self.model) - expected) < 1e-9)
    #expect(abs(likelihood.chiSquared(Self.model, inflation: 2) - expected / 4) < 1e-9)
    #expect(likelihood.logLikelihood(Self.model) < likelihood.logLikelihood(observation.points.values))
  }
}
