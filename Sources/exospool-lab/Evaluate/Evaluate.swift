import ArgumentParser

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a network on what it was never trained on.",
    subcommands: [
      EvaluateInterior.self, EvaluateInteriorPosterior.self, EvaluateRobERt.self, EvaluateExoGAN.self,
      EvaluateCompletion.self, EvaluateCells.self, EvaluateVerdicts.self, EvaluatePhysics.self,
      EvaluateSensitivity.self,
    ])
}

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare a forward model with measurements and other codes.",
    subcommands: [ValidateInteriors.self, ValidateEquations.self])
}
