import ArgumentParser

struct Opacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, import and look at opacity tables.",
    subcommands: [
      MakeOpacity.self, RecoverOpacity.self, ImportOpacity.self, ShowOpacity.self, CompareOpacity.self,
      RetrieveOpacity.self, ListBands.self,
    ])
}
