import Analyses
package import InteriorMDN
import InteriorSpaces
import NumericalMethods
package import Observations

/// The posterior of one planet without any proposal: planets drawn from the prior, weighted by the likelihood. Slow, and right; what
/// `InteriorSampler` is judged by.
package struct InteriorReference: Sendable {
  /// In the order of the outputs' quantities.
  package let outputs: [Posterior]
  package let effectiveSampleSize: Double
  package let planets: Int

  /// Errors of a measured mass or temperature beyond which nothing is drawn.
  private static let reach = 5.0
  private static let lot = 500

  /// - Parameters:
  ///   - effective: so many effective draws are wanted.
  ///   - most: planets solved at the most.
  /// - Returns: `nil` where no planet drawn is like the one measured.
  package init?(_ target: InteriorTarget, effective: Double, most: Int, threads: Int, seed: UInt64) {
    let ranks = Self.ranks(target)
    var samples: [InteriorTarget.Sample] = []
    var solved = 0
    while solved < most, LogWeights(samples.map(\.logLikelihood)).effectiveSampleSize < effective {
      let numbers = Array(solved..<min(solved + Self.lot, most))
      let drawn = concurrentMap(numbers, threads: threads) { number in
        var random = SeededRandom(seed: seed, stream: UInt64(number))
        return target.sample(
          at: ranks.map { StandardNormal.value(atRank: random.uniform($0.lowerBound, $0.upperBound)) })
      }
      samples += drawn.compactMap { $0 }
      solved += numbers.count
    }
    let weights = LogWeights(samples.map(\.logLikelihood))
    guard !samples.isEmpty else { return nil }
    let shares = weights.normalised
    outputs = target.outputs.quantities.indices.map { index in
      Posterior(draws: samples.map { $0.values[index] }, weights: shares)
    }
    effectiveSampleSize = weights.effectiveSampleSize
    planets = solved
  }

  /// Of each parameter, what is drawn of its distribution.
  private static func ranks(_ target: InteriorTarget) -> [ClosedRange<Double>] {
    let likelihood = target.likelihood
    return target.prior.parameters.map { parameter, distribution in
      let measured: MeasuredNumber? =
        switch parameter {
        case .mass: likelihood.massIsMinimum ? nil : likelihood.mass
        case .equilibriumTemperature: likelihood.equilibriumTemperature
        default: nil
        }
      guard let measured else { return 0...1 }
      let least = InteriorLikelihood.leastRelativeError * measured.value
      let low = distribution.rank(of: measured.value - reach * max(measured.lowerError, least))
      return low...distribution.rank(of: measured.value + reach * max(measured.upperError, least))
    }
  }
}
