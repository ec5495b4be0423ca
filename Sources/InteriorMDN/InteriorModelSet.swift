import ContentHash
import NeuralNetworks
package import Observations

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

  /// SHA-256 of each model's weights file, by name.
  package var hashes: [String: String] {
    Dictionary(uniqueKeysWithValues: models.map { ($0.network.name, $0.hash) })
  }

  package var networks: [InteriorNetwork] { models.map(\.network) }

  /// Reads every known network that `directory` holds: `<name>.safetensors` beside its card `<name>.json`, whose
  /// `weights.sha256` must be that of the weights.
  package static func load(directory: String) throws(InteriorModelError) -> InteriorModelSet {
    var models: [Model] = []
    for name in knownNames {
      let path = "\(directory)/\(name).safetensors"
      let bytes: [UInt8]
      do {
        bytes = try SafetensorsFile.readBytes(path: path)
      } catch {
        // A network that is not there is not in play; one that cannot be read is a fault.
        if error.isMissingFile { continue }
        throw InteriorModelError(.cannotRead, path: path, detail: error.description, isTemporary: true)
      }
      let hash = SHA256Digest(of: bytes).hexadecimal
      try check(hash: hash, card: "\(directory)/\(name).json")
      let file: SafetensorsFile
      do {
        file = try SafetensorsFile(bytes: bytes)
      } catch {
        throw InteriorModelError(.notAModel, path: path, detail: error.description)
      }
      let network = try InteriorNetwork(file: file, path: path)
      guard network.name == name else {
        throw InteriorModelError(
          .notAModel, path: path, detail: "the file holds the network \"\(network.name)\"")
      }
      models.append(Model(network: network, hash: hash))
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

  private static func check(hash: String, card path: String) throws(InteriorModelError) {
    let card: JSONValue
    do {
      card = try JSONValue(parsing: SafetensorsFile.readBytes(path: path))
    } catch let error as SafetensorsError {
      throw InteriorModelError(
        .cannotRead, path: path, detail: "the model's card cannot be read: \(error.detail)",
        isTemporary: !error.isMissingFile)
    } catch {
      throw InteriorModelError(.notAModel, path: path, detail: "the model's card is \(error)")
    }
    guard let expected = card["weights"]?["sha256"]?.string else {
      throw InteriorModelError(.notAModel, path: path, detail: "the model's card has no weights.sha256")
    }
    guard expected == hash else {
      throw InteriorModelError(
        .hashMismatch, path: path,
        detail: "the card is for weights \(expected.prefix(12))..., the file has \(hash.prefix(12))...")
    }
  }

  /// What each model says of the planet, in or out of its domain. The same observation and seed give the same.
  package func posteriors(for observation: InteriorObservation, seed: UInt64) -> [InteriorPosterior] {
    models.map { $0.network.posterior(for: observation, seed: seed, modelHash: $0.hash) }
  }
}
