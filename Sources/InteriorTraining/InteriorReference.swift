import Analyses
package import InteriorMDN
import InteriorSpaces
import NumericalMethods
package import Observations

/// The posterior of one planet without any proposal: planets drawn from the prior, kept with the probability that the likelihood of what
/// needs no solving gives them (mass, temperature, age), solved, and weighted by the rest. Slow, and right; what `InteriorSampler` is judged
/// by.
package struct InteriorReference: Sendable {
  /// In the order of the outputs' quantities.
  package let outputs: [Posterior]
  package let effectiveSampleSize: Double
  /// Planets solved.
  package let planets: Int

  /// Errors of a measured mass or temperature beyond which nothing is drawn.
  private static let reach = 5.0
  private static let lot = 4000
  /// Planets drawn for each that may be solved at the most.
  private static let mostDraws = 1000

  /// - Parameters:
  ///   - effective: so many effective draws are wanted.
  ///   - most: planets solved at the most.
  /// - Returns: `nil` where no planet drawn is like the one measured.
  package init?(_ target: InteriorTarget, effective: Double, most: Int, threads: Int, seed: UInt64) {
    let ranks = Self.ranks(target)
    var samples: [InteriorTarget.Sample] = []
    var logWeights: [Double] = []
    var (drawn, solved) = (0, 0)
    while solved < most, drawn < Self.mostDraws * most,
      LogWeights(logWeights).effectiveSampleSize < effective
    {
      let numbers = Array(drawn..<drawn + Self.lot)
      let planets = concurrentMap(numbers, threads: threads) { number -> Drawn in
        var random = SeededRandom(seed: seed, stream: UInt64(number))
        let point = ranks.map {
          StandardNormal.value(atRank: random.uniform($0.lowerBound, $0.upperBound))
        }
        let before = target.logLikelihoodBeforeSolving(point)
        guard log(random.uniform()) < before else { return .rejected }
        return .solved(
          target.sample(at: point).map { Weighted(sample: $0, logWeight: $0.logLikelihood - before) })
      }
      drawn += numbers.count
      for case .solved(let planet) in planets {
        solved += 1
        guard let planet else { continue }
        samples.append(planet.sample)
        logWeights.append(planet.logWeight)
      }
    }
    let weights = LogWeights(logWeights)
    guard !samples.isEmpty else { return nil }
    let shares = weights.normalised
    outputs = target.outputs.quantities.indices.map { index in
      Posterior(draws: samples.map { $0.values[index] }, weights: shares)
    }
    effectiveSampleSize = weights.effectiveSampleSize
    planets = solved
  }

  private struct Weighted: Sendable {
    let sample: InteriorTarget.Sample
    let logWeight: Double
  }

  private enum Drawn: Sendable {
    case rejected
    /// `nil` where there is no such planet.
    case solved(Weighted?)
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

#if canImport(Glibc)
  import Glibc
#endif
