import ArgumentParser
import Atmospheres
import Foundation
import OpacityFiles
import Tensors
import Training
import Units

struct SimulateSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum", abstract: "Compute transmission or emission spectra.",
    discussion: """
      One planet from options, written as text with a row a bin; or with --parameters a FITS table of planets (columns \
      Mp in kg, Rp in m, T in K, logH2O and so on), written with the column DEPTH added.

        exospool-lab simulate spectrum --mass 0.28 --radius 1.2 --temperature 1100 --star-radius 0.93 \
      --gas H2O=4e-4 --gas CO2=1e-5
        exospool-lab simulate spectrum --parameters planets.fits --output spectra.fits --configuration exogan-2018
      """)

  enum Configuration: String, ExpressibleByArgument, CaseIterable {
    case physical
    case exogan2018 = "exogan-2018"

    var model: ModelConfiguration { self == .physical ? .physical : .exoGAN2018 }
  }

  @Option(help: "Planet's mass, Jupiter masses.")
  var mass = 1.0

  @Option(help: "Planet's radius at 10 bar, Jupiter radii.")
  var radius = 1.0

  @Option(help: "Temperature of an isothermal atmosphere, K.")
  var temperature = 1000.0

  @Option(help: "Star's radius, solar radii; with --parameters, of tables without a column Rs.")
  var starRadius: Double?

  @Option(help: "A gas and its mixing ratio, such as H2O=4e-4; may be repeated.")
  var gas: [String] = []

  @Option(help: "Top of a grey cloud deck, bar.")
  var cloudTop: Double?

  @Flag(help: "Eclipse depth by thermal emission instead of transit depth.")
  var emission = false

  @Option(help: "Star's temperature, K, for --emission.")
  var starTemperature = 5772.0

  @Option(help: "physical: opacities follow the temperature. exogan-2018: as the published training set.")
  var configuration: Configuration = .physical

  @Option(help: "FITS table of planets.")
  var parameters: String?

  @Option(help: "File to write; standard output where none is named.")
  var output: String?

  @Option(help: "Directory of the opacity tables.")
  var opacities = "Etc/opacity"

  @Option(help: "Threads, with --parameters.")
  var threads = 2

  func validate() throws {
    guard (1...256).contains(threads) else { throw ValidationError("--threads is 1 to 256.") }
    guard parameters == nil || output != nil else { throw ValidationError("--parameters needs --output.") }
    guard parameters == nil || !emission else {
      throw ValidationError("--parameters computes transit depths; --emission is for one planet.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let model = try OpacityLibrary(directory: opacities).model(configuration.model)
    if let parameters, let output {
      try simulateTable(model, parameters: parameters, output: output)
    } else {
      try simulateOne(model)
    }
  }

  private var stellarRadius: Length {
    starRadius.map { Length(solarRadii: $0) }
      ?? (configuration == .exogan2018 ? ModelConfiguration.exoGAN2018StellarRadius : Length(solarRadii: 1))
  }

  private func simulateTable(_ model: SpectrumModel, parameters: String, output: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: parameters)))
    let table = try SpectrumTable(bytes, name: parameters, stellarRadius: stellarRadius)
    let clock = ContinuousClock()
    let start = clock.now
    let result = table.simulate(model, threads: threads)
    let seconds = Double((clock.now - start) / .microseconds(1)) * 1e-6
    try Data(result.bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
    for failure in result.failures.prefix(10) { report("row \(failure.row): \(failure.reason)") }
    if result.failures.count > 10 { report("and \(result.failures.count - 10) more rows") }
    let count = table.planets.count
    report(
      "\(count) spectra, \(result.failures.count) not computed, \(Int((Double(count) / max(seconds, 1e-6)).rounded()))"
        + " a second on \(threads) threads")
  }

  private func simulateOne(_ model: SpectrumModel) throws {
    let gases = try gas.map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let ratio = Double(parts[1]) else {
        throw ValidationError("--gas \(text): write a formula, = and a mixing ratio, such as H2O=4e-4.")
      }
      return TraceGas(try Species(String(parts[0])), ratio)
    }
    let planet = PlanetAtmosphere(
      mass: Mass(jupiterMasses: mass), radius: Length(jupiterRadii: radius), stellarRadius: stellarRadius,
      temperature: .isothermal(Temperature(kelvins: temperature)), gases: gases,
      aerosols: Aerosols(cloudTop: cloudTop.map { Pressure(bars: $0) }))
    let spectrum =
      emission
      ? try model.emission(planet, star: .blackBody(Temperature(kelvins: starTemperature))).eclipseDepth
      : try model.transitDepth(planet)
    var text = "# wavelength_um low_um high_um \(emission ? "eclipse_depth" : "transit_depth")\n"
    let edges = model.grid.edges ?? []
    for (bin, wavelength) in model.grid.wavelengths.enumerated() {
      text += String(
        format: "%.6f %.6f %.6f %.9e\n", wavelength * 1e6, edges[bin] * 1e6, edges[bin + 1] * 1e6,
        spectrum[bin])
    }
    if let output {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } else {
      print(text, terminator: "")
    }
  }

  private func report(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
