import ContentHash
package import NeuralNetworks
import NumericalMethods
package import Retrieval
package import SpectralPrior
package import Tensors

/// A network that retrieves parameters from the view of an observation: a normal law of each parameter's coordinate.
package struct SensitivityModel: Sendable {
  /// What makes the network's deviations those of central intervals of 68 and 95 %.
  package struct Calibration: Sendable, Hashable {
    package var inner: Double
    package var outer: Double

    package init(inner: Double, outer: Double) {
      self.inner = inner
      self.outer = outer
    }

    /// A standard normal number as a distance from the mean in the network's deviations: times `inner` up to one, then straight on to
    /// `outer` times the ends of 95 %.
    func stretched(_ x: Double) -> Double {
      let size = abs(x)
      let end = 1.959964
      let far = size <= 1 ? inner * size : inner + (outer * end - inner) * (size - 1) / (end - 1)
      return x < 0 ? -far : far
    }
  }

  /// One a parameter, where the planet's mass is known and where it is not: what a spectrum alone tells of a mass errs in another way than what
  /// it adds to a measurement.
  package struct Calibrations: Sendable, Hashable {
    package var massKnown: [Calibration]
    package var massUnknown: [Calibration]

    package init(massKnown: [Calibration], massUnknown: [Calibration]) {
      self.massKnown = massKnown
      self.massUnknown = massUnknown
    }

    package func each(isMassKnown: Bool) -> [Calibration] { isMassKnown ? massKnown : massUnknown }
  }

  package let space: AtmosphereSpace
  package let architecture: SensitivityArchitecture
  /// Standardised features to the coordinates' means, then to the logarithms of their deviations.
  package let network: Sequential<Float>
  /// Of each feature over the training's observations.
  package let featureMeans: [Float]
  package let featureDeviations: [Float]
  package let calibrations: Calibrations
  /// SHA-256 over the front end that made the features, hexadecimal.
  package let frontEndHash: String
  /// Version of the set it learnt from.
  package let trainingSetVersion: String
  package let parameters: [SensitivityParameter]

  /// - Precondition: sizes fit.
  package init(
    space: AtmosphereSpace, architecture: SensitivityArchitecture, network: Sequential<Float>,
    featureMeans: [Float], featureDeviations: [Float], calibrations: Calibrations, frontEndHash: String,
    trainingSetVersion: String
  ) {
    parameters = SensitivityParameter.all(space)
    precondition(network.inputs == featureMeans.count && network.outputs == 2 * parameters.count)
    precondition(featureDeviations.count == featureMeans.count && featureDeviations.allSatisfy { $0 > 0 })
    precondition(
      calibrations.massKnown.count == parameters.count && calibrations.massUnknown.count == parameters.count)
    self.space = space
    self.architecture = architecture
    self.network = network
    self.featureMeans = featureMeans
    self.featureDeviations = featureDeviations
    self.calibrations = calibrations
    self.frontEndHash = frontEndHash
    self.trainingSetVersion = trainingSetVersion
  }

  package static func name(_ kind: SensitivityArchitecture.Kind, _ space: AtmosphereSpace.Name) -> String {
    "sensitivity-\(space.rawValue)-\(kind.rawValue)"
  }

  package var name: String { Self.name(architecture.kind, space.name) }

  /// The layers of a network that is to be trained.
  package static func layers(
    _ architecture: SensitivityArchitecture, _ frontEnd: SpectralFrontEnd, _ space: AtmosphereSpace
  ) -> [any Layer] {
    architecture.layers(
      bins: frontEnd.binCount, channels: SpectralView.channels, others: SpectralFrontEnd.summaryCount,
      outputs: 2 * SensitivityParameter.all(space).count)
  }

  // MARK: Features

  /// Features are no further than this from their means, in standard deviations.
  package static let farthestFeature: Float = 8
  /// ln of the deviations of coordinates.
  package static let logDeviations: ClosedRange<Float> = -4...1.5

  /// - Parameter features: rows of `SpectralFrontEnd.viewFeatures`.
  func standardised(_ features: Matrix<Double>) -> Matrix<Float> {
    let columns = features.columns
    let elements = [Float](unsafeUninitializedCapacity: features.elements.count) { result, count in
      for i in features.elements.indices {
        let place = i % columns
        let value = (Float(features.elements[i]) - featureMeans[place]) / featureDeviations[place]
        result[i] = min(max(value, -Self.farthestFeature), Self.farthestFeature)
      }
      count = features.elements.count
    }
    return Matrix(rows: features.rows, columns: columns, elements: elements)
  }

  // MARK: Answers

  /// A parameter's normal law in its coordinate, as the network has it and as calibrated.
  package struct Estimate: Sendable, Hashable {
    package let parameter: SensitivityParameter
    package let mean: Double
    /// As the network has it.
    package let deviation: Double
    let calibration: Calibration

    /// The coordinate's quantile.
    package func coordinate(at probability: Double) -> Double {
      mean + deviation * calibration.stretched(StandardNormal.value(atRank: probability))
    }

    /// The value's quantile: kg, m, K, or a decimal logarithm.
    package func value(at probability: Double) -> Double {
      parameter.value(at: coordinate(at: probability))
    }

    /// Half of the calibrated central interval of 68 %, in the coordinate.
    package var calibratedDeviation: Double { deviation * calibration.inner }
  }

  /// - Parameter features: of one observation, as `SpectralFrontEnd.viewFeatures` gives them.
  package func estimates(_ features: [Double]) -> [Estimate] {
    let output = network(
      standardised(Matrix(rows: 1, columns: features.count, elements: features))
    ).elements
    let calibrations = calibrations.each(
      isMassKnown: features[features.count - SpectralFrontEnd.massKnownFromEnd] > 0.5)
    return parameters.enumerated().map { place, parameter in
      let logDeviation = output[parameters.count + place]
      return Estimate(
        parameter: parameter, mean: Double(output[place]),
        deviation: Double(
          exp(min(max(logDeviation, Self.logDeviations.lowerBound), Self.logDeviations.upperBound))),
        calibration: calibrations[place])
    }
  }
}

extension SpectralFrontEnd {
  /// SHA-256 over everything that decides its features, hexadecimal.
  package var contentHash: String {
    let level = [ranges.level.mean, ranges.level.deviation]
    let numbers = components.mean + components.loadings.elements + components.residualVariance + level
    return SHA256Digest(of: numbers.withUnsafeBytes { Array($0) }).hexadecimal
  }
}

#if canImport(Glibc)
  import Glibc
#endif
