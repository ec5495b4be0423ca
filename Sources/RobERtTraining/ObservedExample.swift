package import Atmospheres
package import NumericalMethods
import Observations
package import RobERt
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// How simulated spectra are observed before a network sees them.
package enum ObservationPlan: Sendable, Hashable {
  /// Every bin of the grid, all with one ratio of depth to error: the paper's.
  case fullGrid(signalToNoise: Double)
  /// Every bin of the grid, seen well: what a network dreams from and a dream is compared with.
  case clear
  /// One instrument's channels, all with one ratio of depth to error.
  case instrument(Instrument, signalToNoise: Double)
  /// Any instrument's channels, from noise that hides all to noise that hides nothing.
  case anything

  package var description: String {
    switch self {
    case .fullGrid(let ratio): "every bin of the grid, depth over error \(ratio) in each"
    case .clear:
      "every bin of the grid; eclipse: depth over error 20; transmission: errors of 0.1 scale heights"
    case .instrument(let instrument, let ratio): "\(instrument.name), depth over error \(ratio) in each bin"
    case .anything:
      "coverage of " + Instrument.all.map(\.name).joined(separator: ", ")
        + "; eclipse: depth over error 2-100 (log) in the middling channel; transmission: errors of published spectra, or "
        + "0.03-3 scale heights (log)"
    }
  }
}

/// One spectrum of a training set as an instrument saw it, and what it shows.
package struct ObservedExample: Sendable {
  package let encoded: EncodedSpectrum
  /// Independent measurements in each bin, at most 1.
  package let points: [Double]
  /// The strongest feature of each known molecule, standard deviations; 0 of those that are not there.
  package let strengths: [Double]
  /// No more than one gas is there.
  package let isSingle: Bool

  /// What counts as shown.
  package var isShown: [Bool] { strengths.map { $0 >= DetectionLimits.sigmas } }

  /// 0 is "no feature", m + 1 molecule m. Of use where `isSingle`.
  package var singleClass: Int { (isShown.firstIndex(of: true) ?? -1) + 1 }
}

/// Observes the spectra of a set.
package struct ExampleSource: Sendable {
  package let set: SpectrumTrainingSet
  package let plan: ObservationPlan
  private let encoder = SpectrumEncoder()

  package init(set: SpectrumTrainingSet, plan: ObservationPlan) {
    self.set = set
    self.plan = plan
  }

  private static let grid = SpectralGrid.standard
  private static let bins = SpectralGrid.standard.count

  /// - Returns: nil where the draw covers fewer than three bins.
  package func example(_ row: Int, random: inout SeededRandom) -> ObservedExample? {
    let depth = depth(row)
    let observed = observed(row, depth, &random)
    let value = observed.observe(depth, random: &random)
    let isObserved = observed.isObserved
    // A star's temperature is not always known.
    let star =
      random.uniform() < 0.3 ? SpectrumEncoder.usualStarTemperature : Double(set.starTemperature[row])
    guard
      let encoded = encoder.encode(
        depth: value, error: observed.errors, isObserved: isObserved, kind: set.kind, starTemperature: star)
    else { return nil }
    let channels = Self.channels(observed)
    var strengths = [Double](repeating: 0, count: KnownMolecules.names.count)
    for gas in set.first[row]..<set.first[row + 1] {
      strengths[set.molecule[gas]] = FeatureStrength.strongest(
        departures(gas, depth, channels, observed.errors))
    }
    return ObservedExample(
      encoded: encoded, points: Self.points(channels), strengths: strengths,
      isSingle: set.first[row + 1] - set.first[row] <= 1)
  }

  /// Without noise.
  func depth(_ row: Int) -> [Double] { (0..<Self.bins).map { Double(set.depth[row * Self.bins + $0]) } }

  /// Which bins of a spectrum are seen, and with what errors.
  func observed(_ row: Int, _ depth: [Double], _ random: inout SeededRandom) -> ObservedBins {
    Self.withoutDark(observation(row, depth, &random))
  }

  private func observation(_ row: Int, _ depth: [Double], _ random: inout SeededRandom) -> ObservedBins {
    switch plan {
    case .fullGrid(let ratio):
      return ObservedBins(channels: depth.indices.map { $0 }, errors: depth.map { $0 / ratio })
    case .clear:
      let mean = depth.reduce(0, +) / Double(depth.count)
      let scaleHeight = 2 * mean * Double(set.scaleHeight[row])
      return ObservedBins(
        channels: depth.indices.map { $0 },
        errors: depth.map { set.kind == .eclipse ? $0 / 20 : 0.1 * scaleHeight })
    case .instrument(let instrument, let ratio):
      let drawn = instrument.drawObservation(on: Self.grid, random: &random)
      return withErrors(drawn, depth) { mean, _ in mean / ratio }
    case .anything:
      let all = Instrument.all
      let instrument = all[min(Int(random.uniform() * Double(all.count)), all.count - 1)]
      let drawn = instrument.drawObservation(on: Self.grid, random: &random)
      let choice = random.uniform()
      let size = random.uniform()
      if set.kind == .eclipse {
        let ratio = 2 * pow(50, size)
        if choice < 0.5 { return withErrors(drawn, depth) { mean, _ in mean / ratio } }
        // Errors alike in all channels, as detectors give them: the ratio is that of the middling channel.
        let ratios = Self.channels(drawn).map { channel in
          channel.reduce(0) { $0 + depth[$1] } / Double(channel.count) / drawn.errors[channel.lowerBound]
        }
        guard let middling = upperMedian(ratios) else { return drawn }
        let scale = middling / ratio
        return withErrors(drawn, depth) { _, error in error * scale }
      }
      if choice < 0.5 { return drawn }
      guard let middling = upperMedian(drawn.errors.filter { $0 > 0 }) else { return drawn }
      let mean = depth.reduce(0, +) / Double(depth.count)
      let wanted = 0.03 * pow(100, size) * 2 * mean * Double(set.scaleHeight[row])
      let scale = wanted / middling
      return withErrors(drawn, depth) { _, error in error * scale }
    }
  }

  /// Leaves out what is too dark for a number: at 0.3 um a planet of 400 K gives 1e-50 of its star's light.
  private static func withoutDark(_ observed: ObservedBins) -> ObservedBins {
    ObservedBins(
      channels: zip(observed.channels, observed.errors).map { $1 > 0 ? $0 : nil }, errors: observed.errors)
  }

  private func withErrors(
    _ observed: ObservedBins, _ depth: [Double], _ error: (_ mean: Double, _ error: Double) -> Double
  ) -> ObservedBins {
    var errors = observed.errors
    for channel in Self.channels(observed) {
      let mean = channel.reduce(0) { $0 + depth[$1] } / Double(channel.count)
      let value = error(mean, observed.errors[channel.lowerBound])
      for bin in channel { errors[bin] = value }
    }
    return ObservedBins(channels: observed.channels, errors: errors)
  }

  /// Runs of bins that one channel fills.
  static func channels(_ observed: ObservedBins) -> [Range<Int>] {
    var channels: [Range<Int>] = []
    var bin = 0
    while bin < bins {
      guard let channel = observed.channels[bin] else {
        bin += 1
        continue
      }
      let start = bin
      while bin < bins, observed.channels[bin] == channel { bin += 1 }
      channels.append(start..<bin)
    }
    return channels
  }

  private static func points(_ channels: [Range<Int>]) -> [Double] {
    var points = [Double](repeating: 0, count: bins)
    for channel in channels { for bin in channel { points[bin] = 1 / Double(channel.count) } }
    return points
  }

  /// What a gas does to each channel, in standard deviations.
  func departures(
    _ gas: Int, _ depth: [Double], _ channels: [Range<Int>], _ errors: [Double]
  ) -> [Double] {
    let isEclipse = set.kind == .eclipse
    var effects: [Double] = []
    var deviations: [Double] = []
    effects.reserveCapacity(channels.count)
    deviations.reserveCapacity(channels.count)
    for channel in channels {
      var with = 0.0
      var without = 0.0
      for bin in channel {
        let muted = Double(set.muted[gas * Self.bins + bin])
        with += depth[bin]
        without += isEclipse ? depth[bin] * muted : depth[bin] + muted
      }
      let error = errors[channel.lowerBound]
      let width = Double(channel.count)
      effects.append(isEclipse ? with / without : (with - without) / width)
      deviations.append(isEclipse ? error * width / with : error)
    }
    return isEclipse
      ? FeatureStrength.departures(ratios: effects, errors: deviations)
      : FeatureStrength.departures(differences: effects, errors: deviations)
  }
}
