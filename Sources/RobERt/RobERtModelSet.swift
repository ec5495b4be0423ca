package import Analyses
import NeuralNetworks
package import Observations

/// The RobERts a program has at hand, one a kind of spectrum.
package struct RobERtModelSet: Sendable {
  /// Those that read users' spectra. `robert-2016`, of the paper's own task, is shipped for the record and reads none.
  package static let knownNames = ["robert-transmission", "robert-emission"]

  private let models: [(model: RobERtModel, hash: String)]
  private let encoder = SpectrumEncoder()

  package init(_ models: [(model: RobERtModel, hash: String)]) { self.models = models }

  package var identities: [NetworkIdentity] {
    models.map { NetworkIdentity(name: $0.model.name, sha256: $0.hash) }
  }

  /// Reads every known network that `directory` holds; none is no error.
  /// - Throws: where one is there but cannot be used.
  package static func load(directory: String) throws(RobERtModelError) -> RobERtModelSet {
    var models: [(RobERtModel, String)] = []
    for name in knownNames {
      if let found = try loadOne(name, directory: directory) { models.append(found) }
    }
    return RobERtModelSet(models)
  }

  /// One network by its name; nil where the directory has none.
  package static func loadOne(
    _ name: String, directory: String
  ) throws(RobERtModelError) -> (model: RobERtModel, hash: String)? {
    let file: ModelFile
    do {
      guard let found = try ModelFile.load(name, directory: directory) else { return nil }
      file = found
    } catch {
      throw RobERtModelError(
        path: error.path ?? "\(directory)/\(name).safetensors", detail: error.detail)
    }
    let model = try RobERtModel(file: file.weights, path: file.path)
    guard model.name == name else {
      throw RobERtModelError(path: file.path, detail: "the file holds the network \"\(model.name)\"")
    }
    return (model, file.hash)
  }

  /// What the network of the spectrum's kind recognises in it; nil where there is no such network, as for a star's flux.
  package func recognition(
    of spectrum: Spectrum, resampled: ResampledSpectrum, context: RecognitionContext
  ) -> MoleculeRecognition? {
    guard let (model, hash) = models.first(where: { $0.model.kind == spectrum.kind }) else { return nil }
    return model.recognition(
      of: SpectrumForRecognition(spectrum, resampled: resampled), context: context, encoder: encoder,
      hash: hash)
  }
}
