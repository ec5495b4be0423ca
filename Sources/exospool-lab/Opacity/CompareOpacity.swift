import ArgumentParser
import Foundation
import Installation
import MolecularBands
import Observations
import OpacityFiles
import PosixFiles
import SystemPackage

struct CompareOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare opacity tables with others: the mean cross-section, and the mean of its logarithm.",
    discussion: """
      What strengths of lines fix is ln of the mean of k; what a transit sees is the mean of ln k. For each gas and \
      temperature the table has, of both and in this order: median and 90th percentile of the modulus of ours less theirs, and \
      the median with its sign.

      --moments: published moments in broad bands (columns molecule, two edges in um, temperature in K, pressure in bar, \
      ln of mean, mean of ln in cm2), of the bands with a mean above 1e-25 cm2, cut to the tables' wavelengths.
      --nemesis: NAME.kta beside NAME.fits, in the bins of HST's WFC3 and the two channels of Spitzer; bins marked \
      NEGLIGIBLE, and those of which the k-tables hold a part, are left out.

      Examples:
        exospool-lab opacity compare --moments band_moments.csv
        exospool-lab opacity compare --moments band_moments.csv --gases H2O --details
        pip download --no-deps nemesispy==0.0.10 && unzip nemesispy-0.0.10-py3-none-any.whl
        exospool-lab opacity compare --nemesis nemesispy/data/ktables
      """)

  @Option(help: "Published moments of broad bands, CSV.", completion: .file(extensions: ["csv"]))
  var moments: String?

  @Option(help: "Directory of .kta files.", completion: .directory)
  var nemesis: String?

  @Option(
    help: ArgumentHelp(
      "Directory of opacity tables; found as other commands find --opacities unless given.", valueName: "dir"),
    completion: .directory)
  var tables: String?

  @Option(help: "Gases, separated by commas; all that both sides have unless given.")
  var gases: String?

  @Option(
    help: "Temperatures in K; unless given 700 900 1100 1500 1900 for moments, 700 1000 1500 2000 2500 else.")
  var temperature: [Double] = []

  @Option(
    help: """
      Pressure in Pa, may be repeated; unless given 1e3 for moments, and 7.4e3 for k-tables, of which the nearest they have \
      is taken.
      """)
  var pressure: [Double] = []

  @Option(
    help: "Response of the k-tables' bins: triangle, as they are found to be, or box, as they are named.")
  var response = NemesisComparison.Response.triangle

  @ArgumentParser.Flag(help: "Every band as well.")
  var details = false

  @ArgumentParser.Flag(help: "Print tables as Markdown has them.")
  var markdown = false

  func validate() throws {
    guard moments != nil || nemesis != nil else {
      throw ValidationError("Give --moments, --nemesis or both: what the tables are to be compared with.")
    }
    guard temperature.allSatisfy({ $0 > 0 && $0 <= 1e5 }) else {
      throw ValidationError("--temperature takes temperatures in K, up to 1e5.")
    }
    guard pressure.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw ValidationError("--pressure takes positive pressures in Pa.")
    }
  }

  func run() throws {
    let tables = try ResourceFolder.opacity.path(option: tables, for: "opacity tables", flag: "--tables")
    if let moments { try compare(tables, moments: moments) }
    if let nemesis { try compare(tables, nemesis: nemesis) }
  }

  /// Names of gases among `candidates` that have a table and are asked for.
  private func gases(among candidates: [String], in tables: String, at path: String) throws -> [String] {
    let wanted = gases.map { $0.split(separator: ",").map(String.init) }
    let found = candidates.filter { gas in
      (wanted?.contains(gas) ?? true) && PosixFiles.isReadable(FilePath("\(tables)/\(gas).fits"))
    }
    guard !found.isEmpty else {
      throw ValidationError(
        "\(path) and \(tables) have no gas in common" + (gases.map { " among \($0)" } ?? "") + ".")
    }
    return found
  }

  private func compare(_ tables: String, moments path: String) throws {
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let species = BandMoments.species(in: text)
    guard !species.isEmpty else {
      throw ValidationError(
        "\(path) is no table of moments: titles that begin with \"molecule\", then a line a band.")
    }
    let temperatures = temperature.isEmpty ? [700, 900, 1100, 1500, 1900] : temperature
    let grid = SpectralGrid.standard
    for pressure in pressure.isEmpty ? [1e3] : pressure {
      var summary = ComparisonTable(temperatures: temperatures)
      for gas in try gases(among: species, in: tables, at: path) {
        let name = "\(gas).fits"
        guard
          case .distribution(let table) = try OpacityFileContent(
            Files.read("\(tables)/\(name)"), name: name, grid: grid)
        else { throw ValidationError("\(tables)/\(name) holds no gas's k-distributions to compare.") }
        let comparison = try MomentsComparison(
          table, grid: grid, with: BandMoments(species: gas, table: text), temperatures: temperatures,
          pressures: [pressure])
        summary.add(
          gas: gas,
          temperatures.map { temperature in
            comparison.rows.filter { $0.reference.temperature == temperature }.map(\.difference)
          })
        if details { list(gas, comparison.rows) }
      }
      print(Self.title(pressure) + "\n" + summary.text(isMarkdown: markdown))
    }
  }

  private func list(_ gas: String, _ rows: [MomentsComparison.Row]) {
    for row in rows {
      let entry = row.reference
      print(
        String(
          format: "%@  %.2f-%.2f um  %.0f K  %.0f Pa: ln of mean %.2f (%+.2f), mean of ln %.2f (%+.2f)", gas,
          entry.lowerEdge, entry.upperEdge, entry.temperature, entry.pressure,
          entry.logOfMean + Self.toSquareCentimeters, row.difference.logOfMean,
          entry.meanOfLog + Self.toSquareCentimeters, row.difference.meanOfLog))
    }
  }

  /// Literature counts cross-sections in cm2.
  private static let toSquareCentimeters = log(1e4)

  private func compare(_ tables: String, nemesis: String) throws {
    let names = try PosixFiles.names(in: FilePath(tables)).map(\.string).filter { $0.hasSuffix(".fits") }
    let candidates = names.map { String($0.dropLast(5)) }.sorted().filter {
      PosixFiles.isReadable(FilePath("\(nemesis)/\($0.lowercased()).kta"))
    }
    let temperatures = temperature.isEmpty ? [700, 1000, 1500, 2000, 2500] : temperature
    for pressure in pressure.isEmpty ? [7.4e3] : pressure {
      var summary = ComparisonTable(temperatures: temperatures)
      for gas in try gases(among: candidates, in: tables, at: nemesis) {
        let (name, other) = ("\(gas).fits", "\(gas.lowercased()).kta")
        let table = try Files.read("\(tables)/\(name)")
        let theirs = try NemesisTable(Files.read("\(nemesis)/\(other)"), name: other)
        let comparisons = try temperatures.map {
          try NemesisComparison(
            table, name: name, with: theirs, temperature: $0, pressure: pressure, response: response)
        }
        summary.add(
          gas: "\(gas) WFC3", comparisons.map { $0.channels.filter(\.isWFC3).map(\.difference) })
        let others = Set(comparisons.flatMap(\.channels).filter { !$0.isWFC3 }.map(\.wavelength)).sorted()
        for wavelength in others {
          summary.add(
            gas: String(format: "%@ %.1f um", gas, wavelength),
            comparisons.map { $0.channels.filter { $0.wavelength == wavelength }.map(\.difference) })
        }
        if details { list(gas, zip(temperatures, comparisons).map { ($0, $1.channels) }) }
      }
      print(Self.title(pressure) + "\n" + summary.text(isMarkdown: markdown))
    }
  }

  private func list(_ gas: String, _ channels: [(temperature: Double, channels: [NemesisComparison.Channel])])
  {
    for (temperature, channels) in channels {
      for channel in channels {
        print(
          String(
            format: "%@  %.3f um  %.0f K: ln of mean %+.2f, mean of ln %+.2f", gas, channel.wavelength,
            temperature,
            channel.difference.logOfMean, channel.difference.meanOfLog))
      }
    }
  }

  private static func title(_ pressure: Double) -> String { "\(pressure.formatted()) Pa" }
}

extension NemesisComparison.Response: ExpressibleByArgument {}
