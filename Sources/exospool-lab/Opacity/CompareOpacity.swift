import ArgumentParser
import Foundation
import Installation
import NumericalMethods
import OpacityFiles
import PosixFiles
import SystemPackage

struct CompareOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare opacity tables with the k-tables of NEMESIS in the bins of HST's WFC3.",
    discussion: """
      For each gas of --tables that has a NAME.kta in --nemesis: median and 90th percentile of |ln k - ln k| over the \
      bins between 1.1 and 1.7 um, k being the mean cross-section a bin, and the median of ln k - ln k. Bins marked \
      NEGLIGIBLE in a table are left out.

      The k-tables come with nemesispy:
        pip download --no-deps nemesispy==0.0.10 && unzip nemesispy-0.0.10-py3-none-any.whl
        exospool-lab opacity compare --nemesis nemesispy/data/ktables
      """)

  @Option(help: "Directory of .kta files.", completion: .directory)
  var nemesis: String

  @Option(
    help: ArgumentHelp(
      "Directory of opacity tables; found as other commands find --opacities unless given.", valueName: "dir"),
    completion: .directory)
  var tables: String?

  @Option(help: "Temperatures in K.")
  var temperature: [Double] = [700, 1000, 1500, 2000, 2500]

  @Option(help: "Pressure in Pa; of the k-tables the nearest they have.")
  var pressure = 7.4e3

  @Option(
    help: "Response of the k-tables' bins: triangle, as they are found to be, or box, as they are named.")
  var response = NemesisComparison.Response.triangle

  func validate() throws {
    guard !temperature.isEmpty, temperature.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--temperature takes positive temperatures in K.")
    }
    guard pressure > 0 else { throw ValidationError("--pressure takes a positive pressure in Pa.") }
  }

  func run() throws {
    let tables = try ResourceFolder.opacity.path(option: tables, for: "opacity tables", flag: "--tables")
    print(
      "gas   bins  "
        + temperature.map { "\(Int($0)) K: median p90 (signed)".padded(to: 28) }.joined(separator: "  "))
    let names = try PosixFiles.names(in: FilePath(tables)).map(\.string).filter { $0.hasSuffix(".fits") }
      .sorted()
    var compared = 0
    for name in names {
      let gas = String(name.dropLast(5))
      let other = "\(gas.lowercased()).kta"
      guard PosixFiles.isReadable(FilePath("\(nemesis)/\(other)")) else { continue }
      let table = try Files.read("\(tables)/\(name)")
      let theirs = try NemesisTable(Files.read("\(nemesis)/\(other)"), name: other)
      let results = try temperature.map {
        try NemesisComparison(
          table, name: name, with: theirs, temperature: $0, pressure: pressure, response: response)
      }
      let cells = results.map { result in
        guard let median = result.quantile(0.5), let high = result.quantile(0.9),
          let signed = upperMedian(result.differences)
        else { return "-" }
        return String(format: "%.2f  %.2f  (%+.2f)", median, high, signed)
      }
      print(
        gas.padded(to: 6) + "\(results[0].differences.count)".padded(to: 6)
          + cells.map { $0.padded(to: 28) }.joined(separator: "  "))
      compared += 1
    }
    guard compared > 0 else {
      throw ValidationError(
        "\(nemesis) holds no .kta file of a gas in \(tables), such as h2o.kta beside H2O.fits.")
    }
  }
}

extension NemesisComparison.Response: ExpressibleByArgument {}

extension String {
  fileprivate func padded(to width: Int) -> String {
    padding(toLength: max(width, count), withPad: " ", startingAt: 0)
  }
}
