import NumericalMethods

/// How well each parameter is known: by the parabola at the maximum where it is one within the bounds, else by the
/// profile likelihood, the least chi2 of all other parameters with this one held (Murphy & van der Vaart 2000, JASA 95, 449).
struct FitLimits: Sendable {
  let problem: FitProblem
  let best: LevenbergMarquardt.Solution
  /// Other minima, best first: a profile may run through their valleys.
  let others: [LevenbergMarquardt.Solution]

  struct Limits: Sendable {
    var constraint: FittedSpectrum.Constraint
    var profile: ClosedRange<Double>?
    /// A minimum lower than the best by more than rounding, met on the way.
    var better: LevenbergMarquardt.Solution?
  }

  /// chi2 above the least at which 5 % lie beyond: one-sided, and on both sides together.
  private static let oneSided = 2.71
  private static let twoSided = 3.84

  func all() -> [Limits] {
    concurrentMap(Array(problem.parameters.indices), threads: problem.fit.threads) { limits(of: $0) }
  }

  private func limits(of index: Int) -> Limits {
    if problem.parameters[index].isHeld { return Limits(constraint: .held) }
    let bounds = problem.parameters[index].bounds
    var down = ProfileWalk(limits: self, index: index, isUpward: false)
    var up = ProfileWalk(limits: self, index: index, isUpward: true)
    func limits(_ constraint: FittedSpectrum.Constraint, _ profile: ClosedRange<Double>?) -> Limits {
      let better = [down.better, up.better].compactMap { $0 }.min { $0.sumOfSquares < $1.sumOfSquares }
      return Limits(constraint: constraint, profile: profile, better: better)
    }
    var profile: ClosedRange<Double>?
    if problem.fit.profilesAll {
      let low = down.crossing(1) ?? bounds.lowerBound
      profile = low...max(low, up.crossing(1) ?? bounds.upperBound)
    }
    if let error = parabolicError(of: index), down.isParabolic(error), up.isParabolic(error) {
      return limits(.error(error), profile)
    }
    switch (down.crossing(Self.twoSided), up.crossing(Self.twoSided)) {
    case (let low?, let high?): return limits(.between(low, high), profile)
    case (let low?, nil): return limits(.above(down.crossing(Self.oneSided) ?? low), profile)
    case (nil, let high?): return limits(.below(up.crossing(Self.oneSided) ?? high), profile)
    case (nil, nil): return limits(.none, profile)
    }
  }

  /// The error by the normal matrix, where two of it either side lie within the bounds and a quarter of their width.
  private func parabolicError(of index: Int) -> Double? {
    let bounds = problem.parameters[index].bounds
    let value = best.values[index]
    guard let error = best.errors[index], bounds.contains(value - 2 * error),
      bounds.contains(value + 2 * error), 2 * error < (bounds.upperBound - bounds.lowerBound) / 4
    else { return nil }
    return error
  }
}

/// Walks from the maximum to one side, the other parameters following, and remembers what it has met.
private struct ProfileWalk {
  let limits: FitLimits
  let index: Int
  let isUpward: Bool
  private(set) var better: LevenbergMarquardt.Solution?
  /// Held value and solution, outwards.
  private var path: [(value: Double, solution: LevenbergMarquardt.Solution)]

  init(limits: FitLimits, index: Int, isUpward: Bool) {
    self.limits = limits
    self.index = index
    self.isUpward = isUpward
    path = [(limits.best.values[index], limits.best)]
  }

  private var bound: Double {
    let bounds = limits.problem.parameters[index].bounds
    return isUpward ? bounds.upperBound : bounds.lowerBound
  }

  private func excess(_ solution: LevenbergMarquardt.Solution) -> Double {
    solution.sumOfSquares - limits.best.sumOfSquares
  }

  /// Whether chi2 two errors away is above the least by 4, to a factor of 2: along a bent valley, such as that of mixing
  /// ratio, cloud top and radius, the curvature at its bottom says nothing of its length.
  mutating func isParabolic(_ error: Double) -> Bool {
    let start = limits.best.values[index]
    guard let solution = held(at: isUpward ? start + 2 * error : start - 2 * error, from: limits.best) else {
      return false
    }
    return (2...8).contains(excess(solution))
  }

  /// The value at which chi2 is above the least by `threshold`; nil where it is not up to the bound.
  mutating func crossing(_ threshold: Double) -> Double? {
    if isFlat(threshold) { return nil }
    let bounds = limits.problem.parameters[index].bounds
    let widest = (bounds.upperBound - bounds.lowerBound) / 12
    var step = min(widest, max(limits.best.errors[index] ?? widest, widest / 50))
    var outer = path.firstIndex { excess($0.solution) > threshold }
    while outer == nil {
      let from = path[path.count - 1].value
      guard from != bound else { return nil }
      let next = isUpward ? min(bound, from + step) : max(bound, from - step)
      guard let solution = held(at: next, from: path[path.count - 1].solution) else { return from }
      path.append((next, solution))
      if excess(solution) > threshold { outer = path.count - 1 }
      step = min(widest, step * 1.6)
    }
    guard let outer, outer > 0 else { return path[0].value }
    var (inside, outside) = (path[outer - 1], path[outer])
    for _ in 0..<3 where excess(outside.solution) - excess(inside.solution) > 0.1 * threshold {
      let middle = (inside.value + outside.value) / 2
      guard let solution = held(at: middle, from: inside.solution) else { break }
      if excess(solution) > threshold { outside = (middle, solution) } else { inside = (middle, solution) }
    }
    // The excess grows as the square of the distance.
    let low = max(0, excess(inside.solution)).squareRoot()
    let high = excess(outside.solution).squareRoot()
    let part = high > low ? (threshold.squareRoot() - low) / (high - low) : 0.5
    return inside.value + part * (outside.value - inside.value)
  }

  /// Whether chi2 stays below the threshold up to the bound though nothing else follows: then it does so all the more
  /// where the others do, and no walk is needed.
  private func isFlat(_ threshold: Double) -> Bool {
    let start = limits.best.values[index]
    return (1...8).allSatisfy { part in
      var values = limits.best.values
      values[index] = start + (bound - start) * Double(part) / 8
      guard let residuals = limits.problem.residuals(values) else { return false }
      return residuals.reduce(0) { $0 + $1 * $1 } < limits.best.sumOfSquares + threshold
    }
  }

  /// The least chi2 with the parameter held, from a neighbour and from the other minima.
  private mutating func held(
    at value: Double, from neighbour: LevenbergMarquardt.Solution
  ) -> LevenbergMarquardt.Solution? {
    func minimum(from start: [Double]) -> LevenbergMarquardt.Solution? {
      var start = start
      start[index] = value
      return limits.problem.minimum(from: start, holding: index, mostIterations: 12)
    }
    var found = minimum(from: neighbour.values)
    // What looks like a limit may be the rim of a valley that another minimum lies in.
    if let near = found, excess(near) > 1, let other = limits.others.first,
      let far = minimum(from: other.values), far.sumOfSquares < near.sumOfSquares
    {
      found = far
    }
    if let found, excess(found) < -0.2, found.sumOfSquares < better?.sumOfSquares ?? .infinity {
      better = found
    }
    return found
  }
}
