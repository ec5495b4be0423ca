import ArgumentParser
import ExospoolService
import Glibc
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
    if let variable = Environment.value("EXOSPOOL_SPOOL_DIRECTORY") { return variable }
    if let installed = try InstalledConfiguration.read() { return installed.spoolDirectory.string }
    if let checkout = Checkout.directory("Spool") { return checkout }
    throw ToolError(.configuration, "no spool is known; name it with --spool or EXOSPOOL_SPOOL_DIRECTORY")
  }

  func open() throws(ToolError) -> SpoolQueue {
    let directory = try directory()
    do { return try SpoolQueue(root: FilePath(directory)) } catch { throw ToolError(error) }
  }
}

/// A checkout that the program runs from, if it does.
enum Checkout {
  /// `relative` below the nearest directory above the program that has it.
  static func directory(_ relative: String, above program: String? = Self.program) -> String? {
    guard var path = program else { return nil }
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      let candidate = path + "/" + relative
      if Files.isDirectory(candidate) && access(path + "/Package.swift", F_OK) == 0 { return candidate }
    }
    return nil
  }

  private static var program: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}

enum ModelsLocation {
  static let installed = "/usr/share/exospool/models"

  static func directory(option: String?) throws(ToolError) -> String {
    if let option { return option }
    if let variable = Environment.value("EXOSPOOL_MODELS_DIRECTORY") { return variable }
    if let checkout = Checkout.directory("Etc/models") { return checkout }
    if let configuration = try InstalledConfiguration.read() { return configuration.modelsDirectory.string }
    if Files.isDirectory(installed) { return installed }
    throw ToolError(
      .configuration,
      "no networks found in \(installed); name their directory with --models or EXOSPOOL_MODELS_DIRECTORY")
  }
}

enum CatalogueLocation {
  /// `nil`: no planets are looked up.
  static func directory(option: String?) throws(ToolError) -> String? {
    if let option { return option }
    if let variable = Environment.value("EXOSPOOL_CATALOGUE_DIRECTORY") { return variable }
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

enum Environment {
  /// The variable's value; `nil` where it is not set or empty.
  static func value(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
