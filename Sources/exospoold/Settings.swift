import Analyses
import ArgumentParser
import ExospoolService
import Foundation
import Installation
import JobContract
import PlanetCatalogue
import PosixFiles
import SystemPackage

/// What `run` and `check` have in common: where the configuration comes from.
struct Settings: ParsableArguments {
  @Option(
    name: [.short, .customLong("configuration")],
    help: "The TOML file. Default: Etc/exospool.toml here, else /etc/exospool/exospool.toml, else none.")
  var file: String?

  @Option(help: "The spool's directory (spool_directory).")
  var spool: String?

  @Option(help: "The models' directory (models_directory).")
  var models: String?

  @Option(help: "The folder of planet records for spectra (catalogue_directory).")
  var catalogue: String?

  @Option(name: .customLong("set"), help: "A key of the configuration, as key=value; may be repeated.")
  var settings: [String] = []

  /// Reads and checks; every fault at once.
  func read() throws(ConfigurationError) -> Configuration {
    let (configuration, faults) = inspect()
    if !faults.isEmpty { throw ConfigurationError(faults: faults) }
    return configuration
  }

  /// The same, for a daemon: without the catalogue's folder every job would wait for ever. Opens none of its files.
  func readForServing() throws(ConfigurationError) -> Configuration {
    let configuration = try read()
    guard let catalogue = configuration.catalogueDirectory else { return configuration }
    do {
      _ = try CatalogueFolder(path: catalogue.string)
    } catch {
      throw ConfigurationError(faults: [error.description])
    }
    return configuration
  }

  /// What can be used of the configuration, and every fault.
  func inspect() -> (configuration: Configuration, faults: [String]) {
    var (configuration, faults) = ConfigurationReader.inspect(
      file: path, environment: environment, settings: all)
    if configuration.modelsDirectory.isEmpty {
      let folder = ResourceFolder.models
      if let found = folder.path(option: nil) {
        configuration.modelsDirectory = FilePath(found)
      } else {
        faults.append(folder.missing("networks", flag: "--models"))
      }
    }
    return (configuration, faults)
  }

  private var environment: [String: String] { ProcessInfo.processInfo.environment }

  private var all: [String] {
    settings
      + [
        spool.map { "spool_directory=\($0)" }, models.map { "models_directory=\($0)" },
        catalogue.map { "catalogue_directory=\($0)" },
      ].compactMap(\.self)
  }

  /// The file that is read; nil for none.
  var path: FilePath? {
    if let file { return FilePath(file) }
    return [FilePath("Etc/exospool.toml"), "/etc/exospool/exospool.toml"].first {
      (try? PosixFiles.status($0, followingLinks: true)) != nil
    }
  }
}

/// Ends the program with sentences on standard error and an exit status.
func fail(_ sentences: [String], _ status: ExitStatus) -> ExitCode {
  FileHandle.standardError.write(Data(sentences.map { "exospoold: \($0)\n" }.joined().utf8))
  return ExitCode(status.rawValue)
}

extension MethodResources {
  /// What the daemon's methods are made from.
  init(_ configuration: Configuration) {
    self.init(
      models: configuration.modelsDirectory.string, opacities: configuration.opacityDirectory?.string,
      retrieval: RetrievalChoices(
        spectra: configuration.retrievalSpectra, seconds: configuration.retrievalSeconds,
        mode: RetrievalChoices.Mode(rawValue: configuration.completionMode) ?? .posterior),
      interiors: InteriorChoices(
        planets: configuration.interiorPlanets,
        starRelation: StarRelation(
          form: StarRelation.Form(rawValue: configuration.starRelation) ?? .oneToOne,
          scatter: configuration.starRelationScatter)),
      tracesSensitivity: configuration.tracesSensitivity)
  }

  /// - Parameter opacities: `nil`: where they are found without being told.
  init(
    models: String, opacities: String?, retrieval: RetrievalChoices, interiors: InteriorChoices,
    tracesSensitivity: Bool
  ) {
    self.init(
      modelsDirectory: models, opacityDirectory: ResourceFolder.opacity.path(option: opacities),
      retrieval: retrieval, interiors: interiors, tracesSensitivity: tracesSensitivity)
  }
}
