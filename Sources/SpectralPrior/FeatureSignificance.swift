import NumericalMethods
import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// How strongly a change of a spectrum shows in an observation: the root of the chi-squared that the change makes, once level, slope and the
/// instruments' offsets have taken of it what they can.
///
/// With d the change at the points, W the inverse of their variances and B the columns of what is free,
///
///     Z^2 = d W d - p (B W B + P)^-1 p,  p = B W d
///
/// B holds the level and level times ln wavelength, free (P = 0), and a constant for each shifted instrument with P = 1 over the square of
/// the offset's deviation: an offset may take no more than it is likely to be. A change of the level or a slope alone has Z = 0.
package struct FeatureSignificance: Sendable {
  /// A gas shows where its features have so many standard deviations.
  package static let shownFrom = 3.0

  private let weights: [Double]
  /// Columns of what is free, (B W B + P)^-1/2 B W: a number each is what it takes of a change.
  private let projections: [[Double]]

  /// - Parameter level: by point, what a larger disc adds: the same everywhere in transmission, the depth itself in eclipse.
  package init(_ observation: SpectralObservation, level: [Double]) {
    let points = observation.points
    precondition(level.count == points.count)
    weights = points.variances.map { 1 / $0 }
    let wavelengths = SpectralGrid.standard.wavelengths
    let logarithms = points.responses.map { response in
      response.weights.enumerated().reduce(0.0) {
        $0 + $1.element * log(wavelengths[response.firstBin + $1.offset])
      }
    }
    let middle = logarithms.reduce(0, +) / Double(max(logarithms.count, 1))
    var columns = [level, zip(level, logarithms).map { $0 * ($1 - middle) }]
    let freeCount = columns.count
    for instrument in observation.shiftedInstruments where points.instruments.contains(instrument) {
      columns.append(points.instruments.map { $0 == instrument ? observation.offsetDeviation : 0 })
    }
    // Gram and Schmidt in the metric W + prior: columns end up orthonormal, so that what each takes adds up.
    var projections: [[Double]] = []
    var priors: [[Double]] = []
    for (place, column) in columns.enumerated() {
      var (rest, prior) = (column, [Double](repeating: 0, count: columns.count))
      if place >= freeCount { prior[place] = 1 }
      // Of nearly parallel columns twice is enough (Giraud, Langou & Rozloznik 2005, Comput. Math. Appl. 50, 1069).
      for _ in 0..<2 {
        for (projection, its) in zip(projections, priors) {
          let overlap =
            Self.product(projection, rest, weights) + zip(its, prior).reduce(0) { $0 + $1.0 * $1.1 }
          for i in rest.indices { rest[i] -= overlap * projection[i] }
          for i in prior.indices { prior[i] -= overlap * its[i] }
        }
      }
      let length = Self.product(rest, rest, weights) + prior.reduce(0) { $0 + $1 * $1 }
      // A slope of one point is a level.
      guard length > 1e-12 * Self.product(column, column, weights) else { continue }
      projections.append(rest.map { $0 / length.squareRoot() })
      priors.append(prior.map { $0 / length.squareRoot() })
    }
    self.projections = projections
  }

  private static func product(_ a: [Double], _ b: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += weights[i] * a[i] * b[i] }
    return sum
  }

  /// Z of a change of the depths at the points, in standard deviations.
  package func callAsFunction(_ change: [Double]) -> Double {
    precondition(change.count == weights.count)
    let total = Self.product(change, change, weights)
    let taken = projections.reduce(0) { sum, projection in
      let overlap = Self.product(projection, change, weights)
      return sum + overlap * overlap
    }
    return max(total - taken, 0).squareRoot()
  }
}
