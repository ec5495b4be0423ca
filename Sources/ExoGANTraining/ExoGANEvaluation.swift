package import ExoGAN
import NumericalMethods
import Observations

/// How well completions find what they were not shown: whole spectra with noise, all parameters hidden.
package struct ExoGANEvaluation: Sendable {
  package struct Score: Sendable, Hashable {
    /// The part of the medians that are within a tenth of the parameter's range of the truth.
    package var within10: Double
    /// Root mean square of median less truth, in the parameter's range.
    package var rms: Double

    package init(within10: Double, rms: Double) {
      self.within10 = within10
      self.rms = rms
    }
  }

  package let spectra: Int
  package let scores: [ASPAParameter: Score]
  /// Of each spectrum the rms over all bins of the completed spectrum's medians less the truth; the median over the spectra.
  package let medianDepthError: Double

  /// - Parameters:
  ///   - truths: spectra without noise for a star of `ASPA.stellarRadius`, and all parameters.
  ///   - noise: standard deviation in every bin, above nought.
  package init(
    _ model: ExoGANModel, truths: [(depth: [Double], parameters: [ASPAParameter: Double])], noise: Double,
    options: ExoGANCompletion.Options, threads: Int = 1, finished: (Int) -> Void = { _ in }
  ) {
    precondition(!truths.isEmpty && noise > 0)
    let bins = SpectralGrid.standard.count
    var errors: [ASPAParameter: [Double]] = [:]
    var depthErrors: [Double] = []
    for (n, truth) in truths.enumerated() {
      var random = SeededRandom(seed: options.seed, stream: 0xE5_0000_0000 + UInt64(n))
      let observation = ASPAObservation(
        depth: truth.depth, error: [Double](repeating: noise, count: bins),
        isObserved: [Bool](repeating: true, count: bins)
      ).noisy(&random)
      let completed = ExoGANCompletion(model, options: options, threads: threads).complete(observation)
      for (parameter, value) in truth.parameters {
        let range = parameter.range.upperBound - parameter.range.lowerBound
        errors[parameter, default: []].append((completed.parameter(parameter).median - value) / range)
      }
      let squares = zip(completed.depth, truth.depth).reduce(0) {
        $0 + ($1.0.median - $1.1) * ($1.0.median - $1.1)
      }
      depthErrors.append((squares / Double(bins)).squareRoot())
      finished(n + 1)
    }
    spectra = truths.count
    scores = errors.mapValues { errors in
      Score(
        within10: Double(errors.count { abs($0) <= 0.1 }) / Double(errors.count),
        rms: (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot())
    }
    medianDepthError = quantile(ofSorted: depthErrors.sorted(), 0.5)
  }
}
