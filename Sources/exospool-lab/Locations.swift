import ArgumentParser
import Installation

/// Which opacity tables a command reads.
struct OpacityLocation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout's Etc/opacity, else "
        + "/usr/share/exospool/opacity.", valueName: "dir"), completion: .directory)
  var opacities: String?

  func directory() throws -> String {
    try ResourceFolder.opacity.path(option: opacities, for: "opacity tables", flag: "--opacities")
  }
}

/// Which networks a command judges.
struct ModelsLocation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory of the weights and cards. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout's Etc/models, else "
        + "/usr/share/exospool/models.", valueName: "dir"), completion: .directory)
  var models: String?

  func directory() throws -> String {
    try ResourceFolder.models.path(option: models, for: "networks", flag: "--models")
  }
}

/// Where a command puts the networks it makes.
struct ModelsDestination: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory for the weights and the card. Default: as evaluate finds --models.", valueName: "dir"),
    completion: .directory)
  var output: String?

  func directory() throws -> String {
    try ResourceFolder.models.path(option: output, for: "networks", flag: "--output")
  }
}

/// Where a command puts the opacity tables it makes.
struct OpacityDestination: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory to write to. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout's Etc/opacity, else "
        + "/usr/share/exospool/opacity.", valueName: "dir"), completion: .directory)
  var output: String?

  func directory() throws -> String {
    try ResourceFolder.opacity.path(option: output, for: "opacity tables", flag: "--output")
  }
}

extension ResourceFolder {
  /// - Throws: a sentence where no folder is there.
  func path(option: String?, for what: String, flag: String) throws -> String {
    guard let path = path(option: option) else { throw ValidationError(missing(what, flag: flag) + ".") }
    return path
  }
}
