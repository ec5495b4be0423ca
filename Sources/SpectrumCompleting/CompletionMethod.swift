package import Analyses
import Atmospheres
import ExoGAN
package import Observations
import OpacityFiles
import Retrieval
import SpectralPrior
import Units

/// Completes a transit or eclipse spectrum: the posterior of the atmosphere, to which a network proposes and the forward model
/// decides, and with it the whole spectrum; on request the published ExoGAN beside it.
package struct CompletionMethod: SpectrumMethod {
  let limits: RetrievalChoices
  let threads: Int
  let spaces: [RetrievalSpace]
  let exoGAN: ExoGANReference?
  /// SHA-256 over the opacity tables, hexadecimal.
  let opacities: String

  /// No model, and a budget of nothing, are no error: spectra are then not completed.
  package init(_ resources: MethodResources) throws {
    limits = resources.retrieval
    threads = resources.threads
    guard limits.isOn else {
      (spaces, exoGAN, opacities) = ([], nil, "")
      return
    }
    let isReference = limits.mode == .exoGAN2018
    let models = try AtmosphereSpace.Name.allCases.filter { $0 != .exoGAN2018 || isReference }
      .compactMap { try CompletionModelSet.loadOne($0, directory: resources.modelsDirectory) }
    exoGAN = isReference ? try ExoGANReference.load(directory: resources.modelsDirectory) : nil
    guard !models.isEmpty else {
      (spaces, opacities) = ([], "")
      return
    }
    guard let directory = resources.opacityDirectory else { throw CompletionError.noOpacities }
    let library = try OpacityLibrary(directory: directory)
    spaces = try models.map { model, hash in
      RetrievalSpace(model: model, hash: hash, forward: try library.model(model.space.configuration))
    }
    opacities = library.hash
  }

  package var isInPlay: Bool { !spaces.isEmpty || exoGAN != nil }

  package var networks: [NetworkIdentity] {
    spaces.map(\.identity) + (exoGAN.map { [$0.identity] } ?? [])
  }

  package var choices: [String] {
    [
      "retrieval_spectra \(limits.spectra)", "completion_mode \(limits.mode.rawValue)",
      "opacities \(opacities)",
    ]
  }
}

/// Atmospheres that a spectrum may be of, with what chooses among them.
struct RetrievalSpace: Sendable {
  let model: CompletionModel
  /// SHA-256 of the model's weights, hexadecimal.
  let hash: String
  let forward: SpectrumModel

  var name: AtmosphereSpace.Name { model.space.name }
  var identity: NetworkIdentity { NetworkIdentity(name: model.name, sha256: hash) }

  /// The model proposes, the forward model decides.
  func retrieve(
    _ observation: SpectralObservation, settings: RetrievalSettings, seed: UInt64
  ) throws(RetrievalEngine.Failure) -> RetrievedPosterior {
    let reading = model.frontEnd.reading(of: observation)
    return try RetrievalEngine(space: model.space, forward: forward, surrogate: model.emulator).retrieve(
      observation, level: reading?.level.mean,
      proposal: reading.map { model.proposals.density(given: model.frontEnd.features($0, observation)) },
      settings: settings, seed: seed)
  }
}

extension ExoGANReference {
  var identity: NetworkIdentity { NetworkIdentity(name: model.name, sha256: hash) }
}

/// Why spectra cannot be completed, though there is a model to do it with.
package enum CompletionError: Error, Sendable, Hashable, CustomStringConvertible {
  case noOpacities

  package var description: String {
    "atmospheres are retrieved with opacity tables, and none are found: name their directory (opacity_directory, "
      + "EXOSPOOL_OPACITY_DIRECTORY), or set retrieval_spectra to 0"
  }
}
