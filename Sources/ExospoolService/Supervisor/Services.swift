import DirectoryEvents
package import Logging
import ServiceLifecycle
import SpoolQueue
import UnixSignals

/// The supervisor as a service: a graceful shutdown lets the jobs in hand end.
package struct SupervisorService: Service {
  private let supervisor: Supervisor
  private let mode: Supervisor.Mode

  package init(_ supervisor: Supervisor, mode: Supervisor.Mode) {
    self.supervisor = supervisor
    self.mode = mode
  }

  package func run() async throws {
    _ = try await withGracefulShutdownHandler {
      try await supervisor.run(mode)
    } onGracefulShutdown: {
      Task { await supervisor.stop() }
    }
  }
}

/// Turns events in the watched directories into hints. Without events the periodic scan goes on alone.
package struct HintService: Service {
  private let supervisor: Supervisor
  private let directories: [String]
  private let logger: Logger

  /// - Parameter directories: the inbox, and deferred/, where the operator's tool puts jobs to be tried again.
  package init(_ supervisor: Supervisor, directories: [String], logger: Logger) {
    self.supervisor = supervisor
    self.directories = directories
    self.logger = logger
  }

  package func run() async throws {
    do {
      let (arrivals, inbox) = (supervisor.arrivals, directories.first)
      let events = try DirectoryEvents(watching: directories) { event in
        if event.directory == inbox { arrivals.hear(event, monotonic: monotonicSeconds()) }
      }
      logger.log(.debug, .watching, ["path": "\(directories.joined(separator: " "))"])
      try await withGracefulShutdownHandler {
        for await event in events {
          if event != .changed { arrivals.forget() }
          if event == .watchLost {
            logger.log(
              .error, .notWatching, ["reason": "a watched directory was moved, removed or unmounted"])
          }
          await supervisor.look()
        }
        try await gracefulShutdown()
      } onGracefulShutdown: {
        events.stop()
      }
    } catch let error as DirectoryEventsError {
      logger.log(
        .warning, .notWatching, ["reason": "\(error)", "instead": "the inbox is looked through by timer"])
      try await gracefulShutdown()
    }
  }
}

/// SIGHUP: the configuration is read again and the logs are opened anew.
package struct ReloadService: Service {
  private let supervisor: Supervisor
  private let logger: Logger
  private let read: @Sendable () throws(ConfigurationError) -> Configuration

  package init(
    _ supervisor: Supervisor, logger: Logger,
    read: @escaping @Sendable () throws(ConfigurationError) -> Configuration
  ) {
    self.supervisor = supervisor
    self.logger = logger
    self.read = read
  }

  package func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
      do {
        await supervisor.reload(try read())
      } catch {
        await supervisor.keepConfiguration()
        logger.log(.error, .reloadRefused, ["reason": "\(error.faults.joined(separator: "; "))"])
      }
    }
  }
}
