import NumericalMethods
import SpectralPrior
import Tensors

/// How much each answer moves with each group of points, in deviations of the answer for noise as large as the points' errors.
package struct SensitivityMap: Sendable, Hashable {
  /// Parameters x groups: root mean square.
  package let values: [[Double]]
  /// Its standard error; 0 where it is exact.
  package let errors: [[Double]]
  /// Perturbations of each group.
  package let repeats: Int

  package init(values: [[Double]], errors: [[Double]], repeats: Int) {
    self.values = values
    self.errors = errors
    self.repeats = repeats
  }

  /// By the derivatives by points, whose squares add up.
  package init(gradients: [[Double]], groups: PointGroups) {
    values = gradients.map { ofPoints in
      groups.groups.map { group in
        group.points.reduce(0) { $0 + ofPoints[$1] * ofPoints[$1] }.squareRoot()
      }
    }
    errors = values.map { $0.map { _ in 0 } }
    repeats = 0
  }

  /// By squared changes as they were found.
  init(squares: SquaredChanges) {
    values = squares.parameters.map { $0.map { $0.mean.squareRoot() } }
    errors = squares.parameters.map { $0.map { $0.mean > 0 ? $0.error / (2 * $0.mean.squareRoot()) : 0 } }
    repeats = squares.repeats
  }

  /// Median of the relative standard errors over the upper quarter of each parameter's groups.
  package var relativeError: Double {
    let upper = zip(values, errors).flatMap { values, errors -> [Double] in
      let order = values.indices.sorted { values[$0] > values[$1] }
      return order.prefix((order.count + 3) / 4).compactMap { values[$0] > 0 ? errors[$0] / values[$0] : nil }
    }
    return upperMedian(upper) ?? 0
  }
}

/// Sums of squared changes by parameter and group.
struct SquaredChanges {
  struct Sum: Hashable {
    var count = 0
    var first = 0.0
    var second = 0.0

    mutating func add(_ x: Double) {
      count += 1
      first += x
      second += x * x
    }

    var mean: Double { first / Double(max(count, 1)) }
    /// Standard error of the mean.
    var error: Double {
      guard count > 1 else { return mean }
      let variance = max(second - first * first / Double(count), 0) / Double(count - 1)
      return (variance / Double(count)).squareRoot()
    }
  }

  /// Parameters x groups.
  private(set) var parameters: [[Sum]]
  private(set) var repeats = 0

  init(parameters: Int, groups: Int) {
    self.parameters = [[Sum]](repeating: [Sum](repeating: Sum(), count: groups), count: parameters)
  }

  /// - Parameter changes: rows x parameters: one a group, then again.
  mutating func add(_ changes: Matrix<Double>) {
    let groups = parameters.first?.count ?? 0
    guard groups > 0 else { return }
    for row in 0..<changes.rows {
      for parameter in parameters.indices {
        let change = changes.elements[row * changes.columns + parameter]
        parameters[parameter][row % groups].add(change * change)
      }
    }
    repeats += changes.rows / groups
  }
}

extension SensitivityMap {
  /// Repeats of a round, relative error that is small enough, and rounds at most, of the single-group test.
  private static let (round, smallError, mostRounds) = (10, 0.1, 6)

  /// One group at a time, by each network, until the standard errors are small.
  package static func single(
    _ probes: [SensitivityProbe], _ perturbations: Perturbations, groups: PointGroups, seed: UInt64
  ) -> [SensitivityMap] {
    var random = SeededRandom(seed: seed)
    var squares = probes.map {
      SquaredChanges(parameters: $0.model.parameters.count, groups: groups.groups.count)
    }
    for _ in 0..<mostRounds {
      let moved = perturbations.single(repeats: round, &random)
      for (place, probe) in probes.enumerated() { squares[place].add(probe.changes(moved)) }
      if squares.allSatisfy({ SensitivityMap(squares: $0).relativeError <= smallError }) { break }
    }
    return squares.map(SensitivityMap.init)
  }

  /// The published test: each group with a random half of the others, so many times, by each network.
  /// - Returns: maps, and of each by parameter the rank correlation of the maps that the odd and the even repeats make.
  package static func subsets(
    _ probes: [SensitivityProbe], _ perturbations: Perturbations, groups: PointGroups, repeats: Int,
    seed: UInt64
  ) -> [(map: SensitivityMap, splitHalf: [Double])] {
    var random = SeededRandom(seed: seed)
    let empty = probes.map {
      SquaredChanges(parameters: $0.model.parameters.count, groups: groups.groups.count)
    }
    var (all, halves) = (empty, [empty, empty])
    for turn in 0..<repeats {
      let moved = perturbations.subsets(repeats: 1, &random)
      for (place, probe) in probes.enumerated() {
        let changes = probe.changes(moved)
        all[place].add(changes)
        halves[turn % 2][place].add(changes)
      }
    }
    return probes.indices.map { place in
      let (even, odd) = (halves[0][place].parameters, halves[1][place].parameters)
      return (
        SensitivityMap(squares: all[place]),
        zip(even, odd).map { rankCorrelation($0.map(\.mean), $1.map(\.mean)) }
      )
    }
  }
}
