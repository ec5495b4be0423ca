import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// Bins evenly spaced in the logarithm of wavelength, each divided evenly into points at which spectra are sampled.
///
/// On a logarithmic grid the Doppler width of a gas is the same number of points everywhere.
package struct SamplingGrid: Sendable, Hashable {
  /// Wavelength of the first edge, um.
  package let firstEdge: Double
  /// Ratio of an edge to the one before it.
  package let ratio: Double
  package let binCount: Int
  package let pointsPerBin: Int

  package init(firstEdge: Double, ratio: Double, binCount: Int, pointsPerBin: Int) {
    precondition(firstEdge > 0 && ratio > 1 && binCount > 0 && pointsPerBin > 0)
    self.firstEdge = firstEdge
    self.ratio = ratio
    self.binCount = binCount
    self.pointsPerBin = pointsPerBin
  }

  /// The bins of `SpectralGrid.standard`.
  package static func networks(pointsPerBin: Int = 4096) -> SamplingGrid {
    SamplingGrid(
      firstEdge: SpectralGrid.standardFirst.micrometers, ratio: SpectralGrid.standardRatio,
      binCount: SpectralGrid.standard.count, pointsPerBin: pointsPerBin)
  }

  package var pointCount: Int { binCount * pointsPerBin }

  /// Distance of neighbouring points in the logarithm of wavelength.
  package var logarithmicStep: Double { log(ratio) / Double(pointsPerBin) }

  /// Wavelength of the edge below bin `index`, um; `index` = `binCount` gives the last edge.
  package func edge(_ index: Int) -> Double { firstEdge * pow(ratio, Double(index)) }

  /// Wavelength of the middle of a bin, arithmetic mean of its edges, um.
  package func centre(_ bin: Int) -> Double { 0.5 * (edge(bin) + edge(bin + 1)) }

  /// Wavenumber at the middle of the cell of point `index`, cm-1.
  package func wavenumber(ofPoint index: Int) -> Double {
    1e4 / (firstEdge * exp((Double(index) + 0.5) * logarithmicStep))
  }

  /// The bin that holds a wavelength in um.
  package func bin(wavelength: Double) -> Int? {
    let index = Int((log(wavelength / firstEdge) / log(ratio)).rounded(.down))
    return (0..<binCount).contains(index) ? index : nil
  }

  /// Wavenumber that each bin shares with a band between two wavelengths in um, cm-1.
  package func sharedWavenumbers(from lower: Double, to upper: Double) -> [Double] {
    (0..<binCount).map {
      let (low, high) = (max(lower, edge($0)), min(upper, edge($0 + 1)))
      return high > low ? 1e4 / low - 1e4 / high : 0
    }
  }
}
