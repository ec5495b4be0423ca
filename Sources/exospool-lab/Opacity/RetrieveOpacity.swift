import ArgumentParser
import Atmospheres
import Foundation
import Installation
import Observations
import OpacityFiles
import PosixFiles
import SystemPackage

struct RetrieveOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retrieve",
    abstract: "Find a gas, with our tables, in clear spectra made with its k-table of NEMESIS.",
    discussion: """
      Transmission spectra of a clear hot Jupiter (1 Jupiter mass, 1.2 Jupiter radii at 10 bar, a star like the Sun) in the \
      channels of HST's WFC3: one gas in hydrogen and helium. The mixing ratio and the level are sought, the temperature \
      is known. For each spectrum: log10 of the mixing ratio found less that put in, the root mean square that is left in \
      scale heights, and by how much it would be wrong, in scale heights, with the mixing ratio 0.15 dex off: where \
      that is below 0.02 or so, spectrum and level can be exchanged for one another and the error means little.

      The k-tables come with nemesispy:
        pip download --no-deps nemesispy==0.0.10 && unzip nemesispy-0.0.10-py3-none-any.whl
        exospool-lab opacity retrieve --nemesis nemesispy/data/ktables
      """)

  @Option(help: "Directory of .kta files.", completion: .directory)
  var nemesis: String

  @Option(
    help: ArgumentHelp(
      "Directory of opacity tables; found as other commands find --opacities unless given.", valueName: "dir"),
    completion: .directory)
  var tables: String?

  @Option(help: "Gases, separated by commas.")
  var gases = "H2O,CO2,CH4"

  @Option(parsing: .upToNextOption, help: "Temperatures in K.")
  var temperature: [Double] = [550, 700, 850, 1000, 1150, 1300, 1450, 1600, 1750, 1900, 2050]

  @Option(parsing: .upToNextOption, help: "log10 of mixing ratios.")
  var logMixingRatio: [Double] = [-3, -4.5]

  func validate() throws {
    guard !temperature.isEmpty, temperature.allSatisfy({ $0 > 0 && $0 <= 1e5 }) else {
      throw ValidationError("--temperature takes temperatures in K, up to 1e5.")
    }
    guard !logMixingRatio.isEmpty, logMixingRatio.allSatisfy({ (-12 ... -0.3).contains($0) }) else {
      throw ValidationError("--log-mixing-ratio takes logarithms of mixing ratios, -12 to -0.3.")
    }
  }

  func run() throws {
    let folder = try ResourceFolder.opacity.path(option: tables, for: "opacity tables", flag: "--tables")
    let collisions = try PosixFiles.names(in: FilePath(folder)).map(\.string).sorted()
      .filter { $0.hasSuffix(".fits") }.compactMap { name -> CollisionInducedAbsorption? in
        let content = try OpacityFileContent(
          Files.read("\(folder)/\(name)"), name: name, grid: .standard)
        guard case .collisions(let table) = content, table.pair != nil else { return nil }
        return table
      }
    print("gas  log x      K   error dex   rms   at 0.15 dex   span   channels")
    for gas in gases.split(separator: ",").map(String.init) {
      let name = "\(gas.lowercased()).kta"
      guard
        case .distribution(let distribution) = try OpacityFileContent(
          Files.read("\(folder)/\(gas).fits"), name: "\(gas).fits", grid: .standard)
      else { throw ValidationError("\(folder)/\(gas).fits holds no k-distributions.") }
      let retrieval = try NemesisRetrieval(
        NemesisTable(Files.read("\(nemesis)/\(name)"), name: name), name: name, of: distribution.species,
        tables: Opacities(distributions: [distribution], collisions: collisions))
      var results: [NemesisRetrieval.Result] = []
      for mixingRatio in logMixingRatio {
        for kelvins in temperature {
          let result = try retrieval.retrieve(temperature: kelvins, logMixingRatio: mixingRatio)
          results.append(result)
          print(
            gas.padding(toLength: 5, withPad: " ", startingAt: 0)
              + String(
                format: "%5.1f  %5.0f   %+9.2f  %4.2f   %11.3f   %4.1f   %8d", mixingRatio, kelvins,
                result.error, result.residual, result.sensitivity, result.span, result.channelCount))
        }
      }
      let telling = results.filter { $0.sensitivity >= Self.telling }
      func largest(_ results: [NemesisRetrieval.Result]) -> Double {
        results.map { abs($0.error) }.max() ?? 0
      }
      print(
        String(
          format:
            "%@: largest error %.2f dex, %.2f where 0.15 dex make %.2f scale heights (%d of %d); largest rms %.2f",
          gas, largest(results), largest(telling), Self.telling, telling.count, results.count,
          results.map(\.residual).max() ?? 0))
    }
  }

  /// Scale heights.
  private static let telling = 0.02
}
