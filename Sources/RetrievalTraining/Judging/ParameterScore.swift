import NumericalMethods
package import Observations
package import Retrieval
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// How a parameter is judged: on which range, and by its logarithm or by itself.
package struct ParameterScale: Sendable, Hashable {
  package let key: String
  /// Of the logarithm where `isLogarithmic`.
  package let range: ClosedRange<Double>
  package let isLogarithmic: Bool
  /// log10 of a gas's mixing ratio.
  package var isMixingRatio = false

  func position(_ value: Double) -> Double { isLogarithmic ? log(value) : value }

  /// Mass, radius and temperature, then the row's other numbers, each on its prior's range. The published set has uniform masses,
  /// radii and temperatures; in the other spaces these are judged by their logarithms, the mass on the range that 98 % of the
  /// prior's planets have.
  package static func all(_ space: AtmosphereSpace) -> [ParameterScale] {
    let others = space.variables.dropFirst(3).enumerated().map { place, variable in
      ParameterScale(
        key: variable.key, range: variable.range, isLogarithmic: false,
        isMixingRatio: place < space.gases.count)
    }
    guard space.name != .exoGAN2018 else {
      return ExoGANPrior.parameters.prefix(3).map {
        ParameterScale(key: $0.name, range: $0.range, isLogarithmic: false)
      } + others
    }
    var random = SeededRandom(seed: 1)
    let masses = (0..<10_000).map { _ in log(AtmosphereSpace.mass(space.draw(&random))) }.sorted()
    return [
      ParameterScale(
        key: "planetMass", range: quantile(ofSorted: masses, 0.01)...quantile(ofSorted: masses, 0.99),
        isLogarithmic: true),
      ParameterScale(key: "planetRadius", range: space.variables[2].range, isLogarithmic: true),
      ParameterScale(key: "temperature", range: space.variables[1].range, isLogarithmic: true),
    ] + others
  }
}

/// How well a parameter is found, over many spectra.
package struct ParameterScore: Sendable, Hashable {
  /// The part of the posterior means within a tenth of the range of the truth.
  package let within10: Double
  /// 1 less the mean square of mean less truth over the variance of the truths; 0 where they are all the same.
  package let r2: Double
  /// Root mean square of mean less truth, in the parameter's range.
  package let rms: Double
  /// The part of the truths between the posteriors' 16 and 84 %, and between their 2.5 and 97.5 %.
  package let coverage68: Double
  package let coverage95: Double
  /// The largest distance of the distribution of the truths' ranks in their posteriors from a uniform one; of n spectra 1.36 n^(-1/2)
  /// is exceeded by chance once in twenty (Talts et al. 2018, arXiv:1804.06788).
  package let rankDistance: Double

  /// - Parameters:
  ///   - answers: posteriors of the parameter's position on its scale.
  ///   - ranks: shares of the posteriors below the truths.
  init(_ answers: [Posterior], truths: [Double], ranks: [Double], range: ClosedRange<Double>) {
    let count = Double(answers.count)
    let span = range.upperBound - range.lowerBound
    let errors = zip(answers, truths).map { $0.mean - $1 }
    let square = errors.reduce(0) { $0 + $1 * $1 } / count
    let mean = truths.reduce(0, +) / count
    let variance = truths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    within10 = Double(errors.count { abs($0) <= 0.1 * span }) / count
    r2 = variance > 0 ? 1 - square / variance : 0
    rms = square.squareRoot() / span
    coverage68 = Double(zip(answers, truths).count { $0.p16 <= $1 && $1 <= $0.p84 }) / count
    coverage95 = Double(zip(answers, truths).count { $0.p025 <= $1 && $1 <= $0.p975 }) / count
    rankDistance = distanceFromUniform(ranks)
  }
}

/// Kolmogorov and Smirnov's distance of numbers between 0 and 1 from a uniform distribution.
func distanceFromUniform(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let count = Double(sorted.count)
  return sorted.enumerated().reduce(0) { largest, item in
    max(
      largest, abs(item.element - Double(item.offset) / count),
      abs(item.element - Double(item.offset + 1) / count))
  }
}
