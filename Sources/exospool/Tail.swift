import ArgumentParser
import Glibc

struct Tail: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the newest results, one line a planet; with -f, as they come.",
    discussion: """
      Reads log/results.log of the spool, or log/results.jsonl with --json. Follows the log through rotation.

      Examples:
        exospool tail
        exospool tail -f | grep composition-unknown
        exospool tail --json -n 1000 | jq 'select(.model == "rocky-A") | .outputs.coreMassFraction.p50'
      """)

  @Flag(name: .shortAndLong, help: "Go on printing lines as they come, until interrupted.")
  var follow = false

  @Option(name: [.customShort("n"), .long], help: "How many lines to begin with.")
  var lines = 10

  @Flag(help: "The lines for machines: one JSON object a planet.")
  var json = false

  @OptionGroup var location: SpoolLocation

  func validate() throws {
    guard lines >= 0 else { throw ValidationError("--lines must be 0 or more") }
  }

  func run() throws {
    let path = try location.directory() + "/log/" + (json ? "results.jsonl" : "results.log")
    var follower = LogFollower(path: path)
    if try !follower.seekToLast(lines: lines), !follow {
      throw ToolError(.noInput, "no results yet: \(path) does not exist; is exospoold running on this spool?")
    }
    var lines = PlainLines()
    repeat {
      let text = lines.text(adding: try follower.read())
      if !text.isEmpty { try Console.write(text) }
      if follow { usleep(200_000) }
    } while follow
    try Console.write(lines.remainder())
  }
}
