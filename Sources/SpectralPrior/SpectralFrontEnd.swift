package import Observations

/// What every network and every retrieval sees of an observation: the simulated spectra's components in the unit that fits.
///
/// Components are those of `SpectrumShape`, freed of the sizes of planet and star. Which unit an observation has (s, the depth of a
/// scale height over that of the disc, in transmission; the temperature T0 in eclipse) is found from the spectrum, by the
/// evidence of each class, and from what is known of mass, radius and temperature.
package struct SpectralFrontEnd: Sendable {
  package let kind: SpectrumKind
  /// All that completions use.
  package let components: SpectralComponents
  package let ranges: PlanetRanges
  let grid: SpectralGrid
  /// Those that classes are chosen by, and those that networks see.
  let coarse: SpectralComponents
  let seen: SpectralComponents

  package static let seenComponents = 60
  static let coarseComponents = 24

  /// - Parameter components: of `SpectrumShape.values` on the standard grid.
  package init(kind: SpectrumKind, components: SpectralComponents, ranges: PlanetRanges) {
    grid = .standard
    precondition(components.binCount == grid.count && kind != .stellar)
    self.kind = kind
    self.components = components
    self.ranges = ranges
    coarse = components.first(Self.coarseComponents)
    seen = components.first(Self.seenComponents)
  }

  /// Classes, level and components of an observation, without the bins.
  /// - Returns: nil where there is no point, where an eclipse's context is not known, and where matrices are singular to rounding.
  package func reading(of observation: SpectralObservation) -> SpectralReading? {
    guard let problem = Problem(observation, kind), let search = search(problem) else { return nil }
    return reading(problem, search)
  }

  /// The reading and every bin of the grid.
  /// - Returns: nil where `reading` is.
  package func completion(of observation: SpectralObservation) -> CompletedSpectrum? {
    guard let problem = Problem(observation, kind), let search = search(problem),
      let reading = reading(problem, search)
    else { return nil }
    var total = 0.0
    var (mean, square) = (
      [Double](repeating: 0, count: grid.count), [Double](repeating: 0, count: grid.count)
    )
    for (logClass, weight) in quadrature(reading.logClass) {
      guard
        let (solve, posterior) = solve(
          problem, components, logClass: logClass, level: reading.level.mean, passes: completionPasses)
      else { continue }
      let bins = posterior.bins(
        components, solve.unit, observation.points, baselineShapes: solve.shapes,
        covariance: posterior.covariance())
      total += weight
      for bin in grid.wavelengths.indices {
        mean[bin] += weight * bins.mean[bin]
        square[bin] += weight * (bins.deviation[bin] * bins.deviation[bin] + bins.mean[bin] * bins.mean[bin])
      }
    }
    guard total > 0 else { return nil }
    mean = mean.map { $0 / total }
    return CompletedSpectrum(
      reading: reading, mean: mean,
      deviation: zip(square, mean).map { max($0 / total - $1 * $1, 0).squareRoot() })
  }

  /// Classes that stand for all: one where the unit is known, else three with the moments of a normal law up to the fifth.
  private func quadrature(_ law: NormalLaw) -> [(logClass: Double, weight: Double)] {
    guard law.deviation > Self.finestClass else { return [(law.mean, 1)] }
    let step = 3.0.squareRoot() * law.deviation
    return [(law.mean - step, 1.0 / 6), (law.mean, 2.0 / 3), (law.mean + step, 1.0 / 6)]
  }

  // MARK: Classes

  /// ln of the ratio between neighbouring classes to start with.
  private var classStep: Double { kind == .eclipse ? 0.22 : 0.4 }
  /// Classes are told apart no better.
  static let finestClass = 0.06
  private static let insertions = 6

  private var range: ClosedRange<Double> { kind == .eclipse ? ranges.logTemperature : ranges.logRatio }

  /// Classes with the level found in each.
  typealias Search = ClassSearch<Double>

  func search(_ problem: Problem) -> Search? {
    let search = Search(
      starts: starts(problem), finest: Self.finestClass, insertions: Self.insertions
    ) { logClass in
      guard
        let (solve, posterior) = solve(problem, coarse, logClass: logClass, level: problem.level, passes: 1)
      else { return nil }
      let level = solve.level(posterior)
      let context = contextLaw(problem.observation, level: level, logClass: logClass)?.logDensity(logClass)
      return (posterior.logEvidence + (context ?? -log(range.upperBound - range.lowerBound)), level)
    }
    return search.nodes.isEmpty ? nil : search
  }

  /// What the context says of a class' logarithm.
  func contextLaw(_ observation: SpectralObservation, level: Double, logClass: Double) -> NormalLaw? {
    kind == .eclipse
      ? observation.temperature.map(NormalLaw.init(logarithmOf:))
      : ranges.logRatio(of: observation, level: max(level, .leastNormalMagnitude), ratio: exp(logClass))
  }

  /// Where to look first: evenly over the range, or over the part of it that the context leaves.
  private func starts(_ problem: Problem) -> [Double] {
    var (low, high) = (range.lowerBound, range.upperBound)
    let middle = 0.5 * (low + high)
    if let law = contextLaw(problem.observation, level: problem.level, logClass: middle) {
      let (least, most) = (law.mean - 4 * law.deviation, law.mean + 4 * law.deviation)
      // A context that contradicts the range is not believed.
      if most > low, least < high { (low, high) = (max(low, least), min(high, most)) }
    }
    let count = max(Int(((high - low) / classStep).rounded(.up)), 4)
    return (0...count).map { low + (high - low) * Double($0) / Double(count) }
  }

  /// What follows from the classes together, solved for at their mean.
  struct Centre {
    let weights: [Double]
    let logIntegral: Double
    let logClass: NormalLaw
    /// Mean over the classes.
    let level: Double
    let solve: Solve
    let posterior: ComponentPosterior
  }

  func centre(_ problem: Problem, _ search: Search) -> Centre? {
    let (weights, logIntegral) = search.integral()
    var (mean, level) = (0.0, 0.0)
    for (node, weight) in zip(search.nodes, weights) {
      mean += weight * node.x
      level += weight * node.evaluation
    }
    let variance = zip(search.nodes, weights).reduce(0.0) { $0 + $1.1 * ($1.0.x - mean) * ($1.0.x - mean) }
    guard let (solve, posterior) = solve(problem, seen, logClass: mean, level: level, passes: 2) else {
      return nil
    }
    return Centre(
      weights: weights, logIntegral: logIntegral,
      logClass: NormalLaw(mean: mean, deviation: max(variance.squareRoot(), Self.finestClass / 2)),
      level: level, solve: solve, posterior: posterior)
  }

  private func reading(_ problem: Problem, _ search: Search) -> SpectralReading? {
    centre(problem, search).map { reading(problem, search, $0) }
  }

  func reading(_ problem: Problem, _ search: Search, _ centre: Centre) -> SpectralReading {
    let (solve, posterior) = (centre.solve, centre.posterior)
    let laws = zip(posterior.mean, posterior.deviations()).map { NormalLaw(mean: $0, deviation: $1) }
    let baselines = laws.suffix(from: seen.count)
    let observation = problem.observation
    return SpectralReading(
      classes: zip(search.nodes, centre.weights).map { .init(logValue: $0.x, weight: $1) },
      logClass: centre.logClass,
      level: NormalLaw(
        mean: solve.level(posterior), deviation: solve.levelUnit * baselines[baselines.startIndex].deviation),
      offsets: baselines.dropFirst().map {
        NormalLaw(
          mean: observation.offsetDeviation * $0.mean, deviation: observation.offsetDeviation * $0.deviation)
      },
      components: Array(laws.prefix(seen.count)), distance: posterior.distance,
      pointCount: observation.points.count,
      logEvidence: centre.logIntegral)
  }

  // MARK: One class

  /// Transmission is linear but for the level, which the reading has found before; brightness is not.
  private var completionPasses: Int { kind == .eclipse ? 2 : 1 }

  /// An observation with what is the same in all classes.
  struct Problem {
    let observation: SpectralObservation
    /// Transmission: the depths' mean, weighted by their errors. Eclipse: 1.
    let level: Double
    /// By point, a shifted instrument each.
    let offsets: [[Double]]
    /// Of eclipses.
    let eclipse: EclipseUnit?

    init?(_ observation: SpectralObservation, _ kind: SpectrumKind) {
      let points = observation.points
      guard observation.kind == kind, points.count > 0 else { return nil }
      self.observation = observation
      offsets = observation.shiftedInstruments.map { instrument in
        points.instruments.map { $0 == instrument ? observation.offsetDeviation : 0 }
      }
      if kind == .eclipse {
        guard observation.starTemperature != nil, observation.starRadius != nil,
          observation.planetRadius != nil
        else { return nil }
        (eclipse, level) = (EclipseUnit(observation), 1)
      } else {
        let weights = points.variances.map { 1 / $0 }
        level = zip(points.values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        eclipse = nil
        guard level > 0 else { return nil }
      }
    }
  }

  /// How an observation is solved for in one class.
  struct Solve {
    let unit: DepthUnit
    let baselines: [[Double]]
    /// The baselines in the bins; nil of those that are the instruments'.
    let shapes: [[Double]?]
    /// The level is this and its baseline times `levelUnit`.
    let level: Double
    let levelUnit: Double

    func level(_ posterior: ComponentPosterior) -> Double {
      level + levelUnit * posterior.mean[posterior.componentCount]
    }
  }

  /// - Parameters:
  ///   - level: near the one that will be found, which takes its place in the next pass.
  ///   - passes: what is not linear is made so anew in each.
  func solve(
    _ problem: Problem, _ prior: SpectralComponents, logClass: Double, level: Double, passes: Int
  ) -> (Solve, ComponentPosterior)? {
    var (level, shape) = (level, prior.mean)
    var result: (Solve, ComponentPosterior)?
    for _ in 0..<passes {
      let solve =
        problem.eclipse.map { eclipse(problem, $0, temperature: exp(logClass), about: shape) }
        ?? transmission(problem, ratio: exp(logClass), level: level)
      guard
        let posterior = ComponentPosterior(
          prior, solve.unit, problem.observation.points, baselines: solve.baselines)
      else { return nil }
      result = (solve, posterior)
      level = max(solve.level(posterior), 0.5 * level)
      if kind == .eclipse {
        shape = prior.spectrum(Array(posterior.mean.prefix(prior.count))).map { min(max($0, -0.7), 3) }
      }
    }
    return result
  }

  private func transmission(_ problem: Problem, ratio: Double, level: Double) -> Solve {
    Solve(
      unit: .transmission(level: level, ratio: ratio, bins: grid.count),
      baselines: [[Double](repeating: level, count: problem.observation.points.count)] + problem.offsets,
      shapes: [[Double](repeating: level, count: grid.count)] + problem.offsets.map { _ in nil },
      level: level,
      levelUnit: level)
  }

  /// - Parameter about: the shape at which depths are made linear.
  private func eclipse(
    _ problem: Problem, _ unit: EclipseUnit, temperature: Double, about shape: [Double]
  ) -> Solve {
    let depths = unit.depths(shape, temperature: temperature)
    let factor = depths.map { $0 * unit.factorDeviation }
    return Solve(
      unit: unit.linear(temperature: temperature, about: shape, depths: depths),
      baselines: [problem.observation.points.points(of: factor)] + problem.offsets,
      shapes: [factor] + problem.offsets.map { _ in nil }, level: 1, levelUnit: unit.factorDeviation)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
