/// A key of the configuration: what it means, what it may be. `Etc/exospool.toml` and the manual are made from these.
package struct ConfigurationKey: Sendable {
  package enum Kind: Sendable, Equatable {
    case text(default: String, allowed: [String])
    case integer(default: Int, range: ClosedRange<Int>)
    case number(default: Double, range: ClosedRange<Double>)
  }

  package let name: String
  package let kind: Kind
  /// Empty for texts and counts.
  package let unit: String
  package let meaning: String

  /// The environment variable that overrides the file.
  package var environmentVariable: String { "EXOSPOOL_" + name.uppercased() }

  package static let all: [ConfigurationKey] = [
    text(
      "spool_directory", "Spool",
      "Where inbox/, results/ and the other directories are; all on one file system. Relative to where the daemon starts."
    ),
    text(
      "models_directory", "",
      "Where the networks' weights and model cards are. Empty: the checkout's Etc/models, else /usr/share/exospool/models."
    ),
    text(
      "catalogue_directory", "",
      "A folder of Open Exoplanet Catalogue records (.xml), where stars and planets of spectra are looked up by name. Empty: none. Read at start and at SIGHUP."
    ),
    text(
      "opacity_directory", "",
      "Where the opacity tables are that atmospheres are retrieved with. Empty: the checkout's Etc/opacity, else /usr/share/exospool/opacity."
    ),
    ConfigurationKey(
      name: "completion_mode", kind: .text(default: "posterior", allowed: ["posterior", "exogan-2018"]),
      unit: "",
      meaning:
        "What completes spectra: the posterior by the forward model; or, where a spectrum lies in its ranges, the published ExoGAN beside the posterior of its own training set."
    ),
    integer(
      "retrieval_spectra", 4000, 0...1_000_000, "",
      "Spectra that the forward model may compute to sample one atmosphere's posterior, and as many at most to ask whether other gases explain what it shows. 0: none is retrieved, and no spectrum completed."
    ),
    number(
      "retrieval_seconds", 120, 0...86_400, "s",
      "A retrieval is stopped after so long, as a safety net; its result says so and may differ from run to run. 0: none is retrieved. Keep it well below job_cpu_time_seconds."
    ),
    ConfigurationKey(
      name: "sensitivity", kind: .text(default: "on", allowed: ["on", "off"]), unit: "",
      meaning:
        "Whether transits are also retrieved by three networks, and their answers traced to the wavelengths that they rest on: half a second to a second and a half each."
    ),
    integer(
      "interior_planets", 8000, 0...1_000_000, "",
      "Planets that the forward model may solve for one posterior of a planet's interior. 0: the networks alone answer."
    ),
    ConfigurationKey(
      name: "star_relation", kind: .text(default: "one-to-one", allowed: ["one-to-one", "adibekyan-2021"]),
      unit: "",
      meaning:
        "What a planet's Fe/(Mg+Si) is taken to be from its star's: the same, with a scatter; or the steeper line of Adibekyan et al. 2021."
    ),
    number(
      "star_relation_scatter", 0.25, 0.01...10, "",
      "Scatter of one-to-one, a standard deviation in ln of the ratio."),
    integer(
      "seed", 0, 0...Int(Int32.max), "", "Mixed into every analysis; another seed gives other random draws."),
    integer("workers", 2, 1...64, "", "Worker processes, each with one job at a time and one thread."),
    number(
      "settle_seconds", 2, 0...3600, "s",
      "A file is taken when its size and times have stood still for so long."),
    number(
      "table_settle_seconds", 15, 0...3600, "s",
      "A text table that was not moved in is analysed when it was not written to for so long: nothing in it says where it ends."
    ),
    number(
      "young_seconds", 120, 0...86_400, "s",
      "So long after it was first taken, a file that looks cut off is waited for; later it is corrupt."),
    number(
      "rescan_interval_seconds", 30, 0.1...86_400, "s",
      "The inbox is looked through so often, whatever events come: NFS and SMB send none."),
    integer(
      "attempts", 3, 1...100, "", "Attempts before a job that crashes, hangs or fails for a time is failed."),
    number(
      "retry_delay_seconds", 30, 0...86_400, "s",
      "Wait before the second attempt; doubled before each further one."),
    number("retry_delay_limit_seconds", 3600, 0...604_800, "s", "The wait is never longer."),
    number("job_wall_time_seconds", 300, 0.1...86_400, "s", "A job that takes longer is ended."),
    integer("job_cpu_time_seconds", 240, 1...86_400, "s", "Processor time that one job may use."),
    integer("job_memory_megabytes", 4096, 256...1_048_576, "MB", "Address space of a worker."),
    integer("input_size_megabytes", 256, 1...65_536, "MB", "A larger input is refused unread."),
    integer("result_size_megabytes", 256, 1...65_536, "MB", "A larger result file is not written."),
    integer(
      "minimum_free_megabytes", 512, 0...1_048_576, "MB",
      "With less free on the spool's disk, nothing is taken."),
    integer(
      "minimum_free_inodes", 256, 0...1_000_000_000, "",
      "With fewer files left to be made on the spool's disk, nothing is taken."),
    number("stop_timeout_seconds", 60, 0...3600, "s", "On SIGTERM, jobs in hand may go on for so long."),
    text(
      "metrics_file", "",
      "Queue depths, outcomes, durations, restarts of workers and bytes free for monitoring, as OpenMetrics text, renewed every few seconds: for a textfile collector. Empty: none."
    ),
    ConfigurationKey(
      name: "log_level",
      kind: .text(
        default: "info", allowed: ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
      unit: "", meaning: "What the daemon says of itself on standard error."),
  ]

  private static func text(_ name: String, _ value: String, _ meaning: String) -> ConfigurationKey {
    ConfigurationKey(name: name, kind: .text(default: value, allowed: []), unit: "", meaning: meaning)
  }

  private static func integer(
    _ name: String, _ value: Int, _ range: ClosedRange<Int>, _ unit: String, _ meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, kind: .integer(default: value, range: range), unit: unit, meaning: meaning)
  }

  private static func number(
    _ name: String, _ value: Double, _ range: ClosedRange<Double>, _ unit: String, _ meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, kind: .number(default: value, range: range), unit: unit, meaning: meaning)
  }

  /// Type, unit, default and range in one line, as the commented file shows them.
  package var summary: String {
    let unitPart = unit.isEmpty ? "" : ", \(unit)"
    switch kind {
    case .text(let value, let allowed):
      return "text, default \"\(value)\""
        + (allowed.isEmpty ? "" : ", one of " + allowed.joined(separator: " "))
    case .integer(let value, let range):
      return "whole number\(unitPart), default \(value), \(range.lowerBound) to \(range.upperBound)"
    case .number(let value, let range):
      return
        "number\(unitPart), default \(Self.plain(value)), \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
    }
  }

  /// The default as TOML.
  package var defaultText: String {
    switch kind {
    case .text(let value, _): "\"\(value)\""
    case .integer(let value, _): "\(value)"
    case .number(let value, _): Self.plain(value)
    }
  }

  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  /// The whole commented configuration file.
  package static var file: String {
    let head = """
      # Configuration of exospoold. Every key is optional; what stands here commented out is the default.
      # A flag (--set key=value) goes before the environment (EXOSPOOL_KEY), which goes before this file.
      # `exospoold check` reports every fault at once; SIGHUP reads this file again.

      """
    return head
      + all.map { key in "\n# \(key.meaning)\n# \(key.summary)\n# \(key.name) = \(key.defaultText)\n" }
      .joined()
  }
}
