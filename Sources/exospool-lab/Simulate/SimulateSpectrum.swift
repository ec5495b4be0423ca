import ArgumentParser
import Atmospheres
import Foundation
import Observations
import OpacityFiles
import Tensors
import Units

struct SimulateSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum", abstract: "Compute transmission or emission spectra.",
    discussion: """
      One planet from options, written as text with a row a bin, and drawn with --plot.

        exospool-lab simulate spectrum --mass 0.28 --radius 1.2 --temperature 1100 --star-radius 0.93 \
      --gas H2O=4e-4 --gas CO2=1e-5 --cloud-top 0.01 --haze 100:-6 --plot wasp-39b.svg

      Clouds of particles over a part of the limb; a day side hot enough for molecules to break, and for H-:

        exospool-lab simulate spectrum --temperature 1200 --gas H2O=4e-4 --cloud-fraction 0.6 \
      --cloud MgSiO3:mass=1e-5,radius=0.3,base=0.1,sedimentation=1
        exospool-lab simulate spectrum --emission --profile 10:2300,0.1:2700,1e-3:3000 --star-temperature 6400 \
      --gas H2O=4e-4 --gas CO=3e-4 --dissociation

      Temperatures that change with height, and gases that do:

        exospool-lab simulate spectrum --emission --profile 10:2400,0.1:1700,1e-4:1500 --star-temperature 6460 \
      --gas H2O=4e-4 --gas TiO=1e-7:1e-11@0.01
        exospool-lab simulate spectrum --emission --profile guillot:equilibrium=1400,internal=200,ratio=0.4 \
      --star-temperature 6065 --gas H2O=4e-4:1e-7@1e-3~1

      With --parameters a FITS table of planets, written as the same table with a column of spectra added (DEPTH, or FP_FS \
      with --emission). Columns: Mp in kg, Rp in m, T in K, logH2O, logCH4 and so on; where they are there Rs in m, \
      logPcloud in Pa, and for irradiated profiles of the equilibrium temperature T also Tint in K, logKappa in m2/kg and \
      logGamma. Rows are written as they come, so that a table may be of any length: Control-C keeps them, and the \
      same command goes on from there.

        exospool-lab simulate spectrum --parameters planets.fits --output spectra.fits --configuration exogan-2018
      """)

  enum Configuration: String, ExpressibleByArgument, CaseIterable {
    case physical
    case exogan2018 = "exogan-2018"

    var model: ModelConfiguration { self == .physical ? .physical : .exoGAN2018 }
  }

  @Option(help: "Planet's mass, Jupiter masses (1 unless given).")
  var mass: Double?

  @Option(help: "Planet's radius at 10 bar, Jupiter radii (1 unless given).")
  var radius: Double?

  @Option(help: "Temperature of an isothermal atmosphere, K (1000 unless given).")
  var temperature: Double?

  @Option(
    help: ArgumentHelp(
      """
      Temperatures by pressure in place of --temperature: pairs of bar and K, joined linearly in log pressure, such as \
      10:1800,0.1:1200,1e-4:900; or guillot:equilibrium=1400,internal=100,opacity=1e-3,ratio=0.4 (Guillot 2010: K, K, \
      thermal opacity in m2/kg, visible over thermal opacity; all but equilibrium may be left out).
      """, valueName: "profile"),
    transform: { try TemperatureProfile(notation: $0) })
  var profile: TemperatureProfile?

  @Option(
    help: "Star's radius, solar radii (1 unless given); with --parameters, of tables without a column Rs.")
  var starRadius: Double?

  @Option(
    help: ArgumentHelp(
      """
      A gas and its mixing ratio, such as H2O=4e-4; or two, below and above a pressure in bar, as H2O=1e-3:1e-6@0.1, \
      with ~1 behind it for a transition over one decade of pressure. May be repeated.
      """, valueName: "gas"),
    transform: { try TraceGas(notation: $0) })
  var gas: [TraceGas] = []

  @Option(help: "Top of a grey cloud deck, bar.")
  var cloudTop: Double?

  @Option(
    help: ArgumentHelp(
      """
      A haze: how many times hydrogen's scattering at 0.35 um, and the power of wavelength by which it falls where that \
      is not -4, such as 100 or 100:-6.
      """, valueName: "haze"),
    transform: { try Haze(notation: $0) })
  var haze: Haze?

  @Option(
    help: ArgumentHelp(
      """
      A cloud of particles, by condensate (\(Condensate.allCases.map(\.rawValue).joined(separator: ", "))), mass in a kg of gas and \
      effective radius in um: MgSiO3:mass=1e-5,radius=0.3; or one whose opacity falls with wavelength, in m2/kg of gas at 1 um: \
      power:opacity=1e-3,exponent=2. Behind these base= and top= (bar), sedimentation= (the power of pressure by which it thins \
      out, 0 unless given), and of particles width= (of the logarithm of radius, 0.5). May be repeated.
      """, valueName: "cloud"),
    transform: { try Cloud(notation: $0) })
  var cloud: [Cloud] = []

  @Option(help: "The part of the limb or disc that deck, haze and clouds cover (1 unless given).")
  var cloudFraction: Double?

  @OptionGroup var heat: HeatOptions

  @Option(help: "Mixing ratio of H-, in place of what dissociation makes.")
  var anion: Double?

  @ArgumentParser.Flag(help: "Eclipse depth by thermal emission instead of transit depth.")
  var emission = false

  @Option(help: "Star's temperature, K, for --emission: it shines as a black body (5772 unless given).")
  var starTemperature: Double?

  @Option(help: "physical: opacities follow the temperature. exogan-2018: as the published training set.")
  var configuration: Configuration = .physical

  @Option(help: "FITS table of planets.")
  var parameters: String?

  @Option(help: "File to write; standard output where none is named.")
  var output: String?

  @Option(help: "SVG file to draw the spectrum to.")
  var plot: String?

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Threads, with --parameters.")
  var threads = 2

  func validate() throws {
    guard (1...256).contains(threads) else { throw ValidationError("--threads is 1 to 256.") }
    guard temperature == nil || profile == nil else {
      throw ValidationError("--temperature and --profile both say how hot the atmosphere is: leave one out.")
    }
    guard emission || starTemperature == nil else {
      throw ValidationError("--star-temperature matters to --emission only.")
    }
    for (name, value) in [
      ("--mass", mass), ("--radius", radius), ("--temperature", temperature), ("--star-radius", starRadius),
      ("--cloud-top", cloudTop), ("--star-temperature", starTemperature), ("--anion", anion),
    ] {
      guard value.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw ValidationError("\(name) must be a positive number.")
      }
    }
    guard (0...1).contains(cloudFraction ?? 1) else {
      throw ValidationError("--cloud-fraction is 0 to 1.")
    }
    guard cloudFraction == nil || cloudTop != nil || haze != nil || !cloud.isEmpty else {
      throw ValidationError("--cloud-fraction needs something that covers: --cloud-top, --haze or --cloud.")
    }
    guard !heat.dissociation || configuration == .physical else {
      throw ValidationError("--dissociation is for the configuration physical: exogan-2018 knows no heat.")
    }
    guard (anion ?? 0) < 0.1 else {
      throw ValidationError("--anion is a mixing ratio of a trace, below 0.1.")
    }
    guard parameters != nil || Length(jupiterRadii: radius ?? 1).meters < stellarRadius.meters else {
      throw ValidationError("--radius makes the planet as large as its star or larger: check --star-radius.")
    }
    guard parameters != nil else { return }
    guard output != nil else { throw ValidationError("--parameters needs --output.") }
    let isOfOnePlanet =
      mass != nil || radius != nil || temperature != nil || profile != nil || !gas.isEmpty || cloudTop != nil
      || haze != nil || !cloud.isEmpty || cloudFraction != nil || heat.dissociation || anion != nil
      || plot != nil
    guard !isOfOnePlanet else {
      throw ValidationError(
        "--parameters takes planets from its table: --mass, --radius, --temperature, --profile, --gas, --cloud-top, "
          + "--haze, --cloud, --cloud-fraction, --dissociation, --anion and --plot are for one planet.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    var assumed = configuration.model
    heat.configure(&assumed)
    let model = try OpacityLibrary(directory: opacity.directory()).model(assumed)
    if let parameters, let output {
      try simulateTable(model, parameters: parameters, output: output)
    } else {
      try simulateOne(model)
    }
  }

  var stellarRadius: Length {
    starRadius.map { Length(solarRadii: $0) }
      ?? (configuration == .exogan2018 ? ModelConfiguration.exoGAN2018StellarRadius : Length(solarRadii: 1))
  }

  var star: StellarSpectrum { .blackBody(Temperature(kelvins: starTemperature ?? 5772)) }

  private func simulateOne(_ model: SpectrumModel) throws {
    let planet = PlanetAtmosphere(
      mass: Mass(jupiterMasses: mass ?? 1), radius: Length(jupiterRadii: radius ?? 1),
      stellarRadius: stellarRadius,
      temperature: profile ?? .isothermal(Temperature(kelvins: temperature ?? 1000)), gases: gas,
      aerosols: Aerosols(
        cloudTop: cloudTop.map { Pressure(bars: $0) }, haze: haze, clouds: cloud, coverage: cloudFraction ?? 1
      ),
      dissociation: heat.chemistry, hydrogenAnion: anion.map { .constant($0) })
    let columns: [(name: String, values: [Double])]
    if emission {
      let spectrum = try model.emission(planet, star: star)
      columns = [("eclipse_depth", spectrum.eclipseDepth), ("flux_W_m-2_m-1", spectrum.flux)]
    } else {
      columns = [("transit_depth", try model.transitDepth(planet))]
    }
    if let plot { try draw(columns[0].values, on: model.grid, to: plot) }
    let text = table(columns, on: model.grid)
    if let output {
      try Files.write(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }

  private func table(_ columns: [(name: String, values: [Double])], on grid: SpectralGrid) -> String {
    var text = "# wavelength_um low_um high_um \(columns.map(\.name).joined(separator: " "))\n"
    let edges = grid.edges
    for (bin, wavelength) in grid.wavelengths.enumerated() {
      text += String(
        format: "%.6f %.6f %.6f", wavelength * 1e6, edges[bin] * 1e6, edges[bin + 1] * 1e6)
      for column in columns { text += String(format: " %.9e", column.values[bin]) }
      text += "\n"
    }
    return text
  }

  /// Transit depths differ by parts, eclipse depths by powers of ten.
  private func draw(_ depths: [Double], on grid: SpectralGrid, to file: String) throws {
    let figure = WavelengthPlot(
      title: emission ? "Eclipse depth" : "Transit depth",
      ordinate: emission ? "eclipse depth (ppm)" : "transit depth (ppm)",
      wavelengths: grid.wavelengths.map { $0 * 1e6 },
      curves: [.init(gas.map(\.species.formula).joined(separator: " "), depths.map { $0 * 1e6 })],
      scale: emission ? .decades(6) : .linear)
    try Files.write(figure.svg, to: file)
  }
}
