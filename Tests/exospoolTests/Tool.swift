import Foundation

/// Runs the built tool as a user would.
struct Tool {
  struct Run {
    var status: Int32
    /// The number of the signal that ended the program, if one did.
    var signal: Int32?
    var output: String
    var complaint: String
  }

  /// The program beside the test bundle.
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "exospool").path(
      percentEncoded: false)
  }()

  static func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil
  ) throws -> Run {
    try run(executable: path, arguments, environment: environment, input: input)
  }

  /// A pipeline or another line of shell, with the tool's path in `$exospool`.
  static func shell(_ line: String, environment: [String: String] = [:]) throws -> Run {
    let variables = environment.merging(["exospool": path]) { a, _ in a }
    return try run(
      executable: "/bin/bash", ["-c", "set -o pipefail; \(line)"], environment: variables, input: nil)
  }

  private static func run(
    executable: String, _ arguments: [String], environment: [String: String], input: String?
  ) throws -> Run {
    // Files instead of pipes: no reader is needed, so nothing can fill up and wait.
    let directory = try TemporaryDirectory()
    for (name, content) in [("in", input ?? ""), ("out", ""), ("err", "")] {
      try directory.write(name, content)
    }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: directory.path("in")))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: directory.path("out")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: directory.path("err")))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: directory.path(name))), as: UTF8.self)
    }
    return Run(
      status: process.terminationStatus,
      signal: process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil,
      output: try text("out"), complaint: try text("err"))
  }
}
