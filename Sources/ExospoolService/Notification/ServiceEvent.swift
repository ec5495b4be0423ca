package import Logging

/// What the daemon logs: a constant message and an id, by which `journalctl MESSAGE_ID=` finds all of a kind.
package enum ServiceEvent: String, Sendable, CaseIterable {
  case modelsFound = "models found"
  case started = "started"
  case stopped = "stopped"
  case reloaded = "configuration reloaded"
  case reloadRefused = "configuration not reloaded"
  case claimed = "job claimed"
  case done = "job done"
  case duplicate = "job is a duplicate"
  case deferred = "job deferred"
  case corrupt = "job corrupt"
  case failed = "job failed"
  case recovered = "job recovered"
  case passedOver = "left in the inbox"
  case workerEnded = "worker ended"
  case intakePaused = "intake paused"
  case intakeResumed = "intake resumed"
  case filesUnconfined = "workers may read what the service may"
  case metricsFault = "metrics not written"
  case watching = "watching the inbox"
  case notWatching = "not watching the inbox"
  case spoolFault = "spool fault"

  /// 128 bits, hexadecimal: a fixed prefix and the FNV-1a hash of the message, so that it changes with it only.
  package var messageID: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "6578 6f73 706f 6f6c".replacing(" ") + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension String {
  fileprivate func replacing(_ character: Character) -> String { filter { $0 != character } }
}

extension Logger {
  /// Logs a transition: the constant message, the data as metadata.
  package func log(_ level: Level, _ event: ServiceEvent, _ metadata: Metadata = [:]) {
    log(
      level: level, "\(event.rawValue)",
      metadata: metadata.merging(["event.id": "\(event.messageID)"]) { a, _ in a })
  }
}
