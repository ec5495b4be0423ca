import PosixFiles
import SpoolQueue
import SystemPackage

/// What monitoring wants to know, as OpenMetrics text (openmetrics.io, version 1.0.0) for a textfile collector.
struct ServiceMetrics: Sendable {
  /// What is counted since the daemon started.
  private(set) var outcomes: [JobState: Int] = [:]
  private var durationCounts = [Int](repeating: 0, count: durationBounds.count + 1)
  private var durationSum = 0.0
  var workerStarts = 0
  var workerEnds = 0

  /// What a look at the spool finds.
  struct Depths: Sendable {
    var submitted = 0
    var refused = 0
    var deferred = 0
    var inHand = 0
    /// Seconds.
    var oldestWaiting = 0.0
    var bytesFree: UInt64?
    var isPaused = false
  }

  /// Upper bounds of the classes of durations, seconds.
  private static let durationBounds = [0.1, 0.3, 1, 3, 10, 30, 100, 300]
  private static let ends: [JobState] = [.done, .duplicate, .corrupt, .failed]

  func count(_ state: JobState) -> Int { outcomes[state] ?? 0 }

  mutating func note(_ state: JobState) { outcomes[state, default: 0] += 1 }

  /// - Parameter seconds: from the claim of a job until its worker has answered.
  mutating func note(duration seconds: Double) {
    durationCounts[Self.durationBounds.firstIndex { seconds <= $0 } ?? Self.durationBounds.count] += 1
    durationSum += seconds
  }

  func text(_ depths: Depths) -> String {
    var lines: [String] = []
    func family(_ name: String, _ type: String, _ help: String, _ samples: [String]) {
      lines += ["# TYPE exospool_\(name) \(type)", "# HELP exospool_\(name) \(help)"]
      lines += samples.map { "exospool_\(name)\($0)" }
    }
    let queue = [
      ("submitted", depths.submitted), ("refused", depths.refused), ("deferred", depths.deferred),
      ("claimed", depths.inHand),
    ]
    family(
      "jobs", "gauge", "Jobs by state; refused: files in the inbox that cannot be taken.",
      queue.map { "{state=\"\($0)\"} \($1)" })
    family(
      "oldest_waiting_seconds", "gauge", "For how long the oldest file waits in the inbox.",
      [" \(depths.oldestWaiting)"])
    family(
      "outcomes", "counter", "Jobs that have ended, by outcome.",
      Self.ends.map { "_total{outcome=\"\($0.rawValue)\"} \(count($0))" })
    var cumulative = 0
    var buckets: [String] = []
    for (bound, count) in zip(Self.durationBounds.map { "\($0)" } + ["+Inf"], durationCounts) {
      cumulative += count
      buckets.append("_bucket{le=\"\(bound)\"} \(cumulative)")
    }
    family(
      "job_seconds", "histogram", "Seconds from the claim of a job until its worker has answered.",
      buckets + ["_count \(cumulative)", "_sum \(durationSum)"])
    family("worker_starts", "counter", "Worker processes started.", ["_total \(workerStarts)"])
    family("worker_ends", "counter", "Workers that ended with a job in hand.", ["_total \(workerEnds)"])
    family("paused", "gauge", "1 while nothing is taken.", [" \(depths.isPaused ? 1 : 0)"])
    if let bytes = depths.bytesFree {
      family("free_bytes", "gauge", "Bytes free on the spool's disk.", [" \(bytes)"])
    }
    return (lines + ["# EOF"]).joined(separator: "\n") + "\n"
  }

  /// Replaces the file as a whole: who reads it never finds half of it.
  func write(_ depths: Depths, to path: FilePath) throws(FileError) {
    try PosixFiles.replace(path, with: Array(text(depths).utf8), synchronizingDirectory: false)
  }
}
