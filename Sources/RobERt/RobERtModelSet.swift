package import Analyses
import NeuralNetworks
package import Observations
import Retrieval
package import SpectralPrior

/// The RobERts a program has at hand, one a kind of spectrum.
package struct RobERtModelSet: Sendable {
  /// Those that read users' spectra. `robert-2016`, of the paper's own task, is shipped for the record and reads none.
  package static let knownNames = ["robert-transmission", "robert-emission"]

  /// Of those that read the points as observed, where there are any.
  package static let pointsNames = [AtmosphereSpace.Name.transmission, .eclipse].map(PointsNetwork.name)

  private let models: [(model: RobERtModel, hash: String)]
  private let ofPoints: [(network: PointsNetwork, hash: String)]
  private let encoder = SpectrumEncoder()

  package init(
    _ models: [(model: RobERtModel, hash: String)], ofPoints: [(network: PointsNetwork, hash: String)] = []
  ) {
    self.models = models
    self.ofPoints = ofPoints
  }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.model.name, sha256: $0.hash) }
      + ofPoints.map { NetworkIdentity(name: $0.network.name, sha256: $0.hash) }
  }

  /// Reads every known network that `directory` holds; none is no error.
  /// - Throws: where one is there but cannot be used.
  package static func load(directory: String) throws(RobERtModelError) -> RobERtModelSet {
    var models: [(RobERtModel, String)] = []
    for name in knownNames {
      if let found = try loadOne(name, directory: directory) { models.append(found) }
    }
    var ofPoints: [(PointsNetwork, String)] = []
    for name in pointsNames {
      guard let file = try file(name, directory: directory) else { continue }
      let network = try PointsNetwork(file: file.weights, path: file.path)
      guard network.name == name else {
        throw RobERtModelError(path: file.path, detail: "the file holds the network \"\(network.name)\"")
      }
      ofPoints.append((network, file.hash))
    }
    return RobERtModelSet(models, ofPoints: ofPoints)
  }

  /// One network by its name; nil where the directory has none.
  package static func loadOne(
    _ name: String, directory: String
  ) throws(RobERtModelError) -> (model: RobERtModel, hash: String)? {
    guard let file = try file(name, directory: directory) else { return nil }
    let model = try RobERtModel(file: file.weights, path: file.path)
    guard model.name == name else {
      throw RobERtModelError(path: file.path, detail: "the file holds the network \"\(model.name)\"")
    }
    return (model, file.hash)
  }

  private static func file(
    _ name: String, directory: String
  ) throws(RobERtModelError) -> ModelFile? {
    do {
      return try ModelFile.load(name, directory: directory)
    } catch {
      throw RobERtModelError(
        path: error.path ?? "\(directory)/\(name).safetensors", detail: error.detail)
    }
  }

  /// What the network of the spectrum's kind recognises in it; nil where there is no such network, as for a star's flux.
  /// - Parameter observation: the same as points, where they have errors and what else it takes: a network that reads points then goes
  ///   before one that reads bins.
  package func recognition(
    of spectrum: Spectrum, resampled: ResampledSpectrum, context: RecognitionContext,
    observation: SpectralObservation? = nil
  ) -> MoleculeRecognition? {
    guard let (model, hash) = models.first(where: { $0.model.kind == spectrum.kind }) else { return nil }
    return model.recognition(
      of: SpectrumForRecognition(spectrum, resampled: resampled), context: context, encoder: encoder,
      hash: hash, told: observation.flatMap(told))
  }

  private func told(_ observation: SpectralObservation) -> PointsNetwork.Told? {
    guard let (network, hash) = ofPoints.first(where: { $0.network.kind == observation.kind }) else {
      return nil
    }
    return network.answer(observation).map { answer in
      PointsNetwork.Told(
        network: network, hash: hash, answer: answer,
        resolved: observation.resolved().map { network.answer($0)?.probabilities ?? [] })
    }
  }
}
