import Atmospheres
package import NumericalMethods
package import SpectralPrior
import Units

/// The unit box that a retrieval samples, and what its points mean: those of `ProposalCoordinates`, then ln of the planet's radius
/// (eclipse), ln of the star's radius where it is not known exactly, and ln of the errors' inflation where that is free; all linear on
/// their ranges.
///
/// Transmission: k^2 = L / (1 + s N') and R_p = k R_s, with L the observation's level. Eclipse: k = R_p / R_s.
///
/// Prior: uniform in the row from place 3 on, in ln s and ln T; k log-uniform between `ratios`; ln R_s normal, or uniform between
/// `starRadii` where nothing is known of it, or exact; ln f uniform; all under the condition that R_p lies in the space's range.
/// `exogan-2018`: R_s is the published one, and (mass, radius, temperature) have the published prior in place of ln s, ln T and k.
package struct RetrievalCoordinates: Sendable {
  /// What a point of the box stands for.
  package struct State: Sendable {
    /// Of the space.
    package var row: [Double]
    /// (R_p / R_s)^2
    package var depth: Double
    /// m
    package var starRadius: Double
    package var inflation: Double
    /// ln of the prior's density in the box.
    package var logPrior: Double
    /// ln of the probability of the mass, the temperature and, in eclipse, the radius that were measured.
    package var logContext: Double
  }

  /// Of k = R_p / R_s.
  package static let ratios = 0.005...0.5
  /// m
  package static let starRadii = 0.1 * Constants.solarRadius...2.5 * Constants.solarRadius
  package static let inflations = 1.0...4.0
  /// Normal priors are cut off at so many deviations.
  private static let reach = 5.0

  private enum StarRadius: Sendable {
    case exact(Double)
    case normal(mean: Double, deviation: Double)
    case uniform
  }

  package let space: AtmosphereSpace
  package let proposals: ProposalCoordinates
  /// Keys of the coordinates, in the order of the box.
  package let keys: [String]
  package let ranges: [ClosedRange<Double>]
  /// Of N'; nil in eclipse.
  let levelPlace: Int?
  /// Values of those that are no coordinates of the box but held: by place among the proposals'.
  private let held: [Int: Double]
  /// L, a depth near that of the points, in transmission.
  let level: Double
  private let star: StarRadius
  let hasInflation: Bool
  private let mass: MeasuredValue?
  private let temperature: MeasuredValue?
  private let radius: MeasuredValue?
  /// ln of the part of the prior for which R_p lies in the space's range.
  private let logInside: Double

  private static let radiusKey = "lnPlanetRadius"
  private static let starKey = "lnStarRadius"
  private static let inflationKey = "lnErrorInflation"

  /// - Parameters:
  ///   - level: L, a depth near that of the points, in transmission.
  ///   - held: values of variables from place 3 on, by key.
  package init(
    _ space: AtmosphereSpace, _ observation: SpectralObservation, level: Double, inflatesErrors: Bool,
    held: [String: Double] = [:]
  ) {
    self.space = space
    self.level = level
    proposals = ProposalCoordinates(space)
    mass = observation.planetMass
    temperature = observation.temperature
    radius = space.kind == .eclipse ? observation.planetRadius : nil
    if space.name == .exoGAN2018 {
      star = .exact(ModelConfiguration.exoGAN2018StellarRadius.meters)
    } else if let known = observation.starRadius {
      let deviation = known.logarithmicDeviation
      star = deviation > 0 ? .normal(mean: log(known.value), deviation: deviation) : .exact(known.value)
    } else {
      star = .uniform
    }
    hasInflation = inflatesErrors
    var keys = proposals.keys
    var ranges = proposals.ranges
    self.held = Dictionary(
      uniqueKeysWithValues: held.compactMap { key, value in
        space.index(key).flatMap { $0 >= 3 ? key : nil }.flatMap { keys.firstIndex(of: $0) }.map {
          ($0, value)
        }
      })
    for place in self.held.keys.sorted(by: >) {
      keys.remove(at: place)
      ranges.remove(at: place)
    }
    let radii = space.variables[2].range
    if space.kind == .eclipse {
      keys.append(Self.radiusKey)
      ranges.append(
        radius.map { radius in
          Self.normalRange(log(radius.value), radius.logarithmicDeviation).clamped(to: radii)
        } ?? radii)
    }
    switch star {
    case .exact: break
    case .normal(let mean, let deviation):
      keys.append(Self.starKey)
      ranges.append(Self.normalRange(mean, deviation))
    case .uniform:
      keys.append(Self.starKey)
      ranges.append(log(Self.starRadii.lowerBound)...log(Self.starRadii.upperBound))
    }
    if inflatesErrors {
      keys.append(Self.inflationKey)
      ranges.append(log(Self.inflations.lowerBound)...log(Self.inflations.upperBound))
    }
    self.keys = keys
    self.ranges = ranges
    levelPlace = keys.firstIndex(of: "level")
    logInside = space.name == .exoGAN2018 ? 0 : log(Self.shareInside(star, radii))
  }

  package var count: Int { keys.count }
  /// Coordinates that the proposals have, less those held: the box's first ones.
  package var proposedCount: Int { proposals.count - held.count }

  private static func normalRange(_ mean: Double, _ deviation: Double) -> ClosedRange<Double> {
    mean - reach * deviation...mean + reach * deviation
  }

  /// The point of the box that has a row, where nothing is held and the star's radius is exact.
  /// - Returns: nil where the row lies outside.
  func point(row: [Double]) -> [Double]? {
    guard case .exact(let starRadius) = star, held.isEmpty, proposals.hasLevel else { return nil }
    let discs = exp(2 * row[2]) / (starRadius * starRadius)
    let height = (level / discs - 1) / exp(row[0])
    guard ProposalCoordinates.levels.contains(height) else { return nil }
    return proposals.point(row: row, level: height)
  }

  // MARK: The prior of sizes

  private static func logDensity(_ star: StarRadius, _ logRadius: Double) -> Double? {
    switch star {
    case .exact: return 0
    case .normal(let mean, let deviation):
      let z = (logRadius - mean) / deviation
      guard abs(z) <= reach else { return nil }
      return -0.5 * z * z - log(deviation * (2 * Double.pi).squareRoot() * erf(reach / 2.0.squareRoot()))
    case .uniform:
      let ends = (log(starRadii.lowerBound), log(starRadii.upperBound))
      return (ends.0...ends.1).contains(logRadius) ? -log(ends.1 - ends.0) : nil
    }
  }

  /// The probability that R_p = k R_s lies in the space's range.
  private static func shareInside(_ star: StarRadius, _ radii: ClosedRange<Double>) -> Double {
    let (low, high) = (log(ratios.lowerBound), log(ratios.upperBound))
    func inside(_ logStar: Double) -> Double {
      max(0, min(high, radii.upperBound - logStar) - max(low, radii.lowerBound - logStar)) / (high - low)
    }
    let range: ClosedRange<Double>
    switch star {
    case .exact(let radius): return inside(log(radius))
    case .normal(let mean, let deviation): range = normalRange(mean, deviation)
    case .uniform: range = log(starRadii.lowerBound)...log(starRadii.upperBound)
    }
    let steps = 2000
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    return (0..<steps).reduce(0) { sum, step in
      let logStar = range.lowerBound + (Double(step) + 0.5) * width
      return sum + width * inside(logStar) * exp(logDensity(star, logStar) ?? -.infinity)
    }
  }

  // MARK: From the box

  /// - Returns: nil where the prior is 0.
  package func state(_ point: some RandomAccessCollection<Double>) -> State? {
    precondition(point.count == count)
    let values = values(point)
    var place = proposals.count
    func next() -> Double {
      place += 1
      return values[place - 1]
    }
    let (logRatio, logTemperature) = (values[0], values[1])
    let ratio = exp(logRatio)
    var logDensity = -logInside
    let logRadius: Double
    let logStar: Double
    if space.kind == .eclipse {
      logRadius = next()
      logStar = starRadius(next)
    } else {
      logStar = starRadius(next)
      let swelling = 1 + ratio * values[2]
      guard swelling > 0 else { return nil }
      logRadius = 0.5 * log(level / swelling) + logStar
      // |d ln k / d N'|
      logDensity += log(ratio / (2 * swelling))
    }
    let inflation = hasInflation ? exp(next()) : 1
    let row = values[..<2] + [logRadius] + values[(proposals.hasLevel ? 3 : 2)..<proposals.count]
    guard let logStarDensity = Self.logDensity(star, logStar) else { return nil }
    logDensity += logStarDensity
    guard let ofRow = space.logPrior(row) else { return nil }
    // In place of ln R_p, uniform, comes ln k, and what is held has no density.
    logDensity += ofRow + heldLogWidths
    if space.name != .exoGAN2018 {
      guard (log(Self.ratios.lowerBound)...log(Self.ratios.upperBound)).contains(logRadius - logStar) else {
        return nil
      }
      let radii = space.variables[2].range
      logDensity +=
        log(radii.upperBound - radii.lowerBound)
        - log(log(Self.ratios.upperBound) - log(Self.ratios.lowerBound))
    }
    if hasInflation { logDensity -= log(log(Self.inflations.upperBound / Self.inflations.lowerBound)) }
    for range in ranges { logDensity += log(range.upperBound - range.lowerBound) }
    return State(
      row: Array(row), depth: exp(2 * (logRadius - logStar)), starRadius: exp(logStar),
      inflation: inflation, logPrior: logDensity,
      logContext: logContext(row: Array(row), logTemperature: logTemperature, radius: exp(logRadius)))
  }

  /// Those held too.
  private func values(_ point: some RandomAccessCollection<Double>) -> [Double] {
    var values = zip(point, ranges).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    for place in held.keys.sorted() { values.insert(held[place] ?? 0, at: place) }
    return values
  }

  private func starRadius(_ next: () -> Double) -> Double {
    if case .exact(let radius) = star { return log(radius) }
    return next()
  }

  private var heldLogWidths: Double {
    held.keys.reduce(0) { sum, place in
      let range = proposals.ranges[place]
      return sum + log(range.upperBound - range.lowerBound)
    }
  }

  /// Mass and radius in units of the measured ones, temperature by its logarithm; all normalised.
  private func logContext(row: [Double], logTemperature: Double, radius value: Double) -> Double {
    context(row: row, logTemperature: logTemperature, radius: value).reduce(0) { sum, term in
      sum + (-0.5 * term.z * term.z - log(term.deviation * (2 * Double.pi).squareRoot()))
    }
  }

  /// What was measured besides the spectrum: each of a state over its deviation.
  func contextResiduals(_ state: State) -> [Double] {
    context(row: state.row, logTemperature: state.row[1], radius: exp(state.row[2])).map(\.z)
  }

  private func context(
    row: [Double], logTemperature: Double, radius value: Double
  ) -> [(z: Double, deviation: Double)] {
    var terms: [(z: Double, deviation: Double)] = []
    if let mass { terms.append(Self.term(mass, at: AtmosphereSpace.mass(row))) }
    if let radius { terms.append(Self.term(radius, at: value)) }
    if let temperature {
      let deviation = temperature.logarithmicDeviation
      terms.append(((logTemperature - log(temperature.value)) / deviation, deviation))
    }
    return terms
  }

  /// Split normal, in units of the measured value.
  private static func term(_ measured: MeasuredValue, at value: Double) -> (z: Double, deviation: Double) {
    let error = value > measured.value ? measured.upper : measured.lower
    return ((value - measured.value) / error, measured.logarithmicDeviation)
  }

  // MARK: Other coordinates

  /// What particles may move straight in; none in eclipse.
  var straightenings: [any Straightening] {
    guard space.kind == .transmission else { return [] }
    return (mass == nil ? [false] : [false, true]).flatMap { keepsMass in
      (keys.contains("cloudFraction") ? [false, true] : [false]).map {
        SeenCoordinates(self, .init(keepsMass: keepsMass, keepsFeatures: $0))
      }
    }
  }

  /// Of the errors.
  func inflation(_ point: some RandomAccessCollection<Double>) -> Double {
    guard hasInflation, let last = point.dropFirst(count - 1).first, let range = ranges.last else { return 1 }
    return exp(range.lowerBound + last * (range.upperBound - range.lowerBound))
  }

  /// The row of a point, in transmission with the radius where the planet is seen, L^1/2 R_s, in place of that at 10 bar: it does not depend
  /// on the level, and what little the radius matters beside s is `heightShift`.
  func seenRow(_ point: some RandomAccessCollection<Double>) -> [Double]? {
    guard proposals.hasLevel else { return state(point)?.row }
    let values = values(point)
    let logStar: Double = if case .exact(let radius) = star { log(radius) } else { values[proposals.count] }
    return values[..<2] + [seenLogRadius(logStar)] + values[3..<proposals.count]
  }

  /// The same of a state, and what is to be added to that row's heights.
  func seenRow(_ state: State) -> (row: [Double], heightShift: Double) {
    guard proposals.hasLevel else { return (state.row, 0) }
    var row = state.row
    row[2] = seenLogRadius(log(state.starRadius))
    return (row, heightShift(state))
  }

  /// A path through an atmosphere is the longer the larger the planet, and what is seen stands the higher by the same factor's logarithm.
  func heightShift(_ state: State) -> Double {
    proposals.hasLevel ? state.row[2] - seenLogRadius(log(state.starRadius)) : 0
  }

  private func seenLogRadius(_ logStar: Double) -> Double {
    let range = space.variables[2].range
    return min(max(0.5 * log(level) + logStar, range.lowerBound), range.upperBound)
  }

  /// The law of N' in the box for a seen row.
  /// - Parameters:
  ///   - factor: on the depths that the row's heights give a disc of 1, what the points ask for.
  ///   - row: of the space.
  func levelLaw(factor: NormalLaw, _ row: [Double]) -> NormalLaw? {
    guard let levelPlace, factor.mean > 0 else { return nil }
    let ratio = exp(row[0])
    // N' = (L / k^2 - 1) / s, for a radius that is seen; for that at 10 bar, which is smaller by (1 + s N')^1/2, paths are shorter.
    let ofSeen = (level / factor.mean - 1) / ratio
    let height = ofSeen - 0.5 * log(level / factor.mean)
    let range = ranges[levelPlace]
    let width = range.upperBound - range.lowerBound
    return NormalLaw(
      mean: (height - range.lowerBound) / width,
      deviation: level / (factor.mean * ratio) * factor.deviation / factor.mean / width)
  }

  // MARK: The first density

  /// The coordinates behind the proposals', each from a law of its own: the measured radii's, or uniform.
  package func drawOthers(_ random: inout SeededRandom) -> [Double] {
    others.map { $0?.drawInside(&random) ?? random.uniform() }
  }

  /// ln of the density in the box that `drawOthers` draws from.
  package func logDensityOfOthers(_ values: some RandomAccessCollection<Double>) -> Double {
    zip(values, others).reduce(0) { $0 + ($1.1?.logDensityInside($1.0) ?? 0) }
  }

  /// The law in the box that a measured mass gives the first coordinate, ln s, where the others are known; nil: none. Half as wide again as
  /// the mass is uncertain, and cut off at the walls.
  /// - Parameter point: its first coordinate does not matter.
  func ratioLaw(_ point: some RandomAccessCollection<Double>) -> NormalLaw? {
    guard let mass else { return nil }
    let width = ranges[0].upperBound - ranges[0].lowerBound
    var point = Array(point)
    point[0] = 0.5
    // M goes as R_p / s, and R_p depends on s but little.
    for _ in 0..<3 {
      guard let state = state(point) else { return nil }
      point[0] = min(max(point[0] + log(AtmosphereSpace.mass(state.row) / mass.value) / width, 0), 1)
    }
    return NormalLaw(mean: point[0], deviation: 1.5 * mass.logarithmicDeviation / width)
  }

  /// Normal laws in the box; nil: uniform.
  private var others: [NormalLaw?] {
    (proposedCount..<count).map { place in
      let range = ranges[place]
      let width = range.upperBound - range.lowerBound
      switch keys[place] {
      case Self.radiusKey:
        return radius.map {
          NormalLaw(
            mean: (log($0.value) - range.lowerBound) / width, deviation: $0.logarithmicDeviation / width)
        }
      case Self.starKey:
        guard case .normal(let mean, let deviation) = star else { return nil }
        return NormalLaw(mean: (mean - range.lowerBound) / width, deviation: deviation / width)
      default: return nil
      }
    }
  }
}

extension NormalLaw {
  /// Between 0 and 1.
  func drawInside(_ random: inout SeededRandom) -> Double {
    while true {
      let value = mean + deviation * random.normal()
      if value > 0, value < 1 { return value }
    }
  }

  /// ln of the density that `drawInside` draws from.
  func logDensityInside(_ value: Double) -> Double {
    let (z, root) = ((value - mean) / deviation, 2.0.squareRoot())
    let inside = 0.5 * (erf((1 - mean) / (deviation * root)) + erf(mean / (deviation * root)))
    return -0.5 * z * z - log(deviation * (2 * Double.pi).squareRoot() * inside)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
