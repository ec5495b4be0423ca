/// What methods are made from: the folders of a program, and what its operator has chosen.
package struct MethodResources: Sendable, Hashable {
  /// Holds networks as `.safetensors` files with their `.json` cards.
  package var modelsDirectory: String
  /// Holds the opacity tables of the forward model; `nil`: no method that needs them is in play.
  package var opacityDirectory: String?
  package var retrieval: RetrievalChoices
  /// What the answers rest on is traced to wavelengths.
  package var tracesSensitivity: Bool
  /// Among which a method may divide its work; findings do not depend on it.
  package var threads: Int

  package init(
    modelsDirectory: String, opacityDirectory: String? = nil, retrieval: RetrievalChoices = .init(),
    tracesSensitivity: Bool = true, threads: Int = 1
  ) {
    self.modelsDirectory = modelsDirectory
    self.opacityDirectory = opacityDirectory
    self.retrieval = retrieval
    self.tracesSensitivity = tracesSensitivity
    self.threads = threads
  }
}

/// How atmospheres are retrieved from spectra.
package struct RetrievalChoices: Sendable, Hashable {
  package enum Mode: String, Sendable, Hashable, CaseIterable {
    /// The posterior by the forward model.
    case posterior
    /// That of the published ExoGAN's training set, and ExoGAN's own answer beside it.
    case exoGAN2018 = "exogan-2018"
  }

  /// Spectra that the forward model may compute for one observation; 0: nothing is retrieved.
  package var spectra: Int
  /// After so long a retrieval is stopped, and says so; 0: nothing is retrieved.
  package var seconds: Double
  package var mode: Mode

  package static let usualSpectra = 4000
  package static let usualSeconds = 60.0

  package init(
    spectra: Int = usualSpectra, seconds: Double = usualSeconds, mode: Mode = .posterior
  ) {
    self.spectra = spectra
    self.seconds = seconds
    self.mode = mode
  }

  package var isOn: Bool { spectra > 0 && seconds > 0 }
}
