package import Atmospheres
package import Observations
package import SpectralPrior
import Units

/// From heights in the bins that an observation's points touch to the depths of the points.
///
/// Heights are what a space's forward model and its surrogates give, free of the sizes of planet and star: in transmission
/// (D - 1) / s with D the transit depth over that of the planet's disc, in eclipse T_b / T - 1 with T_b the brightness temperature. A
/// bin's depth is k^2 (1 + s height), or k^2 B(T (1 + height)) over the star's flux.
package struct PointDepths: Sendable {
  /// Ascending, of the standard grid.
  package let bins: [Int]
  /// By point, the place of its first bin among `bins`, and its weights on that and the following.
  private let responses: [(first: Int, weights: [Double])]
  private let kind: SpectrumKind
  /// Of the bins, W m-2 m-1; empty in transmission.
  private let starFlux: [Double]
  /// h c / (wavelength k), K, and 2 pi h c^2 / wavelength^5, W m-2 m-1; likewise.
  private let temperatures: [Double]
  private let fluxes: [Double]

  /// The points of an observation.
  /// - Throws: where eclipse depths come without a star's temperature.
  package init(
    _ observation: SpectralObservation, constants: PhysicalConstants
  ) throws(AtmosphereError) {
    let touched = Set(observation.points.responses.flatMap(\.bins)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(touched, touched.indices))
    try self.init(
      observation.kind, bins: touched, starTemperature: observation.starTemperature, constants: constants,
      responses: observation.points.responses.map { (places[$0.firstBin] ?? 0, $0.weights) })
  }

  /// Every bin a point.
  package init(
    everyBinFor observation: SpectralObservation, constants: PhysicalConstants
  ) throws(AtmosphereError) {
    let bins = Array(0..<SpectralGrid.standard.count)
    try self.init(
      observation.kind, bins: bins, starTemperature: observation.starTemperature, constants: constants,
      responses: bins.map { ($0, [1]) })
  }

  private init(
    _ kind: SpectrumKind, bins: [Int], starTemperature: Double?, constants: PhysicalConstants,
    responses: [(first: Int, weights: [Double])]
  ) throws(AtmosphereError) {
    self.kind = kind
    self.bins = bins
    self.responses = responses
    guard kind == .eclipse else {
      (starFlux, temperatures, fluxes) = ([], [], [])
      return
    }
    let grid = SpectralGrid.standard
    starFlux = try StellarSpectrum.blackBody(Temperature(kelvins: starTemperature ?? 0))
      .flux(on: grid, bins: bins, constants: constants)
    let hc = constants.planck * constants.speedOfLight
    temperatures = bins.map { hc / (grid.wavelengths[$0] * constants.boltzmann) }
    fluxes = bins.map { 2 * Double.pi * hc * constants.speedOfLight / pow(grid.wavelengths[$0], 5) }
  }

  package var count: Int { responses.count }

  /// Places among `bins` and weights of one point's bins.
  func weights(of point: Int) -> [(bin: Int, weight: Double)] {
    let response = responses[point]
    return response.weights.enumerated().map { (response.first + $0.offset, $0.element) }
  }

  /// Depths of the points.
  /// - Parameters:
  ///   - heights: one a bin.
  ///   - shift: in transmission, to be added to all.
  package func depths(
    _ heights: some RandomAccessCollection<Double>, _ state: RetrievalCoordinates.State, shift: Double = 0
  ) -> [Double] {
    let ofBins = Array(heights)
    precondition(ofBins.count == bins.count)
    guard kind == .eclipse else {
      let ratio = exp(state.row[0])
      return means(ofBins).map { state.depth * (1 + ratio * ($0 + shift)) }
    }
    let temperature = exp(state.row[1])
    return means(
      ofBins.indices.map { bin in
        let x = temperatures[bin] / (temperature * Self.factor(ofBins[bin]))
        return state.depth * fluxes[bin] / (expm1(x) * starFlux[bin])
      })
  }

  /// Small changes of the heights, made ready for many states.
  package struct Changes: Sendable {
    /// One a bin; in transmission, where it is the same for all states, what they do to the points but for a factor.
    fileprivate let numbers: [[Double]]
  }

  /// - Parameter changes: of the heights, one a bin.
  package func changes(_ changes: [[Double]]) -> Changes {
    Changes(numbers: kind == .eclipse ? changes : changes.map(means))
  }

  /// What changes of the heights do to the points.
  package func changes(
    _ changes: Changes, at heights: some RandomAccessCollection<Double>, _ state: RetrievalCoordinates.State,
    times stretch: Double = 1
  ) -> [[Double]] {
    guard kind == .eclipse else {
      let factor = stretch * state.depth * exp(state.row[0])
      return changes.numbers.map { $0.map { factor * $0 } }
    }
    let temperature = exp(state.row[1])
    let ofBins = Array(heights)
    let slopes = ofBins.indices.map { bin -> Double in
      let factor = Self.factor(ofBins[bin])
      let x = temperatures[bin] / (temperature * factor)
      let flux = fluxes[bin] / expm1(x)
      // d ln B / d ln T = x / (1 - e^-x)
      return stretch * state.depth * flux / starFlux[bin] * x / -expm1(-x) / factor
    }
    return changes.numbers.map { change in means(zip(slopes, change).map { $0 * $1 }) }
  }

  /// A surrogate's temperatures may miss by more than there is.
  private static func factor(_ height: Double) -> Double { max(1 + height, 0.05) }

  private func means(_ values: [Double]) -> [Double] {
    responses.map { response in
      var sum = 0.0
      for (offset, weight) in response.weights.enumerated() {
        sum += weight * values[response.first + offset]
      }
      return sum
    }
  }
}

extension AtmosphereSpace {
  /// Heights of a row by the forward model, in the model's bins.
  /// - Parameter foreign: a gas more, which the space need not have.
  package func heights(
    _ row: [Double], _ model: SpectrumModel, adding foreign: TraceGas? = nil
  ) throws(AtmosphereError) -> [Double] {
    var planet = planet(row)
    if let foreign { planet.gases.append(foreign) }
    switch kind {
    case .eclipse:
      let temperature = Self.temperature(row)
      return try brightnessTemperatures(planet, model).map { $0 / temperature - 1 }
    case .transmission, .stellar:
      let ratio = exp(row[0])
      return try model.transitDepth(planet).map { ($0 - 1) / ratio }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
