import ArgumentParser
import Foundation
import Pipeline
import ResultFiles

/// Writes the schemas of results from the descriptions that results are written from.
@main struct GenerateSchemas: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-schemas", abstract: "Write Etc/schema/result.xsd, summary.schema.json and keys.md."
  )

  @ArgumentParser.Flag(help: "Write nothing; say what is not current and exit with 1.")
  var check = false

  @Option(help: "Folder of the schemas.")
  var directory = "Etc/schema"

  func run() throws {
    let schema = ResultSchema(
      planetMethods: Methods.ofPlanets.map { $0.description },
      spectrumMethods: Methods.ofSpectra.map { $0.description })
    var stale: [String] = []
    for file in schema.files {
      let url = URL(filePath: directory).appending(path: file.name)
      if (try? String(contentsOf: url, encoding: .utf8)) == file.text { continue }
      stale.append("\(directory)/\(file.name)")
      if !check { try Data(file.text.utf8).write(to: url) }
    }
    guard check, !stale.isEmpty else { return }
    for path in stale { print("\(path) is not current; run Etc/generate-schemas") }
    throw ExitCode.failure
  }
}
