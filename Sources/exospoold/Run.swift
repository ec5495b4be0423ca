import Analyses
import ArgumentParser
import ExospoolService
import Foundation
import Logging
import Pipeline
import ServiceLifecycle
import SpoolQueue

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a spool.",
    discussion: """
      SIGTERM and Ctrl-C finish the jobs in hand; SIGHUP reads the configuration again and opens the logs anew. A \
      configuration that could not be started with is refused, and the old one stays.

      Workers give up their rights before they open a file: system calls but those that parsing takes (seccomp), all \
      files but the models, the catalogue, the opacity tables and active/, which they read, and a folder of their own, \
      into which they write (Landlock, where the kernel has it).

      Examples:
        exospoold run
        exospoold run --spool /data/spool --create --once
      """)

  @OptionGroup var settings: Settings

  @Flag(help: "End when inbox, active and deferred are empty.")
  var once = false

  @Flag(help: "Make the spool's directories where they are missing.")
  var create = false

  @Option(help: ArgumentHelp("The program to run as worker.", visibility: .private))
  var workerExecutable = "/proc/self/exe"

  func run() async throws {
    let configuration: Configuration
    do {
      configuration = try settings.readForServing()
    } catch {
      throw fail(error.faults, .configuration)
    }
    let (models, command): ([String], WorkerCommand)
    do {
      (models, command) = try Self.serving(configuration, by: workerExecutable)
    } catch {
      throw fail(error.faults, .configuration)
    }
    let environment = ProcessInfo.processInfo.environment
    let handler = ServiceLogHandler(environment: environment)
    LoggingSystem.bootstrap { _ in handler }
    var logger = Logger(label: "exospoold")
    logger.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
    logger.log(
      .notice, .modelsFound,
      ["directory": "\(configuration.modelsDirectory)", "models": "\(models.joined(separator: ","))"])

    do {
      if create { try SpoolQueue.create(at: configuration.spoolDirectory) }
      let queue = try SpoolQueue(root: configuration.spoolDirectory)
      let supervisor = try Supervisor(
        queue: queue, configuration: configuration, command: command, logger: logger,
        manager: ServiceManager(environment: environment))
      // A worker that has gone is an error of a write, not the daemon's end.
      signal(SIGPIPE, SIG_IGN)
      WorkerConfinement.hideSupervisor()
      let watched = [SpoolDirectory.inbox, .deferred].map { queue.path($0).string }
      do {
        try await services(supervisor, watching: watched, logger: logger).run()
      } catch let error as SpoolError {
        throw fail([error.sentence], error.mayPass ? .temporary : .internalFault)
      }
    } catch let error as SpoolError {
      throw fail([error.sentence], error.mayPass ? .temporary : .configuration)
    }
  }

  /// The models' names, and how to start workers, which load them for themselves and must find the same.
  /// - Throws: where there are none that can be used, for every job would wait for ever.
  private static func serving(
    _ configuration: Configuration, by workerExecutable: String
  ) throws(ConfigurationError) -> (models: [String], command: WorkerCommand) {
    let pipeline: AnalysisPipeline
    do {
      pipeline = try AnalysisPipeline(MethodResources(configuration), seed: configuration.seed)
    } catch {
      throw ConfigurationError(faults: ["\(error)"])
    }
    let command = WorkerCommand(
      executable: workerExecutable,
      arguments: [
        "worker", "--models", configuration.modelsDirectory.string, "--seed", "\(configuration.seed)",
        "--retrieval-spectra", "\(configuration.retrievalSpectra)",
        "--retrieval-seconds", "\(configuration.retrievalSeconds)",
        "--completion-mode", configuration.completionMode,
        "--interior-planets", "\(configuration.interiorPlanets)",
        "--star-relation", configuration.starRelation,
        "--star-relation-scatter", "\(configuration.starRelationScatter)",
        configuration.tracesSensitivity ? "--sensitivity" : "--no-sensitivity",
      ] + (configuration.catalogueDirectory.map { ["--catalogue", $0.string] } ?? [])
        + (configuration.opacityDirectory.map { ["--opacities", $0.string] } ?? []),
      models: pipeline.identity)
    return (pipeline.modelNames, command)
  }

  private func services(
    _ supervisor: Supervisor, watching directories: [String], logger: Logger
  ) -> ServiceGroup {
    let (settings, workerExecutable) = (settings, workerExecutable)
    return ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: HintService(supervisor, directories: directories, logger: logger)),
          .init(
            service: ReloadService(
              supervisor, logger: logger,
              read: { () throws(ConfigurationError) in
                let configuration = try settings.readForServing()
                return (configuration, try Self.serving(configuration, by: workerExecutable).command)
              })),
          .init(
            service: SupervisorService(supervisor, mode: once ? .once : .forever),
            successTerminationBehavior: .gracefullyShutdownGroup),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }))
  }
}
