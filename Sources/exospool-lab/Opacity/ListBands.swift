import ArgumentParser
import Foundation
import MolecularBands

struct ListBands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bands",
    abstract: "Print the bands of the line models: constants beside what the lines add up to, as Markdown.",
    discussion: """
      Vibrational bands: origin and strength (cm a molecule, from the ground level, without stimulated emission) as \
      given, and mean position and sum of the lines at 296 K. Electronic systems (TiO, VO): origin and absorption f \
      of the 0-0 band as given, its head, and f from the lines of all bands at 2000 K. Mean positions lie off \
      origins where branches differ in strength.

      Example:
        exospool-lab opacity bands NH3 TiO
      """)

  @Argument(help: "Gases; all that have bands when none is named.")
  var names: [String] = []

  func validate() throws {
    for name in names where !BandSummary.gases.contains(name) {
      throw ValidationError(
        "\"\(name)\" has no bands; there are \(BandSummary.gases.joined(separator: ", ")).")
    }
  }

  func run() {
    print("| gas | band | origin (um) | lines (um) | constant | sum of lines |")
    print("|---|---|---|---|---|---|")
    for gas in names.isEmpty ? BandSummary.gases : names {
      for band in BandSummary.bands(of: gas) {
        let isElectronic = band.strength > 1e-6
        let number = isElectronic ? "%.4f" : "%.3e"
        print(
          "| \(gas) | \(band.name) | " + String(format: "%.4f | %.4f | ", band.origin, band.position)
            + String(format: "\(number) | \(number) |", band.strength, band.summed))
      }
    }
  }
}
