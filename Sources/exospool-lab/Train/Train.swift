import ArgumentParser

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network on a simulated set.",
    subcommands: [
      TrainInterior.self, TrainRobERt.self, TrainExoGAN.self, TrainCompletion.self,
      TrainSensitivity.self, TrainPoints.self,
    ])
}
