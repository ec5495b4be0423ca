package import Analyses
import NeuralNetworks

/// The completion models a program has at hand, one a space.
package struct CompletionModelSet: Sendable {
  package let models: [(model: CompletionModel, hash: String)]

  package init(_ models: [(model: CompletionModel, hash: String)]) { self.models = models }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.model.name, sha256: $0.hash) }
  }

  package subscript(space: AtmosphereSpace.Name) -> CompletionModel? {
    models.first { $0.model.space.name == space }?.model
  }

  /// Reads every completion model that `directory` holds; none is no error.
  /// - Throws: where one is there but cannot be used.
  package static func load(directory: String) throws(CompletionModelError) -> CompletionModelSet {
    var models: [(CompletionModel, String)] = []
    for space in AtmosphereSpace.Name.allCases {
      if let found = try loadOne(space, directory: directory) { models.append(found) }
    }
    return CompletionModelSet(models)
  }

  /// One model; nil where the directory has none.
  package static func loadOne(
    _ space: AtmosphereSpace.Name, directory: String
  ) throws(CompletionModelError) -> (model: CompletionModel, hash: String)? {
    let name = CompletionModel.name(space)
    let file: ModelFile
    do {
      guard let found = try ModelFile.load(name, directory: directory) else { return nil }
      file = found
    } catch {
      throw CompletionModelError(
        path: error.path ?? "\(directory)/\(name).safetensors", detail: error.detail)
    }
    let model = try CompletionModel(file: file.weights, path: file.path)
    guard model.space.name == space else {
      throw CompletionModelError(path: file.path, detail: "the file holds the model \"\(model.name)\"")
    }
    return (model, file.hash)
  }
}
