import TestSupport

/// The built tool.
enum Tool {
  typealias Run = ProgramUnderTest.Run

  private static let program = ProgramUnderTest("exospool")

  static var path: String { program.path }

  static func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil
  ) throws -> Run {
    try program.run(arguments, environment: environment, input: input)
  }

  /// A pipeline or another line of shell, with the tool's path in `$exospool`.
  static func shell(_ line: String, environment: [String: String] = [:]) throws -> Run {
    try program.shell(line, variable: "exospool", environment: environment)
  }
}
