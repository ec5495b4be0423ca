import Atmospheres
package import Observations

/// Where a planet is observed: points with their edges, each by one instrument. Errors are no part of it.
package struct Coverage: Sendable, Hashable {
  package struct Point: Sendable, Hashable {
    /// m
    package var lower: Double
    package var upper: Double
    /// Number of the instrument, from 0.
    package var instrument: Int
    /// The standard deviation of its error in units of that of the middling bin: 1, more at a detector's ends.
    package var noise: Double

    package init(lower: Double, upper: Double, instrument: Int, noise: Double = 1) {
      self.lower = lower
      self.upper = upper
      self.instrument = instrument
      self.noise = noise
    }
  }

  package var points: [Point]
  package var instrumentNames: [String]

  package init(points: [Point], instrumentNames: [String]) {
    self.points = points
    self.instrumentNames = instrumentNames
  }

  /// Every bin of the grid whose centre lies in one of an instrument's ranges.
  /// - Parameter instruments: names and ranges, um.
  package init(
    _ instruments: [(name: String, ranges: [ClosedRange<Double>])], photometry: [PhotometricBand] = [],
    grid: SpectralGrid = .standard
  ) {
    points = []
    instrumentNames = []
    for (name, ranges) in instruments {
      for (bin, wavelength) in grid.wavelengths.enumerated()
      where ranges.contains(where: { $0.contains(wavelength * 1e6) }) {
        points.append(
          Point(lower: grid.edges[bin], upper: grid.edges[bin + 1], instrument: instrumentNames.count))
      }
      instrumentNames.append(name)
    }
    for band in photometry { append(band) }
  }

  package mutating func append(_ band: PhotometricBand, noise: Double = 1) {
    points.append(
      Point(
        lower: band.range.lowerBound * 1e-6, upper: band.range.upperBound * 1e-6,
        instrument: instrumentNames.count, noise: noise))
    instrumentNames.append(band.name)
  }
}

/// A broad filter as the edges at half its transmission.
package struct PhotometricBand: Sendable, Hashable {
  package let name: String
  /// um
  package let range: ClosedRange<Double>

  /// Fazio et al. 2004, ApJS 154, 10, table 1.
  package static let irac1 = PhotometricBand(name: "Spitzer IRAC 3.6", range: 3.18...3.93)
  package static let irac2 = PhotometricBand(name: "Spitzer IRAC 4.5", range: 3.99...5.02)
  /// Ricker et al. 2015, JATIS 1, 014003.
  package static let tess = PhotometricBand(name: "TESS", range: 0.6...1)
  /// Benz et al. 2021, Exp. Astron. 51, 109.
  package static let cheops = PhotometricBand(name: "CHEOPS", range: 0.33...1.1)
  /// Koch et al. 2010, ApJ 713, L79.
  package static let kepler = PhotometricBand(name: "Kepler", range: 0.42...0.9)

  package static let all = [irac1, irac2, tess, cheops, kepler]
}

// MARK: Coverages that tables name

extension Coverage {
  /// The coverages that completions are judged by: every bin of the grid that the instruments see, one error for all.
  package enum Name: String, Sendable, Hashable, CaseIterable {
    case full
    case wfc3 = "WFC3"
    case niriss = "NIRISS"
    case prism = "PRISM"
    case g395h = "G395H"
    case miri = "MIRI-LRS"
    case hubbleSpitzer = "STIS+WFC3+Spitzer"
    case webb = "NIRISS+G395H+MIRI"
  }

  package init(_ name: Name) {
    switch name {
    case .full: self.init([.full])
    case .wfc3: self.init([.wfc3])
    case .niriss: self.init([.nirissSOSS])
    case .prism: self.init([.nirspecPRISM])
    case .g395h: self.init([.nirspecG395H])
    case .miri: self.init([.miriLRS])
    case .hubbleSpitzer:
      let bands = Instrument.hubble.bands
      self.init(
        [("HST STIS", bands.prefix(2).map(\.range)), ("HST WFC3 G141", bands.dropFirst(2).map(\.range))],
        photometry: [.irac1, .irac2])
    case .webb: self.init([.nirissSOSS, .nirspecG395H, .miriLRS])
    }
  }

  private init(_ instruments: [Instrument]) {
    self.init(instruments.map { ($0.name, $0.bands.map(\.range)) })
  }
}
