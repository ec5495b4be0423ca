import Atmospheres
import NumericalMethods
import Observations
import Retrieval
import RetrievalTraining
import SpectralPrior
import TrainingSets
import Units

/// A spectrum of a table as observed, with how strongly each of its gases shows.
struct KnownGases: Sendable {
  let spectrum: Spectrum
  let context: SpectrumContext
  let observation: SpectralObservation
  /// K
  let temperature: Double
  /// By formula: standard deviations with level, slope and offsets free. Gases that the table does not have are not there.
  let significances: [String: Double]
  /// By formula: what each gas does to the points.
  private let changes: [String: [Double]]

  /// - Parameters:
  ///   - coverage: points that touch a bin without a value are left out.
  ///   - noise: standard deviation of each bin of the grid, as a depth; points wider than a bin have less of it.
  ///   - forward: of `exogan-2018`.
  /// - Returns: nil where there is no such planet, or no point.
  init?(
    _ table: LabelledSpectra, row: Int, coverage: Coverage, noise: Double, forward: SpectrumModel,
    _ random: inout SeededRandom
  ) {
    let grid = SpectralGrid.standard
    let space = AtmosphereSpace(.exoGAN2018)
    let depths = zip(table.depths[row], table.isAnchored).map { $1 ? Double.nan : $0 }
    guard let mass = table.parameters["planetMass"]?[row],
      let radius = table.parameters["planetRadius"]?[row],
      let temperature = table.parameters["temperature"]?[row]
    else { return nil }
    let gases = space.variables.dropFirst(3).compactMap { table.parameters[$0.key]?[row] }
    guard gases.count == space.count - 3 else { return nil }
    self.temperature = temperature
    var points: [(lower: Double, upper: Double, value: Double, error: Double, instrument: Int)] = []
    for point in coverage.points {
      let bins = depths.indices.filter {
        grid.wavelengths[$0] > point.lower && grid.wavelengths[$0] < point.upper
      }
      let values = bins.map { depths[$0] }
      guard !values.isEmpty, values.allSatisfy(\.isFinite) else { continue }
      let widths = bins.map { grid.edges[$0 + 1] - grid.edges[$0] }
      let mean = zip(values, widths).reduce(0) { $0 + $1.0 * $1.1 } / widths.reduce(0, +)
      let error = point.noise * noise
      points.append((point.lower, point.upper, mean + error * random.normal(), error, point.instrument))
    }
    points.sort { $0.lower < $1.lower }
    var spectrum = Spectrum(
      kind: .transmission, kindSource: "table", layout: "table",
      wavelength: points.map { ($0.lower + $0.upper) / 2 }, lowerEdge: points.map(\.lower),
      upperEdge: points.map(\.upper), edgesAreGiven: true, value: points.map(\.value),
      upperError: points.map(\.error), lowerError: points.map(\.error), isMasked: points.map { _ in false },
      unit: "", errorSource: "table")
    spectrum.instruments = points.map { coverage.instrumentNames[$0.instrument] }
    self.spectrum = spectrum
    var context = SpectrumContext()
    context.planetMass = .init(Measurement(value: Mass(kilograms: mass)), source: .input)
    context.planetRadius = .init(Measurement(value: Length(meters: radius)), source: .input)
    context.planetTemperature = .init(Measurement(value: Temperature(kelvins: temperature)), source: .input)
    let star = ModelConfiguration.exoGAN2018StellarRadius
    context.starRadius = .init(Measurement(value: star), source: .input)
    self.context = context
    guard let observation = try? SpectralObservation(spectrum, context: context) else { return nil }
    self.observation = observation
    let planet = AtmosphereSpace.row(mass: mass, radius: radius, temperature: temperature) + gases
    guard let heights = try? space.mutedHeights(planet, forward) else { return nil }
    let disc = radius / star.meters * (radius / star.meters)
    changes = Dictionary(
      uniqueKeysWithValues: heights.muted.map { formula, muted in
        (formula, zip(heights.whole, muted).map { disc * exp(planet[0]) * ($0 - $1) })
      })
    significances = Self.significances(changes, observation)
  }

  private static func significances(
    _ changes: [String: [Double]], _ observation: SpectralObservation
  ) -> [String: Double] {
    let significance = FeatureSignificance(
      observation, level: [Double](repeating: 1, count: observation.points.count))
    return changes.mapValues { significance(observation.points.points(of: $0)) }
  }

  private init(averaging other: KnownGases, _ spectrum: Spectrum, _ observation: SpectralObservation) {
    self.spectrum = spectrum
    self.observation = observation
    (context, temperature, changes) = (other.context, other.temperature, other.changes)
    significances = Self.significances(changes, observation)
  }

  /// The same data, so many neighbouring points of an instrument averaged.
  func averaged(_ width: Int) -> KnownGases? {
    var groups: [[Int]] = []
    for point in 0..<spectrum.count {
      if let last = groups.last, last.count < width, let end = last.last,
        spectrum.instruments?[end] == spectrum.instruments?[point],
        abs(spectrum.upperEdge[end] - spectrum.lowerEdge[point]) < 1e-3 * spectrum.wavelength[point]
      {
        groups[groups.count - 1].append(point)
      } else {
        groups.append([point])
      }
    }
    func mean(_ values: [Double], _ group: [Int]) -> Double {
      let widths = group.map { spectrum.upperEdge[$0] - spectrum.lowerEdge[$0] }
      return zip(group, widths).reduce(0) { $0 + values[$1.0] * $1.1 } / widths.reduce(0, +)
    }
    let errors = groups.map { group -> Double in
      let widths = group.map { spectrum.upperEdge[$0] - spectrum.lowerEdge[$0] }
      let squares = zip(group, widths).reduce(0.0) { sum, item in
        let part = item.1 * (spectrum.upperError?[item.0] ?? 0)
        return sum + part * part
      }
      return squares.squareRoot() / widths.reduce(0, +)
    }
    let (lower, upper) = (
      groups.map { spectrum.lowerEdge[$0[0]] }, groups.map { spectrum.upperEdge[$0[$0.count - 1]] }
    )
    var coarse = Spectrum(
      kind: spectrum.kind, kindSource: spectrum.kindSource, layout: spectrum.layout,
      wavelength: zip(lower, upper).map { ($0 + $1) / 2 }, lowerEdge: lower, upperEdge: upper,
      edgesAreGiven: true, value: groups.map { mean(spectrum.value, $0) }, upperError: errors,
      lowerError: errors, isMasked: groups.map { _ in false }, unit: "", errorSource: "table")
    coarse.instruments = groups.map { spectrum.instruments?[$0[0]] ?? "" }
    guard let observation = try? SpectralObservation(coarse, context: context) else { return nil }
    return KnownGases(averaging: self, coarse, observation)
  }
}

extension Coverage {
  /// The coverages that verdicts are judged by.
  static let ofVerdicts: [(name: String, make: @Sendable (inout SeededRandom) -> Coverage)] = [
    ("full", { _ in Coverage(.full) }), ("WFC3", { _ in Coverage(.wfc3) }),
    ("NIRISS", { _ in Coverage(.niriss) }), ("PRISM", { _ in Coverage(.prism) }),
    ("STIS+WFC3", { _ in stisAndWFC3([]) }), ("STIS+WFC3+Spitzer", { _ in stisAndWFC3([.irac1, .irac2]) }),
    ("WFC3+Spitzer", { _ in Coverage([("HST WFC3 G141", [1.12...1.65])], photometry: [.irac1, .irac2]) }),
    ("NIRISS+Spitzer", { _ in Coverage([("NIRISS", [0.63...2.81])], photometry: [.irac1, .irac2]) }),
    ("PRISM+MIRI", { _ in Coverage([("PRISM", [0.52...5.48]), ("MIRI LRS", [5.0...12.0])]) }),
    (
      "NIRISS-every-other",
      { _ in
        var coverage = Coverage(.niriss)
        coverage.points = coverage.points.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        return coverage
      }
    ),
    (
      "PRISM-masked",
      { random in
        var coverage = Coverage(.prism)
        coverage.points = coverage.points.filter { _ in random.uniform() >= 0.2 }
        return coverage
      }
    ),
    (
      "PRISM-saturated",
      { _ in
        var coverage = Coverage(.prism)
        coverage.points.removeAll { $0.upper > 0.7e-6 && $0.lower < 1.9e-6 }
        return coverage
      }
    ),
  ]

  private static func stisAndWFC3(_ photometry: [PhotometricBand]) -> Coverage {
    Coverage([("HST STIS", [0.30...1.00]), ("HST WFC3 G141", [1.12...1.65])], photometry: photometry)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
