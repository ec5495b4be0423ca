import ArgumentParser

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the forward models: training sets and single spectra.",
    subcommands: [SimulateInteriors.self, SimulateSet.self, SimulateSpectrum.self])
}

struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a forward model once.", subcommands: [SolveInterior.self])
}
