package import Atmospheres
import MolecularBands
package import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// What a band absorbs, in two numbers: ln of the mean cross-section k, which strengths of lines fix, and the mean of
/// ln k over wavenumber and g, which is what a transit sees. Both in ln(m2 a molecule).
package struct TwoMeans: Sendable, Hashable {
  package var logOfMean: Double
  package var meanOfLog: Double

  /// - Parameters:
  ///   - logCrossSections: points x bins, ln(m2 a molecule); values below `BandMoments.floor` count as that.
  ///   - quadrature: weights over g, adding up to 1.
  ///   - shares: how much of the band each bin holds, any unit.
  package init(logCrossSections: [Double], quadrature: [Double], shares: [Double]) {
    let bins = shares.count
    let total = shares.reduce(0, +)
    var (mean, meanOfLog) = (0.0, 0.0)
    for bin in 0..<bins where shares[bin] > 0 {
      for (point, weight) in quadrature.enumerated() {
        let value = max(logCrossSections[point * bins + bin], BandMoments.floor)
        mean += shares[bin] * weight * exp(value)
        meanOfLog += shares[bin] * weight * value
      }
    }
    logOfMean = log(mean / total)
    self.meanOfLog = meanOfLog / total
  }

  package static func - (a: TwoMeans, b: TwoMeans) -> TwoMeans {
    var difference = a
    difference.logOfMean -= b.logOfMean
    difference.meanOfLog -= b.meanOfLog
    return difference
  }
}

extension TwoMeans {
  init(_ entry: BandMoments.Entry) {
    logOfMean = entry.logOfMean
    meanOfLog = entry.meanOfLog
  }
}

extension KDistribution {
  /// The two means over a band, nil where the grid has nothing of it.
  /// - Parameters:
  ///   - lowerEdge, upperEdge: m.
  ///   - temperature: K.
  ///   - pressure: Pa.
  /// - Throws: `outsideTable` where the temperature is.
  package func twoMeans(
    from lowerEdge: Double, to upperEdge: Double, grid: SpectralGrid, temperature: Double, pressure: Double
  ) throws(AtmosphereError) -> TwoMeans? {
    let shares = (0..<grid.count).map { bin in
      let low = max(lowerEdge, grid.edges[bin])
      let high = min(upperEdge, grid.edges[bin + 1])
      return high > low ? 1 / low - 1 / high : 0
    }
    guard shares.contains(where: { $0 > 0 }) else { return nil }
    return TwoMeans(
      logCrossSections: try logCrossSections(temperature: temperature, pressure: pressure),
      quadrature: weights, shares: shares)
  }
}
