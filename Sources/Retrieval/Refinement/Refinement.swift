package import NumericalMethods

/// Samples of a density that is so narrow that no particle finds it: least squares lead to it, kernels as wide as it there are drawn from.
///
/// From the best of the starts least squares go down to a mode. Each start then goes to where the modes' ridges are near it: least squares
/// again, held to the start by a spring of `reach` of the box, and the curvature there, spring included, is the precision of a kernel. So
/// kernels lie along directions that the data leave free, and none is wider than the spring. `AdaptiveSampler` does the rest.
package struct Refinement<Target: LeastSquaresTarget>: Sendable {
  private let target: Target
  private let threads: Int
  private var random: SeededRandom
  /// Models computed.
  package private(set) var evaluations = 0

  private static var reach: Double { 0.15 }
  private static var modes: Int { 2 }
  private static var mostKernels: Int { 16 }
  /// Descents that are made between two looks at the budget.
  private static var wave: Int { 4 }
  /// Of the budget, that kernels may take.
  private static var kernelShare: Double { 0.4 }
  /// Centres whose density is lower by so much, in ln, than the best have not arrived.
  private static var worst: Double { 30 }
  private static var batch: Int { 128 }
  /// Batches to learn from: so many, or as many as a quarter of what is left to compute.
  private static var lessons: Int { 4 }
  /// Effective share of so many draws below which there is no hope.
  private static var leastShare: Double { 0.005 }
  private static var judgedAfter: Int { 640 }

  package init(_ target: Target, threads: Int, random: SeededRandom) {
    self.target = target
    self.threads = threads
    self.random = random
  }

  /// - Parameters:
  ///   - starts: points of the box.
  ///   - most: models that may be computed; the descents' last steps may take a few more than their part.
  /// - Returns: nil where nothing was found.
  package mutating func sample(
    from starts: [[Double]], effective wanted: Double, most: Int
  ) -> AdaptiveSampler<Target>? {
    guard let first = kernels(starts, most: most) else { return nil }
    var sampler = AdaptiveSampler(target, first: first, threads: threads, random: random)
    let before = evaluations
    for _ in 0..<min(Self.lessons, max((most - before) / (4 * Self.batch), 1)) {
      sampler.draw(min(Self.batch, (most - before) / 2))
    }
    sampler.settle()
    evaluations = before + sampler.evaluations
    var (effective, drawn) = (0.0, 0)
    while effective < wanted, evaluations < most {
      let count = min(Self.batch, most - evaluations)
      sampler.draw(count)
      drawn += count
      evaluations = before + sampler.evaluations
      effective = ParetoSmoothing(sampler.logWeights).logWeights.effectiveSampleSize
      guard drawn < Self.judgedAfter || effective > Self.leastShare * Double(drawn) else { return nil }
    }
    return effective > 0 ? sampler : nil
  }

  private mutating func kernels(_ starts: [[Double]], most: Int) -> KernelMixture? {
    let reached = descents(Array(bestApart(starts).prefix(Self.modes)).map { ($0, nil, 25) })
    guard let best = reached.max(by: { $0.logDensity < $1.logDensity }) else { return nil }
    let modes = reached.filter { $0.logDensity > best.logDensity - Self.worst }
    var found: [Descent] = []
    for from in stride(from: 0, to: min(starts.count, Self.mostKernels), by: Self.wave) {
      guard Double(evaluations) < Self.kernelShare * Double(most) else { break }
      let chosen = from..<min(from + Self.wave, starts.count)
      found += descents(
        chosen.map { start in
          (modes[start % modes.count].ridge(near: starts[start], reach: Self.reach), starts[start], 3)
        })
    }
    found.removeAll { $0.logDensity < best.logDensity - Self.worst }
    let kernels = (modes + found).compactMap { descent in
      KernelMixture.Kernel(centre: descent.centre, precision: descent.curvature(reach: Self.reach))
    }
    return kernels.isEmpty ? nil : KernelMixture(kernels)
  }

  /// The starts by their density, the second best as far from the best as most are.
  private mutating func bestApart(_ starts: [[Double]]) -> [[Double]] {
    let densities = concurrentMap(starts, threads: threads) { [target] point in
      target.sample(at: point).map { target.logDensity($0) }
    }
    evaluations += starts.count
    let order = starts.indices.filter { densities[$0] != nil }.sorted {
      (densities[$0] ?? 0, $1) > (densities[$1] ?? 0, $0)
    }
    guard let best = order.first else { return [] }
    func distance(_ index: Int) -> Double {
      zip(starts[index], starts[best]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let distances = order.map(distance).sorted()
    let middling = distances[distances.count / 2]
    return ([best] + order.dropFirst().filter { distance($0) >= middling }).map { starts[$0] }
  }

  // MARK: Least squares

  /// Where least squares ended.
  private struct Descent: Sendable {
    var centre: [Double]
    var logDensity: Double
    /// J^T J, J the residuals' derivatives.
    var normal: [[Double]]
    var evaluations: Int

    /// Row-major, a spring's with it.
    func curvature(reach: Double) -> [Double] {
      normal.indices.flatMap { i in
        normal.indices.map { j in normal[i][j] + (i == j ? 1 / (reach * reach) : 0) }
      }
    }

    /// The point nearest to another, as the residuals and a spring to that point have it, were the residuals linear.
    func ridge(near start: [Double], reach: Double) -> [Double] {
      var matrix = normal
      for i in matrix.indices { matrix[i][i] += 1 / (reach * reach) }
      let pull = zip(start, centre).map { ($0 - $1) / (reach * reach) }
      return solveSymmetric(matrix, pull).map { step in zip(centre, step).map { $0 + $1 } } ?? centre
    }
  }

  private mutating func descents(
    _ starts: [(point: [Double], spring: [Double]?, iterations: Int)]
  ) -> [Descent] {
    let results = concurrentMap(starts, threads: threads) { [target] start in
      Self.descent(target, from: start.point, spring: start.spring, iterations: start.iterations)
    }
    evaluations += results.reduce(0) { $0 + $1.evaluations }
    return results.compactMap(\.descent)
  }

  /// The step of differences, and how far from the walls least squares keep.
  private static var step: Double { 1e-4 }
  private static var margin: Double { 1e-9 }

  private static func descent(
    _ target: Target, from start: [Double], spring: [Double]?, iterations: Int
  ) -> (descent: Descent?, evaluations: Int) {
    var known: [[Double]: Target.Sample?] = [:]
    func sample(_ point: [Double]) -> Target.Sample? {
      if let sample = known[point] { return sample }
      let sample = target.sample(at: point)
      known[point] = sample
      return sample
    }
    var search = LevenbergMarquardt()
    search.mostIterations = iterations
    let parameters = start.map {
      LevenbergMarquardt.Parameter(start: $0, bounds: margin...1 - margin, step: step)
    }
    let solution = search.minimize(parameters) { point in
      sample(point).map { sample in
        target.residuals(sample) + (spring.map { zip(point, $0).map { ($0 - $1) / reach } } ?? [])
      }
    }
    guard let centre = solution?.values, let found = sample(centre) else { return (nil, known.count) }
    // The search asked for these differences at its end.
    let residuals = target.residuals(found)
    let columns = centre.indices.map { j -> [Double] in
      for step in centre[j] + step <= 1 - margin ? [step, -step] : [-step] {
        var moved = centre
        moved[j] += step
        if let other = sample(moved) {
          return zip(target.residuals(other), residuals).map { ($0 - $1) / step }
        }
      }
      return [Double](repeating: 0, count: residuals.count)
    }
    let normal = columns.map { a in columns.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
    return (
      Descent(
        centre: centre, logDensity: target.logDensity(found), normal: normal, evaluations: known.count),
      known.count
    )
  }
}
