import ArgumentParser
import Observations

/// Simulate, train, evaluate: what is needed to make the shipped networks again, and nothing the daemon needs.
@main
struct Lab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool-lab", abstract: "Make and judge the networks that exospool ships.",
    version: ExospoolVersion.current,
    subcommands: [
      Solve.self, FitSpectrum.self, Simulate.self, Train.self, Evaluate.self, Validate.self,
      DreamSpectrum.self, Opacity.self, Complete.self, Likelihood.self, TraceSensitivity.self,
    ])
}
