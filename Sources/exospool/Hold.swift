import ArgumentParser
import PlainText
import SpoolQueue

struct Hold: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set waiting jobs aside until they are released.",
    discussion: """
      JOB is the name of a file that waits in the inbox, or the beginning of the id of a deferred job. What a worker \
      has in hand cannot be held.

      Examples:
        exospool hold big.xml
        exospool hold 01k8
      """)

  @Argument(help: ArgumentHelp("Names in the inbox, or beginnings of ids.", valueName: "job"))
  var jobs: [String]

  @OptionGroup var location: SpoolLocation

  func run() throws {
    let queue = try location.openForMoving()
    var others: [String] = []
    for name in jobs {
      // What is in the inbox has no id yet.
      if let job = try queue.hold(FileName(name)) {
        try Console.write("\(job.id) \(PlainText.line(name)): held\n")
      } else {
        others.append(name)
      }
    }
    try Operation.perform(named: others, found: [], in: queue, word: "held") { job in _ = try queue.hold(job)
    }
  }
}
