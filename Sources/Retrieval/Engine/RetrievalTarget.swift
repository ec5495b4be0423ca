package import Atmospheres
import NumericalMethods
package import SpectralPrior
import Tensors

/// The posterior's density in a retrieval's box: prior, context, and the points' likelihood by the forward model or by a surrogate.
package struct RetrievalTarget: Sendable {
  package let coordinates: RetrievalCoordinates
  package let likelihood: PointLikelihood
  package let depths: PointDepths
  /// The depths of all bins.
  let whole: PointDepths
  let wholeForward: SpectrumModel
  /// Cut to the bins of `depths`.
  private let forward: SpectrumModel
  private let threads: Int
  private var space: AtmosphereSpace { coordinates.space }

  /// Points that one thread takes at once: results depend on it only by the rounding of matrix products.
  private static let block = 64

  /// - Parameter forward: of the space's configuration, on the whole grid.
  package init(
    coordinates: RetrievalCoordinates, observation: SpectralObservation, forward: SpectrumModel, threads: Int
  ) throws(AtmosphereError) {
    self.coordinates = coordinates
    self.threads = threads
    likelihood = PointLikelihood(observation)
    depths = try PointDepths(observation, constants: forward.configuration.constants)
    whole = try PointDepths(everyBinFor: observation, constants: forward.configuration.constants)
    wholeForward = forward
    self.forward = forward.cut(to: depths.bins)
  }

  // MARK: By the forward model

  /// One point of the box, with its spectrum.
  package struct Evaluation: Sendable {
    package var state: RetrievalCoordinates.State
    /// In the observation's bins.
    package var heights: [Double]
    package var depths: [Double]
    package var logLikelihood: Double
    /// ln of prior times likelihood.
    var logTarget: Double { state.logPrior + state.logContext + logLikelihood }
  }

  /// - Returns: nil where the prior is 0 or the forward model has no spectrum.
  package func evaluate(_ point: some RandomAccessCollection<Double>) -> Evaluation? {
    guard let state = coordinates.state(point) else { return nil }
    do throws(AtmosphereError) {
      let heights = try space.heights(state.row, forward)
      let model = depths.depths(heights, state)
      let logLikelihood = likelihood.logLikelihood(model, inflation: state.inflation)
      guard logLikelihood.isFinite else { return nil }
      return Evaluation(state: state, heights: heights, depths: model, logLikelihood: logLikelihood)
    } catch {
      return nil
    }
  }

  /// Depths of the points with all gases and with each one muted, by formula; nil where the forward model has no spectrum.
  func mutedDepths(
    _ state: RetrievalCoordinates.State
  ) -> (whole: [Double], muted: [(formula: String, depths: [Double])])? {
    do throws(AtmosphereError) {
      let heights = try space.mutedHeights(state.row, forward)
      return (
        depths.depths(heights.whole, state),
        heights.muted.map { ($0.formula, depths.depths($0.heights, state)) }
      )
    } catch {
      return nil
    }
  }

  /// Gases that the forward model has and no atmosphere of the space's kind does, by formula. The published configuration is of four gases
  /// alone.
  var foreignGases: [Species] {
    guard space.name != .exoGAN2018 else { return [] }
    let own = AtmosphereSpace(space.name).gases
    return forward.species.filter { !own.contains($0) }.sorted { $0.formula < $1.formula }
  }

  /// Heights of a row with a gas more, that the space need not have; nil where the forward model has no spectrum.
  func heights(_ row: [Double], adding foreign: TraceGas? = nil) -> [Double]? {
    try? space.heights(row, forward, adding: foreign)
  }

  /// ln of the likelihood of the points' depths, with the level that fits them best where it is free.
  func logLikelihood(_ depths: [Double], _ state: RetrievalCoordinates.State) -> Double {
    var model = depths
    if axis != nil {
      let errors = likelihood.errors(
        inflation: state.inflation, variances: [Double](repeating: 0, count: depths.count), modes: [])
      if let factor = errors.flatMap({ likelihood.amplitude(depths, $0) })?.mean {
        model = depths.map { factor * $0 }
      }
    }
    return likelihood.logLikelihood(model, inflation: state.inflation)
  }

  func evaluate(_ points: [[Double]]) -> [Evaluation?] {
    concurrentMap(points, threads: threads) { evaluate($0) }
  }

  /// ln of prior times likelihood.
  func exactLogDensities(_ points: Matrix<Double>) -> [Double] {
    evaluate((0..<points.rows).map { Array(points.row($0)) }).map { evaluation in
      evaluation?.logTarget ?? -.infinity
    }
  }

  // MARK: By a surrogate

  /// What a surrogate says of a point, whatever its level is.
  private struct Emulation: Sendable {
    /// One a bin.
    var heights: [Double]
    /// How much larger than usual the surrogate's errors are.
    var stretch: Double
  }

  /// ln of prior times likelihood, the points' law widened by the surrogate's errors.
  func logDensities(_ points: Matrix<Double>, _ surrogate: CorrectedSurrogate) -> [Double] {
    let shapes = errorShapes(surrogate)
    return emulated(points, surrogate) { place, row, emulation in
      guard let state = coordinates.state(points.row(place)) else { return -.infinity }
      return logDensity(state, emulation, errors(points.row(place), row, emulation, shapes))
    }.map { $0 ?? -.infinity }
  }

  /// In transmission the coordinate that all others and the points' mean all but fix: the level.
  var axis: Int? { coordinates.levelPlace }

  /// The same density as a function of the axis, and the law that the points and all other coordinates give the axis.
  /// - Parameter points: their own values of the axis do not matter.
  func conditionals(
    _ points: Matrix<Double>, _ surrogate: CorrectedSurrogate, axis: Int
  ) -> [FollowingAxis.Conditional] {
    let shapes = errorShapes(surrogate)
    return emulated(points, surrogate) { place, row, emulation in
      let point = Array(points.row(place))
      let errors = errors(point, row, emulation, shapes)
      return FollowingAxis.Conditional(law: axisLaw(row, emulation, errors)) { value in
        var point = point
        point[axis] = value
        return coordinates.state(point).map { logDensity($0, emulation, errors) } ?? -.infinity
      }
    }.map { $0 ?? .nowhere }
  }

  private func logDensity(
    _ state: RetrievalCoordinates.State, _ emulation: Emulation, _ errors: SharedErrors?
  ) -> Double {
    guard let errors else { return -.infinity }
    let logDensity =
      state.logPrior + state.logContext
      + likelihood.logLikelihood(
        depths.depths(emulation.heights, state, shift: coordinates.heightShift(state)), errors)
    return logDensity.isFinite ? logDensity : -.infinity
  }

  private func axisLaw(_ row: [Double], _ emulation: Emulation, _ errors: SharedErrors?) -> NormalLaw? {
    let disc = RetrievalCoordinates.State(
      row: row, depth: 1, starRadius: 1, inflation: 1, logPrior: 0, logContext: 0)
    return errors.flatMap { likelihood.amplitude(depths.depths(emulation.heights, disc), $0) }
      .flatMap { coordinates.levelLaw(factor: $0, row) }
  }

  /// Of the points and the surrogate.
  private func errors(
    _ point: some RandomAccessCollection<Double>, _ row: [Double], _ emulation: Emulation,
    _ shapes: PointDepths.Changes
  ) -> SharedErrors? {
    // The surrogate's go with the planet's disc: in transmission the level tells it well enough, and is the same for all values of the axis.
    guard let disc = axis == nil ? coordinates.state(point)?.depth : coordinates.level else { return nil }
    let inflation = coordinates.inflation(point)
    let state = RetrievalCoordinates.State(
      row: row, depth: disc, starRadius: 1, inflation: inflation, logPrior: 0, logContext: 0)
    let errors = depths.changes(shapes, at: emulation.heights, state, times: emulation.stretch)
    return likelihood.errors(
      inflation: inflation, variances: errors[0].map { $0 * $0 }, modes: Array(errors.dropFirst()))
  }

  /// A surrogate's errors that points do not share, then those that they do.
  private func errorShapes(_ surrogate: CorrectedSurrogate) -> PointDepths.Changes {
    depths.changes(
      [surrogate.deviations] + (0..<surrogate.modes.rows).map { Array(surrogate.modes.row($0)) })
  }

  /// - Parameter body: told a point's place, its seen row, and what the surrogate says of it.
  /// - Returns: nil where there is no such row.
  private func emulated<Result: Sendable>(
    _ points: Matrix<Double>, _ surrogate: CorrectedSurrogate,
    _ body: @Sendable (Int, [Double], Emulation) -> Result
  ) -> [Result?] {
    let blocks = stride(from: 0, to: points.rows, by: Self.block).map {
      $0..<min($0 + Self.block, points.rows)
    }
    return concurrentMap(blocks, threads: threads) { block -> [Result?] in
      let seen = block.map { coordinates.seenRow(points.row($0)) }
      let inside = seen.compactMap { $0 }
      guard !inside.isEmpty else { return [Result?](repeating: nil, count: block.count) }
      let rows = Matrix(rows: inside.count, columns: space.count, elements: inside.flatMap { $0 })
      let (heights, stretches) = surrogate.heights(of: rows)
      var next = 0
      return zip(block, seen).map { place, row in
        guard let row else { return nil }
        defer { next += 1 }
        return body(place, row, Emulation(heights: Array(heights.row(next)), stretch: stretches[next]))
      }
    }.flatMap { $0 }
  }

  /// Root mean square of a surrogate's errors over the points', near a point of the box; 0 outside the prior.
  func relativeError(_ surrogate: CorrectedSurrogate, at point: some RandomAccessCollection<Double>) -> Double
  {
    guard let state = coordinates.state(point) else { return 0 }
    let rows = Matrix(rows: 1, columns: space.count, elements: coordinates.seenRow(state).row)
    let (heights, stretches) = surrogate.heights(of: rows)
    var seen = state
    if axis != nil { seen.depth = coordinates.level }
    let errors = depths.changes(
      depths.changes([surrogate.deviations]), at: heights.row(0), seen, times: stretches[0])[0]
    let squares = errors.enumerated().reduce(0.0) { sum, item in
      let ratio = 2 * item.element / (likelihood.upper[item.offset] + likelihood.lower[item.offset])
      return sum + ratio * ratio
    }
    return (squares / Double(errors.count)).squareRoot()
  }

  /// How well a height is to be known in each bin, that it matters no more than the points' errors do there.
  func heightErrors(_ state: RetrievalCoordinates.State) -> [Double] {
    let unit = depths.changes(
      depths.changes([[Double](repeating: 1, count: depths.bins.count)]),
      at: [Double](repeating: 0, count: depths.bins.count), state)[0]
    var weights = [Double](repeating: 0, count: depths.bins.count)
    for point in 0..<depths.count {
      let error =
        (likelihood.upper[point] + likelihood.lower[point]) / 2 / max(unit[point], .leastNormalMagnitude)
      for (bin, weight) in depths.weights(of: point) { weights[bin] += weight / (error * error) }
    }
    let typical = weights.reduce(0, +) / Double(weights.count)
    return weights.map { 1 / max($0, 1e-6 * typical).squareRoot() }
  }
}
