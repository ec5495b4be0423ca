package import Tensors

/// What a prior of components makes of an observation in the prior's own unit, or in one that is known: the normal posterior of the
/// components and of every bin. `ComponentPosterior` has the model.
package struct SpectrumCompletion: Sendable {
  /// Posterior mean of the components, in their prior's standard deviations.
  package let components: [Double]
  /// Their posterior covariance, components x components.
  package let covariance: Matrix<Double>
  /// Posterior mean and standard deviation of the baselines, in units of their priors' deviations.
  package let baselines: [NormalLaw]
  /// Posterior mean of each bin, in the measurement's unit.
  package let mean: [Double]
  /// Posterior standard deviation of each bin.
  package let deviation: [Double]
  /// ln of the observation's probability density under the prior.
  package let logEvidence: Double
  /// Squared Mahalanobis distance of the observation from the prior: chi-squared with `pointCount` degrees of freedom for
  /// spectra that the prior describes.
  package let distance: Double
  package let pointCount: Int

  /// - Parameters:
  ///   - unit: what makes the points' unit of the prior's; nil where they are the same.
  ///   - baselines: one value a point and direction, with the direction's standard deviation: those of offsets are zero where
  ///     other instruments looked.
  ///   - baselineShapes: a baseline's values in the bins, where it belongs to the spectrum; nil of one that is the instruments'.
  /// - Returns: nil where a matrix is not positive definite to rounding.
  package init?(
    _ prior: SpectralComponents, unit: DepthUnit? = nil, _ observation: PointObservation,
    baselines: [[Double]] = [], baselineShapes: [[Double]?]? = nil
  ) {
    guard let posterior = ComponentPosterior(prior, unit, observation, baselines: baselines) else {
      return nil
    }
    let (k, all) = (prior.count, posterior.covariance())
    components = Array(posterior.mean.prefix(k))
    var covariance = Matrix<Double>(rows: k, columns: k)
    for i in 0..<k {
      for j in 0..<k { covariance.elements[i * k + j] = all.elements[i * all.columns + j] }
    }
    self.covariance = covariance
    self.baselines = (k..<all.rows).map {
      NormalLaw(mean: posterior.mean[$0], deviation: all.elements[$0 * all.columns + $0].squareRoot())
    }
    (mean, deviation) = posterior.bins(
      prior, unit, observation,
      baselineShapes: baselineShapes ?? [[Double]?](repeating: nil, count: baselines.count), covariance: all)
    logEvidence = posterior.logEvidence
    distance = posterior.distance
    pointCount = observation.count
  }
}
