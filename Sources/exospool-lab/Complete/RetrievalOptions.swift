import ArgumentParser
import Atmospheres
import Observations
import OpacityFiles
import Retrieval
import SpectralPrior
import Units

/// A number, and its error behind a colon.
struct ValueWithError: ExpressibleByArgument {
  let value: Double
  let error: Double?

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(parts.count), let value = parts[0], value > 0, value.isFinite else { return nil }
    self.value = value
    guard parts.count == 2 else {
      error = nil
      return
    }
    guard let error = parts[1], error >= 0, error.isFinite else { return nil }
    self.error = error
  }
}

/// A spectrum, what is known of its planet and star, and the atmospheres that are asked.
struct RetrievalOptions: ParsableArguments {
  @Argument(
    help: "Spectrum of transit or eclipse depths: FITS or text in any layout the daemon reads, gzip too.")
  var file: String

  @Option(
    help: ArgumentHelp(
      """
      Atmospheres to choose among: \(AtmosphereSpace.Name.allCases.map(\.rawValue).joined(separator: ", ")). Default: by the \
      file's kind.
      """))
  var space: AtmosphereSpace.Name?

  @Option(help: "Planet's mass, VALUE or VALUE:ERROR in Jupiter masses; without an error a tenth of it.")
  var mass: ValueWithError?

  @Option(help: "Eclipses: the planet's radius, VALUE or VALUE:ERROR in Jupiter radii.")
  var radius: ValueWithError?

  @Option(
    help: "Star's radius, VALUE or VALUE:ERROR in solar radii, exact with :0; where the file has RSTAR, that."
  )
  var starRadius: ValueWithError?

  @Option(help: "Eclipses: the star's temperature, K; the star is a black body.")
  var starTemperature: Double?

  @Option(
    help:
      "Planet's equilibrium temperature, VALUE or VALUE:ERROR in K; the error is a quarter of it at least.")
  var temperature: ValueWithError?

  @Option(help: "Standard deviation of the offset of each instrument but the first, ppm; 0: there are none.")
  var offsets = 100.0

  @ArgumentParser.Flag(
    help: "Take errors as given. Else, but for exogan-2018, a factor on them between 1 and 4 is a parameter.")
  var errorsAsGiven = false

  @Option(
    help:
      "Keep a variable at a value, KEY=VALUE with a key as likelihood --describe writes it, such as log10NH3=-8; may be repeated."
  )
  var hold: [String] = []

  @Option(
    help:
      "Formulas of the gases to allow, with commas, such as H2O,CH4; the others are absent, and no network helps. Default: all."
  )
  var gases: String?

  @Option(help: "Use points from this wavelength on, um.")
  var from: Double?

  @Option(help: "Use points up to this wavelength, um.")
  var to: Double?

  @OptionGroup var opacity: OpacityLocation

  var inflatesErrors: Bool { !errorsAsGiven && space != .exoGAN2018 }

  func validate() throws {
    guard mass?.error != 0, radius?.error != 0, temperature?.error != 0 else {
      throw ValidationError("errors of mass, radius and temperature are above 0.")
    }
    let known = Set(
      AtmosphereSpace.Name.allCases.flatMap {
        AtmosphereSpace($0).variables.compactMap(AtmosphereSpace.formula)
      })
    if let unknown = keptGases?.subtracting(known).min() {
      throw ValidationError("--gases: \(unknown) is none of \(known.sorted().joined(separator: ", ")).")
    }
    guard offsets >= 0, offsets.isFinite else { throw ValidationError("--offsets is 0 or more, in ppm.") }
  }

  private var keptGases: Set<String>? {
    gases.map { Set($0.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)) }
  }

  func observation() throws -> SpectralObservation {
    var spectrum = try ObservedSpectrum.read(file)
    for point in 0..<spectrum.count {
      let wavelength = spectrum.wavelength[point] * 1e6
      if wavelength < from ?? 0 || wavelength > to ?? .infinity { spectrum.isMasked[point] = true }
    }
    var context = SpectrumContext(of: spectrum)
    func value<Dimension>(
      _ option: ValueWithError?, _ unit: (Double) -> Quantity<Dimension>
    ) -> SpectrumContext.Value<Dimension>? {
      option.map { option in
        // An exact value is put in its place below: here it only must not look like one whose error is unknown.
        let error = option.error.map { unit($0 > 0 ? $0 : option.value) }
        return .init(
          Measurement(value: unit(option.value), upperError: error, lowerError: error), source: .input)
      }
    }
    context.planetMass = value(mass) { Mass(jupiterMasses: $0) }
    context.planetRadius = value(radius) { Length(jupiterRadii: $0) }
    context.planetTemperature = value(temperature) { Temperature(kelvins: $0) }
    if let starRadius = value(starRadius, { Length(solarRadii: $0) }) { context.starRadius = starRadius }
    if let starTemperature {
      context.starTemperature = .init(
        Measurement(value: Temperature(kelvins: starTemperature)), source: .input)
    }
    do {
      var observation = try SpectralObservation(spectrum, context: context)
      observation.offsetDeviation = offsets * 1e-6
      if let starRadius, starRadius.error == 0 {
        observation.starRadius = MeasuredValue(Length(solarRadii: starRadius.value).meters, deviation: 0)
      }
      guard atmospheres(observation).kind == observation.kind else {
        throw ValidationError(
          "\(file) holds \(observation.kind.rawValue) depths, --space \(space?.rawValue ?? "") other ones.")
      }
      return observation
    } catch let error as NoRetrieval {
      throw ValidationError("\(file): \(error.description)")
    }
  }

  func atmospheres(_ observation: SpectralObservation) -> AtmosphereSpace {
    AtmosphereSpace(
      space ?? (observation.kind == .eclipse ? .eclipse : .transmission), only: keptGases)
  }

  func held(_ space: AtmosphereSpace) throws -> [String: Double] {
    var held: [String: Double] = [:]
    for text in hold {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let value = Double(parts[1]),
        let place = space.index(String(parts[0])), place >= 3, space.variables[place].range.contains(value)
      else {
        throw ValidationError(
          "--hold \(text): write the key of a gas or of a cloud's number, = and a number in its range, such as log10NH3=-8."
        )
      }
      held[String(parts[0])] = value
    }
    return held
  }

  func forward(_ space: AtmosphereSpace) throws -> SpectrumModel {
    try OpacityLibrary(directory: opacity.directory()).model(space.configuration)
  }
}
