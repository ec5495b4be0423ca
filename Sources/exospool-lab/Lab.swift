import ArgumentParser
import Foundation
import Observations
import PlainText

/// Simulate, train, evaluate: what is needed to make the shipped networks again, and nothing the daemon needs.
@main
struct Lab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool-lab",
    abstract: "Fit and retrieve atmospheres from spectra; make and judge the networks that exospool ships.",
    version: ExospoolVersion.current,
    subcommands: [
      Solve.self, FitSpectrum.self, Simulate.self, Train.self, Evaluate.self, Validate.self,
      DreamSpectrum.self, Opacity.self, Complete.self, Likelihood.self, TraceSensitivity.self,
    ])

  static func main() {
    let suggestion = Suggestion.ofCommand(
      CommandLine.arguments.dropFirst(), below: Self.self as any ParsableCommand.Type,
      children: { $0.configuration.subcommands }, name: { $0._commandName })
    if let suggestion {
      FileHandle.standardError.write(Data("exospool-lab: \(suggestion)\n".utf8))
      Foundation.exit(64)
    }
    main(nil)
  }
}
