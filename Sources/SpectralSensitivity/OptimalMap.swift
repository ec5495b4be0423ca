import NumericalMethods
package import Retrieval
package import SpectralPrior
import Tensors

/// What an optimal linear retrieval rests on: K = C J^T S^-1, with J the derivatives of the points' depths by all that is not known, S
/// their errors, and C = (J^T S^-1 J + P)^-1 the covariance that data and prior leave together (Rodgers 2000, Inverse Methods for
/// Atmospheric Sounding, equation 2.30).
///
/// Not known are the space's row, ln of the star's radius, and the offsets of instruments; P has the variances of their priors and what
/// was measured of mass, temperature and star.
package struct OptimalMap: Sendable {
  /// By parameter, change of the retrieved number for one error of each point, in its own posterior deviation.
  package let gains: [[Double]]
  /// By parameter, posterior over prior deviation, in the variable that is linear.
  package let narrowing: [Double]

  /// Step of the differences, in ranges.
  private static let step = 0.01

  /// - Parameters:
  ///   - row: where the derivatives are taken, inside the space.
  ///   - starRadius: m.
  ///   - inflation: factor on the errors.
  /// - Returns: nil where a matrix is singular to rounding.
  package init?(
    _ observation: SpectralObservation, row: [Double], starRadius: Double, inflation: Double = 1,
    emulator: SpectrumEmulator, parameters: [SensitivityParameter]
  ) {
    let space = emulator.space
    precondition(row.count == space.count && space.kind == .transmission)
    let points = observation.points
    let deviations = points.variances.map { $0.squareRoot() * inflation }
    // Rows on either side of each variable, and the one itself.
    var rows: [Double] = row
    var steps: [Double] = []
    for (place, variable) in space.variables.enumerated() {
      let width = variable.range.upperBound - variable.range.lowerBound
      var (below, above) = (row, row)
      below[place] = max(row[place] - Self.step * width, variable.range.lowerBound)
      above[place] = min(row[place] + Self.step * width, variable.range.upperBound)
      rows += below + above
      steps.append(above[place] - below[place])
    }
    let count = 1 + 2 * space.count
    let (levels, shapes) = emulator.shapes(of: Matrix(rows: count, columns: space.count, elements: rows))
    let depths = (0..<count).map { place -> [Double] in
      let values = rows[place * space.count..<(place + 1) * space.count]
      let planet = Array(values)
      let shape = SpectrumShape(level: levels[place], values: Array(shapes.row(place)))
      let discs = exp(2 * planet[2]) / (starRadius * starRadius)
      return points.points(of: shape.relativeDepths(scaleHeightRatio: exp(planet[0])).map { discs * $0 })
    }
    var columns = space.variables.indices.map { place in
      zip(depths[1 + 2 * place], depths[2 + 2 * place]).map { ($1 - $0) / steps[place] }
    }
    var priors = space.variables.map { variable -> Double in
      let width = variable.range.upperBound - variable.range.lowerBound
      return 12 / (width * width)
    }
    // ln of the star's radius, then the offsets.
    columns.append(depths[0].map { -2 * $0 })
    let stars = RetrievalCoordinates.starRadii
    let starWidth = log(stars.upperBound / stars.lowerBound)
    let starDeviation = observation.starRadius.map { max($0.logarithmicDeviation, 1e-6) }
    priors.append(starDeviation.map { 1 / ($0 * $0) } ?? 12 / (starWidth * starWidth))
    for instrument in observation.shiftedInstruments {
      columns.append(points.instruments.map { $0 == instrument ? observation.offsetDeviation : 0 })
      priors.append(1)
    }
    let width = columns.count
    let weighted = Matrix(
      rows: width, columns: points.count,
      elements: columns.flatMap { zip($0, deviations).map { $0 / $1 } })
    let information = product(weighted, weighted.transposed)
    // What else was measured: ln M = ln T + ln R - ln s, and ln T.
    var measured: [(slopes: [Int: Double], deviation: Double)] = []
    if let mass = observation.planetMass {
      measured.append(([0: -1, 1: 1, 2: 1], mass.logarithmicDeviation))
    }
    if let temperature = observation.temperature {
      measured.append(([1: 1], temperature.logarithmicDeviation))
    }
    guard
      let precision = SkylineCholesky(
        count: width,
        element: { i, j in
          measured.reduce(information.elements[i * width + j] + (i == j ? priors[i] : 0)) {
            $0 + ($1.slopes[i] ?? 0) * ($1.slopes[j] ?? 0) / ($1.deviation * $1.deviation)
          }
        })
    else { return nil }
    var (gains, narrowing): ([[Double]], [Double]) = ([], [])
    for parameter in parameters {
      var slopes = [Double](repeating: 0, count: width)
      for (place, slope) in Self.slopes(parameter, space) { slopes[place] = slope }
      let prior = slopes.indices.reduce(0) { $0 + slopes[$1] * slopes[$1] / priors[$1] }
      // C a, of which the variance is a^T C a and the gain (C a)^T J^T S^-1.
      var solved = slopes
      precision.forward(&solved, columns: 1)
      let variance = solved.reduce(0) { $0 + $1 * $1 }
      precision.backward(&solved, columns: 1)
      let gain = product(Matrix(rows: 1, columns: width, elements: solved), weighted)
      gains.append(gain.elements.map { $0 / variance.squareRoot() })
      narrowing.append((variance / prior).squareRoot())
    }
    self.gains = gains
    self.narrowing = narrowing
  }

  /// The parameter's linear form in the row.
  private static func slopes(_ parameter: SensitivityParameter, _ space: AtmosphereSpace) -> [Int: Double] {
    switch parameter.key {
    case "planetMass": [0: -1, 1: 1, 2: 1]
    case "planetRadius": [2: 1]
    case "temperature": [1: 1]
    default: space.index(parameter.key).map { [$0: 1] } ?? [:]
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
