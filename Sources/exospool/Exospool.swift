import ArgumentParser
import Glibc
import JobContract
import Observations
import PlainText
import SpoolQueue

/// The operator's tool: analyse files without a daemon, and look after the spool of one.
@main
struct Exospool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool",
    abstract: "Say what planets are made of and which molecules their spectra show.",
    discussion: """
      'exospool analyze' reads planet records (Open Exoplanet Catalogue XML) and prints the interior structures \
      that published methods infer, with their uncertainties. Of transit and eclipse spectra (FITS, text) it says \
      which molecules they show, how probably and from which amount on, what atmosphere explains them, and what the \
      spectrum is where nobody observed. The other commands talk to the spool of a running exospoold: hand in files, \
      watch the results, deal with what was refused.

      Examples:
        exospool analyze 'GJ 486.xml'
        exospool analyze --object 'WASP-39 b' --star-radius 0.932 --planet-mass 0.28 depths.csv
        exospool submit *.xml && exospool tail -f
        exospool status
        exospool retry --all
      """,
    version: ExospoolVersion.current,
    subcommands: [
      Analyze.self, Submit.self, Status.self, Tail.self, Show.self, Retry.self, Hold.self, Release.self,
    ])

  /// One place where errors become a sentence and an exit status of sysexits(3).
  static func main() {
    takeSignals()
    do {
      var command = try parseAsRoot()
      try command.run()
      try Console.flush()
    } catch let error as ToolError {
      Console.complain(error.sentence)
      Glibc.exit(error.code.rawValue)
    } catch let error as SpoolError {
      let error = ToolError(error)
      Console.complain(error.sentence)
      Glibc.exit(error.code.rawValue)
    } catch {
      let suggestion = Suggestion.ofCommand(
        CommandLine.arguments.dropFirst(), below: Self.self as any ParsableCommand.Type,
        children: { $0.configuration.subcommands }, name: { $0._commandName })
      guard let suggestion else { exit(withError: error) }
      Console.complain(suggestion)
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }

  /// A parent that ignores SIGPIPE must not turn `exospool ... | head` into an endless run, and one that blocks
  /// signals (many a thread pool does) must not keep Ctrl-C from ending `tail -f`.
  private static func takeSignals() {
    signal(SIGPIPE, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}
