package import Analyses
import NeuralNetworks

/// The interior networks a program has at hand.
package struct InteriorModelSet: Sendable {
  /// The networks that exospool ships, in the order results list them.
  package static let knownNames = ["rocky-A", "rocky-B", "layered", "layered-k2"]

  struct Model: Sendable {
    let network: InteriorNetwork
    let hash: String
  }

  let models: [Model]

  /// The models' names, in the order of `posteriors`.
  package var names: [String] { models.map(\.network.name) }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.network.name, sha256: $0.hash) }
  }

  /// Which model speaks for a planet where there is room for one, the least first: the one that knows most of it. A rocky
  /// model takes the composition into account and has no envelope to hide errors in, so it goes first where it
  /// applies; a model that uses a measured Love number goes before its sibling that does not.
  static func rank(of name: String) -> Int {
    let order = ["rocky-B", "rocky-A", "layered-k2", "layered"]
    return order.firstIndex(of: name) ?? order.count
  }

  /// Reads every known network that `directory` holds: `<name>.safetensors` beside its card `<name>.json`, whose
  /// `weights.sha256` must be that of the weights.
  package static func load(directory: String) throws(InteriorModelError) -> InteriorModelSet {
    var models: [Model] = []
    for name in knownNames {
      let file: ModelFile
      do {
        guard let found = try ModelFile.load(name, directory: directory) else { continue }
        file = found
      } catch {
        throw InteriorModelError(error, directory: directory)
      }
      let network = try InteriorNetwork(file: file.weights, path: file.path)
      guard network.name == name else {
        throw InteriorModelError(
          .notAModel, path: file.path, detail: "the file holds the network \"\(network.name)\"")
      }
      models.append(Model(network: network, hash: file.hash))
    }
    guard !models.isEmpty else {
      throw InteriorModelError(
        .noModels, path: directory,
        detail:
          "no interior network here; expected \(knownNames.joined(separator: ", ")) (.safetensors with .json)"
      )
    }
    return InteriorModelSet(models: models)
  }

  /// What each model says of the planet, in or out of its domain. The same observation and seed give the same.
  package func posteriors(for observation: InteriorObservation, seed: UInt64) -> [InteriorPosterior] {
    models.map { $0.network.posterior(for: observation, seed: seed, modelHash: $0.hash) }
  }
}

extension InteriorModelError {
  fileprivate init(_ error: SafetensorsError, directory: String) {
    let code: Code =
      switch error.code {
      case .missingFile, .cannotRead, .cannotWrite: .cannotRead
      case .otherCard: .hashMismatch
      default: .notAModel
      }
    self.init(code, path: error.path ?? directory, detail: error.detail)
  }
}
