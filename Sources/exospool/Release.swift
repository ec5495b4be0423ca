import ArgumentParser
import SpoolQueue

struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let held jobs run.",
    discussion: """
      Examples:
        exospool release 01k8
        exospool release --all
      """)

  @Argument(help: ArgumentHelp("Beginnings of ids, or files' names.", valueName: "job"))
  var jobs: [String] = []

  @Flag(help: "All held jobs.")
  var all = false

  @OptionGroup var location: SpoolLocation

  func validate() throws {
    if all == !jobs.isEmpty { throw ValidationError("name the jobs, or say --all") }
  }

  func run() throws {
    let queue = try location.openForMoving()
    let chosen = all ? try queue.all(.held) : []
    try Operation.perform(named: jobs, found: chosen, in: queue, word: "released") { job in
      _ = try queue.release(job)
    }
  }
}
