import ArgumentParser
import SpoolQueue

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the spool knows of a job.",
    discussion: """
      JOB is the beginning of an id, or the name a file was submitted under, of which the newest counts.

      Examples:
        exospool show 01k8
        exospool show 'GJ 486.xml'
        exospool show --json 'GJ 486.xml' | jq -r .result
      """)

  @Argument(help: ArgumentHelp("The beginning of an id, or a file's name.", valueName: "job"))
  var job: String

  @Flag(help: "The same for machines.")
  var json = false

  @OptionGroup var location: SpoolLocation

  func run() throws {
    let queue = try location.open()
    let job = try JobSelection.job(job, in: queue)
    let description = JobDescription(job, in: queue)
    try Console.write(json ? description.json.document : description.text)
  }
}
