import Analyses
import ArgumentParser
import ExospoolService
import Pipeline
import PlanetCatalogue
import SpoolQueue

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say everything that is wrong with a configuration, at once.",
    discussion: """
      Checks the file, the environment, the spool's directories, the models and the catalogue, whose records are all \
      read; one that cannot be is named, and is no fault. Lists the models found, and says how workers \
      are confined. Exit status 0 when all is well, 78 when not.

      Examples:
        exospoold check
        exospoold check --catalogue ~/open_exoplanet_catalogue/systems
        exospoold check --configuration /etc/exospool/exospool.toml
        exospoold check --print-default > exospool.toml

      KEYS
      \(ConfigurationKey.all.map { "  \($0.name): \($0.summary)\n      \($0.meaning)" }.joined(separator: "\n"))
      """)

  @OptionGroup var settings: Settings

  @Flag(help: "Print a commented configuration with all defaults, and check nothing.")
  var printDefault = false

  func run() throws {
    if printDefault {
      print(ConfigurationKey.file, terminator: "")
      return
    }
    var (configuration, faults) = settings.inspect()
    do {
      _ = try SpoolQueue(root: configuration.spoolDirectory)
    } catch {
      faults.append(error.sentence)
    }
    var models: [String] = []
    do {
      models = try AnalysisPipeline(MethodResources(configuration), seed: configuration.seed).modelNames
    } catch {
      faults.append("\(error)")
    }
    var catalogue: PlanetCatalogue?
    do {
      catalogue = try configuration.catalogueDirectory.map { directory throws(CatalogueError) in
        try PlanetCatalogue(directory: directory.string)
      }
    } catch {
      faults.append("\(error)")
    }
    if !faults.isEmpty { throw fail(faults, .configuration) }
    print("models \(configuration.modelsDirectory.string): \(models.joined(separator: ", "))")
    if let catalogue { report(catalogue) }
    print(WorkerConfinement.sentence)
    print(
      "\(settings.path?.string ?? "the defaults"): no fault; spool \(configuration.spoolDirectory.string)")
  }

  private func report(_ catalogue: PlanetCatalogue) {
    print(
      "catalogue \(catalogue.directory): \(catalogue.planetCount) planets in \(catalogue.fileCount) files, "
        + "SHA-256 \(catalogue.hash)")
    if catalogue.faults.isEmpty { return }
    print("  left out, as they cannot be read (\(catalogue.faults.count)):")
    for fault in catalogue.faults { print("  \(fault.sentence)") }
  }
}
