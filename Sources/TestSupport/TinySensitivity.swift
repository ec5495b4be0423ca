import NeuralNetworks
import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
package import SpectralSensitivity

/// Sensitivity networks with random weights: right in form, of no use.
package enum TinySensitivity {
  package static let completion = TinyCompletion.model(.transmission)

  package static func model(_ kind: SensitivityArchitecture.Kind, seed: UInt64 = 1) -> SensitivityModel {
    let widths: [Int] =
      switch kind {
      case .mlp: [6]
      case .cnn: [2, 3, 5]
      case .lstm: [2, 5]
      }
    guard let architecture = SensitivityArchitecture(kind, widths: widths) else {
      preconditionFailure("the widths are of the kind")
    }
    var network = Sequential<Float>(
      SensitivityModel.layers(architecture, completion.frontEnd, completion.space)
    ).folded
    var random = SeededRandom(seed: seed)
    for i in network.parameters.indices { network.parameters[i] = Float(0.1 * random.normal()) }
    let count = completion.frontEnd.viewFeatureCount
    return SensitivityModel(
      space: completion.space, architecture: architecture, network: network,
      featureMeans: [Float](repeating: 0.1, count: count),
      featureDeviations: [Float](repeating: 2, count: count),
      calibrations: .init(
        massKnown: calibrations(inner: 1.3), massUnknown: calibrations(inner: 1.1)),
      frontEndHash: completion.frontEnd.contentHash, trainingSetVersion: "1")
  }

  private static func calibrations(inner: Double) -> [SensitivityModel.Calibration] {
    .init(repeating: .init(inner: inner, outer: 0.9), count: SensitivityParameter.all(completion.space).count)
  }

  /// Every second bin of the grid from 1.1 to 5 um, known to 1e-5 of a depth of 0.01.
  package static func observation(seed: UInt64 = 1) -> SpectralObservation {
    let grid = SpectralGrid.standard
    let bins = Array(stride(from: 130, to: 280, by: 2))
    var random = SeededRandom(seed: seed)
    var observation = SpectralObservation(
      kind: .transmission, lower: bins.map { grid.edges[$0] }, upper: bins.map { grid.edges[$0 + 1] },
      values: bins.map { 0.01 * (1 + 0.02 * sin(Double($0) / 15)) + 1e-5 * random.normal() },
      upperErrors: bins.map { _ in 1e-5 }, lowerErrors: bins.map { _ in 1e-5 },
      instruments: bins.map { _ in 0 }, instrumentNames: ["a"])
    observation.starRadius = MeasuredValue(7e8, deviation: 7e6)
    return observation
  }

  /// Writes all three with their cards into `directory`, which exists.
  package static func write(to directory: String) throws {
    for kind in SensitivityArchitecture.Kind.allCases {
      let model = model(kind)
      try ModelWriting.write(model.file, name: model.name, to: directory)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
