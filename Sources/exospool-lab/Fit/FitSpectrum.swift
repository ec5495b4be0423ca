import ArgumentParser
import Atmospheres
import Observations
import OpacityFiles
import Tensors
import Units

struct FitSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit the forward model to an observed spectrum.",
    discussion: """
      Maximum likelihood over radius, temperature, constant mixing ratios and a grey cloud deck, and what else the options \
      ask for; from many starts, of which the best is kept. Says chi2 beside that of a flat line, each parameter with its \
      error or limit, and where in wavelength the misfit lies. A maximum and its surroundings, not a posterior.

        exospool-lab fit HD209458b.txt --mass 0.69 --star-radius 1.155 --gases H2O --from 1.1 --plot fit.svg
        exospool-lab fit WASP-39b.csv --mass 0.281 --star-radius 0.932 --gases H2O,CO2,CO,CH4,Na,K --haze \
      --cloud-fraction --offset --inflate-errors
        exospool-lab fit WASP-43b.fits.gz --mass 2.05 --radius 1.04 --star-radius 0.667 --star-temperature 4520 \
      --gases H2O,CO --profile points:4
        exospool-lab fit WASP-18b.csv --mass 10.2 --radius 1.24 --star-radius 1.32 --star-temperature 6435 \
      --gases H2O,CO,TiO --profile points:5 --clear --dissociation
        exospool-lab fit WASP-107b.csv --mass 0.12 --star-radius 0.67 --gases H2O,CO2,SO2 --condensate SiO2
      """)

  enum Profile: ExpressibleByArgument {
    case isothermal, guillot
    case points(Int)

    init?(argument: String) {
      switch argument {
      case "isothermal": self = .isothermal
      case "guillot": self = .guillot
      default:
        guard argument.hasPrefix("points:"), let count = Int(argument.dropFirst(7)), (2...10).contains(count)
        else { return nil }
        self = .points(count)
      }
    }

    var shape: SpectrumFit.TemperatureShape {
      switch self {
      case .isothermal: .isothermal
      case .guillot: .guillot
      case .points(let count): .points(count)
      }
    }
  }

  /// Two numbers with a colon between, ascending.
  struct Interval: ExpressibleByArgument {
    let range: ClosedRange<Double>

    init?(argument: String) {
      let ends = argument.split(separator: ":").compactMap { Double($0) }
      guard ends.count == 2, ends[0] < ends[1] else { return nil }
      range = ends[0]...ends[1]
    }
  }

  @Argument(
    help: "Spectrum of transit or eclipse depths: FITS or text in any layout the daemon reads, gzip too.")
  var file: String

  @Option(help: "Planet's mass, Jupiter masses.")
  var mass: Double

  @Option(help: "Star's radius, solar radii; where the file has RSTAR, that.")
  var starRadius: Double?

  @Option(help: "Gases, separated by commas.")
  var gases = "H2O,CO2,CO,CH4"

  @Option(
    help: "Temperature: isothermal, guillot, or points:N, N temperatures between 1e-5 and 10 bar.")
  var profile: Profile = .isothermal

  @Option(
    help: ArgumentHelp(
      """
      Lowest and highest temperature, LOW:HIGH in K, within the opacity tables' 300 to 3000; with --dissociation up to 4000, \
      where opacities stay as at 3000 K.
      """))
  var temperatures: Interval?

  @Option(
    help:
      "Planet's equilibrium temperature, K: keeps temperatures between 0.4 and sqrt 2 of it, what starlight allows."
  )
  var equilibriumTemperature: Double?

  @Option(help: "Eclipses: the planet's radius, Jupiter radii.")
  var radius: Double?

  @Option(help: "Eclipses: the star's temperature, K; the star is a black body.")
  var starTemperature: Double?

  @ArgumentParser.Flag(help: "No cloud deck.")
  var clear = false

  @ArgumentParser.Flag(help: "Fit which part of the limb or disc deck, haze and particles cover.")
  var cloudFraction = false

  @ArgumentParser.Flag(help: "Fit a haze: its amount and slope.")
  var haze = false

  @Option(
    help: ArgumentHelp(
      """
      Fit particles of a condensate, how many and how large: \
      \(Condensate.allCases.map(\.rawValue).joined(separator: ", ")).
      """, valueName: "condensate"),
    transform: { name in
      guard let condensate = Condensate(rawValue: name) else {
        throw ValidationError("there is no \(name) among the condensates.")
      }
      return condensate
    })
  var condensate: Condensate?

  @OptionGroup var heat: HeatOptions

  @ArgumentParser.Flag(help: "Fit the mixing ratio of H-, in place of what dissociation makes.")
  var anion = false

  @ArgumentParser.Flag(
    help: "Fit an offset of each instrument (or spectral order) in the file but the first.")
  var offset = false

  @ArgumentParser.Flag(help: "Fit a noise term that is added in quadrature to all errors.")
  var inflateErrors = false

  @ArgumentParser.Flag(
    help: "Walk the profile likelihood of every parameter: 68 % intervals where parabolas deceive. Slow.")
  var intervals = false

  @Option(
    help:
      "Keep a parameter at a value, KEY=VALUE with a key as --json writes it, such as log10_x_H2O=-3.1; may be repeated."
  )
  var hold: [String] = []

  @Option(help: "Fit points from this wavelength on, um.")
  var from: Double?

  @Option(help: "Fit points up to this wavelength, um.")
  var to: Double?

  @Option(help: "Leave out points between these wavelengths, LOW:HIGH in um; may be repeated.")
  var without: [Interval] = []

  @Option(help: "Starts of the search.")
  var starts = 24

  @Option(help: "Seed of the starts: the same seed gives the same fit.")
  var seed: UInt64 = 1

  @Option(help: "Threads.")
  var threads = 2

  @Option(help: "File for a plot (SVG): data, best fit, flat line, and what is left.")
  var plot: String?

  @Option(help: "File for the data beside the fit, as text.")
  var output: String?

  @ArgumentParser.Flag(help: "Print JSON instead of text.")
  var json = false

  @OptionGroup var opacity: OpacityLocation

  func validate() throws {
    guard mass > 0, mass.isFinite else { throw ValidationError("--mass is above 0, in Jupiter masses.") }
    guard (1...10_000).contains(starts) else { throw ValidationError("--starts is 1 to 10000.") }
    guard (1...256).contains(threads) else { throw ValidationError("--threads is 1 to 256.") }
    guard temperatures == nil || equilibriumTemperature == nil else {
      throw ValidationError("--temperatures and --equilibrium-temperature exclude each other.")
    }
    guard !temperatureBounds.isEmpty, temperatureBounds.lowerBound < temperatureBounds.upperBound else {
      throw ValidationError(
        "the temperatures lie outside the opacity tables' 300 to 3000 K (4000 K with --dissociation).")
    }
    guard !(clear && cloudFraction && condensate == nil) else {
      throw ValidationError("--clear and --cloud-fraction exclude each other but for a --condensate.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let spectrum = try ObservedSpectrum.read(file)
    let fit = try self.fit(of: spectrum)
    let data = try measurements(spectrum)
    let result: FittedSpectrum
    do {
      result = try fit.fit(data)
    } catch {
      throw ValidationError("\(file): \(error).")
    }
    let report = FitReport(
      name: spectrum.object ?? Files.name(file), file: file, kind: spectrum.kind,
      data: data[result.used], notOnGrid: data.count - result.used.count, result: result,
      edges: fit.model.grid.edges, seed: seed)
    print(json ? report.json : report.text, terminator: "")
    if let output { try Files.write(report.table, to: output) }
    if let plot { try Files.write(report.svg, to: plot) }
  }

  private var temperatureBounds: ClosedRange<Double> {
    let tables = heat.temperatures
    guard let wanted = temperatures?.range ?? equilibriumTemperature.map({ 0.4 * $0...2.0.squareRoot() * $0 })
    else { return tables }
    return wanted.clamped(to: tables)
  }

  private func fit(of spectrum: Spectrum) throws -> SpectrumFit {
    guard let stellarRadius = starRadius ?? spectrum.starRadius else {
      throw ValidationError(
        "\(file) does not say the star's radius (RSTAR): give --star-radius in solar radii.")
    }
    var configuration = ModelConfiguration.physical
    heat.configure(&configuration)
    var fit = SpectrumFit(
      model: try OpacityLibrary(directory: opacity.directory()).model(configuration),
      mass: Mass(jupiterMasses: mass),
      stellarRadius: Length(solarRadii: stellarRadius),
      gases: try gases.split(separator: ",").map { try Species(String($0)) })
    switch spectrum.kind {
    case .transmission: break
    case .eclipse:
      guard let radius, let starTemperature else {
        throw ValidationError(
          "\(file) holds eclipse depths: give the planet's --radius and the --star-temperature.")
      }
      fit.geometry = .eclipse(
        starTemperature: Temperature(kelvins: starTemperature), radius: Length(jupiterRadii: radius))
    case .stellar:
      throw ValidationError(
        "\(file) holds the flux of a star or another light of its own, no transit or eclipse depths.")
    }
    fit.temperature = profile.shape
    fit.temperatureBounds = temperatureBounds
    fit.hasClouds = !clear
    fit.hasCloudFraction = cloudFraction
    fit.hasHaze = haze
    fit.condensate = condensate
    fit.dissociation = heat.chemistry
    fit.hasHydrogenAnion = anion
    fit.hasOffsets = offset
    fit.inflatesErrors = inflateErrors
    fit.profilesAll = intervals
    for text in hold {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let value = Double(parts[1]) else {
        throw ValidationError("--hold \(text): write a key, = and a number, such as log10_x_H2O=-3.1.")
      }
      fit.held[String(parts[0])] = value
    }
    fit.startCount = starts
    fit.seed = seed
    fit.threads = threads
    return fit
  }

  private func measurements(_ spectrum: Spectrum) throws -> MeasuredDepths {
    guard let errors = spectrum.error else { throw ValidationError("\(file) has no errors to fit by.") }
    let used = (0..<spectrum.count).filter { index in
      let wavelength = spectrum.wavelength[index] * 1e6
      return !spectrum.isMasked[index] && spectrum.value[index].isFinite && errors[index] > 0
        && wavelength >= from ?? 0 && wavelength <= to ?? .infinity
        && !without.contains { $0.range.contains(wavelength) }
    }
    return MeasuredDepths(
      lower: used.map { spectrum.lowerEdge[$0] }, upper: used.map { spectrum.upperEdge[$0] },
      depth: used.map { spectrum.value[$0] }, error: used.map { errors[$0] },
      instrument: used.map { spectrum.instruments?[$0] ?? "" })
  }
}
