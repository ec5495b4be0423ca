package import Atmospheres
package import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// A planet of a training set as it might have been observed, with the truth.
package struct SimulatedObservation: Sendable {
  package let observation: SpectralObservation
  /// R_p / R_s of the disc at 10 bar.
  package let radiusRatio: Double
  /// N of transmission, the spectrum's level in scale heights over the disc; 0 in eclipse.
  package let level: Double
  /// Depth in each bin, without noise and offsets.
  package let depths: [Double]
}

/// How planets are observed: where, how well, and what else is known of them.
package struct ObservationPlan: Sendable, Hashable {
  package enum Noise: Sendable, Hashable {
    /// Standard deviation in the middling bin, as a depth.
    case depth(Double)
    /// In half of the draws 5 to 500 ppm where that is neither nothing nor everything; in the others 0.003 to 3 scale heights in
    /// transmission, 0.003 to 1 of the middling depth in eclipse; log-uniform.
    case drawn
    /// 3 to 1,000 ppm, log-uniform, whatever the planet: so the noise tells nothing of it, and some spectra tell nothing.
    case anyDepth
  }

  /// nil: drawn.
  package var coverage: Coverage?
  package var noise: Noise
  /// What is known besides the spectrum.
  package var context: Context

  package struct Context: Sendable, Hashable {
    /// Relative error of the mass, where it is known; nil: 2 to 50 % (log-uniform) in half of the draws.
    package var mass: Known
    package var temperature: Known
    package var starRadius: Known

    package enum Known: Sendable, Hashable {
      case unknown
      case to(Double)
      case drawn
    }

    package init(mass: Known, temperature: Known, starRadius: Known) {
      self.mass = mass
      self.temperature = temperature
      self.starRadius = starRadius
    }

    package static let drawn = Context(mass: .drawn, temperature: .drawn, starRadius: .drawn)
  }

  /// Standard deviation of the offsets of further instruments; nil: 100 ppm in seven draws of ten, else none.
  package var offsetDeviation: Double?

  package init(
    coverage: Coverage? = nil, noise: Noise = .drawn, context: Context = .drawn,
    offsetDeviation: Double? = nil
  ) {
    self.coverage = coverage
    self.noise = noise
    self.context = context
    self.offsetDeviation = offsetDeviation
  }

  /// What networks are trained on.
  package static let training = ObservationPlan()

  /// What networks are trained on that are asked about any spectrum, and have no forward model behind them.
  package static let trainingAlone = ObservationPlan(noise: .anyDepth)

  // MARK: Draws

  /// A planet's radii before k is out of bounds.
  private static let radiusRatios = 0.005...0.5
  private static let starRadii = 0.1 * Constants.solarRadius...2.5 * Constants.solarRadius
  /// Hot Jupiters at 0.3 um and cold planets below 2 um are as good as dark in eclipse.
  private static let leastNoise = 1e-7
  private static let starTemperatures = 2600.0...8000.0

  /// Observes a planet.
  /// - Parameters:
  ///   - row: of the space.
  ///   - shape: its spectrum.
  package func observe(
    _ row: [Double], _ shape: SpectrumShape, space: AtmosphereSpace, _ random: inout SeededRandom
  ) -> SimulatedObservation {
    let radius = exp(row[2])
    let starRadius = Self.starRadius(radius, space, &random)
    let k = radius / starRadius
    let starTemperature = random.logUniform(Self.starTemperatures)
    let coverage = self.coverage ?? .drawn(&random)
    let count = coverage.points.count
    var observation = SpectralObservation(
      kind: space.kind, lower: coverage.points.map(\.lower), upper: coverage.points.map(\.upper),
      values: [Double](repeating: 1, count: count), upperErrors: [Double](repeating: 1, count: count),
      lowerErrors: [Double](repeating: 1, count: count), instruments: coverage.points.map(\.instrument),
      instrumentNames: coverage.instrumentNames)
    know(row, starRadius, space, &observation, &random)
    let depths: [Double]
    if space.kind == .eclipse {
      observation.starTemperature = starTemperature
      // The truth has the radii as they are, not as they were measured.
      depths = EclipseUnit(radiusRatio: k, starTemperature: starTemperature).depths(
        shape.values, temperature: AtmosphereSpace.temperature(row))
    } else {
      depths = shape.relativeDepths(scaleHeightRatio: exp(row[0])).map { k * k * $0 }
    }
    let expected = observation.points.points(of: depths)
    let noise = middlingNoise(expected, ratio: exp(row[0]), space.kind, &random)
    let errors = observation.points.places.map { noise * coverage.points[$0].noise }
    observation.offsetDeviation = offsetDeviation ?? (random.uniform() < 0.7 ? 1e-4 : 0)
    var offsets = [Double](repeating: 0, count: coverage.instrumentNames.count)
    for instrument in observation.shiftedInstruments {
      offsets[instrument] = observation.offsetDeviation * random.normal()
    }
    var values = expected
    for point in values.indices {
      values[point] += errors[point] * random.normal() + offsets[observation.points.instruments[point]]
    }
    observation.replace(values: values, errors: errors)
    return SimulatedObservation(
      observation: observation, radiusRatio: k, level: shape.level, depths: depths)
  }

  private static func starRadius(
    _ radius: Double, _ space: AtmosphereSpace, _ random: inout SeededRandom
  ) -> Double {
    if space.name == .exoGAN2018 { return ModelConfiguration.exoGAN2018StellarRadius.meters }
    let least = max(starRadii.lowerBound, radius / radiusRatios.upperBound)
    let most = min(starRadii.upperBound, radius / radiusRatios.lowerBound)
    return random.logUniform(least...most)
  }

  private func know(
    _ row: [Double], _ starRadius: Double, _ space: AtmosphereSpace, _ observation: inout SpectralObservation,
    _ random: inout SeededRandom
  ) {
    observation.planetMass = random.measured(
      AtmosphereSpace.mass(row), random.error(context.mass, chance: 0.5, 0.02...0.5))
    if let error = random.error(context.temperature, chance: 0.6, 0.25...0.25) {
      let value = AtmosphereSpace.temperature(row) * exp(error * random.normal())
      observation.temperature = MeasuredValue(value, deviation: error * value)
    }
    let error = random.error(context.starRadius, chance: space.kind == .eclipse ? 1 : 0.7, 0.01...0.1)
    if space.name == .exoGAN2018 {
      observation.starRadius = MeasuredValue(starRadius, deviation: 0)
    } else {
      observation.starRadius = random.measured(starRadius, space.kind == .eclipse ? error ?? 0.01 : error)
    }
    if space.kind == .eclipse {
      observation.planetRadius = random.measured(exp(row[2]), random.logUniform(0.01...0.1))
    }
  }

  private func middlingNoise(
    _ expected: [Double], ratio: Double, _ kind: SpectrumKind, _ random: inout SeededRandom
  ) -> Double {
    switch noise {
    case .depth(let deviation): return deviation
    case .anyDepth: return random.logUniform(3e-6...1e-3)
    case .drawn:
      let middling = upperMedian(expected) ?? 0
      let (unit, most) = kind == .eclipse ? (middling, 1.0) : (middling * ratio, 3.0)
      let range = 0.003...most
      let (isAbsolute, relative, absolute) = (
        random.uniform() < 0.5, unit * random.logUniform(range), random.logUniform(5e-6...5e-4)
      )
      return isAbsolute && range.contains(absolute / unit) ? absolute : max(relative, Self.leastNoise)
    }
  }
}

extension SeededRandom {
  mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
    exp(uniform(log(range.lowerBound), log(range.upperBound)))
  }

  /// The relative error with which something is known; nil where it is not.
  fileprivate mutating func error(
    _ known: ObservationPlan.Context.Known, chance: Double, _ range: ClosedRange<Double>
  ) -> Double? {
    switch known {
    case .unknown: return nil
    case .to(let error): return error
    case .drawn:
      let (isKnown, error) = (uniform() < chance, logUniform(range))
      return isKnown ? error : nil
    }
  }

  /// A measurement of a quantity; never below a tenth of it.
  fileprivate mutating func measured(_ value: Double, _ error: Double?) -> MeasuredValue? {
    guard let error else { return nil }
    while true {
      let measured = value * (1 + error * normal())
      if measured > 0.1 * value { return MeasuredValue(measured, deviation: error * value) }
    }
  }
}
