import Foundation
import NumericalMethods
import Observations
import SpectralPrior
import Tensors
import Testing
import Units

@Suite("Front end of observations") struct SpectralFrontEndTests {
  private static let grid = SpectralGrid.standard

  /// Six waves of the grid as components of shapes, some scale heights high.
  private static func components(scale: Double = 1) -> SpectralComponents {
    let bins = grid.count
    let waves = (0..<6 * bins).map { element -> Double in
      let (k, bin) = (element / bins, Double(element % bins) / Double(bins))
      return scale * cos(Double.pi * Double(k + 1) * bin + Double(k)) / Double(k + 1).squareRoot()
    }
    return SpectralComponents(
      mean: (0..<bins).map { scale * sin(Double($0) / 40) },
      loadings: Matrix(rows: 6, columns: bins, elements: waves),
      residualVariance: [Double](repeating: scale * scale * 4e-4, count: bins))
  }

  private static func ranges(logRatio: ClosedRange<Double> = log(6e-4)...log(0.05)) -> PlanetRanges {
    PlanetRanges(
      logRatio: logRatio, logTemperature: log(300)...log(3500), logRadius: log(7e6)...log(1.6e8),
      level: NormalLaw(mean: 8, deviation: 3))
  }

  /// Bins of the grid from 0.6 to 5.2 um by two instruments, the wider half of a filter's at the end, as edges (m).
  private struct Points {
    var lower: [Double] = []
    var upper: [Double] = []
    var instruments: [Int] = []

    init(every step: Int = 1, from first: Int = 70, to last: Int = 286) {
      for bin in stride(from: first, to: last, by: step) {
        add(grid.edges[bin], grid.edges[bin + 1], bin < 160 ? 0 : 1)
      }
    }

    mutating func add(_ low: Double, _ high: Double, _ instrument: Int) {
      lower.append(low)
      upper.append(high)
      instruments.append(instrument)
    }

    func observation(
      _ values: [Double], error: [Double], kind: SpectrumKind = .transmission, names: [String] = ["a", "b"]
    ) -> SpectralObservation {
      SpectralObservation(
        kind: kind, lower: lower, upper: upper, values: values, upperErrors: error, lowerErrors: error,
        instruments: instruments, instrumentNames: names)
    }

    /// Means of a spectrum over the points.
    func means(_ spectrum: [Double]) -> [Double] {
      let points = observation(
        [Double](repeating: 1, count: lower.count), error: [Double](repeating: 1, count: lower.count)
      ).points
      let sorted = points.points(of: spectrum)
      var result = [Double](repeating: 0, count: lower.count)
      for (place, value) in zip(points.places, sorted) { result[place] = value }
      return result
    }
  }

  private static func shape(_ prior: SpectralComponents, _ random: inout SeededRandom) -> [Double] {
    zip(prior.spectrum((0..<prior.count).map { _ in random.normal() }), prior.residualVariance).map {
      $0 + $1.squareRoot() * random.normal()
    }
  }

  private static func depths(_ shape: [Double], level: Double, ratio: Double) -> [Double] {
    shape.map { level * (1 + ratio * $0) }
  }

  /// Points move by a fiftieth of their errors; what is not linear, and that classes stay where they are, may make a twentieth of the
  /// change.
  @Test("features follow the points as the tangent says", arguments: [1, 2, 3] as [UInt64])
  func tangent(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: Self.components(), ranges: Self.ranges())
    var points = Points(every: 3)
    points.add(3.2e-6, 3.9e-6, 1)
    let truth = Self.depths(Self.shape(Self.components(), &random), level: 0.015, ratio: 0.01)
    let error = [Double](repeating: 1e-4, count: points.lower.count)
    var observation = points.observation(
      points.means(truth).map { $0 + 1e-4 * random.normal() }, error: error)
    if seed > 1 { observation.starRadius = MeasuredValue(7e8, deviation: 1e7) }
    if seed > 2 { observation.planetMass = MeasuredValue(1.9e27, deviation: 4e26) }
    let tangent = try #require(frontEnd.tangent(of: observation))
    let view = try #require(frontEnd.view(of: observation))
    #expect(tangent.features == frontEnd.viewFeatures(view, observation))
    let values = observation.points.values
    let moves = values.map { _ in 2e-6 * random.normal() }
    func features(_ sign: Double) throws -> [Double] {
      var moved = observation
      moved.replace(
        values: zip(values, moves).map { $0 + sign * $1 },
        errors: observation.points.variances.map { $0.squareRoot() })
      return frontEnd.viewFeatures(try #require(frontEnd.view(of: moved)), moved)
    }
    let found = zip(try features(1), try features(-1)).map { ($0 - $1) / 2 }
    let expected = (0..<tangent.slopes.rows).map { row in
      zip(tangent.slopes.row(row), moves).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let bins = 2 * frontEnd.binCount
    let parts = [
      Array(stride(from: 0, to: bins, by: 2)), Array(stride(from: 1, to: bins, by: 2)),
      Array(bins..<found.count),
    ]
    for part in parts {
      let size = part.reduce(0) { $0 + found[$1] * found[$1] }
      let miss = part.reduce(0) { $0 + (found[$1] - expected[$1]) * (found[$1] - expected[$1]) }
      #expect(size > 0 && miss < 0.05 * 0.05 * size, "\((miss / size).squareRoot())")
    }
  }

  @Test("in one class the completed spectrum is that of the whole normal law, conditioned by brute force")
  func oneClass() throws {
    var random = SeededRandom(seed: 21)
    let prior = Self.components()
    let ratio = 0.012
    let frontEnd = SpectralFrontEnd(
      kind: .transmission, components: prior,
      ranges: Self.ranges(logRatio: log(ratio) - 0.01...log(ratio) + 0.01))
    var points = Points(every: 20)
    points.add(3.2e-6, 3.9e-6, 1)
    points.add(Self.grid.edges[100], 1.003 * Self.grid.edges[100], 0)
    let truth = Self.depths(Self.shape(prior, &random), level: 0.015, ratio: ratio)
    let error = [Double](repeating: 3e-5, count: points.lower.count)
    let values = points.means(truth).map { $0 + 3e-5 * random.normal() }
    let observation = points.observation(values, error: error)
    let completed = try #require(frontEnd.completion(of: observation))
    // The unit is that of the level found; the class is the middle one, for all are alike.
    let unit = completed.reading.level.mean * exp(completed.reading.logClass.mean)
    let level = completed.reading.level.mean
    let (n, bins) = (observation.points.count, prior.binCount)
    let responses = observation.points.responses.map { response in
      (0..<bins).map { response.bins.contains($0) ? response.weights[$0 - response.firstBin] : 0 }
    }
    func covariance(_ a: Int, _ b: Int) -> Double {
      var sum = a == b ? prior.residualVariance[a] : 0
      for k in 0..<prior.count { sum += prior.loadings[k, a] * prior.loadings[k, b] }
      return unit * unit * sum + level * level
    }
    let mixed = (0..<bins).map { bin in
      responses.map { response in
        response.indices.reduce(0.0) { response[$1] == 0 ? $0 : $0 + covariance(bin, $1) * response[$1] }
      }
    }
    let whole = (0..<n).map { a in
      (0..<n).map { b -> Double in
        var sum = a == b ? observation.points.variances[a] : 0
        for bin in 0..<bins { sum += responses[a][bin] * mixed[bin][b] }
        let isShifted = observation.points.instruments[a] == 1 && observation.points.instruments[b] == 1
        return sum + (isShifted ? 1e-8 : 0)
      }
    }
    let expected = observation.points.points(of: prior.mean.map { level + unit * $0 })
    let left = zip(observation.points.values, expected).map { $0 - $1 }
    let solved = try #require(solveSymmetric(whole, left))
    for bin in stride(from: 0, to: bins, by: 7) {
      let mean = zip(mixed[bin], solved).reduce(level + unit * prior.mean[bin]) { $0 + $1.0 * $1.1 }
      let gain = try #require(solveSymmetric(whole, mixed[bin]))
      let variance = covariance(bin, bin) - zip(mixed[bin], gain).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(completed.mean[bin] - mean) < 1e-4 * variance.squareRoot())
      #expect(abs(completed.deviation[bin] - variance.squareRoot()) < 1e-4 * variance.squareRoot())
    }
  }

  @Test(
    "the unit of spectra from the prior is found within the deviation that is said", arguments: [false, true])
  func classes(isEclipse: Bool) throws {
    let prior = Self.components(scale: isEclipse ? 0.08 : 1)
    let frontEnd = SpectralFrontEnd(
      kind: isEclipse ? .eclipse : .transmission, components: prior, ranges: Self.ranges())
    let points = Points(every: 2)
    var scores: [Double] = []
    var deviations: [Double] = []
    for draw in 0..<150 {
      var random = SeededRandom(seed: 4, stream: UInt64(draw))
      let shape = Self.shape(prior, &random)
      let logClass = isEclipse ? random.uniform(log(900), log(2500)) : random.uniform(log(2e-3), log(0.03))
      let spectrum =
        isEclipse
        ? EclipseUnit(radiusRatio: 0.1, starTemperature: 5000).depths(shape, temperature: exp(logClass))
        : Self.depths(shape, level: 0.01, ratio: exp(logClass))
      let error = isEclipse ? 2e-5 : 1e-5
      var observation = points.observation(
        points.means(spectrum).map { $0 + error * random.normal() },
        error: [Double](repeating: error, count: points.lower.count),
        kind: isEclipse ? .eclipse : .transmission,
        names: ["a"])
      observation.starTemperature = 5000
      observation.starRadius = MeasuredValue(7e8, deviation: 7e6)
      observation.planetRadius = MeasuredValue(7e7, deviation: 7e5)
      let reading = try #require(frontEnd.reading(of: observation))
      scores.append((logClass - reading.logClass.mean) / reading.logClass.deviation)
      deviations.append(reading.logClass.deviation)
      #expect(abs(reading.classes.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    }
    let square = scores.reduce(0) { $0 + $1 * $1 } / Double(scores.count)
    let errors = zip(scores, deviations).map { $0 * $1 }
    let rms = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    if isEclipse {
      // The components move temperatures by 9 % themselves; that depths are not linear in them is not in the deviation.
      #expect(rms < 0.09, "\(rms)")
    } else {
      // 150 normal squares: 1 with a standard deviation of 0.12; that levels are found with the class adds to it.
      #expect(square > 0.6 && square < 1.5, "\(square)")
      // Six normal numbers of unknown scale tell it to 12^(-1/2) = 0.29; five, for the level takes most of one, to 0.32.
      #expect(rms < 0.35, "\(rms)")
      #expect((deviations.max() ?? 1) < 0.5)
    }
  }

  @Test("mass, temperature and radius tell the unit where noise hides it")
  func context() throws {
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: Self.components(), ranges: Self.ranges())
    let points = Points(every: 4)
    var observation = points.observation(
      [Double](repeating: 0.0144, count: points.lower.count),
      error: [Double](repeating: 1e-3, count: points.lower.count))
    let unknown = try #require(frontEnd.reading(of: observation))
    #expect(unknown.logClass.deviation > 0.8)
    observation.planetMass = MeasuredValue(1.9e27, deviation: 1.9e26)
    observation.temperature = MeasuredValue(1500, deviation: 375)
    observation.starRadius = MeasuredValue(7e8, deviation: 3.5e7)
    let known = try #require(frontEnd.reading(of: observation))
    // s = 2 k T R / (2.3 u G M) of R = 0.12 R_star (1 + 8 s)^(-1/2), errors 25, 10, 5 % and those of the level, in quadrature.
    var s = 0.0
    for _ in 0..<5 {
      let radius = 0.12 * 7e8 / (1 + 8 * s).squareRoot()
      s =
        2 * Constants.boltzmann * 1500 * radius
        / (2.3 * Constants.atomicMass * Constants.gravitational * 1.9e27)
    }
    #expect(abs(known.logClass.mean - log(s)) < 0.05)
    #expect(abs(known.logClass.deviation - 0.275) < 0.03)
  }

  @Test("points in halves, with the error of halves, tell what whole ones do")
  func halves() throws {
    var random = SeededRandom(seed: 8)
    let prior = Self.components()
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: prior, ranges: Self.ranges())
    let whole = Points(every: 3)
    var halves = Points(every: 400, from: 0, to: 0)
    for point in whole.lower.indices {
      let middle = 0.5 * (whole.lower[point] + whole.upper[point])
      halves.add(whole.lower[point], middle, whole.instruments[point])
      halves.add(middle, whole.upper[point], whole.instruments[point])
    }
    let values = whole.means(Self.depths(Self.shape(prior, &random), level: 0.01, ratio: 0.008)).map {
      $0 + 2e-5 * random.normal()
    }
    let first = try #require(
      frontEnd.completion(
        of: whole.observation(values, error: [Double](repeating: 2e-5, count: values.count))))
    let second = try #require(
      frontEnd.completion(
        of: halves.observation(
          values.flatMap { [$0, $0] },
          error: [Double](repeating: 2e-5 * 2.0.squareRoot(), count: 2 * values.count))))
    #expect(abs(first.reading.logClass.mean - second.reading.logClass.mean) < 1e-6)
    for bin in 0..<400 {
      #expect(abs(first.mean[bin] - second.mean[bin]) < 1e-5 * first.deviation[bin])
      #expect(abs(first.deviation[bin] / second.deviation[bin] - 1) < 1e-5)
    }
  }

  @Test("a broad point is one measurement, however many bins it covers")
  func broad() throws {
    var random = SeededRandom(seed: 9)
    let prior = Self.components()
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: prior, ranges: Self.ranges())
    let spectrum = Self.depths(Self.shape(prior, &random), level: 0.01, ratio: 0.01)
    func completed(_ points: Points, error: Double) throws -> CompletedSpectrum {
      var observation = points.observation(
        points.means(spectrum), error: [Double](repeating: error, count: points.lower.count), names: ["a"])
      observation.planetMass = MeasuredValue(1e27, deviation: 1e24)
      observation.starRadius = MeasuredValue(7e8, deviation: 7e5)
      observation.temperature = MeasuredValue(1500, deviation: 30)
      return try #require(frontEnd.completion(of: observation))
    }
    let (first, end) = (230, 262)
    var broad = Points(every: 400, from: 0, to: 0)
    broad.add(Self.grid.edges[first], Self.grid.edges[end], 0)
    // Twice the point with the errors of two halves of its light is the point.
    var twice = broad
    twice.add(broad.lower[0], broad.upper[0], 0)
    let one = try completed(broad, error: 2e-5)
    let two = try completed(twice, error: 2e-5 * 2.0.squareRoot())
    let many = try completed(Points(from: first, to: end), error: 2e-5)
    for bin in stride(from: 0, to: 400, by: 9) {
      #expect(abs(one.mean[bin] - two.mean[bin]) < 1e-6 * one.deviation[bin])
    }
    #expect(one.reading.pointCount == 1 && many.reading.pointCount == end - first)
    // As many points as bins tell the shape between them, too.
    #expect(one.deviation[first + 3] > 2 * many.deviation[first + 3])
    // Nothing but the point tells the level: what is completed has the mean that was measured.
    #expect(abs(broad.means(one.mean)[0] - broad.means(spectrum)[0]) < 1e-7)
  }

  @Test("offsets of further instruments are free as far as they are said to be")
  func offsets() throws {
    var random = SeededRandom(seed: 10)
    let prior = Self.components()
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: prior, ranges: Self.ranges())
    let points = Points(every: 2)
    let values = points.means(Self.depths(Self.shape(prior, &random), level: 0.01, ratio: 0.01))
    let error = [Double](repeating: 1e-5, count: values.count)
    func completed(_ shift: Double, _ deviation: Double) throws -> CompletedSpectrum {
      var observation = points.observation(
        zip(values, points.instruments).map { $0 + ($1 == 1 ? shift : 0) }, error: error)
      observation.offsetDeviation = deviation
      return try #require(frontEnd.completion(of: observation))
    }
    let (straight, free) = (try completed(0, 1e-2), try completed(3e-4, 1e-2))
    let shift = free.reading.offsets[0].mean - straight.reading.offsets[0].mean
    #expect(abs(shift - 3e-4) < 3e-6)
    // Seen by the first instrument, and by the second.
    for bin in [100, 250] { #expect(abs(free.mean[bin] - straight.mean[bin]) < 1e-5) }
    let fixed = try completed(3e-4, 0)
    #expect(fixed.reading.offsets.isEmpty && fixed.mean[250] - straight.mean[250] > 1e-4)
    #expect(fixed.reading.distance > free.reading.distance + 100)
  }

  @Test("features are finite and as many as said, whatever is observed")
  func features() throws {
    let prior = Self.components()
    for isEclipse in [false, true] {
      let frontEnd = SpectralFrontEnd(
        kind: isEclipse ? .eclipse : .transmission, components: prior, ranges: Self.ranges())
      for error in [1e-9, 1e-5, 1] {
        for isKnown in [false, true] {
          let points = Points(every: error == 1 ? 300 : 1)
          var observation = points.observation(
            [Double](repeating: 0.001, count: points.lower.count),
            error: [Double](repeating: error, count: points.lower.count),
            kind: isEclipse ? .eclipse : .transmission)
          if isKnown || isEclipse {
            observation.starRadius = MeasuredValue(7e8, deviation: 0)
            observation.planetRadius = MeasuredValue(7e7, deviation: 0)
            observation.starTemperature = 4000
          }
          if isKnown {
            observation.planetMass = MeasuredValue(1e27, deviation: 1e25)
            observation.temperature = MeasuredValue(1000, deviation: 250)
          }
          let completed = try #require(frontEnd.completion(of: observation))
          let features = frontEnd.features(completed, observation)
          #expect(features.count == frontEnd.featureCount)
          #expect(features.allSatisfy { $0.isFinite && abs($0) <= 20 })
          #expect(completed.mean.allSatisfy(\.isFinite) && completed.deviation.allSatisfy(\.isFinite))
        }
      }
    }
  }

  @Test("an observation of the other kind, of no point, or below nought is not read")
  func refused() {
    let frontEnd = SpectralFrontEnd(kind: .transmission, components: Self.components(), ranges: Self.ranges())
    let points = Points(every: 50)
    let n = points.lower.count
    let (one, error) = ([Double](repeating: 0.01, count: n), [Double](repeating: 1e-4, count: n))
    #expect(frontEnd.reading(of: points.observation(one, error: error)) != nil)
    #expect(frontEnd.reading(of: points.observation(one, error: error, kind: .eclipse)) == nil)
    #expect(frontEnd.reading(of: points.observation(one.map { _ in .nan }, error: error)) == nil)
    #expect(frontEnd.reading(of: points.observation(one.map { -$0 }, error: error)) == nil)
  }
}
