import Units

/// What simulated planets are like, apart from their spectra's shapes: what the front end takes for what an observation's context
/// does not say.
package struct PlanetRanges: Sendable, Hashable {
  /// ln s, between which classes lie in transmission.
  package var logRatio: ClosedRange<Double>
  /// ln K; between them lie the classes in eclipse.
  package var logTemperature: ClosedRange<Double>
  /// ln m
  package var logRadius: ClosedRange<Double>
  /// ln kg; nil where the mass is anything.
  package var logMass: ClosedRange<Double>?
  /// N, the spectrum's level in scale heights: mean and deviation.
  package var level: NormalLaw

  package init(
    logRatio: ClosedRange<Double>, logTemperature: ClosedRange<Double>, logRadius: ClosedRange<Double>,
    logMass: ClosedRange<Double>? = nil, level: NormalLaw
  ) {
    self.logRatio = logRatio
    self.logTemperature = logTemperature
    self.logRadius = logRadius
    self.logMass = logMass
    self.level = level
  }

  /// Mean molecular mass of the scale height that s is made with, u.
  package static let scaleHeightMass = 2.3
  /// ln of 2 k / (m G), kg m-1 K-1: ln s = it + ln T + ln R - ln M.
  static let logRatioUnit = log(
    2 * Constants.boltzmann / (scaleHeightMass * Constants.atomicMass * Constants.gravitational))

  /// What context and ranges say of ln s, given the level that an observation shows; nil where that is nothing.
  func logRatio(of observation: SpectralObservation, level: Double, ratio: Double) -> NormalLaw? {
    guard
      let mass = observation.planetMass.map(NormalLaw.init(logarithmOf:))
        ?? logMass.map(NormalLaw.init(uniform:))
    else { return nil }
    let temperature =
      observation.temperature.map(NormalLaw.init(logarithmOf:)) ?? NormalLaw(uniform: logTemperature)
    let radius = logRadius(of: observation, level: level, ratio: ratio)
    let variance =
      temperature.deviation * temperature.deviation + radius.deviation * radius.deviation
      + mass.deviation * mass.deviation
    return NormalLaw(
      mean: Self.logRatioUnit + temperature.mean + radius.mean - mass.mean, deviation: variance.squareRoot())
  }

  /// ln of the planet's radius at 10 bar, m: of a transit from the level, k of the disc times the star's radius; of an eclipse as the
  /// context says.
  func logRadius(of observation: SpectralObservation, level: Double, ratio: Double) -> NormalLaw {
    if observation.kind == .eclipse {
      return observation.planetRadius.map(NormalLaw.init(logarithmOf:)) ?? NormalLaw(uniform: logRadius)
    }
    guard let star = observation.starRadius.map(NormalLaw.init(logarithmOf:)) else {
      return NormalLaw(uniform: logRadius)
    }
    return NormalLaw(
      mean: star.mean + 0.5 * (log(level) - log(max(1 + ratio * self.level.mean, 0.1))),
      deviation: hypot(star.deviation, 0.5 * ratio * self.level.deviation))
  }
}

extension NormalLaw {
  /// Of the logarithm of what was measured.
  init(logarithmOf value: MeasuredValue) {
    self.init(mean: log(value.value), deviation: value.logarithmicDeviation)
  }

  /// With the moments of a uniform one.
  init(uniform range: ClosedRange<Double>) {
    self.init(
      mean: (range.lowerBound + range.upperBound) / 2,
      deviation: (range.upperBound - range.lowerBound) / 12.0.squareRoot())
  }

  /// ln of the density.
  func logDensity(_ x: Double) -> Double {
    let z = (x - mean) / deviation
    return -0.5 * (z * z + log(2 * Double.pi)) - log(deviation)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
