import Foundation

/// A built program, run as a user would run it.
package struct ProgramUnderTest: Sendable {
  package struct Run: Sendable {
    package var status: Int32
    /// The number of the signal that ended the program, if one did.
    package var signal: Int32?
    package var output: String
    package var complaint: String
  }

  package let path: String

  /// The program of that name beside the test bundle.
  package init(_ name: String) {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    path = URL(filePath: bundle).deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
  }

  /// - Parameter directory: where it is run; where the tests are run unless given.
  package func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil, directory: String? = nil
  ) throws -> Run {
    try Self.run(
      executable: path, arguments, environment: environment, input: input, directory: directory)
  }

  /// A pipeline or another line of shell, with the program's path in `variable`.
  package func shell(_ line: String, variable: String, environment: [String: String] = [:]) throws -> Run {
    try Self.run(
      executable: "/bin/bash", ["-c", "set -o pipefail; \(line)"],
      environment: environment.merging([variable: path]) { a, _ in a }, input: nil, directory: nil)
  }

  private static func run(
    executable: String, _ arguments: [String], environment: [String: String], input: String?,
    directory: String?
  ) throws -> Run {
    // Files instead of pipes: no reader is needed, so nothing can fill up and wait.
    let files = try TemporaryDirectory()
    for (name, content) in [("in", input ?? ""), ("out", ""), ("err", "")] {
      try files.write(name, content)
    }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files.path("in")))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files.path("out")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: files.path("err")))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: files.path(name))), as: UTF8.self)
    }
    return Run(
      status: process.terminationStatus,
      signal: process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil,
      output: try text("out"), complaint: try text("err"))
  }
}
