package import NumericalMethods
package import Observations

/// What an instrument sees of a spectrum: where it looks, how finely, and how well.
///
/// Coverage is that of the observing modes; noise is given as the range of errors that published spectra have in a
/// channel of the stated resolving power (one to a few transits of stars of J = 6 to 12). A simulation draws from it, it
/// does not model a detector.
package struct Instrument: Sendable, Hashable {
  /// One detector or channel.
  package struct Band: Sendable, Hashable {
    /// um
    package var range: ClosedRange<Double>
    /// Of the published spectra; below 100 a channel covers several bins of the networks' grid.
    package var resolvingPower: Double
    /// Error of a transit depth in one channel in the band's best part, ppm: from quiet, bright stars to faint ones.
    package var noise: ClosedRange<Double>
    /// How many times larger the error is at the band's ends.
    package var edgeFactor: Double

    package init(
      _ range: ClosedRange<Double>, resolvingPower: Double, noise: ClosedRange<Double>, edgeFactor: Double
    ) {
      self.range = range
      self.resolvingPower = resolvingPower
      self.noise = noise
      self.edgeFactor = edgeFactor
    }
  }

  package let name: String
  package let bands: [Band]

  package init(name: String, bands: [Band]) {
    self.name = name
    self.bands = bands
  }
}

extension Instrument {
  /// HST WFC3 G141, spatial scan: 15-80 ppm in channels of R = 70 (Tsiaras et al. 2018, AJ 155, 156).
  package static let wfc3 = Instrument(
    name: "HST WFC3 G141",
    bands: [Band(1.12...1.65, resolvingPower: 70, noise: 15...120, edgeFactor: 1.4)])
  /// HST WFC3 G102 and G141 together.
  package static let wfc3BothGrisms = Instrument(
    name: "HST WFC3 G102+G141",
    bands: [
      Band(0.80...1.12, resolvingPower: 50, noise: 20...150, edgeFactor: 1.5),
      Band(1.12...1.65, resolvingPower: 70, noise: 15...120, edgeFactor: 1.4),
    ])
  /// HST STIS G430L and G750L with WFC3 G141 (Sing et al. 2016, Nature 529, 59).
  package static let hubble = Instrument(
    name: "HST STIS+WFC3",
    bands: [
      Band(0.30...0.57, resolvingPower: 20, noise: 60...300, edgeFactor: 1.8),
      Band(0.57...1.00, resolvingPower: 20, noise: 50...250, edgeFactor: 1.6),
      Band(1.12...1.65, resolvingPower: 70, noise: 15...120, edgeFactor: 1.4),
    ])
  /// JWST NIRISS SOSS, second and first order (Feinstein et al. 2023, Nature 614, 670).
  package static let nirissSOSS = Instrument(
    name: "JWST NIRISS SOSS",
    bands: [
      Band(0.63...0.85, resolvingPower: 100, noise: 60...350, edgeFactor: 2),
      Band(0.85...2.81, resolvingPower: 100, noise: 25...200, edgeFactor: 2),
    ])
  /// JWST NIRSpec PRISM (Rustamkulov et al. 2023, Nature 614, 659).
  package static let nirspecPRISM = Instrument(
    name: "JWST NIRSpec PRISM",
    bands: [Band(0.52...5.48, resolvingPower: 100, noise: 50...300, edgeFactor: 2.5)])
  /// JWST NIRSpec G395H, detectors NRS1 and NRS2 with the gap between (Alderson et al. 2023, Nature 614, 664).
  package static let nirspecG395H = Instrument(
    name: "JWST NIRSpec G395H",
    bands: [
      Band(2.87...3.72, resolvingPower: 100, noise: 20...150, edgeFactor: 1.5),
      Band(3.82...5.18, resolvingPower: 100, noise: 25...180, edgeFactor: 1.8),
    ])
  /// JWST NIRCam F322W2 (Ahrer et al. 2023, Nature 614, 653).
  package static let nircamF322W2 = Instrument(
    name: "JWST NIRCam F322W2",
    bands: [Band(2.42...4.03, resolvingPower: 100, noise: 40...200, edgeFactor: 1.6)])
  /// JWST NIRCam F444W.
  package static let nircamF444W = Instrument(
    name: "JWST NIRCam F444W",
    bands: [Band(3.88...4.98, resolvingPower: 100, noise: 50...220, edgeFactor: 1.6)])
  /// JWST MIRI LRS, slitless; 10.6 to 11.8 um are often lost to a shadowed region (Bell et al. 2024, Nat. Astron. 8, 879).
  package static let miriLRS = Instrument(
    name: "JWST MIRI LRS",
    bands: [
      Band(5.0...10.6, resolvingPower: 40, noise: 50...300, edgeFactor: 1.6),
      Band(10.6...12.0, resolvingPower: 40, noise: 120...600, edgeFactor: 2),
    ])
  /// Ariel, tier 2: photometers, NIRSpec and AIRS (Tinetti et al. 2018, Exp. Astron. 46, 135; Mugnai et al. 2020).
  package static let ariel = Instrument(
    name: "Ariel",
    bands: [
      Band(0.50...0.60, resolvingPower: 5, noise: 20...120, edgeFactor: 1),
      Band(0.60...0.80, resolvingPower: 3, noise: 20...120, edgeFactor: 1),
      Band(0.80...1.10, resolvingPower: 3, noise: 20...120, edgeFactor: 1),
      Band(1.10...1.95, resolvingPower: 10, noise: 20...150, edgeFactor: 1.2),
      Band(1.95...3.90, resolvingPower: 50, noise: 30...200, edgeFactor: 1.4),
      Band(3.90...7.80, resolvingPower: 15, noise: 30...200, edgeFactor: 1.6),
    ])
  /// The whole of the networks' grid, as published methods were tested on.
  package static let full = Instrument(
    name: "full grid",
    bands: [Band(0.30...16.06, resolvingPower: 100, noise: 10...300, edgeFactor: 1)])

  package static let all: [Instrument] = [
    wfc3, wfc3BothGrisms, hubble, nirissSOSS, nirspecPRISM, nirspecG395H, nircamF322W2, nircamF444W, miriLRS,
    ariel, full,
  ]
}

/// Which bins of a grid an observation covers, and how well.
package struct ObservedBins: Sendable, Hashable {
  /// The channel each bin belongs to, counted from 0; nil where nothing was seen. Bins of one channel have one value.
  package var channels: [Int?]
  /// Error of a transit depth in each observed bin, 0 elsewhere. Bins of one channel share one error.
  package var errors: [Double]

  package init(channels: [Int?], errors: [Double]) {
    precondition(channels.count == errors.count)
    self.channels = channels
    self.errors = errors
  }

  package var isObserved: [Bool] { channels.map { $0 != nil } }
  package var coverage: Double { Double(channels.count { $0 != nil }) / Double(max(channels.count, 1)) }

  /// What is observed of a spectrum: the mean over each channel (bins weighted alike) plus its noise.
  /// - Parameter spectrum: one value a bin.
  /// - Returns: one value a bin, NaN where nothing was seen.
  package func observe(_ spectrum: [Double], random: inout SeededRandom) -> [Double] {
    precondition(spectrum.count == channels.count)
    var result = [Double](repeating: .nan, count: spectrum.count)
    var bin = 0
    while bin < spectrum.count {
      guard let channel = channels[bin] else {
        bin += 1
        continue
      }
      var end = bin
      while end < spectrum.count, channels[end] == channel { end += 1 }
      let mean = spectrum[bin..<end].reduce(0, +) / Double(end - bin)
      let value = mean + errors[bin] * random.normal()
      for j in bin..<end { result[j] = value }
      bin = end
    }
    return result
  }
}

extension Instrument {
  /// Draws an observation: errors log-uniform in the bands' ranges, larger towards the bands' ends, scattered by 10 % from
  /// channel to channel; a tenth of the spectra have a band trimmed, and one channel in fifty is lost.
  package func drawObservation(on grid: SpectralGrid, random: inout SeededRandom) -> ObservedBins {
    var channels = [Int?](repeating: nil, count: grid.count)
    var errors = [Double](repeating: 0, count: grid.count)
    var nextChannel = 0
    // Stars are bright or faint for all detectors at once.
    let faintness = random.uniform()
    for band in bands {
      var low = band.range.lowerBound
      var high = band.range.upperBound
      let width = high - low
      if random.uniform() < 0.1 { low += 0.15 * width * random.uniform() }
      if random.uniform() < 0.1 { high -= 0.15 * width * random.uniform() }
      let best = band.noise.lowerBound * pow(band.noise.upperBound / band.noise.lowerBound, faintness) * 1e-6
      let bins = grid.wavelengths.indices.filter { low...high ~= grid.wavelengths[$0] * 1e6 }
      guard let first = bins.first else { continue }
      var start = first
      while start <= bins[bins.count - 1] {
        let wavelength = grid.wavelengths[start] * 1e6
        var end = start + 1
        while end <= bins[bins.count - 1],
          grid.wavelengths[end] * 1e6 < wavelength * (1 + 0.995 / band.resolvingPower)
        {
          end += 1
        }
        let middle = (grid.wavelengths[start] + grid.wavelengths[end - 1]) / 2 * 1e6
        let fromCentre = (middle - (low + high) / 2) / ((high - low) / 2)
        let error = best * (1 + (band.edgeFactor - 1) * fromCentre * fromCentre) * exp(0.1 * random.normal())
        if random.uniform() >= 0.02 {
          for bin in start..<end {
            channels[bin] = nextChannel
            errors[bin] = error
          }
          nextChannel += 1
        }
        start = end
      }
    }
    return ObservedBins(channels: channels, errors: errors)
  }
}
