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
    var wait = Self.shortestWait
    var isSaid = false
    // Cancelled where another service has failed: no pause would hold.
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      do {
        try await hear()
        // Lost: the directory may be there again at once.
        (wait, isSaid) = (Self.shortestWait, false)
      } catch let error as DirectoryEventsError where error.code == .alreadyWatching {
        // The thread of the watcher before lives for a second.
      } catch let error as DirectoryEventsError {
        if !isSaid {
          logger.log(
            .warning, .notWatching, ["reason": "\(error)", "instead": "the inbox is looked through by timer"])
        }
        isSaid = true
      }
      try? await cancelWhenGracefulShutdown { [wait] in try await Task.sleep(for: .seconds(wait)) }
      wait = min(2 * wait, Self.longestWait)
    }
  }

  /// Seconds between two attempts to watch.
  private static let shortestWait = 1.0
  private static let longestWait = 60.0

  /// Until the directories can no longer be watched, or the service stops.
  private func hear() async throws {
    let (arrivals, inbox) = (supervisor.arrivals, directories.first)
    let events = try DirectoryEvents(watching: directories) { event in
      if event.directory == inbox { arrivals.hear(event, monotonic: monotonicSeconds()) }
    }
    logger.log(.debug, .watching, ["path": "\(directories.joined(separator: " "))"])
    await withGracefulShutdownHandler {
      for await event in events {
        if event != .changed { arrivals.forget() }
        if event == .watchLost {
          logger.log(
            .error, .notWatching, ["reason": "a watched directory was moved, removed or unmounted"])
          events.stop()
        }
        await supervisor.look()
        if event == .watchLost { break }
      }
    } onGracefulShutdown: {
      events.stop()
    }
    arrivals.forget()
  }
}

/// SIGHUP: the configuration is read again and the logs are opened anew.
package struct ReloadService: Service {
  private let supervisor: Supervisor
  private let logger: Logger
  private let read: @Sendable () throws(ConfigurationError) -> (Configuration, WorkerCommand)

  package init(
    _ supervisor: Supervisor, logger: Logger,
    read: @escaping @Sendable () throws(ConfigurationError) -> (Configuration, WorkerCommand)
  ) {
    self.supervisor = supervisor
    self.logger = logger
    self.read = read
  }

  package func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
      do {
        let (configuration, command) = try read()
        await supervisor.reload(configuration, command: command)
      } catch {
        await supervisor.keepConfiguration()
        logger.log(.error, .reloadRefused, ["reason": "\(error.faults.joined(separator: "; "))"])
      }
    }
  }
}
