package import ExoGAN
import NumericalMethods
import Observations

/// How well completions find what they were not shown: spectra with noise, all parameters hidden.
package struct ExoGANEvaluation: Sendable {
  package struct Score: Sendable, Hashable {
    /// The part of the medians that are within a tenth of the parameter's range of the truth.
    package var within10: Double
    /// 1 less the mean square of median less truth over the variance of the truths; not a number where they are all the same.
    package var r2: Double
    /// Root mean square of median less truth, in the parameter's range.
    package var rms: Double
    /// The part of the truths between the starts' 16 and 84 %, and between their 2.5 and 97.5 %.
    package var coverage68: Double
    package var coverage95: Double

    /// - Parameters:
    ///   - answers, truths: in the parameter's unit, one a spectrum.
    init(_ answers: [CompletedASPA.Quantiles], truths: [Double], range: ClosedRange<Double>) {
      let count = Double(answers.count)
      let span = range.upperBound - range.lowerBound
      let errors = zip(answers, truths).map { $0.median - $1 }
      let square = errors.reduce(0) { $0 + $1 * $1 } / count
      let mean = truths.reduce(0, +) / count
      let variance = truths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      within10 = Double(errors.count { abs($0) <= 0.1 * span }) / count
      r2 = variance > 0 ? 1 - square / variance : .nan
      rms = square.squareRoot() / span
      coverage68 = Double(zip(answers, truths).count { $0.p16 <= $1 && $1 <= $0.p84 }) / count
      coverage95 = Double(zip(answers, truths).count { $0.p025 <= $1 && $1 <= $0.p975 }) / count
    }
  }

  /// A spectrum without noise for a star of `ASPA.stellarRadius`, not a number in bins that are not observed, and its planet.
  package struct Truth: Sendable {
    package var depth: [Double]
    package var parameters: [ASPAParameter: Double]

    package init(depth: [Double], parameters: [ASPAParameter: Double]) {
      self.depth = depth
      self.parameters = parameters
    }
  }

  package let spectra: Int
  package let scores: [ASPAParameter: Score]
  /// Of each spectrum the rms over all bins observed of the completed spectrum's medians less the truth; the median over the
  /// spectra.
  package let medianDepthError: Double

  /// - Parameters:
  ///   - truths: all with the same parameters.
  ///   - noise: standard deviation in every bin; above nought for weighted data.
  ///   - isStopping: asked before each spectrum but the first.
  package init(
    _ model: ExoGANModel, truths: [Truth], noise: Double,
    options: ExoGANCompletion.Options, threads: Int = 1, isStopping: () -> Bool = { false },
    finished: (Int) -> Void = { _ in }
  ) {
    precondition(!truths.isEmpty && noise >= 0)
    let bins = SpectralGrid.standard.count
    var answers: [ASPAParameter: [CompletedASPA.Quantiles]] = [:]
    var depthErrors: [Double] = []
    for (n, truth) in truths.enumerated() {
      if n > 0, isStopping() { break }
      var random = SeededRandom(seed: options.seed, stream: 0xE5_0000_0000 + UInt64(n))
      let observation = ASPAObservation(
        depth: truth.depth, error: [Double](repeating: noise, count: bins),
        isObserved: truth.depth.map(\.isFinite)
      ).noisy(&random)
      let completed = ExoGANCompletion(model, options: options, threads: threads).complete(observation)
      for parameter in truth.parameters.keys {
        answers[parameter, default: []].append(completed.parameter(parameter))
      }
      let squares = zip(completed.depth, truth.depth).compactMap { answer, depth in
        depth.isFinite ? (answer.median - depth) * (answer.median - depth) : nil
      }
      depthErrors.append((squares.reduce(0, +) / Double(squares.count)).squareRoot())
      finished(n + 1)
    }
    spectra = depthErrors.count
    var scores: [ASPAParameter: Score] = [:]
    for (parameter, answers) in answers {
      scores[parameter] = Score(
        answers, truths: truths.prefix(spectra).compactMap { $0.parameters[parameter] },
        range: parameter.range)
    }
    self.scores = scores
    medianDepthError = quantile(ofSorted: depthErrors.sorted(), 0.5)
  }
}
