package import NeuralNetworks
import Retrieval
import SpectralPrior

extension PointsNetwork {
  private static let format = "exospool RobERt of points"
  private static let formatVersion = "2"

  /// The file that `init(file:path:)` reads.
  package var file: SafetensorsFile {
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "space": space.rawValue,
      "molecules": molecules.joined(separator: " "),
      "layers": "\(network.layers[0].outputs) \(network.layers.count - 2)",
    ])
    file.store(frontEnd)
    file.store(network, as: "layer")
    file.tensors["features.mean"] = .init(featureMeans)
    file.tensors["features.deviation"] = .init(featureDeviations)
    file.tensors["calibration"] = .init(slopes + offsets, shape: [2, slopes.count])
    file.tensors["thresholds"] = .init(
      thresholds.seenFrom + thresholds.notSeenUpTo, shape: [2, molecules.count])
    file.tensors["largestDistance"] = .init([largestDistance])
    return file
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(RobERtModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw RobERtModelError(path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(
      format: Self.format, version: Self.formatVersion, isNone: "it is no RobERt that reads points")
    guard let space = AtmosphereSpace.Name(rawValue: try reader.text("space")) else {
      throw .init("its space of atmospheres is unknown: \(try reader.text("space"))")
    }
    let molecules = try reader.words("molecules")
    guard !molecules.isEmpty else { throw .init("it knows no molecule") }
    let frontEnd = try SpectralFrontEnd(reader, AtmosphereSpace(space))
    let shape = try reader.words("layers").compactMap { Int($0) }
    guard shape.count == 2, (1...10_000).contains(shape[0]), (0...100).contains(shape[1]) else {
      throw .init("the shape of its network is unknown")
    }
    let features = frontEnd.featureCount
    var network = Sequential<Float>(
      Self.layers(features: features, width: shape[0], depth: shape[1], molecules: molecules.count))
    try reader.fill(&network, from: "layer")
    let deviations: [Float] = try reader.tensor("features.deviation", shape: [features])
    guard deviations.allSatisfy({ $0 > 0 }) else { throw .init("its features do not scatter") }
    let outputs = molecules.count + 1
    let calibration: [Double] = try reader.tensor("calibration", shape: [2, outputs])
    let thresholds: [Double] = try reader.tensor("thresholds", shape: [2, molecules.count])
    self.init(
      space: space, molecules: molecules, frontEnd: frontEnd, network: network,
      featureMeans: try reader.tensor("features.mean", shape: [features]), featureDeviations: deviations,
      slopes: Array(calibration.prefix(outputs)), offsets: Array(calibration.suffix(outputs)),
      thresholds: .init(
        seenFrom: Array(thresholds.prefix(molecules.count)),
        notSeenUpTo: Array(thresholds.suffix(molecules.count))),
      largestDistance: try reader.number("largestDistance"))
  }
}
