import ArgumentParser
import JobContract
import PlainText
import SpoolQueue
import SystemPackage

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand files to the daemon.",
    discussion: """
      Each file is copied into the inbox under a temporary name, made durable and renamed: the daemon never sees a \
      part of it. The source is not changed. A name that waits in the inbox already gets a number. What is larger than \
      the daemon's input_size_megabytes is refused.

      What you know of a spectrum (--object, --kind, --star-radius and their like) travels with the job, goes before what \
      the file and the catalogue say, and stands in the result as the user's word.

      Examples:
        exospool submit 'GJ 486.xml'
        find records -name '*.xml' -exec exospool submit {} +
        exospool submit --object 'WASP-39 b' --star-radius 0.932:0.014 --planet-mass 0.28:0.03 depths.csv
        curl -s https://example.org/b.xml | exospool submit --name b.xml -
      """)

  @Argument(help: ArgumentHelp("Files, or '-' for standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("The name to submit a single file under.", valueName: "name"))
  var name: String?

  @OptionGroup(title: "What you know of a spectrum") var knowledge: StatementOptions

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  @OptionGroup var location: SpoolLocation

  func validate() throws {
    if name != nil, files.count != 1 { throw ValidationError("--name goes with one file") }
    if files.contains("-"), name == nil { throw ValidationError("standard input needs a --name") }
  }

  func run() throws {
    let queue = try location.open()
    let statement = try knowledge.statement()
    var failures: [ExitStatus] = []
    var count = 0
    for file in files {
      do {
        let taken = try submit(file, statement, to: queue)
        count += 1
        if !quiet { try Console.write("\(PlainText.line(file, limit: 4000)) -> inbox/\(taken.display)\n") }
      } catch {
        Console.complain(error.sentence)
        failures.append(error.code)
      }
    }
    if count > 0, !quiet { try Console.write(Self.whereabouts(of: queue.root)) }
    if let first = failures.first { throw ExitCode(first.rawValue) }
  }

  /// Which spool the files are in, and whether anybody will take them.
  private static func whereabouts(of spool: FilePath) -> String {
    let path = PlainText.line(spool.string, limit: 4000)
    guard let process = DaemonProbe.process(of: spool) else {
      return "spool \(path): no daemon is running there; 'exospoold run --spool \(path)' starts one\n"
    }
    return "spool \(path): daemon \(process) is running\n"
  }

  private func submit(
    _ file: String, _ statement: UserStatement, to queue: SpoolQueue
  ) throws(ToolError) -> FileName {
    let bytes = try Input.read(file)
    do {
      return try queue.submit(
        bytes,
        as: name.map { FileName($0) } ?? FilePath(file).lastComponent.map(FileName.init) ?? FileName(""),
        statement: statement.lines)
    } catch {
      throw ToolError(error)
    }
  }
}
