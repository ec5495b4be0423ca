package import Analyses
package import NeuralNetworks
package import Retrieval
package import SpectralPrior

/// Why a file is no sensitivity network that this version can use.
package struct SensitivityModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let detail: String

  package var description: String { "\(path): \(detail)" }
}

extension SensitivityModel {
  private static let format = "exospool sensitivity"
  private static let formatVersion = "2"

  /// The file that `init(file:path:)` reads.
  package var file: SafetensorsFile {
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "space": space.name.rawValue,
      "network": architecture.kind.rawValue,
      "widths": architecture.widths.map(String.init).joined(separator: " "), "frontEnd": frontEndHash,
      "trainingSet": trainingSetVersion,
    ])
    file.store(network, as: "network")
    file.tensors["features.mean"] = .init(featureMeans)
    file.tensors["features.deviation"] = .init(featureDeviations)
    file.tensors["calibration"] = .init(
      (calibrations.massKnown + calibrations.massUnknown).flatMap { [$0.inner, $0.outer] },
      shape: [2 * parameters.count, 2])
    return file
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(SensitivityModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw SensitivityModelError(path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(
      format: Self.format, version: Self.formatVersion, isNone: "it is no network of sensitivities")
    guard let name = AtmosphereSpace.Name(rawValue: try reader.text("space")) else {
      throw .init("its space of atmospheres is unknown")
    }
    guard let kind = SensitivityArchitecture.Kind(rawValue: try reader.text("network")),
      let architecture = SensitivityArchitecture(kind, widths: try reader.widths(largest: 4096))
    else { throw .init("its network is unknown") }
    let space = AtmosphereSpace(name)
    let means: [Float] = try reader.tensor("features.mean", shape: [nil]).elements
    let deviations: [Float] = try reader.tensor("features.deviation", shape: [means.count])
    let others = SpectralFrontEnd.summaryCount
    guard means.count > others, (means.count - others) % SpectralView.channels == 0,
      deviations.allSatisfy({ $0 > 0 })
    else { throw .init("its features are not of this version, or do not scatter") }
    let count = SensitivityParameter.all(space).count
    let numbers: [Double] = try reader.tensor("calibration", shape: [2 * count, 2])
    guard numbers.allSatisfy({ $0 > 0 }) else { throw .init("its calibration is not positive") }
    let calibrations = stride(from: 0, to: numbers.count, by: 2).map {
      Calibration(inner: numbers[$0], outer: numbers[$0 + 1])
    }
    var network = Sequential<Float>(
      architecture.layers(
        bins: (means.count - others) / SpectralView.channels, channels: SpectralView.channels,
        others: others, outputs: 2 * count)
    ).folded
    try reader.fill(&network, from: "network")
    self.init(
      space: space, architecture: architecture, network: network, featureMeans: means,
      featureDeviations: deviations,
      calibrations: .init(
        massKnown: Array(calibrations.prefix(count)), massUnknown: Array(calibrations.suffix(count))),
      frontEndHash: try reader.text("frontEnd"), trainingSetVersion: try reader.text("trainingSet"))
  }
}

/// The sensitivity networks of one space that a program has at hand.
package struct SensitivityModelSet: Sendable {
  package let models: [(model: SensitivityModel, hash: String)]

  package init(_ models: [(model: SensitivityModel, hash: String)]) { self.models = models }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.model.name, sha256: $0.hash) }
  }

  package subscript(_ kind: SensitivityArchitecture.Kind) -> SensitivityModel? {
    models.first { $0.model.architecture.kind == kind }?.model
  }

  /// Reads every network that `directory` holds of a space; none is no error.
  /// - Parameter frontEnd: that the features will be made with.
  /// - Throws: where one is there but cannot be used, or learnt from features of another front end.
  package static func load(
    _ space: AtmosphereSpace.Name, directory: String, frontEnd: SpectralFrontEnd
  ) throws(SensitivityModelError) -> SensitivityModelSet {
    var models: [(SensitivityModel, String)] = []
    for kind in SensitivityArchitecture.Kind.allCases {
      let name = SensitivityModel.name(kind, space)
      let file: ModelFile
      do {
        guard let found = try ModelFile.load(name, directory: directory) else { continue }
        file = found
      } catch {
        throw SensitivityModelError(
          path: error.path ?? "\(directory)/\(name).safetensors", detail: error.detail)
      }
      let model = try SensitivityModel(file: file.weights, path: file.path)
      guard model.name == name else {
        throw SensitivityModelError(path: file.path, detail: "the file holds the network \"\(model.name)\"")
      }
      guard model.frontEndHash == frontEnd.contentHash, model.featureMeans.count == frontEnd.viewFeatureCount
      else {
        throw SensitivityModelError(
          path: file.path,
          detail:
            "it learnt from the components of another \(CompletionModel.name(space)); train it anew with: exospool-lab train "
            + "sensitivity --network \(kind.rawValue)")
      }
      models.append((model, file.hash))
    }
    return SensitivityModelSet(models)
  }
}
