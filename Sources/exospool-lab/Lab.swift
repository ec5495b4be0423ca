import ArgumentParser

/// Simulate, train, evaluate: what is needed to make the shipped networks again, and nothing the daemon needs.
@main
struct Lab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool-lab", abstract: "Make and judge the networks that exospool ships.",
    subcommands: [Simulate.self, Train.self, Evaluate.self])
}

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a training set with the forward models.", subcommands: [SimulateInteriors.self])
}

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network on a simulated set.", subcommands: [TrainInterior.self])
}

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a network on what it was never trained on.", subcommands: [EvaluateInterior.self])
}
