import ArgumentParser
import ExospoolService
import InteriorMDN
import Pipeline
import SpoolQueue

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say everything that is wrong with a configuration, at once.",
    discussion: """
      Checks the file, the environment, the spool's directories and the models. Exit status 0 when all is well, 78 when not.

      Examples:
        exospoold check
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
      faults.append(error.message)
    }
    do {
      _ = try AnalysisPipeline(
        modelsDirectory: configuration.modelsDirectory.string, seed: configuration.seed)
    } catch {
      faults.append("\(error)")
    }
    if !faults.isEmpty { throw fail(faults, ExitStatus.configuration) }
    print(
      "\(settings.path?.string ?? "the defaults"): no fault; spool \(configuration.spoolDirectory.string)")
  }
}
