/// An observation as networks that look at wavelengths see it: every bin of the grid with how well it is known, and what is known
/// besides.
package struct SpectralView: Sendable {
  package let reading: SpectralReading
  /// `SpectrumShape.values` at the reading's mean class: posterior mean and deviation of each bin, the level left out.
  package let shape: [NormalLaw]

  init(
    _ front: SpectralFrontEnd, _ centre: SpectralFrontEnd.Centre, _ observation: SpectralObservation,
    _ reading: SpectralReading
  ) {
    self.reading = reading
    let posterior = centre.posterior
    let bins = posterior.bins(
      front.seen, centre.solve.unit, observation.points,
      baselineShapes: [[Double]?](repeating: nil, count: centre.solve.baselines.count),
      covariance: posterior.covariance())
    let unit = centre.solve.unit
    shape = bins.mean.indices.map { bin in
      NormalLaw(
        mean: (bins.mean[bin] - unit.offset[bin]) / unit.scale[bin],
        deviation: max(bins.deviation[bin] / abs(unit.scale[bin]), Self.leastDeviation))
    }
  }

  /// Bins are known no better, in the shape's unit.
  private static let leastDeviation = 1e-4

  /// Numbers of each bin among the features.
  package static let channels = 2
}

extension SpectralFrontEnd {
  package var binCount: Int { grid.count }

  /// Of `viewFeatures`: those of the bins, then `SpectralSummary.names`.
  package var viewFeatureCount: Int { SpectralView.channels * grid.count + SpectralSummary.names.count }
  package static var summaryCount: Int { SpectralSummary.names.count }
  /// Of `viewFeatures`, from their end: 1 where the planet's mass is known, else 0.
  package static var massKnownFromEnd: Int {
    SpectralSummary.names.count - (SpectralSummary.names.firstIndex(of: "massKnown") ?? 0)
  }

  /// - Returns: nil where `reading` is.
  package func view(of observation: SpectralObservation) -> SpectralView? {
    guard let problem = Problem(observation, kind), let search = search(problem),
      let centre = centre(problem, search)
    else { return nil }
    return SpectralView(self, centre, observation, reading(problem, search, centre))
  }

  /// What networks are told: of each bin its mean and ln of its deviation, one after the other, then the summary.
  package func viewFeatures(_ view: SpectralView, _ observation: SpectralObservation) -> [Double] {
    view.shape.flatMap { [$0.mean, log($0.deviation)] }
      + SpectralSummary(view.reading, observation, ranges).values
  }
}

#if canImport(Glibc)
  import Glibc
#endif
