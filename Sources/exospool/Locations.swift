import ArgumentParser
import ExospoolService
import Glibc
import Installation
import SpoolQueue
import SystemPackage

/// Which spool a command means.
struct SpoolLocation: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The spool's directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else "
        + "the checkout's Spool.", valueName: "dir"), completion: .directory)
  var spool: String?
}

extension SpoolLocation {
  func directory() throws(ToolError) -> String {
    if let spool { return spool }
    if let variable = EnvironmentVariable.value("EXOSPOOL_SPOOL_DIRECTORY") { return variable }
    if let installed = try InstalledConfiguration.read() { return installed.spoolDirectory.string }
    if let checkout = Checkout.directory("Spool") { return checkout }
    throw ToolError(.configuration, "no spool is known; name it with --spool or EXOSPOOL_SPOOL_DIRECTORY")
  }

  func open() throws(ToolError) -> SpoolQueue {
    let directory = try directory()
    do { return try SpoolQueue(root: FilePath(directory)) } catch { throw ToolError(error) }
  }

  /// The same to move jobs, as the user whose spool it is.
  func openForMoving() throws(ToolError) -> SpoolQueue {
    let queue = try open()
    try SpoolOwner.become(ownerOf: queue)
    return queue
  }
}

enum ModelsLocation {
  static func directory(option: String?) throws(ToolError) -> String {
    let folder = ResourceFolder.models
    let path = try folder.path(option: option) { () throws(ToolError) in
      guard let directory = try InstalledConfiguration.read()?.modelsDirectory, !directory.isEmpty else {
        return nil
      }
      return directory.string
    }
    guard let path else { throw ToolError(.configuration, folder.missing("networks", flag: "--models")) }
    return path
  }
}

enum OpacityLocation {
  /// `nil` where no folder is there.
  static func directory(option: String?) throws(ToolError) -> String? {
    try ResourceFolder.opacity.path(option: option) { () throws(ToolError) in
      try InstalledConfiguration.read()?.opacityDirectory?.string
    }
  }
}

enum CatalogueLocation {
  /// `nil`: no planets are looked up.
  static func directory(option: String?) throws(ToolError) -> String? {
    if let option { return option }
    if let variable = EnvironmentVariable.value("EXOSPOOL_CATALOGUE_DIRECTORY") { return variable }
    return try InstalledConfiguration.read()?.catalogueDirectory?.string
  }
}

/// What the installed daemon was told.
enum InstalledConfiguration {
  static let path = "/etc/exospool/exospool.toml"

  static var isThere: Bool { access(path, R_OK) == 0 }

  /// `nil` where nothing is installed.
  static func read() throws(ToolError) -> Configuration? {
    guard isThere else { return nil }
    do {
      return try ConfigurationReader.read(file: FilePath(path), environment: [:], settings: [])
    } catch {
      throw ToolError(.configuration, error.faults.joined(separator: "; "))
    }
  }
}
