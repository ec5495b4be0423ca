import Atmospheres
import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// What a method says of a planet: weighted samples, and the spectrum on all bins.
package struct CompletionEstimate: Sendable {
  package var keys: [String]
  /// Samples x keys, in SI and decimal logarithms.
  package var rows: [[Double]]
  /// One a sample, adding up to 1.
  package var weights: [Double]
  /// Mean depth in each bin; empty where the method completes none.
  package var spectrum: [Double]
  /// Its standard deviation; empty where the method has none.
  package var deviation: [Double] = []
  /// How many independent samples the weights are worth.
  package var effectiveSampleSize: Double
  package var forwardModels = 0

  package init(
    keys: [String], rows: [[Double]], weights: [Double], spectrum: [Double], deviation: [Double] = [],
    effectiveSampleSize: Double, forwardModels: Int = 0
  ) {
    self.keys = keys
    self.rows = rows
    self.weights = weights
    self.spectrum = spectrum
    self.deviation = deviation
    self.effectiveSampleSize = effectiveSampleSize
    self.forwardModels = forwardModels
  }
}

/// A method that completes observations: what is judged.
package protocol CompletionEstimator: Sendable {
  /// - Returns: nil where it has no answer.
  func estimate(_ observation: SpectralObservation, seed: UInt64) -> CompletionEstimate?
}

/// Components alone: every bin, and no parameter.
package struct ComponentsEstimator: CompletionEstimator {
  package let frontEnd: SpectralFrontEnd

  package init(frontEnd: SpectralFrontEnd) { self.frontEnd = frontEnd }

  package func estimate(_ observation: SpectralObservation, seed: UInt64) -> CompletionEstimate? {
    frontEnd.completion(of: observation).map {
      CompletionEstimate(
        keys: [], rows: [], weights: [], spectrum: $0.mean, deviation: $0.deviation, effectiveSampleSize: 0)
    }
  }
}

/// The proposal network by itself.
package struct NetworkEstimator: CompletionEstimator {
  package let model: CompletionModel
  package var samples = 512
  /// Of the samples, those that the mean spectrum is made of; 0: there is none.
  package var emulated = 64

  package init(model: CompletionModel) { self.model = model }

  package func estimate(_ observation: SpectralObservation, seed: UInt64) -> CompletionEstimate? {
    guard let reading = model.frontEnd.reading(of: observation) else { return nil }
    let density = model.proposals.density(given: model.frontEnd.features(reading, observation))
    guard density.isFinite else { return nil }
    var random = SeededRandom(seed: seed)
    let sizes = Sizes(model.space, observation, level: reading.level.mean)
    var planets: [Sizes.Planet] = []
    // What lies outside the prior is drawn again, but not for ever.
    for _ in 0..<4 * samples where planets.count < samples {
      if let planet = sizes.planet(density.sample(&random), &random) { planets.append(planet) }
    }
    guard !planets.isEmpty else { return nil }
    let variables = model.space.variables.dropFirst(3)
    return CompletionEstimate(
      keys: ["planetMass", "planetRadius", "temperature"] + variables.map(\.key),
      rows: planets.map { planet in
        [AtmosphereSpace.mass(planet.row), exp(planet.row[2]), AtmosphereSpace.temperature(planet.row)]
          + planet.row.dropFirst(3)
      },
      weights: [Double](repeating: 1 / Double(planets.count), count: planets.count),
      spectrum: emulated > 0 ? spectrum(Array(planets.prefix(emulated)), observation) : [],
      effectiveSampleSize: Double(planets.count))
  }

  private func spectrum(_ planets: [Sizes.Planet], _ observation: SpectralObservation) -> [Double] {
    let rows = Matrix(rows: planets.count, columns: model.space.count, elements: planets.flatMap(\.row))
    let (levels, shapes) = model.emulator.shapes(of: rows)
    let eclipse = model.space.kind == .eclipse ? EclipseUnit(observation) : nil
    var mean = [Double](repeating: 0, count: shapes.columns)
    for (sample, planet) in planets.enumerated() {
      let shape = SpectrumShape(level: levels[sample], values: Array(shapes.row(sample)))
      let depths =
        eclipse?.depths(shape.values, temperature: AtmosphereSpace.temperature(planet.row))
        ?? shape.relativeDepths(scaleHeightRatio: exp(planet.row[0])).map { planet.discs * $0 }
      for bin in mean.indices { mean[bin] += depths[bin] / Double(planets.count) }
    }
    return mean
  }
}

/// From points of the proposals' box to rows, the planet's size by the observation's level and the star's radius.
private struct Sizes {
  struct Planet {
    var row: [Double]
    /// (R_p / R_s)^2
    var discs: Double
  }

  let space: AtmosphereSpace
  let observation: SpectralObservation
  let level: Double
  let coordinates: ProposalCoordinates

  init(_ space: AtmosphereSpace, _ observation: SpectralObservation, level: Double) {
    self.space = space
    self.observation = observation
    self.level = level
    coordinates = ProposalCoordinates(space)
  }

  /// - Returns: nil where there is no such planet.
  func planet(_ point: [Double], _ random: inout SeededRandom) -> Planet? {
    var (row, offset) = coordinates.row(point: point, logRadius: 0)
    let radii = space.variables[2].range
    let (discs, radius): (Double, Double)
    if space.kind == .eclipse {
      radius = observation.planetRadius.map { random.drawn($0) } ?? exp(radii.lowerBound)
      discs = 0
    } else {
      discs = level / (1 + exp(row[0]) * offset)
      guard discs > 0 else { return nil }
      let star: Double
      if space.name == .exoGAN2018 {
        star = ModelConfiguration.exoGAN2018StellarRadius.meters
      } else if let known = observation.starRadius {
        star = random.drawn(known)
      } else {
        // As far as it leaves the planet its size.
        let k = discs.squareRoot()
        let least = max(RetrievalCoordinates.starRadii.lowerBound, exp(radii.lowerBound) / k)
        let most = min(RetrievalCoordinates.starRadii.upperBound, exp(radii.upperBound) / k)
        guard least < most else { return nil }
        star = random.logUniform(least...most)
      }
      radius = discs.squareRoot() * star
    }
    row[2] = min(max(log(radius), radii.lowerBound), radii.upperBound)
    // The published set's prior has edges of its own.
    if space.name == .exoGAN2018, space.logPrior(row) == nil { return nil }
    return Planet(row: row, discs: discs)
  }
}

extension SeededRandom {
  fileprivate mutating func drawn(_ value: MeasuredValue) -> Double {
    max(value.value + 0.5 * (value.upper + value.lower) * normal(), 0.1 * value.value)
  }
}

/// The network's proposals weighted by the forward model.
package struct WeightedEstimator: CompletionEstimator {
  package let engine: RetrievalEngine
  package let settings: RetrievalSettings
  /// Least squares from the network's draws, and no particles.
  package let refines: Bool

  package init(engine: RetrievalEngine, settings: RetrievalSettings, refines: Bool = false) {
    self.engine = engine
    self.settings = settings
    self.refines = refines
  }

  package func estimate(_ observation: SpectralObservation, seed: UInt64) -> CompletionEstimate? {
    do throws(RetrievalEngine.Failure) {
      let posterior =
        refines
        ? try engine.refine(observation, settings: settings, seed: seed)
        : try engine.retrieve(observation, settings: settings, seed: seed)
      return CompletionEstimate(
        keys: posterior.keys, rows: posterior.rows, weights: posterior.weights,
        spectrum: posterior.spectrumMean,
        effectiveSampleSize: posterior.effectiveSampleSize, forwardModels: posterior.spectraComputed)
    } catch {
      return nil
    }
  }
}
