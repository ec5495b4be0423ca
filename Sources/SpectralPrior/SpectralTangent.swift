package import Tensors

/// How the features of a view follow the observed points, as long as these move little: the front end is a linear function of them
/// but for the class, whose probability follows the evidence.
package struct SpectralTangent: Sendable {
  package let view: SpectralView
  package let features: [Double]
  /// Derivative of each feature by each point's value, features x points.
  package let slopes: Matrix<Double>
}

extension SpectralFrontEnd {
  /// Of a transit. Classes stay where the search has put them; their weights follow the points.
  /// - Returns: nil where `reading` is, and of eclipses.
  package func tangent(of observation: SpectralObservation) -> SpectralTangent? {
    guard kind == .transmission, let problem = Problem(observation, kind), let search = search(problem),
      let centre = centre(problem, search)
    else { return nil }
    let reading = reading(problem, search, centre)
    let view = SpectralView(self, centre, observation, reading)
    guard let classes = classSlopes(problem, search, centre),
      let byClass = classDerivatives(problem, search, centre)
    else { return nil }
    let n = observation.points.count
    let slopes = centre.posterior.slopes()
    let ofBins = centre.posterior.binSlopes(slopes, seen, centre.solve.unit, observation.points)
    // Of the numbers that the summary is made of, in the order of `Scalars`.
    let level = slopes.gain.row(seen.count).map { centre.solve.levelUnit * $0 }
    let scalars = [
      classes.mean, classes.deviation, zip(level, classes.mean).map { $0 + byClass.scalars[0] * $1 },
      classes.mean.map { byClass.scalars[1] * $0 },
      zip(slopes.logEvidence, classes.mean).map { -2 * $0 + byClass.scalars[2] * $1 },
    ]
    let summary = summaryDerivatives(reading, observation)
    var result = Matrix<Double>(rows: viewFeatureCount, columns: n)
    for bin in 0..<binCount {
      for point in 0..<n {
        let start = SpectralView.channels * bin * n + point
        result.elements[start] =
          ofBins.elements[bin * n + point] + byClass.means[bin] * classes.mean[point]
        result.elements[start + n] = byClass.logDeviations[bin] * classes.mean[point]
      }
    }
    for (place, derivatives) in summary.enumerated() {
      let row = (SpectralView.channels * binCount + place) * n
      for point in 0..<n {
        result.elements[row + point] = zip(derivatives, scalars).reduce(0) { $0 + $1.0 * $1.1[point] }
      }
    }
    return SpectralTangent(view: view, features: viewFeatures(view, observation), slopes: result)
  }

  /// Derivatives of the class's mean and deviation by the points' values.
  private func classSlopes(
    _ problem: Problem, _ search: Search, _ centre: Centre
  ) -> (mean: [Double], deviation: [Double])? {
    let n = problem.observation.points.count
    let law = centre.logClass
    var (mean, square) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    var variance = 0.0
    for (node, weight) in zip(search.nodes, centre.weights) {
      variance += weight * (node.x - law.mean) * (node.x - law.mean)
    }
    for (node, weight) in zip(search.nodes, centre.weights) where weight > 1e-6 {
      guard let (solve, posterior) = solve(problem, coarse, logClass: node.x, level: problem.level, passes: 1)
      else { return nil }
      let slopes = posterior.slopes()
      // The context knows the planet's radius by the level.
      let level = node.evaluation
      let step = 1e-5 * level
      let byLevel = [level, level + step].compactMap {
        contextLaw(problem.observation, level: $0, logClass: node.x)?.logDensity(node.x)
      }
      let factor = byLevel.count == 2 ? (byLevel[1] - byLevel[0]) / step * solve.levelUnit : 0
      let ofLevel = slopes.gain.row(posterior.componentCount)
      let shift = node.x - law.mean
      for (point, (evidence, level)) in zip(slopes.logEvidence, ofLevel).enumerated() {
        let slope = weight * (evidence + factor * level)
        mean[point] += shift * slope
        square[point] += (shift * shift - variance) * slope
      }
    }
    // Below its least value the deviation does not move.
    let isHeld = variance.squareRoot() <= Self.finestClass / 2
    return (mean, square.map { isHeld ? 0 : $0 / (2 * law.deviation) })
  }

  /// Derivatives by the class, the points held: of each bin's mean and log deviation, of the level's mean and deviation, of the
  /// distance.
  private func classDerivatives(
    _ problem: Problem, _ search: Search, _ centre: Centre
  ) -> (means: [Double], logDeviations: [Double], scalars: [Double])? {
    let step = 0.01
    var views: [SpectralView] = []
    for sign in [-1.0, 1] {
      guard
        let (solve, posterior) = solve(
          problem, seen, logClass: centre.logClass.mean + sign * step, level: centre.level, passes: 2)
      else { return nil }
      let moved = Centre(
        weights: centre.weights, logIntegral: centre.logIntegral, logClass: centre.logClass,
        level: centre.level, solve: solve, posterior: posterior)
      views.append(SpectralView(self, moved, problem.observation, reading(problem, search, moved)))
    }
    let (below, above) = (views[0], views[1])
    func slope(_ a: Double, _ b: Double) -> Double { (b - a) / (2 * step) }
    return (
      zip(below.shape, above.shape).map { slope($0.mean, $1.mean) },
      zip(below.shape, above.shape).map { slope(log($0.deviation), log($1.deviation)) },
      [
        slope(below.reading.level.mean, above.reading.level.mean),
        slope(below.reading.level.deviation, above.reading.level.deviation),
        slope(below.reading.distance, above.reading.distance),
      ]
    )
  }

  /// Derivatives of the summary's numbers by the class's mean and deviation, the level's mean and deviation, and the distance.
  private func summaryDerivatives(
    _ reading: SpectralReading, _ observation: SpectralObservation
  ) -> [[Double]] {
    let scalars = [
      reading.logClass.mean, reading.logClass.deviation, reading.level.mean, reading.level.deviation,
      reading.distance,
    ]
    let before = SpectralSummary(reading, observation, ranges).values
    let columns = scalars.indices.map { place -> [Double] in
      let step = place == 0 ? 1e-5 : 1e-5 * max(abs(scalars[place]), 1e-12)
      var moved = scalars
      moved[place] += step
      let other = SpectralReading(
        classes: reading.classes, logClass: NormalLaw(mean: moved[0], deviation: moved[1]),
        level: NormalLaw(mean: moved[2], deviation: moved[3]), offsets: reading.offsets,
        components: reading.components, distance: moved[4], pointCount: reading.pointCount,
        logEvidence: reading.logEvidence)
      return zip(SpectralSummary(other, observation, ranges).values, before).map { ($0 - $1) / step }
    }
    return before.indices.map { row in columns.map { $0[row] } }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
