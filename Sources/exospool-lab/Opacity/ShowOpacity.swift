import ArgumentParser
import Foundation

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
    let bytes = try Files.read(file)
    let curves = try OpacityCurves(
      bytes, name: Files.name(file), temperatures: temperature, pressure: pressure
    )
    if let svg {
      // Ten decades show bands and windows; below that lies nothing that absorbs.
      let plot = WavelengthPlot(
        title: curves.title, wavelengths: curves.wavelengths, curves: curves.curves, scale: .decades(10))
      try Files.write(plot.svg, to: svg)
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
