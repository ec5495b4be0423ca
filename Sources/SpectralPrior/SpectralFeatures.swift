/// What a network is told of an observation: a list of finite numbers of order one, always as long.
///
/// Of each of the first 60 components, with m its posterior mean and d its deviation in units of the prior's:
///
///     2 asinh(m / 2), asinh(m / (3 d)), 1 + ln d / 2
///
/// then of each of the first six sin(w m) and cos(w m), times exp(-(w d)^2 / 2), for w = pi/4, pi/2, pi, 2 pi; then `Summary.names`.
extension SpectralFrontEnd {
  private static let waveComponents = 6
  private static let frequencies = [0.25, 0.5, 1, 2].map { $0 * Double.pi }

  package var featureCount: Int {
    3 * seen.count + 2 * Self.frequencies.count * min(Self.waveComponents, seen.count)
      + SpectralSummary.names.count
  }

  /// What a network that recognises molecules is told: the features, but that of how many points by how many instruments they come from it is
  /// told nothing, and of the distance only by how much it exceeds what chance makes of it: a misfit is as large in fewer points, their
  /// scatter is not. So the same data say the same in fewer points.
  package func recognitionFeatures(_ reading: SpectralReading, _ observation: SpectralObservation) -> [Float]
  {
    var features = features(reading, observation)
    let first = featureCount - SpectralSummary.names.count
    for (place, name) in SpectralSummary.names.enumerated() {
      switch name {
      case "points", "instruments": features[first + place] = 0
      case "distance":
        let count = Double(reading.pointCount)
        let excess = reading.distance - count - Self.chance * (2 * count).squareRoot()
        features[first + place] = Float(asinh(max(excess, 0) / Self.usualExcess))
      default: break
      }
    }
    return features
  }

  /// In deviations of chi-squared.
  private static let chance = 2.0
  private static let usualExcess = 30.0

  package func features(_ completion: CompletedSpectrum, _ observation: SpectralObservation) -> [Float] {
    features(completion.reading, observation)
  }

  package func features(_ reading: SpectralReading, _ observation: SpectralObservation) -> [Float] {
    var features: [Double] = []
    features.reserveCapacity(featureCount)
    for law in reading.components {
      features.append(2 * asinh(law.mean / 2))
      features.append(asinh(law.mean / (3 * law.deviation)))
      features.append(1 + 0.5 * log(law.deviation))
    }
    for law in reading.components.prefix(Self.waveComponents) {
      for frequency in Self.frequencies {
        let damping = exp(-0.5 * frequency * frequency * law.deviation * law.deviation)
        features.append(damping * sin(frequency * law.mean))
        features.append(damping * cos(frequency * law.mean))
      }
    }
    features += SpectralSummary(reading, observation, ranges).values
    return features.map { Float(min(max($0, -20), 20)) }
  }
}

/// What is known of an observation besides its components.
struct SpectralSummary {
  static let names = [
    // The class in units of its range, from -1 to 1, and how well it is known.
    "class", "classDeviation",
    // Transmission: the level's deviation in scale heights. Eclipse: how much of what radii leave open is still open, and the factor.
    "levelDeviation", "levelShift",
    "distance", "points", "instruments",
    // Transmission: temperature from mass, radius and class. Eclipse: ln s from mass, radius and class. 0, 0, 0 without a mass.
    "massKnown", "fromMass", "fromMassDeviation",
    // Equilibrium temperature in units of its range; 0, 0, 0 where it is not known.
    "temperatureKnown", "temperature", "temperatureDeviation",
    // Transmission: the star's radius makes depths a radius of the planet; 0, 0, 0 where it is not known. Eclipse: the planet's.
    "radiusKnown", "radius", "radiusDeviation",
  ]

  let values: [Double]

  init(_ reading: SpectralReading, _ observation: SpectralObservation, _ ranges: PlanetRanges) {
    let isEclipse = observation.kind == .eclipse
    let classRange = isEclipse ? ranges.logTemperature : ranges.logRatio
    let other = isEclipse ? ranges.logRatio : ranges.logTemperature
    let ratio = exp(reading.logClass.mean)
    var values = [Self.within(classRange, reading.logClass.mean), Self.deviation(reading.logClass.deviation)]
    if isEclipse {
      values += [reading.level.deviation, reading.level.mean - 1].map { asinh(10 * $0) }
    } else {
      values += [0.5 * log(reading.level.deviation / (reading.level.mean * ratio)), 0]
    }
    values += [
      0.5 * log((reading.distance + 1) / Double(reading.pointCount + 1)),
      0.5 * (log(Double(reading.pointCount)) - 4), Double(observation.instrumentNames.count - 1) / 2,
    ]
    let radius = ranges.logRadius(of: observation, level: reading.level.mean, ratio: ratio)
    if let mass = observation.planetMass {
      // ln s = unit + ln T + ln R - ln M: of s and T the class is one and the other follows.
      let law = NormalLaw(logarithmOf: mass)
      let sign = isEclipse ? 1.0 : -1
      let mean = reading.logClass.mean + sign * (PlanetRanges.logRatioUnit + radius.mean - law.mean)
      values += [1, Self.within(other, mean), Self.deviation(hypot(radius.deviation, law.deviation))]
    } else {
      values += [0, 0, 0]
    }
    if let temperature = observation.temperature {
      let law = NormalLaw(logarithmOf: temperature)
      values += [1, Self.within(ranges.logTemperature, law.mean), Self.deviation(law.deviation)]
    } else {
      values += [0, 0, 0]
    }
    if observation.starRadius != nil {
      values += [1, Self.within(ranges.logRadius, radius.mean), Self.deviation(radius.deviation)]
    } else {
      values += [0, 0, 0]
    }
    self.values = values
  }

  /// -1 to 1 inside the range.
  private static func within(_ range: ClosedRange<Double>, _ x: Double) -> Double {
    (2 * x - range.lowerBound - range.upperBound) / (range.upperBound - range.lowerBound)
  }

  /// Of a logarithm: 0 at 10 %, 1 at a factor of 2.1.
  private static func deviation(_ x: Double) -> Double { 0.5 * log(x / 0.1) }
}

#if canImport(Glibc)
  import Glibc
#endif
