import ArgumentParser
import Glibc
import JobContract
import SpoolQueue

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how the spool stands: what waits, what is in work, what was refused and why.",
    discussion: """
      With --wait the command returns when nothing waits and nothing is in work; held jobs do not count. It fails \
      with status 69 when no daemon runs that would do the work.

      With --check one line is printed, for monitoring, and the status is 69 when no daemon runs, when it has paused, \
      when a file waits that it may not read, or when a job has waited for longer than --oldest.

      Examples:
        exospool status
        exospool status --check --oldest 600
        exospool submit *.xml && exospool status --wait
        exospool status --json | jq .counts
      """)

  @Flag(help: "The same for machines.")
  var json = false

  @Flag(help: "Wait until all work is done.")
  var wait = false

  @Flag(help: "One line for monitoring; fails where the operator is needed.")
  var check = false

  @Option(help: ArgumentHelp("With --check: for how long a job may wait.", valueName: "s"))
  var oldest = 3600.0

  @OptionGroup var location: SpoolLocation

  func run() throws {
    let queue = try location.open()
    if wait { try waitUntilIdle(queue) }
    let status = try SpoolStatus(of: queue)
    if check {
      let verdict = status.verdict(waitingLimit: oldest)
      try Console.write(verdict.line + "\n")
      if !verdict.isWell { throw ExitCode(ExitStatus.unavailable.rawValue) }
      return
    }
    try Console.write(json ? status.json.document : status.text)
  }

  private func waitUntilIdle(_ queue: SpoolQueue) throws {
    while try SpoolStatus.unfinished(in: queue) > 0 {
      guard DaemonProbe.process(of: queue.root) != nil else {
        throw ToolError(
          .unavailable, "no exospoold runs on \(queue.root.string); start one: exospoold run --spool DIR")
      }
      usleep(200_000)
    }
  }
}
