import ArgumentParser
import Foundation

struct ShowOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Plot a table's absorption a bin as SVG, or print it.",
    discussion: """
      A reference is drawn over it, dashed, at the temperature and pressure that it has nearest: another table of the same \
      layout, a k-table of NEMESIS (.kta), or published moments of broad bands (.csv).

      Examples:
        exospool-lab opacity show Etc/opacity/HCN.fits --svg HCN.svg --reference band_moments.csv --mean-of-log
        exospool-lab opacity show Etc/opacity/H2O.fits --temperature 1000 --reference h2o.kta --svg H2O.svg
      """)

  @Argument(help: "A table of the layout in Etc/opacity/README.md, of any kind.")
  var file: String

  @Option(help: "Temperatures in K, within the table; of collision-induced absorption the nearest it has.")
  var temperature: [Double] = [500, 1000, 1500, 2500]

  @Option(help: "Pressure in Pa.")
  var pressure = 1e4

  @ArgumentParser.Flag(
    help: "The exponential of the mean of ln k, what transits see, in place of the mean of k.")
  var meanOfLog = false

  @Option(
    help: "What to draw beside it; may be repeated.", completion: .file(extensions: ["fits", "kta", "csv"]))
  var reference: [String] = []

  @Option(help: "Write an SVG plot here instead of printing numbers.")
  var svg: String?

  func validate() throws {
    guard !temperature.isEmpty, temperature.allSatisfy({ $0 > 0 && $0 <= 1e5 }) else {
      throw ValidationError("--temperature takes temperatures in K, up to 1e5.")
    }
    guard pressure > 0, pressure.isFinite else {
      throw ValidationError("--pressure takes a positive pressure in Pa.")
    }
  }

  func run() throws {
    let bytes = try Files.read(file)
    let quantity = meanOfLog ? OpacityCurves.Quantity.meanOfLog : .mean
    var curves = try OpacityCurves(
      bytes, name: Files.name(file), temperatures: temperature, pressure: pressure, quantity: quantity)
    for path in reference {
      curves.add(
        try ReferenceCurves(
          Files.read(path), name: Files.name(path), species: curves.species, temperatures: temperature,
          pressure: pressure, quantity: quantity))
    }
    if let svg {
      // Ten decades show bands and windows; below that lies nothing that absorbs.
      let plot = WavelengthPlot(
        title: curves.title, ordinate: curves.ordinate, wavelengths: curves.wavelengths,
        curves: curves.curves, scale: .decades(10))
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
