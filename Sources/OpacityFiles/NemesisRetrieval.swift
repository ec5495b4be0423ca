package import Atmospheres
package import Observations
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// How much of a gas our tables find in clear transmission spectra that were made with its k-table of NEMESIS: spectra
/// of a hot Jupiter in the channels of HST's WFC3, with hydrogen, helium, their Rayleigh scattering and collisions as our
/// model has them. The gas's mixing ratio and the spectrum's level are sought, the temperature is known.
package struct NemesisRetrieval: Sendable {
  package struct Result: Sendable, Hashable {
    /// log10 of the mixing ratio found less that put in.
    package let error: Double
    /// Root mean square of what is left, scale heights.
    package let residual: Double
    /// By how much the root mean square would grow, scale heights, were the mixing ratio 0.15 dex off, the level free: the
    /// mean of both sides, without noise. Below 0.02 the spectrum does not tell.
    package let sensitivity: Double
    /// Channels in which the k-table has any absorption.
    package let channelCount: Int
    /// Between the highest and the lowest channel, scale heights.
    package let span: Double
  }

  private let species: Species
  private let theirs: SpectrumModel
  private let ours: SpectrumModel
  /// By channel, over the bins of `ours`, adding up to 1.
  private let shares: [[Double]]
  private let table: NemesisTable
  private let channels: [Int]

  private static let wfc3 = 1.1...1.7
  /// Bins that the channels reach, um.
  private static let reach = 1.05...1.72
  private static let sensitivityStep = 0.15

  /// - Parameters:
  ///   - tables: what our model absorbs with, on the standard grid: the gas's distribution and collisions of pairs.
  ///   - name: of the k-table, for messages.
  package init(_ table: NemesisTable, name: String, of species: Species, tables: Opacities)
    throws(OpacityFileError)
  {
    do {
      try self.init(table, of: species, tables: tables)
    } catch {
      throw OpacityFileError(.badTable, file: name, error.message)
    }
  }

  private init(_ table: NemesisTable, of species: Species, tables: Opacities) throws(AtmosphereError) {
    let grid = SpectralGrid.standard
    let response = NemesisComparison.Response.triangle
    let channels = table.wavelengths.indices.filter { Self.wfc3.contains(table.wavelengths[$0]) }
    let weights = channels.map { channel in
      let shares = response.shares(of: table.wavelengths[channel], grid)
      let sum = shares.reduce(0, +)
      return shares.map { $0 / sum }
    }
    guard channels.count > 2, let first = grid.bin(wavelength: Self.reach.lowerBound * 1e-6),
      let last = grid.bin(wavelength: Self.reach.upperBound * 1e-6)
    else { throw AtmosphereError(.badTable, "the k-table has no channels of WFC3") }

    let channelGrid = SpectralGrid(
      wavelengths: channels.map { (table.wavelengths[$0] + response.offset) * 1e-6 })
    var collisions: [CollisionInducedAbsorption] = []
    for pair in tables.collisions {
      let rows = pair.temperatures.indices.map {
        pair.coefficients[$0 * grid.count..<($0 + 1) * grid.count]
      }
      collisions.append(
        try CollisionInducedAbsorption(
          pair: pair.pair, temperatures: pair.temperatures,
          coefficients: rows.flatMap { row in weights.map { zip($0, row).reduce(0.0) { $0 + $1.0 * $1.1 } } },
          grid: channelGrid))
    }
    theirs = try SpectrumModel(
      configuration: .physical, grid: channelGrid,
      opacities: Opacities(
        distributions: [try Self.distribution(table, of: species, channels: channels)], collisions: collisions
      ))
    ours = try SpectrumModel(configuration: .physical, grid: grid, opacities: tables).cut(
      to: first..<last + 1)
    shares = weights.map { Array($0[first...last]) }
    self.species = species
    self.table = table
    self.channels = channels
  }

  /// - Parameters:
  ///   - temperature: K, of an isothermal atmosphere.
  ///   - logMixingRatio: log10 of what is put in.
  package func retrieve(temperature: Double, logMixingRatio: Double) throws(AtmosphereError) -> Result {
    let cross = table.crossSections(temperature: temperature, pressure: 1e3)
    let used = channels.indices.filter { index in cross[channels[index]].contains { $0 > 0 } }
    let truth = planet(temperature, logMixingRatio)
    let spectrum = try theirs.transitDepth(truth)
    let scale = scaleHeight(truth, temperature)
    guard used.count > 2 else {
      throw AtmosphereError(.badTable, "the k-table has nothing in WFC3 at \(temperature) K")
    }

    /// Root mean square, scale heights, with the best level.
    func residual(_ logMixingRatio: Double) throws(AtmosphereError) -> Double {
      let depths = try ours.transitDepth(planet(temperature, logMixingRatio))
      return Self.spread(
        used.map { index in
          (spectrum[index] - zip(shares[index], depths).reduce(0.0) { $0 + $1.0 * $1.1 }) / scale
        })
    }
    func least(_ values: [Double]) throws(AtmosphereError) -> (place: Double, value: Double) {
      var best = (place: logMixingRatio, value: Double.infinity)
      for place in values {
        let value = try residual(place)
        if value < best.value { best = (place, value) }
      }
      return best
    }
    // From 2.5 dex below to 2.5 above, in ever smaller steps.
    var (best, step) = ((place: logMixingRatio, value: Double.infinity), 0.25)
    best = try least((-10...10).map { logMixingRatio + step * Double($0) })
    while step > 0.005 {
      step /= 2
      best = try least([-1, 0, 1].map { best.place + step * $0 })
    }
    var others = 0.0
    for side in [-Self.sensitivityStep, Self.sensitivityStep] {
      let off = try theirs.transitDepth(planet(temperature, logMixingRatio + side))
      others += 0.5 * Self.spread(used.map { (off[$0] - spectrum[$0]) / scale })
    }
    let seen = used.map { spectrum[$0] }
    return Result(
      error: best.place - logMixingRatio, residual: best.value, sensitivity: others, channelCount: used.count,
      span: ((seen.max() ?? 0) - (seen.min() ?? 0)) / scale)
  }

  /// k by layer, its zeros as 1e-60 cm2.
  private static func distribution(
    _ table: NemesisTable, of species: Species, channels: [Int]
  ) throws(AtmosphereError) -> KDistribution {
    var logs: [Float] = []
    for temperature in table.temperatures {
      for pressure in table.pressures {
        let cross = table.crossSections(temperature: temperature, pressure: pressure)
        logs += channels.flatMap { cross[$0].map { Float(log(max($0, 1e-64))) } }
      }
    }
    return try KDistribution(
      species: species, weights: table.weights,
      form: .local(
        LogCrossSectionTable(
          temperatures: table.temperatures, pressures: table.pressures, pointCount: table.weights.count,
          logCrossSections: logs)))
  }

  private func planet(_ temperature: Double, _ logMixingRatio: Double) -> PlanetAtmosphere {
    PlanetAtmosphere(
      mass: Mass(jupiterMasses: 1), radius: Length(jupiterRadii: 1.2), stellarRadius: Length(solarRadii: 1),
      temperature: .isothermal(Temperature(kelvins: temperature)),
      gases: [TraceGas(species, pow(10, logMixingRatio))])
  }

  /// The depth of one scale height of hydrogen and helium.
  private func scaleHeight(_ planet: PlanetAtmosphere, _ temperature: Double) -> Double {
    let relative = DerivedProperties.scaleHeightOverRadius(
      mass: planet.mass.kilograms, radius: planet.radius.meters, temperature: temperature)
    return 2 * (relative ?? .nan) * pow(planet.radius / planet.stellarRadius, 2)
  }

  private static func spread(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }
}
