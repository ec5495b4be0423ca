package import RetrievalTraining
package import SpectralPrior
package import SpectralSensitivity

/// One of the networks as a method that is judged: each parameter's law by itself, as equally likely quantiles.
package struct SensitivityEstimator: CompletionEstimator {
  package let model: SensitivityModel
  package let frontEnd: SpectralFrontEnd
  private static let quantiles = 200

  package init(model: SensitivityModel, frontEnd: SpectralFrontEnd) {
    self.model = model
    self.frontEnd = frontEnd
  }

  package func estimate(_ observation: SpectralObservation, seed: UInt64) -> CompletionEstimate? {
    guard let view = frontEnd.view(of: observation) else { return nil }
    let estimates = model.estimates(frontEnd.viewFeatures(view, observation))
    let count = Self.quantiles
    return CompletionEstimate(
      keys: estimates.map(\.parameter.key),
      rows: (0..<count).map { place in
        estimates.map { $0.value(at: (Double(place) + 0.5) / Double(count)) }
      }, weights: [Double](repeating: 1 / Double(count), count: count), spectrum: [],
      effectiveSampleSize: Double(count))
  }
}
