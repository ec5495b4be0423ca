import Atmospheres

/// A retrieval's posterior of exogan-2018 in the box of ln M, ln R_p, ln T and the mixing ratios' logarithms, each on its published range.
///
/// The prior's walls are the box's, and what a spectrum leaves open is a straight line here: its opacities do not depend on temperature,
/// so that a hotter and heavier planet of the same scale height, whose level lies higher by as much of it as ln T rises, looks the same.
struct PublishedTarget: LeastSquaresTarget {
  private let target: RetrievalTarget
  private let ranges: [ClosedRange<Double>]
  private var coordinates: RetrievalCoordinates { target.coordinates }

  /// - Returns: nil where the retrieval is another one, or has coordinates besides.
  init?(_ target: RetrievalTarget) {
    let coordinates = target.coordinates
    guard coordinates.space.name == .exoGAN2018, coordinates.count == coordinates.proposals.count else {
      return nil
    }
    self.target = target
    ranges =
      AtmosphereSpace.PublishedRanges.all.map { log($0.lowerBound)...log($0.upperBound) }
      + coordinates.space.variables.dropFirst(3).map(\.range)
  }

  var dimensions: Int { ranges.count }

  func sample(at point: [Double]) -> RetrievalTarget.Evaluation? {
    let values = zip(point, ranges).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    let row = AtmosphereSpace.row(
      mass: exp(values[0]), radius: exp(values[1]), temperature: exp(values[2]))
    return coordinates.point(row: row + values.dropFirst(3)).flatMap { target.evaluate($0) }
  }

  func logDensity(_ sample: RetrievalTarget.Evaluation) -> Double {
    let row = sample.state.row
    let values = [AtmosphereSpace.mass(row), exp(row[2]), exp(row[1])]
    // The published prior is uniform in the values, the box in their logarithms.
    return zip(AtmosphereSpace.PublishedRanges.all, zip(values, ranges)).reduce(
      sample.state.logContext + sample.logLikelihood
    ) { sum, item in
      let (published, (value, range)) = item
      return sum + log(value * (range.upperBound - range.lowerBound))
        - log(published.upperBound - published.lowerBound)
    }
  }

  func residuals(_ sample: RetrievalTarget.Evaluation) -> [Double] {
    target.likelihood.residuals(sample.depths) + coordinates.contextResiduals(sample.state)
  }

  /// The point of a row.
  func point(row: [Double]) -> [Double] {
    let values = [log(AtmosphereSpace.mass(row)), row[2], row[1]] + row.dropFirst(3)
    return zip(values, ranges).map { value, range in
      min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
