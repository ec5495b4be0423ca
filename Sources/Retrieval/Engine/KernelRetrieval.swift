import NumericalMethods
import Tensors

/// The posterior of few coordinates by the forward model alone: kernels are brought to where it is, then weigh new draws.
struct KernelRetrieval {
  let first: FirstDensity
  let threads: Int
  let mayGoOn: () -> Bool
  let tell: (String) -> Void
  /// Said where no point of the space has a likelihood.
  let nothing: RetrievalEngine.Failure

  /// Up to so many coordinates kernels hold a posterior.
  static let mostCoordinates = 8
  private static let firstDraws = 1000
  private static let (drawsOnTheWay, drawsAtTheEnd) = (250, 256)
  /// Points on the way that the last kernels are fitted to are worth so many.
  private static let sufficientPoints = 200.0
  private static let lastKernels = 100
  /// Effective share of a first batch from the last kernels that is good enough.
  private static let sufficientShare = 0.1
  private static let mostRounds = 5

  /// Weighs draws until the run has the effective samples asked for, or may compute no more.
  func sample(
    _ run: inout RetrievalRun, _ random: inout SeededRandom
  ) throws(RetrievalEngine.Failure) {
    guard run.affordable(Self.firstDraws) == Self.firstDraws else { throw notEnough(run) }
    let points = first.sample(Self.firstDraws, &random)
    var search = KernelSearch(
      (0..<points.rows).map { Array(points.row($0)) }, logFirsts: first.logDensities(points),
      logTargets: run.exactLogDensities(points))
    while search.advance(), search.position < 1 || search.effectiveSampleSize < Self.sufficientPoints {
      guard mayGoOn(), run.affordable(Self.drawsOnTheWay) == Self.drawsOnTheWay else { throw notEnough(run) }
      let mixture = search.mixture(KernelSearch.kernels, &random)
      let draws = inside(mixture, Self.drawsOnTheWay, &random)
      search.add(
        draws.points, logFirsts: first.logDensities(draws.matrix),
        logTargets: run.exactLogDensities(draws.matrix), from: mixture, drawn: Self.drawsOnTheWay,
        threads: threads)
    }
    guard search.position == 1 else { throw nothing }
    tell("kernels are where the posterior is")
    var mixture = search.mixture(Self.lastKernels, &random)
    var rounds = 0
    var isNew = true
    while run.affordable(1) > 0, mayGoOn() {
      let count = isNew ? 2 * Self.drawsAtTheEnd : run.wanted(Self.drawsAtTheEnd)
      let draws = inside(mixture, run.affordable(count), &random)
      let logTargets = run.weigh(
        draws.points, logDensities: concurrentMap(draws.points, threads: threads, mixture.logDensity),
        drawn: draws.drawn, isNew: isNew)
      let share = run.effectiveSampleSize / Double(run.weights.values.count)
      isNew = false
      if share < Self.sufficientShare, rounds < Self.mostRounds, run.affordable(4000) == 4000 {
        // Heavy weights show where kernels are missing.
        rounds += 1
        search.add(
          draws.points, logFirsts: first.logDensities(draws.matrix), logTargets: logTargets, from: mixture,
          drawn: draws.drawn, threads: threads)
        mixture = search.mixture(Self.lastKernels, &random)
        isNew = true
      } else if run.effectiveSampleSize >= run.settings.leastEffectiveSamples {
        break
      }
    }
    tell("\(Int(run.effectiveSampleSize)) effective samples")
    guard run.weights.logMean > -.infinity else { throw notEnough(run) }
  }

  private func notEnough(_ run: RetrievalRun) -> RetrievalEngine.Failure {
    RetrievalEngine.Failure(description: "\(run.spectra) forward models were not enough.")
  }

  private func inside(
    _ mixture: FittedKernels, _ count: Int, _ random: inout SeededRandom
  ) -> (points: [[Double]], matrix: Matrix<Double>, drawn: Int) {
    let points = (0..<count).map { _ in mixture.sample(&random) }
      .filter { $0.allSatisfy { $0 > 0 && $0 < 1 } }
    return (
      points, Matrix(rows: points.count, columns: first.coordinates.count, elements: points.flatMap { $0 }),
      count
    )
  }
}
