import Atmospheres
package import NumericalMethods
package import Observations
package import SpectralPrior

#if canImport(Glibc)
  import Glibc
#endif

/// What makes observations unlike the model that they are read by: errors that are wrong, noise that neighbours share, offsets beyond those
/// that are stated, spots on the star.
package struct ObservationDisturbance: Sendable, Hashable {
  /// True over stated errors.
  package var errorFactor = 1.0
  /// Of the noise that neighbouring points of an instrument share, in stated errors; and over how many points, e-folding.
  package var redNoise = 0.0
  package var redLength = 10.0
  /// Largest further offset of an instrument, either way.
  package var offset = 0.0
  /// Part of the star's disc that unocculted spots cover, their temperature and the photosphere's, K.
  package var spots = 0.0
  package var spotTemperature = 0.0
  package var starTemperature = 5000.0

  package init() {}

  /// Half of the observations have errors wrong by 0.7 to 1.5, a third red noise, a third offsets up to 300 ppm, a quarter spots.
  package static func drawn(_ random: inout SeededRandom) -> ObservationDisturbance {
    var drawn = ObservationDisturbance()
    if random.uniform() < 0.5 { drawn.errorFactor = exp(random.uniform(log(0.7), log(1.5))) }
    if random.uniform() < 0.33 {
      drawn.redNoise = random.uniform(0.2, 1)
      drawn.redLength = random.uniform(3, 30)
    }
    if random.uniform() < 0.33 { drawn.offset = random.uniform(0, 3e-4) }
    drawn.starTemperature = random.uniform(3000, 6500)
    if random.uniform() < 0.25 {
      drawn.spots = random.uniform(0, 0.1)
      drawn.spotTemperature = drawn.starTemperature * random.uniform(0.75, 0.95)
    }
    return drawn
  }

  /// The depths of a star with spots that the planet does not cross, over those of one without, one a bin (Rackham, Apai & Giampapa 2018, ApJ
  /// 853, 122, equation 3).
  package func contamination(grid: SpectralGrid = .standard) -> [Double] {
    guard spots > 0 else { return [Double](repeating: 1, count: grid.count) }
    return grid.wavelengths.map { wavelength in
      let ratio =
        PlanckFunction.flux(wavelength: wavelength, temperature: spotTemperature)
        / PlanckFunction.flux(wavelength: wavelength, temperature: starTemperature)
      return 1 / (1 - spots * (1 - ratio))
    }
  }

  /// The observation again, of other depths and disturbed.
  /// - Parameter depths: one a bin, without noise.
  package func observe(
    _ observation: SpectralObservation, depths: [Double], _ random: inout SeededRandom
  ) -> SpectralObservation {
    var result = observation
    let points = observation.points
    let stained = zip(depths, contamination()).map { $0 * $1 }
    var shifts = [Double](repeating: 0, count: observation.instrumentNames.count)
    for instrument in observation.shiftedInstruments {
      shifts[instrument] =
        observation.offsetDeviation * random.normal() + offset * random.uniform(-1, 1)
    }
    let errors = points.variances.map { $0.squareRoot() }
    // Points come by wavelength, the broad ones last.
    var red = [Double](repeating: 0, count: shifts.count)
    let (kept, fresh) = (exp(-1 / redLength), (1 - exp(-2 / redLength)).squareRoot())
    for instrument in red.indices { red[instrument] = random.normal() }
    let values = zip(points.points(of: stained), zip(errors, points.instruments)).map { expected, point in
      let (error, instrument) = point
      red[instrument] = kept * red[instrument] + fresh * random.normal()
      return expected + shifts[instrument]
        + error * (errorFactor * random.normal() + redNoise * red[instrument])
    }
    result.replace(values: values, errors: errors)
    return result
  }
}
