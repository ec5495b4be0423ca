/// What methods are made from: the folders of a program, and what its operator has chosen.
package struct MethodResources: Sendable, Hashable {
  /// Holds networks as `.safetensors` files with their `.json` cards.
  package var modelsDirectory: String
  /// Holds the opacity tables of the forward model; `nil`: no method that needs them is in play.
  package var opacityDirectory: String?
  package var retrieval: RetrievalChoices
  package var interiors: InteriorChoices
  /// What the answers rest on is traced to wavelengths.
  package var tracesSensitivity: Bool
  /// Among which a method may divide its work; findings do not depend on it.
  package var threads: Int

  package init(
    modelsDirectory: String, opacityDirectory: String? = nil, retrieval: RetrievalChoices = .init(),
    interiors: InteriorChoices = .init(), tracesSensitivity: Bool = true, threads: Int = 1
  ) {
    self.modelsDirectory = modelsDirectory
    self.opacityDirectory = opacityDirectory
    self.retrieval = retrieval
    self.interiors = interiors
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

  /// Spectra that the forward model may compute to sample one posterior, and as many at most to ask whether other gases explain what it shows; 0: nothing is retrieved.
  package var spectra: Int
  /// After so long a retrieval is stopped, and says so; 0: nothing is retrieved.
  package var seconds: Double
  package var mode: Mode

  package static let usualSpectra = 4000
  package static let usualSeconds = 120.0

  package init(
    spectra: Int = usualSpectra, seconds: Double = usualSeconds, mode: Mode = .posterior
  ) {
    self.spectra = spectra
    self.seconds = seconds
    self.mode = mode
  }

  package var isOn: Bool { spectra > 0 && seconds > 0 }
}

/// How planets' interiors are inferred.
package struct InteriorChoices: Sendable, Hashable {
  /// Planets that the forward model may solve for one posterior; 0: the networks alone answer.
  package var planets: Int
  package var starRelation: StarRelation

  package static let usualPlanets = 8000
  package static let networksAlone = InteriorChoices(planets: 0)

  package init(planets: Int = usualPlanets, starRelation: StarRelation = .usual) {
    self.planets = planets
    self.starRelation = starRelation
  }
}

/// What a star's composition says of its planets'.
package struct StarRelation: Sendable, Hashable {
  package enum Form: String, Sendable, Hashable, CaseIterable {
    /// A planet's Fe/(Mg+Si) is its star's.
    case oneToOne = "one-to-one"
    /// The steeper line of Adibekyan et al. 2021.
    case adibekyan2021 = "adibekyan-2021"
  }

  package var form: Form
  /// Of one to one, a standard deviation in ln of the ratio.
  package var scatter: Double

  package static let usualScatter = 0.25
  package static let usual = StarRelation()

  package init(form: Form = .oneToOne, scatter: Double = usualScatter) {
    self.form = form
    self.scatter = scatter
  }
}
