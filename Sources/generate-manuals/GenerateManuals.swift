import ArgumentParser
import Foundation

/// Writes the manual pages and shell completions from the programs themselves, or checks that they are current.
@main
struct GenerateManuals: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-manuals",
    abstract: "Write Etc/man and Etc/completions from the programs' own help.",
    discussion: """
      Asks each program beside this one for its arguments. With --check nothing is written; a file that is not \
      what would be written is named, and the exit status is 1.
      """)

  @Flag(help: "Compare instead of writing.")
  var check = false

  @Option(help: ArgumentHelp("The checkout.", valueName: "dir"))
  var root = FileManager.default.currentDirectoryPath

  func run() throws {
    var stale: [String] = []
    for (path, content) in try documents() {
      let url = URL(fileURLWithPath: root).appendingPathComponent(path)
      let data = Data(content.utf8)
      if (try? Data(contentsOf: url)) == data { continue }
      stale.append(path)
      guard !check else { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url)
    }
    for path in stale { print(check ? "not current: \(path)" : "written: \(path)") }
    if check, !stale.isEmpty {
      print("Bring them up to date with: bash Etc/generate-manuals")
      throw ExitCode.failure
    }
  }

  /// Path below the checkout and content of everything that is generated.
  private func documents() throws -> [(path: String, content: String)] {
    var documents: [(String, String)] = []
    for (program, context) in Programs.all {
      let help = try output(of: program, ["--experimental-dump-help"])
      let command = try JSONDecoder().decode(ToolInfo.self, from: help).command
      documents.append(
        ("Etc/man/\(program).\(context.section)", ManualPage(command: command, context: context).text))
      for (shell, suffix) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish")] {
        let script = try output(of: program, ["--generate-completion-script", shell])
        documents.append(("Etc/completions/\(program).\(suffix)", String(decoding: script, as: UTF8.self)))
      }
    }
    let configuration = try String(
      contentsOf: URL(fileURLWithPath: root).appendingPathComponent("Etc/exospool.toml"), encoding: .utf8)
    documents.append(("Etc/man/exospool.toml.5", ConfigurationPage(source: configuration).text))
    return documents
  }

  private func output(of program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    let here = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    process.executableURL = here.deletingLastPathComponent().appendingPathComponent(program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch {
      throw ValidationError("cannot start \(program) beside this program; build it first: \(error)")
    }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ValidationError("\(program) \(arguments.joined(separator: " ")) failed")
    }
    return data
  }
}
