import NumericalMethods
import Observations
import RobERt
import TrainingSets

extension ExampleSource {
  /// The chance that noise alone puts a spectrum of one gas on the wrong side of the line at 3 sigma, whoever looks.
  ///
  /// An observer who knew all of it - gas, profile, the shape of what the gas does - but the planet's size, its temperature and
  /// how strong the feature is would measure the latter to 1/rho, with rho the length of the gas' departures after what size
  /// and temperature can do was taken away (the matched filter). A feature of s sigma is mistaken where that error exceeds
  /// |1 - 3/s|: Phi(-rho |1 - 3/s|). No classifier can do better on average while examples lie as densely on either side.
  /// - Returns: nil for spectra that do not have exactly one gas.
  func chanceOfMislabelling(_ row: Int, random: inout SeededRandom) -> Double? {
    guard set.first[row + 1] - set.first[row] == 1 else { return nil }
    let depth = depth(row)
    let observed = observed(row, depth, &random)
    let channels = Self.channels(observed)
    let departures = departures(set.first[row], depth, channels, observed.errors)
    let strength = FeatureStrength.strongest(departures)
    guard strength > 0 else { return 0 }
    let size = channels.map { channel in
      let error = observed.errors[channel.lowerBound]
      return set.kind == .eclipse ? depth[channel.lowerBound] / error : 1 / error
    }
    var directions = [size]
    if set.kind == .eclipse {
      directions.append(
        zip(channels, size).map { channel, size in
          size
            * SpectrumEncoder.slope(
              wavelength: SpectralGrid.standard.wavelengths[channel.lowerBound],
              temperature: Double(set.temperature[row]))
        })
    }
    var rest = departures
    TrainingDomain.orthonormalise(&directions)
    for direction in directions {
      let overlap = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
      for i in rest.indices { rest[i] -= overlap * direction[i] }
    }
    let rho = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // What shines a million times over its error is never mistaken.
    guard rho.isFinite, strength.isFinite else { return 0 }
    return StandardNormal.rank(of: -rho * abs(1 - DetectionLimits.sigmas / strength))
  }

  /// The mean chance over the spectra of one gas among `rows`; NaN where there is none.
  package func noiseFloor(rows: Range<Int>, seed: UInt64) -> Double {
    let chances = rows.compactMap { row in
      var random = SeededRandom(seed: seed, stream: UInt64(row))
      return chanceOfMislabelling(row, random: &random)
    }
    return chances.isEmpty ? .nan : chances.reduce(0, +) / Double(chances.count)
  }
}
