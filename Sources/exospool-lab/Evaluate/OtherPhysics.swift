import Atmospheres
import NumericalMethods
import Observations
import Retrieval
import RetrievalTraining
import RobERtTraining
import SpectralPrior
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Hot giants whose spectra networks and priors do not know, as observed.
enum OtherPhysics: String, CaseIterable {
  /// Phosphine of 1e-6 to 1e-4, without carbon dioxide and sulphur dioxide.
  case phosphine
  /// Hydrogen cyanide of 1e-5 to 3e-3 without water, opacities off by what tables are said to be wrong by.
  case cyanide

  /// Gases that are not there, and must not be seen.
  var absent: [String] {
    switch self {
    case .phosphine: ["CO2", "SO2"]
    case .cyanide: ["H2O"]
    }
  }

  /// A row of the space `transmission`.
  func draw(_ space: AtmosphereSpace, _ random: inout SeededRandom) -> [Double] {
    let (mass, radius, temperature) = (
      exp(random.uniform(log(0.3), log(2))) * Constants.jupiterMass,
      random.uniform(0.9, 1.6) * Constants.jupiterRadius, random.uniform(800, 1800)
    )
    var row = AtmosphereSpace.row(mass: mass, radius: radius, temperature: temperature)
    row += space.variables.dropFirst(3).map(\.range.lowerBound)
    func set(_ key: String, _ low: Double, _ high: Double) {
      if let place = space.index(key) { row[place] = random.uniform(low, high) }
    }
    switch self {
    case .phosphine:
      set("log10H2O", -5, -2)
      set("log10CO", -5, -2)
      set("log10CH4", -8, -4)
      set("log10H2S", -7, -4)
    case .cyanide:
      set("log10HCN", -5, -2.5)
      set("log10C2H2", -8, -4)
      set("log10CH4", -6, -3)
      set("log10CO", -4, -2)
    }
    set("log10Na", -7, -5)
    set("log10K", -8, -6)
    set("cloudTop", -3, 2)
    set("cloudFraction", 0, 1)
    return row
  }

  /// What is added to the heights, one a bin: where tables are wrong.
  func moved(_ row: [Double], _ emulator: SpectrumEmulator, _ random: inout SeededRandom) -> [Double]? {
    guard self == .cyanide else { return nil }
    return GasFeatures.disturbance(
      GasFeatures.slopes(row, emulator), deviation: PointsExampleSource.opacityDeviation, &random)
  }

  /// What is there besides the space's gases, one a bin.
  func foreign(
    _ row: [Double], _ space: AtmosphereSpace, _ phosphine: ForeignGases, heights: [Double],
    _ random: inout SeededRandom
  ) throws(AtmosphereError) -> [Double]? {
    guard self == .phosphine, !phosphine.isEmpty else { return nil }
    return try phosphine.feature(row, space, heights: heights, ratios: -6 ... -4, &random)
  }
}

/// A planet of other physics as a file of it would be read.
struct StrangeSpectrum: Sendable {
  let spectrum: Spectrum
  let context: SpectrumContext
  let observation: SpectralObservation
  /// By formula, `foreign` for what the space does not have.
  let significances: [String: Double]

  private static let massError = 0.06

  /// - Parameter noise: standard deviation in a bin, as a depth.
  /// - Returns: nil where the forward model has no spectrum.
  init?(
    _ physics: OtherPhysics, coverage: Coverage, noise: Double, model: CompletionModel,
    forward: SpectrumModel, _ random: inout SeededRandom
  ) {
    let space = model.space
    let row = physics.draw(space, &random)
    let moved = physics.moved(row, model.emulator, &random)
    do throws(AtmosphereError) {
      var features = try GasFeatures(row, space, forward: forward)
      features.foreign = try physics.foreign(
        row, space, ForeignGases(forward, only: ["PH3"]), heights: features.heights, &random)
      let plan = RetrievalTraining.ObservationPlan(
        coverage: coverage, noise: .depth(noise),
        context: .init(mass: .to(Self.massError), temperature: .to(0.25), starRadius: .to(0.03)),
        offsetDeviation: 1e-4)
      let simulated = plan.observe(row, try space.shape(row, forward), space: space, &random)
      let observed = ObservedGases(
        features, simulated, row: row, kind: .transmission, moved: moved, ObservationDisturbance(), &random)
      significances = Dictionary(
        uniqueKeysWithValues: zip(space.gases.map(\.formula) + ["foreign"], observed.significances))
      let points = observed.observation.points
      let places = points.places.map { coverage.points[$0] }
      let errors = observed.observation.upperErrors
      var spectrum = Spectrum(
        kind: .transmission, kindSource: "simulated", layout: "simulated",
        wavelength: places.map { ($0.lower + $0.upper) / 2 }, lowerEdge: places.map(\.lower),
        upperEdge: places.map(\.upper), edgesAreGiven: true, value: points.values, upperError: errors,
        lowerError: errors, isMasked: places.map { _ in false }, unit: "", errorSource: "simulated")
      spectrum.instruments = places.map { coverage.instrumentNames[$0.instrument] }
      self.spectrum = spectrum
      observation = observed.observation
      var context = SpectrumContext()
      context.planetMass = .init(
        Measurement(value: Mass(kilograms: AtmosphereSpace.mass(row))), source: .input)
      context.planetRadius = .init(Measurement(value: Length(meters: exp(row[2]))), source: .input)
      context.planetTemperature = .init(
        Measurement(value: Temperature(kelvins: AtmosphereSpace.temperature(row))), source: .input)
      context.starRadius = .init(
        Measurement(value: Length(meters: exp(row[2]) / simulated.radiusRatio)), source: .input)
      self.context = context
    } catch {
      return nil
    }
  }
}
