/// Mean and standard deviation.
package struct NormalLaw: Sendable, Hashable {
  package var mean: Double
  package var deviation: Double

  package init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }
}

/// What the front end reads from an observation without completing it.
package struct SpectralReading: Sendable {
  /// A unit that the observation may have: ln s in transmission, ln of the temperature T0 (K) in eclipse.
  package struct Class: Sendable, Hashable {
    package let logValue: Double
    /// All add up to 1.
    package let weight: Double
  }

  /// Ascending.
  package let classes: [Class]
  /// Mean and deviation over the classes: ln s, or ln T0 (K).
  package let logClass: NormalLaw
  /// Transmission: L, the depth where y is 0. Eclipse: the factor on what the context's radii give.
  package let level: NormalLaw
  /// Offsets of the second and further instruments, as depths.
  package let offsets: [NormalLaw]
  /// Posterior of the components at the mean class, in their prior's standard deviations.
  package let components: [NormalLaw]
  /// Squared Mahalanobis distance of the observation from the prior at the mean class: chi-squared with as many degrees of freedom
  /// as there are points for spectra that the prior describes.
  package let distance: Double
  package let pointCount: Int
  /// ln of the observation's probability density under the prior, over all classes.
  package let logEvidence: Double
}

/// An observation completed by what simulated spectra have in common: the normal law of every bin, no network asked.
package struct CompletedSpectrum: Sendable {
  package let reading: SpectralReading
  /// Depth in each bin of the grid, without offsets: mean and standard deviation.
  package let mean: [Double]
  package let deviation: [Double]
}
