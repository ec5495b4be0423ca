import ArgumentParser
import Foundation
import JobContract
import Observations
import PlainText

struct Daemon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospoold",
    abstract: "Watch a spool folder and say what planets are made of and which molecules their spectra show.",
    discussion: """
      Drop planet records (Open Exoplanet Catalogue XML) and spectra (FITS, text) into the spool's inbox/; results come to
      results/, one line a planet or spectrum to log/results.log, and what was refused to corrupt/ or failed/ with the
      reason beside it.

      Examples:
        exospoold run --spool ~/spool --create           until SIGTERM or Ctrl-C
        exospoold run --spool ~/spool --once             work off what is there, then end
        exospoold run --catalogue ~/open_exoplanet_catalogue/systems    star and planet of each spectrum
        exospoold run --set workers=1 --set log_level=debug
        exospoold check --configuration /etc/exospool/exospool.toml
      """,
    version: ExospoolVersion.current,
    subcommands: [Run.self, Check.self])

  static func main() async {
    let suggestion = Suggestion.ofCommand(
      CommandLine.arguments.dropFirst(), below: Self.self as any ParsableCommand.Type,
      children: { $0.configuration.subcommands }, name: { $0._commandName })
    if let suggestion { Foundation.exit(fail([suggestion], .usage).rawValue) }
    await main(nil)
  }
}
