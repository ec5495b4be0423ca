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
      SIGTERM and Ctrl-C finish the jobs in hand; SIGHUP reads the configuration again and opens the logs anew.

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
    let models = try models(of: configuration)
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
        queue: queue, configuration: configuration, logger: logger,
        manager: ServiceManager(environment: environment), makeCommand: makeCommand)
      // A worker that has gone is an error of a write, not the daemon's end.
      signal(SIGPIPE, SIG_IGN)
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

  /// Without models every job would wait for ever: say so now. The workers load them for themselves, and they alone open
  /// the catalogue's records.
  private func models(of configuration: Configuration) throws -> [String] {
    do {
      return try AnalysisPipeline(MethodResources(configuration), seed: configuration.seed).modelNames
    } catch {
      throw fail(["\(error)"], .configuration)
    }
  }

  private var makeCommand: @Sendable (Configuration) -> WorkerCommand {
    { [workerExecutable] configuration in
      WorkerCommand(
        executable: workerExecutable,
        arguments: [
          "worker", "--models", configuration.modelsDirectory.string, "--seed", "\(configuration.seed)",
          "--retrieval-spectra", "\(configuration.retrievalSpectra)",
          "--retrieval-seconds", "\(configuration.retrievalSeconds)",
          "--completion-mode", configuration.completionMode,
          configuration.tracesSensitivity ? "--sensitivity" : "--no-sensitivity",
        ] + (configuration.catalogueDirectory.map { ["--catalogue", $0.string] } ?? [])
          + (configuration.opacityDirectory.map { ["--opacities", $0.string] } ?? []))
    }
  }

  private func services(
    _ supervisor: Supervisor, watching directories: [String], logger: Logger
  ) -> ServiceGroup {
    let settings = settings
    return ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: HintService(supervisor, directories: directories, logger: logger)),
          .init(
            service: ReloadService(
              supervisor, logger: logger,
              read: { () throws(ConfigurationError) in try settings.readForServing() })),
          .init(
            service: SupervisorService(supervisor, mode: once ? .once : .forever),
            successTerminationBehavior: .gracefullyShutdownGroup),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }))
  }
}
