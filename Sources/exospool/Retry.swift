import ArgumentParser
import SpoolQueue

struct Retry: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try refused, failed or deferred jobs again, with all their attempts.",
    discussion: """
      The daemon takes them up within its rescan interval. With --all: everything in failed/ and deferred/, and with \
      --corrupt what is in corrupt/ too, as after an upgrade that reads more.

      Examples:
        exospool retry 01k8
        exospool retry --all
        exospool retry --all --corrupt
      """)

  @Argument(help: ArgumentHelp("Beginnings of ids, or files' names.", valueName: "job"))
  var jobs: [String] = []

  @Flag(help: "All failed and deferred jobs.")
  var all = false

  @Flag(help: "With --all: the corrupt ones too.")
  var corrupt = false

  @OptionGroup var location: SpoolLocation

  func validate() throws {
    if all == !jobs.isEmpty { throw ValidationError("name the jobs, or say --all") }
    if corrupt, !all { throw ValidationError("--corrupt goes with --all; a single job needs no flag") }
  }

  func run() throws {
    let queue = try location.openForMoving()
    var chosen = try all ? queue.all(.failed) + queue.all(.deferred) : []
    if corrupt { chosen += try queue.all(.corrupt) }
    try Operation.perform(named: jobs, found: chosen, in: queue, word: "will be tried again") { job in
      _ = try queue.retry(job)
    }
  }
}
