package import Analyses
import NeuralNetworks
import NumericalMethods

/// The interior networks a program has at hand.
package struct InteriorModelSet: Sendable {
  /// The networks that exospool ships, in the order results list them.
  package static let knownNames = ["rocky-A", "rocky-B", "layered", "layered-k2", "giant", "giant-k2"]

  struct Model: Sendable {
    let network: InteriorNetwork
    let hash: String
  }

  let models: [Model]
  /// What takes a planet's star as a guide, and how much the forward model is asked.
  let choices: InteriorChoices
  /// `nil`: the networks alone answer.
  let weighting: InteriorWeighting?

  /// The models' names, in the order of `posteriors`.
  package var names: [String] { models.map(\.network.name) }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.network.name, sha256: $0.hash) }
  }

  /// Which model speaks for a planet where there is room for one, the least first: the one that knows most of it. A rocky
  /// model takes the composition into account and has no envelope to hide errors in, so it goes first where it
  /// applies; a model that uses a measured Love number goes before its sibling that does not.
  static func rank(of name: String) -> Int {
    let order = ["rocky-B", "rocky-A", "layered-k2", "layered", "giant-k2", "giant"]
    return order.firstIndex(of: name) ?? order.count
  }

  /// Reads every known network that `directory` holds: `<name>.safetensors` beside its card `<name>.json`, whose
  /// `weights.sha256` must be that of the weights.
  package static func load(
    directory: String, choices: InteriorChoices = .networksAlone
  ) throws(InteriorModelError) -> InteriorModelSet {
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
    return InteriorModelSet(
      models: models, choices: choices, weighting: InteriorWeighting(choices))
  }

  /// What each model says of the planet, in or out of its domain. The same observation and seed give the same.
  package func posteriors(for observation: InteriorObservation, seed: UInt64) -> [InteriorPosterior] {
    models.map { posterior(of: $0, for: observation, seed: seed) }
  }
}

extension InteriorModelSet {
  private func posterior(
    of model: Model, for observation: InteriorObservation, seed: UInt64
  ) -> InteriorPosterior {
    let (answer, seeds) = model.network.answer(
      for: observation, seed: seed, modelHash: model.hash, relation: choices.starRelation)
    guard let weighting, answer.inDomain else { return answer }
    return weighting.weighted(
      answer, of: model.network, seeds: seeds, observation,
      random: SeededRandom(seed: seed &+ 1, stream: model.network.stream))
  }

  private func network(_ name: String) -> InteriorNetwork? {
    models.first { $0.network.name == name }?.network
  }

  /// What one model says of the planet; `nil` where there is no model of that name.
  package func posterior(
    of name: String, for observation: InteriorObservation, seed: UInt64
  ) -> InteriorPosterior? {
    models.first { $0.network.name == name }.map { posterior(of: $0, for: observation, seed: seed) }
  }

  /// Prior times likelihood of one model's kind of planets; `nil` where the networks alone answer, or without a mass or a radius.
  package func target(of name: String, for observation: InteriorObservation) -> InteriorTarget? {
    network(name).flatMap { weighting?.target($0, observation) }
  }

  /// What a model answers, in its order.
  package func quantities(of name: String) -> [InteriorQuantity] { network(name)?.outputs.quantities ?? [] }
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
