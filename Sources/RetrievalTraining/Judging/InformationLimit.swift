package import Atmospheres
package import NumericalMethods
import Observations
package import Retrieval
import SpectralPrior
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How many posterior means can lie within a tenth of the range of the truth, whoever makes them: as far as the forward model is straight
/// between them (Fisher's information, with the prior's walls).
///
/// At the truth the spectrum's derivatives after every coordinate in which the prior is uniform are taken by differences. Of a straight
/// model with noise, the posterior is a normal law cut off at the walls, wherever the data happen to lie; its mean is that of a Gibbs chain.
/// The noise is drawn anew, not that of the spectra which methods are judged by. Where little of a gas is there, the model is not straight:
/// a limit from above, which says something, too, is then no part of it.
package struct InformationLimit: Sendable {
  private let space: AtmosphereSpace
  private let forward: SpectrumModel
  /// What is judged.
  package let scales: [ParameterScale]

  /// In the unit box of a difference.
  private static let step = 1e-3
  /// A star's radius is known to an error; its coordinate spans so many to either side.
  private static let starReach = 5.0

  /// - Parameter forward: of the space's configuration, on the whole grid.
  package init(_ space: AtmosphereSpace, forward: SpectrumModel) {
    precondition(space.kind == .transmission)
    self.space = space
    self.forward = forward
    scales = ParameterScale.all(space)
  }

  /// What a planet's spectrum depends on.
  package struct Sensitivity: Sendable {
    /// Of the planet in the unit box.
    fileprivate let centre: [Double]
    /// In each bin, of the planet's disc.
    fileprivate let depths: [Double]
    /// By coordinate, what moving through the whole box would add to the depths were they straight.
    fileprivate let derivatives: [[Double]]
    /// The same of the mass over its value.
    fileprivate let massDerivatives: [Double]
    /// By scale, the same of what it measures, over its range.
    fileprivate let scaleDerivatives: [[Double]]
  }

  /// - Returns: nil where there is no such atmosphere, or the truth is not known.
  package func sensitivity(of known: KnownSpectrum) -> Sensitivity? {
    guard let row = known.row(space) else { return nil }
    let centre = zip(values(row), ranges).map { ($0 - $1.lowerBound) / ($1.upperBound - $1.lowerBound) }
    guard let depths = depths(row, radius: row[2]) else { return nil }
    var (derivatives, masses, scaled): ([[Double]], [Double], [[Double]]) = ([], [], [])
    for place in centre.indices {
      let step = centre[place] + Self.step <= 1 ? Self.step : -Self.step
      var moved = centre
      moved[place] += step
      let other = self.row(moved)
      guard let changed = self.depths(other, radius: row[2]) else { return nil }
      derivatives.append(zip(changed, depths).map { ($0 - $1) / step })
      masses.append((AtmosphereSpace.mass(other) / AtmosphereSpace.mass(row) - 1) / step)
      scaled.append(
        scales.map { scale in
          (scale.share(of: other, space) - scale.share(of: row, space)) / step
        })
    }
    return Sensitivity(
      centre: centre, depths: depths, derivatives: derivatives, massDerivatives: masses,
      scaleDerivatives: scales.indices.map { scale in scaled.map { $0[scale] } })
  }

  /// The deviation of a posterior's mean from the truth by scale, over its range.
  /// - Parameter sweeps: of the chain; its error is a tenth of the posterior's width for some hundred.
  package func errors(
    _ planet: Sensitivity, _ known: KnownSpectrum, sweeps: Int, _ random: inout SeededRandom
  ) -> [Double] {
    let observation = known.observation
    let discs = ratio(known, planet)
    var columns = planet.derivatives.map { observation.points.points(of: $0).map { discs * $0 } }
    var centre = planet.centre
    var scaled = planet.scaleDerivatives
    // ln of the star's radius: a larger one makes all depths smaller.
    if space.name != .exoGAN2018, let star = observation.starRadius, star.logarithmicDeviation > 0 {
      let width = 2 * Self.starReach * star.logarithmicDeviation
      columns.append(observation.points.points(of: planet.depths).map { -2 * width * discs * $0 })
      centre.append(0.5)
      for scale in scaled.indices { scaled[scale].append(0) }
    }
    let deviations = observation.points.variances.map { $0.squareRoot() }
    var rows = columns.map { zip($0, deviations).map { $0 / $1 } }
    if centre.count > planet.centre.count {
      for place in rows.indices { rows[place].append(place == rows.count - 1 ? 2 * Self.starReach : 0) }
    }
    if let mass = observation.planetMass {
      for place in rows.indices {
        rows[place].append(
          place < planet.massDerivatives.count ? planet.massDerivatives[place] / mass.logarithmicDeviation : 0
        )
      }
    }
    let count = centre.count
    let noise = rows[0].map { _ in random.normal() }
    let slope = rows.map { zip($0, noise).reduce(0) { $0 + $1.0 * $1.1 } }
    let matrix = Matrix(rows: count, columns: noise.count, elements: rows.flatMap(\.self))
    let law = TruncatedNormal(
      centre: centre, precision: product(matrix, matrix.transposed).elements, slope: slope)
    let mean = law.mean(sweeps: sweeps, &random)
    return scaled.map { derivatives in
      derivatives.indices.reduce(0) { $0 + derivatives[$1] * (mean[$1] - centre[$1]) }
    }
  }

  /// By scale, the part of the planets for which `errors` are a tenth at most.
  /// - Parameter planets: of the first spectra; nil ones are left out.
  package func within10(
    _ planets: [Sensitivity?], _ spectra: [KnownSpectrum], sweeps: Int = 400, seed: UInt64, threads: Int
  ) -> [(key: String, within10: Double)] {
    let errors = concurrentMap(Array(planets.indices), threads: threads) { number -> [Double]? in
      var random = SeededRandom(seed: seed, stream: 0x11F0_0000_0000 + UInt64(number))
      return planets[number].map { self.errors($0, spectra[number], sweeps: sweeps, &random) }
    }.compactMap(\.self)
    guard !errors.isEmpty else { return [] }
    return scales.enumerated().map { place, scale in
      (scale.key, Double(errors.count { abs($0[place]) <= 0.1 }) / Double(errors.count))
    }
  }

  package func sensitivities(of spectra: some Collection<KnownSpectrum>, threads: Int) -> [Sensitivity?] {
    concurrentMap(Array(spectra), threads: threads) { sensitivity(of: $0) }
  }

  /// The planet's disc over the star's.
  private func ratio(_ known: KnownSpectrum, _ planet: Sensitivity) -> Double {
    let bins = known.depths.indices.filter { known.depths[$0].isFinite }
    return bins.reduce(0) { $0 + known.depths[$1] / planet.depths[$1] } / Double(max(bins.count, 1))
  }

  // MARK: The prior's box

  /// exogan-2018: mass, radius, temperature as they are; else the row's numbers.
  private var ranges: [ClosedRange<Double>] {
    let ofRow = space.variables.map(\.range)
    return space.name == .exoGAN2018 ? AtmosphereSpace.PublishedRanges.all + ofRow.dropFirst(3) : ofRow
  }

  private func values(_ row: [Double]) -> [Double] {
    guard space.name == .exoGAN2018 else { return row }
    return [AtmosphereSpace.mass(row), exp(row[2]), AtmosphereSpace.temperature(row)] + row.dropFirst(3)
  }

  private func row(_ point: [Double]) -> [Double] {
    let values = zip(point, ranges).map { $1.lowerBound + $0 * ($1.upperBound - $1.lowerBound) }
    guard space.name == .exoGAN2018 else { return values }
    return AtmosphereSpace.row(mass: values[0], radius: values[1], temperature: values[2])
      + values.dropFirst(3)
  }

  /// In units of the disc of a planet with ln R_p = `radius`.
  private func depths(_ row: [Double], radius: Double) -> [Double]? {
    guard let relative = try? forward.transitDepth(space.planet(row)) else { return nil }
    let factor = exp(2 * (row[2] - radius))
    return relative.map { factor * $0 }
  }
}

extension ParameterScale {
  /// Where a row lies on the range.
  fileprivate func share(of row: [Double], _ space: AtmosphereSpace) -> Double {
    let value: Double
    switch key {
    case "planetMass": value = AtmosphereSpace.mass(row)
    case "planetRadius": value = exp(row[2])
    case "temperature": value = AtmosphereSpace.temperature(row)
    default: value = space.index(key).map { row[$0] } ?? 0
    }
    return (position(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
  }
}
