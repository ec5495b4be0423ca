import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// How well completed spectra agree with simulated ones where nothing was observed.
package struct MissingBins: Sendable {
  /// Root mean square over the missing bins, as a depth; one a spectrum that could be completed.
  package let errors: [Double]
  /// The share of missing bins within one, and within two, standard deviations.
  package let within: (one: Double, two: Double)
  /// Mean of the squared distance over the number of points: 1 for spectra that the prior describes.
  package let distance: Double

  /// - Parameters:
  ///   - rows: of the set.
  ///   - keeps: share of the plan's points that are observed, drawn for each spectrum.
  ///   - complete: the mean and deviation of every bin; nil where there is none.
  package init(
    _ set: RetrievalTrainingSet, rows: Range<Int>, plan: ObservationPlan, keeps: Double = 1, seed: UInt64,
    threads: Int, complete: @Sendable (SpectralObservation) -> CompletedSpectrum?
  ) {
    struct Judged: Sendable {
      var error = 0.0
      var bins = 0
      var one = 0
      var two = 0
      var distance = 0.0
    }
    let grid = SpectralGrid.standard
    let judged = concurrentMap(Array(rows), threads: threads) { row -> Judged? in
      var random = SeededRandom(seed: seed, stream: UInt64(row))
      var plan = plan
      plan.coverage?.points.removeAll { _ in random.uniform() >= keeps }
      let simulated = plan.observe(set.row(row), set.shape(row), space: set.space, &random)
      guard let completed = complete(simulated.observation) else { return nil }
      var isSeen = [Bool](repeating: false, count: grid.count)
      for response in simulated.observation.points.responses { for bin in response.bins { isSeen[bin] = true } }
      var result = Judged()
      for bin in isSeen.indices where !isSeen[bin] {
        let error = abs(completed.mean[bin] - simulated.depths[bin])
        result.error += error * error
        result.bins += 1
        if error < completed.deviation[bin] { result.one += 1 }
        if error < 2 * completed.deviation[bin] { result.two += 1 }
      }
      result.error = (result.error / Double(max(result.bins, 1))).squareRoot()
      result.distance = completed.reading.distance / Double(completed.reading.pointCount)
      return result
    }.compactMap(\.self)
    errors = judged.map(\.error)
    let bins = Double(max(judged.reduce(0) { $0 + $1.bins }, 1))
    within = (
      Double(judged.reduce(0) { $0 + $1.one }) / bins, Double(judged.reduce(0) { $0 + $1.two }) / bins
    )
    distance = judged.reduce(0) { $0 + $1.distance } / Double(max(judged.count, 1))
  }

  package var median: Double { quantile(ofSorted: errors.sorted(), 0.5) }
  package var mean: Double { errors.reduce(0, +) / Double(errors.count) }
}
