import NumericalMethods

/// Finds the best of many minima, the noise that is missing, and how well each parameter is known.
struct FitSearch: Sendable {
  var problem: FitProblem

  private var fit: SpectrumFit { problem.fit }

  func result(of data: MeasuredDepths, usable: [Int]) throws(AtmosphereError) -> FittedSpectrum {
    var search = self
    let starts = search.starts
    var solutions = search.minima(from: starts)
    let ended = solutions.count
    guard !solutions.isEmpty else { throw noSpectrum }
    var noise: (value: Double, error: Double)?
    if fit.inflatesErrors {
      (solutions, noise) = search.inflate(solutions)
    }
    // The profiles look where no start did: what they find that is better is polished, and profiled again.
    var constraints: [FitLimits.Limits] = []
    for _ in 0..<2 {
      let best = search.problem.minimum(from: solutions[0].values, precision: 1e-4) ?? solutions[0]
      solutions[0] = best
      let limits = FitLimits(problem: search.problem, best: best, others: Array(solutions.dropFirst()))
      constraints = limits.all()
      guard let better = constraints.compactMap(\.better).min(by: { $0.sumOfSquares < $1.sumOfSquares })
      else { break }
      solutions.insert(search.problem.minimum(from: better.values) ?? better, at: 0)
    }
    let best = solutions[0]
    guard let spectrum = search.problem.spectrum(best.values), let depths = search.problem.depths(best.values)
    else { throw noSpectrum }
    let equals = solutions.filter { $0.sumOfSquares < best.sumOfSquares + 1 }
    let flat = flatDepths
    return FittedSpectrum(
      parameters: problem.parameters.indices.map { index in
        let values = equals.map { $0.values[index] }
        return FittedSpectrum.Parameter(
          parameter: problem.parameters[index], value: best.values[index],
          constraint: constraints[index].constraint, profile: constraints[index].profile,
          equals: (values.min() ?? best.values[index])...(values.max() ?? best.values[index]))
      },
      used: usable, depths: depths, flatDepths: flat, spectrum: spectrum,
      chiSquared: chiSquared(depths), flatChiSquared: chiSquared(flat),
      inflatedChiSquared: noise.map { _ in best.sumOfSquares }, extraNoise: noise,
      starts: (starts.count, ended, min(equals.count, ended)), planet: problem.atmosphere(best.values))
  }

  private var noSpectrum: AtmosphereError {
    if let error = problem.failure(starts[0]), error.code != .unbound {
      return AtmosphereError(error.code, "no start has a spectrum: \(error.message)")
    }
    return AtmosphereError(
      .badPlanet,
      "no start has a spectrum: with this mass and these temperatures the atmosphere is not bound; check --mass and "
        + "--star-radius")
  }

  // MARK: Starts

  /// The middle of all ranges first, then what the seed gives: the n-th start does not depend on how many there are.
  private var starts: [[Double]] {
    (0..<fit.startCount).map { number in
      var random = SeededRandom(seed: fit.seed, stream: UInt64(number))
      return problem.parameters.map { parameter in
        let range = parameter.startRange
        let place = number == 0 ? 0.5 : random.uniform()
        return range.lowerBound + place * (range.upperBound - range.lowerBound)
      }
    }
  }

  /// Best first.
  private func minima(from starts: [[Double]]) -> [LevenbergMarquardt.Solution] {
    concurrentMap(starts, threads: fit.threads) { problem.minimum(from: problem.withMatchedRadius($0)) }
      .compactMap { $0 }.sorted { $0.sumOfSquares < $1.sumOfSquares }
  }

  // MARK: Missing noise

  /// Turns about: the likeliest noise for the residuals, the best fit with that noise; each turn raises the likelihood.
  private mutating func inflate(
    _ solutions: [LevenbergMarquardt.Solution]
  ) -> ([LevenbergMarquardt.Solution], (value: Double, error: Double)) {
    var solutions = solutions
    for _ in 0..<12 {
      let previous = problem.extraNoise
      guard let depths = problem.depths(solutions[0].values) else { break }
      problem.extraNoise = likeliestNoise(depths)
      if abs(problem.extraNoise - previous) <= 0.01 * problem.extraNoise { break }
      solutions = minima(from: solutions.map(\.values))
    }
    // Fisher information of u = s^2: half the sum of 1/variance^2; ds = du / 2s.
    let information = problem.variances.reduce(0) { $0 + 0.5 / ($1 * $1) }
    let squareError = 1 / information.squareRoot()
    let noise = problem.extraNoise
    return (solutions, (noise, noise > 0 ? squareError / (2 * noise) : squareError.squareRoot()))
  }

  /// Where the derivative of -2 ln L = sum of ln v + r^2/v, v = error^2 + s^2, by s^2 is zero; 0 where the errors suffice.
  private func likeliestNoise(_ depths: [Double]) -> Double {
    let squares = zip(depths, problem.data.depth).map { ($0 - $1) * ($0 - $1) }
    func slope(_ u: Double) -> Double {
      zip(squares, problem.data.error).reduce(0) { sum, point in
        let v = point.1 * point.1 + u
        return sum + 1 / v - point.0 / (v * v)
      }
    }
    guard slope(0) < 0, var high = squares.max() else { return 0 }
    var low = 0.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if slope(middle) < 0 { low = middle } else { high = middle }
    }
    return ((low + high) / 2).squareRoot()
  }

  // MARK: Comparison

  private func chiSquared(_ depths: [Double]) -> Double {
    let data = problem.data
    return depths.indices.reduce(0) { sum, place in
      let residual = (depths[place] - data.depth[place]) / data.error[place]
      return sum + residual * residual
    }
  }

  private var flatDepths: [Double] {
    let data = problem.data
    guard fit.hasOffsets else { return [Double](repeating: data.weightedMean, count: data.count) }
    var flat = [Double](repeating: 0, count: data.count)
    for name in data.instruments {
      let members = data.depth.indices.filter { data.instrument[$0] == name }
      let mean = data[members].weightedMean
      for place in members { flat[place] = mean }
    }
    return flat
  }
}
