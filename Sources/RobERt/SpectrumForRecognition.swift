import NumericalMethods
import Observations

/// What is known of a planet beside its spectrum. What is missing is assumed, and the assumption said.
package struct RecognitionContext: Sendable, Hashable {
  /// H / R_p: the atmosphere's scale height over the planet's radius.
  package var scaleHeightOverRadius: Double?
  /// Of the atmosphere, K.
  package var temperature: Double?
  /// K
  package var starTemperature: Double?

  package init(
    scaleHeightOverRadius: Double? = nil, temperature: Double? = nil, starTemperature: Double? = nil
  ) {
    self.scaleHeightOverRadius = scaleHeightOverRadius
    self.temperature = temperature
    self.starTemperature = starTemperature
  }

  /// A hot Jupiter's.
  package static let usualScaleHeightOverRadius = 0.006
  /// K
  package static let usualTemperature = 1200.0
}

/// A resampled spectrum with the gaps filled that a network cannot have: bins without an error are left out, and where a
/// file has no errors at all they are taken from the scatter between neighbours.
struct SpectrumForRecognition {
  let kind: SpectrumKind
  let depth: [Double]
  let error: [Double]
  let isObserved: [Bool]
  /// Independent measurements in each bin, at most 1.
  let points: [Double]
  let errorsAreEstimated: Bool
  /// The file leaves in doubt what its depths or errors are measured in.
  let isDoubtful: Bool

  init(_ spectrum: Spectrum, resampled: ResampledSpectrum) {
    kind = spectrum.kind
    isDoubtful = spectrum.flags.contains(.errorsImplausible) || spectrum.flags.contains(.depthUnitAssumed)
    depth = resampled.value
    points = resampled.pointsInBin.map { min($0, 1) }
    let hasErrors = zip(resampled.isObserved, resampled.error).contains { $0 && $1 > 0 && $1.isFinite }
    errorsAreEstimated = !hasErrors
    let errors =
      hasErrors
      ? resampled.error
      : [Double](
        repeating: Self.scatter(resampled.value, resampled.isObserved) ?? .nan, count: depth.count)
    error = errors
    isObserved = zip(resampled.isObserved, zip(resampled.value, errors)).map { isObserved, point in
      isObserved && point.0.isFinite && point.1.isFinite && point.1 > 0
    }
  }

  /// One standard deviation of white noise: the median |d(i-1) - 2 d(i) + d(i+1)| of neighbouring bins is 1.652 of it
  /// (0.6745 x sqrt 6).
  private static func scatter(_ depth: [Double], _ isObserved: [Bool]) -> Double? {
    let bins = depth.indices.filter { isObserved[$0] && depth[$0].isFinite }
    guard bins.count >= 5 else { return nil }
    let bends = (1..<bins.count - 1).map {
      abs(depth[bins[$0 - 1]] - 2 * depth[bins[$0]] + depth[bins[$0 + 1]])
    }
    return upperMedian(bends).map { $0 / 1.652 }.flatMap { $0 > 0 ? $0 : nil }
  }
}
