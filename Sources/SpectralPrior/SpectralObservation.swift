package import Observations
import Units

/// A planet's spectrum as observed, and what is known of its star and of itself besides: what a retrieval starts from.
package struct SpectralObservation: Sendable, Hashable {
  package let kind: SpectrumKind
  /// Transit or eclipse depths; errors are the means of both sides.
  package private(set) var points: PointObservation
  /// One standard deviation upwards and downwards, in the order of `points`.
  package private(set) var upperErrors: [Double]
  package private(set) var lowerErrors: [Double]
  /// By number of instrument.
  package let instrumentNames: [String]
  /// Standard deviation of the depth's offset between the first instrument and each other; 0: there are none.
  package var offsetDeviation = 1e-4
  /// m
  package var starRadius: MeasuredValue?
  /// K
  package var starTemperature: Double?
  /// kg
  package var planetMass: MeasuredValue?
  /// m; in a transit the depth itself tells it.
  package var planetRadius: MeasuredValue?
  /// Equilibrium temperature with the deviation that it is to have as a prior of the spectrum's temperature, K.
  package var temperature: MeasuredValue?
  /// Sentences: what had to be assumed.
  package var assumptions: [String] = []

  /// - Parameters:
  ///   - lower, upper: edges of the points, m.
  ///   - values: depths; points are left out as `PointObservation` does.
  ///   - instruments: one a point, from 0.
  package init(
    kind: SpectrumKind, lower: [Double], upper: [Double], values: [Double], upperErrors: [Double],
    lowerErrors: [Double], instruments: [Int], instrumentNames: [String]
  ) {
    self.kind = kind
    points = PointObservation(
      lower: lower, upper: upper, values: values, errors: zip(upperErrors, lowerErrors).map { ($0 + $1) / 2 },
      instruments: instruments)
    self.upperErrors = points.places.map { upperErrors[$0] }
    self.lowerErrors = points.places.map { lowerErrors[$0] }
    self.instrumentNames = instrumentNames
  }

  /// The same points with other values and symmetric errors, in the order of `points`.
  package mutating func replace(values: [Double], errors: [Double]) {
    points.replace(values: values, variances: errors.map { $0 * $0 })
    (upperErrors, lowerErrors) = (errors, errors)
  }

  /// The same points with all errors multiplied.
  package func inflated(by factor: Double) -> Self {
    var result = self
    result.points.replace(values: points.values, variances: points.variances.map { factor * factor * $0 })
    result.upperErrors = upperErrors.map { factor * $0 }
    result.lowerErrors = lowerErrors.map { factor * $0 }
    return result
  }

  /// Points wider than a fifth of their wavelength are broad filters: of bins of a hundredth of it as many. Hubble's coarsest are a sixth,
  /// Spitzer's filters more than a fifth.
  private static let mostBinsOfResolved = 20

  /// Places of the points of no broad filter; nil where there is no broad filter.
  package var resolvedPlaces: [Int]? {
    let kept = points.responses.indices.filter {
      points.responses[$0].weights.count <= Self.mostBinsOfResolved
    }
    return kept.count < points.count ? kept : nil
  }

  /// The observation without the points of broad filters; nil where it has none of those.
  package func resolved() -> Self? {
    guard let kept = resolvedPlaces else { return nil }
    var result = self
    result.points = points.only(kept)
    result.upperErrors = kept.map { upperErrors[$0] }
    result.lowerErrors = kept.map { lowerErrors[$0] }
    return result
  }

  /// The instruments whose points an offset shifts.
  package var shiftedInstruments: Range<Int> {
    offsetDeviation > 0 ? 1..<max(instrumentNames.count, 1) : 1..<1
  }
}

// MARK: From a file

/// Why there is nothing to retrieve from a spectrum.
package struct NoRetrieval: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case stellar, noErrors, noPoints, missingContext
  }

  package let code: Code
  /// One sentence for people.
  package let description: String
}

extension SpectralObservation {
  /// A terminator or a dayside is not at the equilibrium temperature.
  package static let leastTemperatureDeviation = 0.25
  /// What is taken for the errors that a record leaves out.
  private static let assumedError = 0.1

  /// - Throws: where there is nothing to retrieve.
  package init(_ spectrum: Spectrum, context: SpectrumContext) throws(NoRetrieval) {
    guard spectrum.kind != .stellar else {
      throw NoRetrieval(
        code: .stellar, description: "A source that shines by itself hides no planet to retrieve.")
    }
    guard let upperErrors = spectrum.upperError, let lowerErrors = spectrum.lowerError else {
      throw NoRetrieval(
        code: .noErrors, description: "The spectrum has no errors, and without them nothing can be weighed.")
    }
    let used = spectrum.isMasked.indices.filter { !spectrum.isMasked[$0] }
    var names: [String] = []
    let instruments = used.map { point -> Int in
      let name = spectrum.instruments?[point] ?? spectrum.instrument ?? ""
      if let number = names.firstIndex(of: name) { return number }
      names.append(name)
      return names.count - 1
    }
    self.init(
      kind: spectrum.kind, lower: used.map { spectrum.lowerEdge[$0] },
      upper: used.map { spectrum.upperEdge[$0] },
      values: used.map { spectrum.value[$0] }, upperErrors: used.map { upperErrors[$0] },
      lowerErrors: used.map { lowerErrors[$0] }, instruments: instruments, instrumentNames: names)
    guard points.count > 0 else {
      throw NoRetrieval(
        code: .noPoints,
        description: "No point of the spectrum has a value and an error and lies between 0.3 and 16 um.")
    }
    take(context)
    guard kind == .eclipse else { return }
    let missing = [
      starTemperature == nil ? "the star's temperature" : nil, starRadius == nil ? "the star's radius" : nil,
      planetRadius == nil ? "the planet's radius" : nil,
    ].compactMap { $0 }
    guard missing.isEmpty else {
      throw NoRetrieval(
        code: .missingContext,
        description:
          "Eclipse depths tell of the planet only together with \(missing.joined(separator: " and ")), "
          + "not known here.")
    }
  }

  private mutating func take(_ context: SpectrumContext) {
    starRadius = known(context.starRadius, "the star's radius")
    starTemperature = context.starTemperature?.measurement.value?.kelvins
    planetMass = known(context.planetMass, "the planet's mass")
    if planetMass != nil, context.planetMassIsMinimum {
      assumptions.append("The planet's mass is a minimum mass, taken for the mass.")
    }
    planetRadius = known(context.planetRadius, "the planet's radius")
    temperature = context.planetTemperature.flatMap { MeasuredValue.read($0.measurement) }.map {
      value, errors in
      let least = Self.leastTemperatureDeviation * value
      return MeasuredValue(
        value: value, upper: max(errors?.upper ?? 0, least), lower: max(errors?.lower ?? 0, least))
    }
  }

  private mutating func known<Dimension>(_ value: SpectrumContext.Value<Dimension>?, _ what: String)
    -> MeasuredValue?
  {
    guard let (value, errors) = value.flatMap({ MeasuredValue.read($0.measurement) }) else { return nil }
    if let errors { return errors }
    assumptions.append("No error is known of \(what): a tenth is assumed.")
    return MeasuredValue(value, deviation: Self.assumedError * value)
  }
}
