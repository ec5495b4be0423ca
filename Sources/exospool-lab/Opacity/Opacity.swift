import ArgumentParser
import Foundation
import MolecularBands
import OpacityFiles

struct Opacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, import and look at opacity tables.",
    subcommands: [
      MakeOpacity.self, RecoverOpacity.self, ImportOpacity.self, ShowOpacity.self, CompareOpacity.self,
      ListBands.self,
    ])
}

struct MakeOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Compute opacity tables from published constants.",
    discussion: """
      Gases: \(OpacityRecipe.all.map(\.species).joined(separator: ", ")); pairs for collision-induced absorption: \
      H2-H2, H2-He. The same version gives the same bytes. A gas takes 10 to 30 s.
      """)

  @Argument(help: "Gases and pairs; all when none is named.")
  var names: [String] = []

  @Option(help: "Directory to write to.")
  var output = "Etc/opacity"

  @Option(help: "Mean cross-sections in broad bands, to give the models their sums.")
  var bandMeans = "Etc/opacity/band-means.csv"

  private static let pairs = [CollisionPair.hydrogenHydrogen, .hydrogenHelium]
  private static let pairTemperatures: [Double] = [
    200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 1750, 2000, 2500, 3000,
  ]

  func validate() throws {
    let known = OpacityRecipe.all.map(\.species) + Self.pairs.map(\.name)
    for name in names where !known.contains(name) {
      throw ValidationError("\"\(name)\" has no recipe; there are \(known.joined(separator: ", ")).")
    }
  }

  func run() throws {
    let wanted = names.isEmpty ? OpacityRecipe.all.map(\.species) + Self.pairs.map(\.name) : names
    for name in wanted {
      let bytes: [UInt8]
      let command = "exospool-lab opacity make \(name)"
      if let pair = Self.pairs.first(where: { $0.name == name }) {
        let grid = SpectralGrid.networks()
        bytes = OpacityFile.bytes(
          collisionPair: name, temperatures: Self.pairTemperatures,
          logCoefficients: pair.logTable(temperatures: Self.pairTemperatures, grid: grid), grid: grid,
          provenance: pair.provenance, command: command)
      } else if let recipe = OpacityRecipe.named(name) {
        var anchors: [BandAnchor] = []
        if recipe.bandMeansLimit != nil {
          let text = try String(contentsOfFile: bandMeans, encoding: .utf8)
          anchors = recipe.anchors(try BandMeans(species: name, table: text))
        }
        let table = recipe.table(anchors: anchors) { temperature in
          FileHandle.standardError.write(Data("\(name) \(Int(temperature)) K\n".utf8))
        }
        bytes = OpacityFile.bytes(table, provenance: recipe.provenance, anchors: anchors, command: command)
      } else {
        continue
      }
      let path = "\(output)/\(name).fits"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      print("\(path): \(bytes.count / 1024) KiB")
    }
  }
}

struct ShowOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Plot a table's mean absorption a bin as SVG, or print it.")

  @Argument(help: "A table of the layout in Etc/opacity/README.md, of any kind.")
  var file: String

  @Option(help: "Temperatures in K, within the table; of collision-induced absorption the nearest it has.")
  var temperature: [Double] = [500, 1000, 1500, 2500]

  @Option(help: "Pressure in Pa.")
  var pressure = 1e4

  @Option(help: "Write an SVG plot here instead of printing numbers.")
  var svg: String?

  func validate() throws {
    guard !temperature.isEmpty, temperature.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--temperature takes positive temperatures in K.")
    }
    guard pressure > 0 else { throw ValidationError("--pressure takes a positive pressure in Pa.") }
  }

  func run() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    let curves = try OpacityCurves(
      bytes, name: URL(fileURLWithPath: file).lastPathComponent, temperatures: temperature, pressure: pressure
    )
    if let svg {
      // Ten decades show bands and windows; below that lies nothing that absorbs.
      let plot = WavelengthPlot(
        title: curves.title, wavelengths: curves.wavelengths, curves: curves.curves, scale: .decades(10))
      try Data(plot.svg.utf8).write(to: URL(fileURLWithPath: svg))
      return
    }
    print(curves.title)
    print("um  " + curves.curves.map(\.name).joined(separator: "  "))
    for (bin, wavelength) in curves.wavelengths.enumerated() {
      let values = curves.curves.map { String(format: "%.3e", $0.values[bin]) }.joined(separator: "  ")
      print(String(format: "%.4f  ", wavelength) + values)
    }
  }
}
