package import SystemPackage

/// The daemon's settings, checked. See `ConfigurationKey` for what each means and may be.
package struct Configuration: Sendable, Hashable {
  package var spoolDirectory: FilePath
  package var modelsDirectory: FilePath
  /// `nil`: no planets are looked up.
  package var catalogueDirectory: FilePath?
  /// `nil`: where they are found without being told.
  package var opacityDirectory: FilePath?
  package var completionMode: String
  package var retrievalSpectra: Int
  package var retrievalSeconds: Double
  package var interiorPlanets: Int
  package var starRelation: String
  package var starRelationScatter: Double
  package var seed: UInt64
  package var workers: Int
  package var settleSeconds: Double
  package var tableSettleSeconds: Double
  package var youngSeconds: Double
  package var rescanIntervalSeconds: Double
  package var attempts: Int
  package var retryDelaySeconds: Double
  package var retryDelayLimitSeconds: Double
  package var jobWallTimeSeconds: Double
  package var jobCPUTimeSeconds: Int
  package var jobMemoryBytes: UInt64
  package var inputSizeBytes: Int
  package var resultSizeBytes: UInt64
  package var minimumFreeBytes: UInt64
  package var stopTimeoutSeconds: Double
  package var logLevel: String

  /// From one value a key; `ConfigurationReader` has checked them.
  init(_ values: [String: ConfigurationValue]) {
    func text(_ key: String) -> String { values[key]?.text ?? "" }
    func integer(_ key: String) -> Int { values[key]?.integer ?? 0 }
    func number(_ key: String) -> Double { values[key]?.number ?? 0 }
    func bytes(_ key: String) -> Int { integer(key) << 20 }
    spoolDirectory = FilePath(text("spool_directory"))
    modelsDirectory = FilePath(text("models_directory"))
    catalogueDirectory = text("catalogue_directory").isEmpty ? nil : FilePath(text("catalogue_directory"))
    opacityDirectory = text("opacity_directory").isEmpty ? nil : FilePath(text("opacity_directory"))
    completionMode = text("completion_mode")
    retrievalSpectra = integer("retrieval_spectra")
    retrievalSeconds = number("retrieval_seconds")
    interiorPlanets = integer("interior_planets")
    starRelation = text("star_relation")
    starRelationScatter = number("star_relation_scatter")
    seed = UInt64(integer("seed"))
    workers = integer("workers")
    settleSeconds = number("settle_seconds")
    tableSettleSeconds = number("table_settle_seconds")
    youngSeconds = number("young_seconds")
    rescanIntervalSeconds = number("rescan_interval_seconds")
    attempts = integer("attempts")
    retryDelaySeconds = number("retry_delay_seconds")
    retryDelayLimitSeconds = number("retry_delay_limit_seconds")
    jobWallTimeSeconds = number("job_wall_time_seconds")
    jobCPUTimeSeconds = integer("job_cpu_time_seconds")
    jobMemoryBytes = UInt64(bytes("job_memory_megabytes"))
    inputSizeBytes = bytes("input_size_megabytes")
    resultSizeBytes = UInt64(bytes("result_size_megabytes"))
    minimumFreeBytes = UInt64(bytes("minimum_free_megabytes"))
    stopTimeoutSeconds = number("stop_timeout_seconds")
    logLevel = text("log_level")
  }

  /// Seconds to wait after the given number of attempts: doubled each time, up to the limit.
  package func retryDelay(afterAttempt attempt: Int) -> Double {
    var delay = retryDelaySeconds
    for _ in 1..<max(1, min(attempt, 64)) { delay *= 2 }
    return min(delay, retryDelayLimitSeconds)
  }
}

/// The value of a key.
enum ConfigurationValue: Sendable, Hashable {
  case text(String)
  case integer(Int)
  case number(Double)

  var text: String? { if case .text(let value) = self { value } else { nil } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .text: nil
    }
  }
}
