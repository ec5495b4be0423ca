import ArgumentParser
import Atmospheres
import Foundation
import Observations
import OpacityFiles
import SpectrumText
import Tensors
import Units

struct FitSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit the forward model to an observed transmission spectrum.",
    discussion: """
      Maximum likelihood over radius, temperature (isothermal), constant mixing ratios and a grey cloud top, from several \
      starts; chi2 beside that of a flat line. A quick look, not a retrieval: errors are those of the parabola at the maximum.

        exospool-lab fit WASP-39b.csv --mass 0.281 --star-radius 0.932 --gases H2O,CO2,CO,CH4,Na,K --haze
      """)

  @Argument(help: "Text table of transit depths, in any of the layouts the daemon reads.")
  var file: String

  @Option(help: "Planet's mass, Jupiter masses.")
  var mass: Double

  @Option(help: "Star's radius, solar radii.")
  var starRadius: Double

  @Option(help: "Gases, separated by commas.")
  var gases = "H2O,CO2,CO,CH4"

  @Flag(help: "Fit a haze too.")
  var haze = false

  @Flag(help: "Fit an offset of each instrument but the first.")
  var offsets = false

  @Option(help: "Fit points from this wavelength on, um.")
  var from: Double?

  @Option(help: "Fit points up to this wavelength, um.")
  var to: Double?

  @Option(help: "File for the data beside the fit, as text.")
  var output: String?

  @Option(help: "Directory of the opacity tables.")
  var opacities = "Etc/opacity"

  func run() throws {
    BLAS.useThreads(1)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    let spectrum: Spectrum
    do {
      spectrum = try SpectrumTextFile.spectrum(bytes)
    } catch {
      throw ValidationError("\(file): \(error)")
    }
    guard spectrum.kind == .transmission else {
      throw ValidationError("\(file) holds a spectrum of kind \(spectrum.kind.rawValue), not transit depths.")
    }
    guard let errors = spectrum.error else { throw ValidationError("\(file) has no errors to fit by.") }
    let used = (0..<spectrum.count).filter { index in
      !spectrum.isMasked[index] && spectrum.value[index].isFinite && errors[index] > 0
        && spectrum.wavelength[index] >= (from ?? 0) * 1e-6
        && spectrum.wavelength[index] <= (to ?? .infinity) * 1e-6
    }
    let data = MeasuredDepths(
      lower: used.map { spectrum.lowerEdge[$0] }, upper: used.map { spectrum.upperEdge[$0] },
      depth: used.map { spectrum.value[$0] }, error: used.map { errors[$0] },
      instrument: used.map { spectrum.instruments?[$0] ?? "" })
    var fit = TransmissionFit(
      model: try OpacityLibrary(directory: opacities).model(.physical), mass: Mass(jupiterMasses: mass),
      stellarRadius: Length(solarRadii: starRadius),
      gases: try gases.split(separator: ",").map { try Species(String($0)) })
    fit.hasHaze = haze
    fit.hasOffsets = offsets
    guard let result = fit.fit(data) else {
      throw ValidationError(
        "\(file): too few points on the grid of the opacity tables, or no atmosphere fits.")
    }
    let points = result.depths.count { $0.isFinite }
    print(
      "\(points) points, chi2 per point \(rounded(result.chiSquared / Double(points), 2)), "
        + "flat line \(rounded(result.flatChiSquared / Double(points), 2))")
    for parameter in result.parameters {
      // Three decades of a mixing ratio or a pressure say nothing.
      let isConstrained = parameter.error.map { !parameter.name.hasPrefix("log10") || $0 < 3 } ?? false
      let error =
        isConstrained ? "+- " + rounded(parameter.error ?? 0, 3) : "(at its bound, or not constrained)"
      print("  \(parameter.name): \(rounded(parameter.value, 3)) \(error)")
    }
    if let output {
      var text = "# wavelength_um depth error fit\n"
      for index in 0..<data.count {
        let wavelength = (data.lower[index] + data.upper[index]) / 2 * 1e6
        text += String(
          format: "%.5f %.8f %.8f %.8f\n", wavelength, data.depth[index], data.error[index],
          result.depths[index])
      }
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    }
  }

  private func rounded(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
}
