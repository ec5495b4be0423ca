import ArgumentParser

/// Simulate, train, evaluate: what is needed to make the shipped networks again, and nothing the daemon needs.
@main
struct Lab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool-lab", abstract: "Make and judge the networks that exospool ships.",
    subcommands: [
      Solve.self, FitSpectrum.self, Simulate.self, Train.self, Evaluate.self, Validate.self,
      DreamSpectrum.self, Opacity.self,
    ])
}

struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a forward model once.", subcommands: [SolveInterior.self])
}

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare a forward model with measurements and other codes.",
    subcommands: [ValidateInteriors.self])
}

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the forward models: training sets and single spectra.",
    subcommands: [SimulateInteriors.self, SimulateSet.self, SimulateSpectrum.self])
}

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network on a simulated set.", subcommands: [TrainInterior.self, TrainRobERt.self])
}

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a network on what it was never trained on.",
    subcommands: [EvaluateInterior.self, EvaluateRobERt.self])
}
