package import InteriorSpaces
package import Interiors
package import NumericalMethods
import Units

/// Prior times likelihood of one planet's interior, in coordinates in which the prior of each parameter is a standard normal law.
package struct InteriorTarget: Sendable {
  package let prior: any InteriorPrior
  package let model: InteriorModel
  package let likelihood: InteriorLikelihood
  package let outputs: InteriorOutputs
  /// There is no water: it would be steam, which the model does not have.
  package let isDry: Bool
  private let parameters: [(parameter: InteriorParameter, distribution: PriorDistribution)]

  package init(
    prior: any InteriorPrior, model: InteriorModel, likelihood: InteriorLikelihood, outputs: InteriorOutputs,
    isDry: Bool
  ) {
    self.prior = prior
    self.model = model
    self.likelihood = likelihood
    self.outputs = outputs
    self.isDry = isDry
    parameters = prior.parameters
  }

  /// A solved planet as the posterior needs it.
  package struct Sample: Sendable, Hashable {
    package let logLikelihood: Double
    /// In the order of the outputs' quantities.
    package let values: [Double]
    /// Earth masses and radii.
    package let mass: Double
    package let radius: Double
  }

  package var dimension: Int { parameters.count }

  /// ln of the prior's density in these coordinates.
  package func logPrior(_ point: [Double]) -> Double {
    point.reduce(-0.5 * Double(point.count) * log(2 * Double.pi)) { $0 - 0.5 * $1 * $1 }
  }

  private func value(_ parameter: InteriorParameter, in values: [Double]) -> Double? {
    parameters.firstIndex { $0.parameter == parameter }.map { values[$0] }
  }

  private func values(at point: [Double]) -> [Double] {
    zip(parameters, point).map { $0.distribution.value(atRank: StandardNormal.rank(of: $1)) }
  }

  private func logLikelihood(of values: [Double]) -> Double {
    guard let mass = value(.mass, in: values) else { return -.infinity }
    return likelihood.ofParameters(
      mass: mass, equilibriumTemperature: value(.equilibriumTemperature, in: values),
      age: value(.age, in: values), envelopeMetalFraction: value(.envelopeMetalFraction, in: values))
  }

  /// ln of the part of the likelihood that needs no solved planet; at most 0.
  package func logLikelihoodBeforeSolving(_ point: [Double]) -> Double {
    logLikelihood(of: values(at: point))
  }

  /// - Returns: `nil` where there is no such planet, or it is not worth solving: 40 in ln of what would be best.
  package func sample(at point: [Double]) -> Sample? {
    var values = values(at: point)
    let before = logLikelihood(of: values)
    guard before > -40, let mass = value(.mass, in: values) else { return nil }
    if isDry, let water = parameters.firstIndex(where: { $0.parameter == .waterShare }) { values[water] = 0 }
    guard let planet = try? model.solve(prior.planet(values), largestRadius: prior.largestRadius),
      let row = outputs.values(of: planet), row.allSatisfy(\.isFinite)
    else { return nil }
    let after = likelihood.ofStructure(
      radius: planet.radius.earthRadii, ironToMagnesiumSilicon: planet.ironToMagnesiumSilicon,
      loveNumber: planet.loveNumber)
    return after > -.infinity
      ? Sample(logLikelihood: before + after, values: row, mass: mass, radius: planet.radius.earthRadii) : nil
  }

  // MARK: Where to look

  /// Coordinates beyond which nothing is proposed from outside.
  private static let farthest = 4.0

  private func coordinate(_ index: Int, _ value: Double) -> Double {
    let rank = parameters[index].distribution.rank(of: value)
    return min(max(StandardNormal.value(atRank: rank), -Self.farthest), Self.farthest)
  }

  /// A planet like the network's draw. What the network does not say is drawn from the prior.
  package func point(like seed: InteriorSeed, random: inout SeededRandom) -> [Double] {
    let shares = outputs.shares(seed)
    return parameters.indices.map { index in
      let known: Double? =
        switch parameters[index].parameter {
        case .mass: seed.mass
        case .equilibriumTemperature: seed.equilibriumTemperature
        case .envelopeMassFraction: shares.envelope
        case .waterShare: shares.water
        case .coreShare: shares.core
        case .envelopeMetalFraction: shares.metals
        default: nil
        }
      let any = random.normal()
      return known.map { coordinate(index, $0) } ?? any
    }
  }

  /// The prior, narrowed to what is measured of mass, temperature and age: nothing that the likelihood allows is far from it.
  package func broadLaw(weight: Double) -> FittedMixture.Part {
    var mean = [Double](repeating: 0, count: dimension)
    var sd = [Double](repeating: 1, count: dimension)
    func narrow(_ parameter: InteriorParameter, from low: Double, to high: Double, widening: Double) {
      guard let index = parameters.firstIndex(where: { $0.parameter == parameter }) else { return }
      let (below, above) = (coordinate(index, low), coordinate(index, high))
      mean[index] = (below + above) / 2
      sd[index] = max(widening * (above - below) / 2, 1e-6)
    }
    if likelihood.massIsMinimum {
      narrow(.mass, from: likelihood.mass.value, to: 2 * likelihood.mass.value, widening: 1)
    } else {
      let (low, high) = likelihood.mass.interval
      narrow(.mass, from: low, to: high, widening: 1.3)
    }
    for (parameter, measured) in [
      (InteriorParameter.equilibriumTemperature, likelihood.equilibriumTemperature), (.age, likelihood.age),
    ] {
      guard let (low, high) = measured?.interval else { continue }
      narrow(parameter, from: low, to: high, widening: 1.3)
    }
    return FittedMixture.Part(weight: weight, mean: mean, sd: sd)
  }
}

/// One draw of a network: what it was told, and what it said.
package struct InteriorSeed: Sendable, Hashable {
  /// Earth masses.
  var mass: Double
  /// Earth radii.
  var radius: Double
  /// K; `nil` where the network is not told.
  var equilibriumTemperature: Double?
  /// In the order of the outputs' quantities.
  var values: [Double]
}

extension MeasuredNumber {
  /// One error to each side, of 1e-6 of the value at least.
  fileprivate var interval: (Double, Double) {
    let least = InteriorLikelihood.leastRelativeError * abs(value)
    return (value - max(lowerError, least), value + max(upperError, least))
  }
}

extension InteriorOutputs {
  /// What the network says of a planet, of a solved one; `nil` for one without the layers that it speaks of.
  fileprivate func values(of planet: InteriorStructure) -> [Double]? {
    guard let core = planet.layer(.core), planet.layer(isGiant ? .envelope : .mantle) != nil else {
      return nil
    }
    let p = planet.parameters
    return quantities.map { quantity in
      switch quantity {
      case .waterRadiusFraction: planet.radiusFraction(.water)
      case .mantleRadiusFraction: planet.radiusFraction(.mantle)
      case .coreRadiusFraction: planet.radiusFraction(.core)
      case .envelopeRadiusFraction: planet.radiusFraction(.envelope)
      case .waterMassFraction: p.waterMassFraction
      case .mantleMassFraction: p.mantleMassFraction
      case .coreMassFraction: p.coreMassFraction
      case .envelopeMassFraction: p.envelopeMassFraction
      case .cmbPressure, .corePressure: core.topPressure.gigapascals
      case .cmbTemperature: planet.cmbMantleTemperature?.kelvins ?? .nan
      case .coreTemperature: core.topTemperature.kelvins
      case .envelopeMetalFraction: p.envelopeMetalFraction
      case .heavyElementMass: planet.heavyElements.earthMasses
      case .loveNumber: planet.loveNumber
      case .momentOfInertiaFactor: planet.momentOfInertiaFactor
      }
    }
  }

  /// Density of compressed water in a rocky planet's layer, over the Earth's mean: to begin a search with, no more.
  private static let waterDensity = 0.23

  /// How a network's draw shares out the mass: core of core and mantle (of all, in a giant), water of what is not envelope, envelope of
  /// all, heavy elements of the envelope.
  fileprivate func shares(_ seed: InteriorSeed)
    -> (core: Double, water: Double, envelope: Double, metals: Double)
  {
    func value(_ quantity: InteriorQuantity) -> Double {
      quantities.firstIndex(of: quantity).map { seed.values[$0] } ?? 0
    }
    switch self {
    case .layered:
      let (core, mantle) = (value(.coreMassFraction), value(.mantleMassFraction))
      let envelope = value(.envelopeMassFraction)
      return (core / (core + mantle), value(.waterMassFraction) / max(1 - envelope, 1e-12), envelope, 0)
    case .rocky:
      let inner = 1 - value(.waterRadiusFraction)
      let volume = seed.radius * seed.radius * seed.radius * (1 - inner * inner * inner)
      let water = min(volume * Self.waterDensity / seed.mass, 0.5)
      return (value(.coreMassFraction) / (1 - water), water, 0, 0)
    case .giant, .giantOfLoveNumber:
      return (
        value(.coreMassFraction), 0, value(.envelopeMassFraction), value(.envelopeMetalFraction)
      )
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
